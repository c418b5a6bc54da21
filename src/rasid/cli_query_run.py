"""``rasid events``, ``export`` and ``sql``: what is in a store, on the screen or in a file."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Literal

import pyarrow as pa
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasid import cli_opening as opening
from rasid import export
from rasid.errors import OutputError, QueryError
from rasid.export.columns import one_line
from rasid.export.stored import stored
from rasid.export.table import isolate, wrapped
from rasid.export.writers import BOM, delimited
from rasid.store import Store, queries
from rasid.store.filters import Box, Filters

TABLE_FORMATS = ("table", "csv", "jsonl", "parquet")
SHOWN = 50  # rows of a table where no limit is told
_ENDINGS = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".geojson": "geojson",
    ".jsonld": "jsonld",
}
_PLAIN_WIDTH = 160  # where the output is no terminal
_WIDEST_CELL = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters as they are written on the command line."""

    since: str | None = None
    until: str | None = None
    types: Sequence[str] = ()
    quads: Sequence[int] = ()
    statuses: Sequence[str] = ()
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    place: str | None = None
    box: str | None = None
    countries: Sequence[str] = ()
    publisher: str | None = None
    stance: str | None = None
    minimum_sources: int | None = None
    minimum_confidence: float | None = None
    reviewed: bool | None = None
    text: str | None = None

    def filters(self) -> Filters:
        """The filters. Raises QueryError."""
        return Filters(
            since=_day("since", self.since, last=False),
            until=_day("until", self.until, last=True),
            types=tuple(name.upper() for name in self.types),
            quads=tuple(self.quads),
            statuses=tuple(self.statuses),
            actor=self.actor,
            recipient=self.recipient,
            party=self.party,
            place=self.place,
            box=Box.parse(self.box) if self.box is not None else None,
            countries=tuple(self.countries),
            publisher=self.publisher,
            stance=self.stance,
            minimum_sources=self.minimum_sources,
            minimum_confidence=self.minimum_confidence,
            reviewed=self.reviewed,
            text=self.text,
        )


def _day(field: str, told: str | None, *, last: bool) -> datetime.date | None:
    """A day, or the first or last day of a month or year."""
    if told is None:
        return None
    try:
        if len(told) == len("2025-10-03"):
            return datetime.date.fromisoformat(told)
        year, _, month = told.partition("-")
        first = datetime.date(int(year), int(month or 1), 1)
    except ValueError as error:
        raise QueryError(f"{field}: {told!r} is no day; write it as 2025-10-03, 2025-10 or 2025") from error
    if not last:
        return first
    after = datetime.date(first.year + (not month or first.month == 12), 1 if not month else first.month % 12 + 1, 1)
    return after - datetime.timedelta(days=1)


def events(
    path: Path,
    asked: Asked,
    *,
    by: str | None,
    order: str,
    limit: int | None,
    form: str | None,
    out: Path | None,
    force: bool,
) -> int:
    """Shows or writes the events that are asked for, or with ``by`` their numbers; gives the exit status."""
    filters = asked.filters()
    form = _format(form, out, TABLE_FORMATS)
    with opening.opened(path) as opened, _sink(out, force=force) as sink:
        if by is not None:
            found = queries.aggregate(opened, filters, tuple(part.strip() for part in by.split(",")))
            write(found if limit is None else found.slice(0, limit), form, sink)
            return 0
        shown = limit or (SHOWN if form == "table" else None)
        found = queries.events(opened, filters, order=order, limit=shown)
        if form == "table":
            _show_events(found, sink)
            _tell_more(opened, filters, found.num_rows)
        else:
            write(found, form, sink)
    return 0


def _tell_more(opened: Store, filters: Filters, shown: int) -> None:
    if shown == SHOWN:
        total = queries.count(opened, filters)
        sys.stderr.write(f"rasid: {shown} of {total} events; more with --limit, all with --format csv\n")


def sql(path: Path, query: str, *, form: str | None, out: Path | None, force: bool) -> int:
    """Shows or writes what one SELECT gives."""
    form = _format(form, out, TABLE_FORMATS)
    with opening.opened(path) as opened, _sink(out, force=force) as sink:
        write(queries.select(opened, query), form, sink)
    return 0


def export_events(
    path: Path, asked: Asked, *, form: str | None, out: Path | None, order: str, limit: int | None, force: bool
) -> int:
    """Writes the events that are asked for in one of the field's formats."""
    filters = asked.filters()
    form = _format(form, out, tuple(export.STORED_FORMATS))
    written = 0
    with opening.opened(path) as opened, _sink(out, force=force) as sink:
        writer = export.open_writer(form, sink, stored=True)
        for item in stored(opened, filters, order=order, limit=limit):
            writer.write(item)
            written += 1
        writer.close()
    if out is not None:
        sys.stderr.write(f"rasid: {written} events written to {out}\n")
    return 0


def _format(told: str | None, out: Path | None, allowed: Sequence[str]) -> str:
    """The format: as told, else by what OUT's name ends in, else a table for a person and lines for a program."""
    plain = "table" if "table" in allowed and sys.stdout.isatty() else "jsonl"
    form = told or (plain if out is None else _ENDINGS.get(out.suffix.lower(), "jsonl"))
    if form not in allowed:
        raise OutputError(f"format {form!r} is unknown here; choose one of {', '.join(allowed)}")
    return form


@contextlib.contextmanager
def _sink(out: Path | None, *, force: bool) -> Iterator[BinaryIO]:
    """Standard output, or OUT, which comes to its place only when it is whole."""
    if out is None or str(out) == "-":
        yield sys.stdout.buffer
        return
    if out.exists() and not force:
        raise OutputError(f"{out}: exists already; name another file or overwrite it with --force")
    part = out.with_name(f".{out.name}.part")
    try:
        with part.open("wb") as sink:
            yield sink
        part.replace(out)
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror}); name another file with -o") from error
    finally:
        part.unlink(missing_ok=True)


def write(found: pa.Table, form: str, sink: BinaryIO) -> None:
    """Write a table as ``table``, ``csv``, ``jsonl`` or ``parquet``."""
    if form == "parquet":
        import pyarrow.parquet

        pyarrow.parquet.write_table(found, sink, compression="zstd")
    elif form == "table":
        _show(found, sink)
    elif form == "csv":
        sink.write(BOM + delimited(found.column_names, ","))
        for row in _rows(found):
            sink.write(delimited([_cell(value) for value in row.values()], ","))
    else:
        for row in _rows(found):
            text = json.dumps(row, ensure_ascii=False, default=_plain, separators=(",", ":"))
            sink.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sink.flush()


def _rows(found: pa.Table) -> Iterator[dict[str, Any]]:
    for batch in found.to_batches(max_chunksize=10_000):
        yield from batch.to_pylist()


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(_cell(item) for item in value)
    if isinstance(value, float):
        return f"{value:.6g}"
    return one_line(_plain(value))


@contextlib.contextmanager
def _console(sink: BinaryIO) -> Iterator[Console]:
    text = io.TextIOWrapper(sink, encoding="utf-8", errors="replace", write_through=True)
    terminal = sys.stdout.isatty() and sink is getattr(sys.stdout, "buffer", None)
    console = Console(file=text, force_terminal=terminal or None, highlight=False)
    if not terminal and "COLUMNS" not in os.environ:
        console.width = _PLAIN_WIDTH
    yield console
    text.flush()
    text.detach()


def _show(found: pa.Table, sink: BinaryIO) -> None:
    """A table for a terminal; every cell stands between isolates, so that Arabic leaves its neighbours in place."""
    table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in found.schema:
        numeric = pa.types.is_integer(column.type) or pa.types.is_floating(column.type)
        side: Literal["left", "right"] = "right" if numeric else "left"
        title = column.name.replace("_", "\n")
        table.add_column(title, justify=side, overflow="ellipsis", no_wrap=True)
    for row in _rows(found):
        table.add_row(*(Text(isolate(_cut(_shown(value)))) for value in row.values()))
    with _console(sink) as console:
        console.print(table)


def _shown(value: Any) -> str:
    return f"{value:.2f}" if isinstance(value, float) else _cell(value)


def _cut(text: str) -> str:
    return text if len(text) <= _WIDEST_CELL else text[: _WIDEST_CELL - 1] + "…"


_EVENT_COLUMNS = {"date": 12, "type": 11, "status": 12, "actors → recipients": 26, "event": 0, "sources": 7}


def _show_events(found: pa.Table, sink: BinaryIO) -> None:
    with _console(sink) as console:
        table = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
        rest = max(console.width - sum(_EVENT_COLUMNS.values()) - 2 * len(_EVENT_COLUMNS), 20)
        widths = [width or rest for width in _EVENT_COLUMNS.values()]
        for name, width in zip(_EVENT_COLUMNS, widths, strict=True):
            table.add_column(name, width=width, no_wrap=True)
        for row in found.to_pylist():
            table.add_row(*(wrapped([cell], width) for cell, width in zip(_event_cells(row), widths, strict=True)))
        console.print(table)
        console.print("no events" if not found.num_rows else "", end="\n" if not found.num_rows else "")


def _event_cells(row: dict[str, Any]) -> tuple[str, ...]:
    sides = (" ".join(code for code in row[side] if code) or "–" for side in ("actors", "recipients"))
    mark = " ✓" if row["reviewed"] else ""
    told = (row["edtf"] or "–", row["type"] + mark, row["status"], " → ".join(sides), row["line_en"])
    return (*told, str(row["sources"]))
