"""``rasid code``: from paths to a written file, article by article."""

from __future__ import annotations

import contextlib
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import typer

from rasid import export, pipeline, scale
from rasid.clean import Repeated
from rasid.errors import OutputError, RasidError
from rasid.read import linked
from rasid.records import Article, Document, Rejected
from rasid.scale import Outcome

ALL_REJECTED = 1
BROKEN = 2
_SHOWN = 20  # learned lines told of; set_aside lists every one where it stands
# Name endings by which -o chooses the format.
_ENDINGS = {
    ".html": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".parquet": "parquet",
    ".geojson": "geojson",
}


@dataclass
class Tally:
    """How many articles were coded, how many inputs rejected."""

    coded: int = 0
    rejected: int = 0

    @property
    def status(self) -> int:
        """Exit status: not zero only when there were inputs and every one was rejected."""
        return ALL_REJECTED if self.rejected and not self.coded else 0


@contextlib.contextmanager
def reported() -> Iterator[None]:
    """Turns errors into one line on standard error and exit status 2; a reader that has gone ends the run quietly."""
    try:
        yield
    except RasidError as error:
        complain(str(error))
        raise typer.Exit(BROKEN) from error
    except BrokenPipeError as error:
        # Python flushes standard output once more at exit; let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(0) from error


def complain(message: str) -> None:
    """One line on standard error."""
    typer.echo(f"rasid: {' '.join(message.split())}", err=True)


def code(
    inputs: Iterable[Article | Rejected],
    paths: Sequence[str],
    *,
    form: str | None,
    out: Path | None,
    repeated: Repeated | None = None,
    jobs: int = 1,
) -> int:
    """Codes all inputs in ``jobs`` processes and writes them; returns the exit status.

    ``paths`` are never written over. Copies are linked; lines that ``repeated`` has learned are set aside.
    Raises OutputError when the result cannot be written.
    """
    tally = Tally()
    with _sink(out, paths) as sink:
        writer = export.open_writer(form or _format_for(out), sink)
        coded = scale.coded(linked(inputs), jobs=jobs, repeated=repeated)
        for item in _watched(coded, shown=out is not None or not sys.stdout.isatty()):
            _write(writer, item, tally)
        writer.close()
    return tally.status


def learned(inputs: Iterable[Article | Rejected]) -> Repeated:
    """The lines that recur across each publisher's articles, told on standard error; copies teach nothing."""
    found = Repeated().learn(item for item in linked(inputs) if isinstance(item, Article) and item.copy_of is None)
    lines = list(found.report())
    complain(f"lines learned that a publisher repeats, to be set aside: {len(lines)}")
    for line in lines[:_SHOWN]:
        complain(f"{line.articles} articles of {line.publisher or 'unnamed publishers'}: {line.line}")
    if len(lines) > _SHOWN:
        complain(f"and {len(lines) - _SHOWN} more")
    return found


def documents(inputs: Iterable[Article | Rejected]) -> Iterator[Document | Rejected]:
    """The coded documents, with rejected inputs in their place among them; the pipeline reads ahead in batches."""
    waiting: deque[Rejected | None] = deque()  # None for an article that is still being coded

    def readable() -> Iterator[Article]:
        for item in inputs:
            waiting.append(item if isinstance(item, Rejected) else None)
            if not isinstance(item, Rejected):
                yield item

    for document in pipeline.code(readable()):
        while (item := waiting.popleft()) is not None:
            yield item
        yield document
    yield from filter(None, waiting)


def _write(writer: export.Writer, item: Outcome, tally: Tally) -> None:
    if isinstance(item, Rejected):
        tally.rejected += 1
        complain(f"{item.source or item.id}: {item.reason}")
        writer.reject(export.rejected(item))
    else:
        tally.coded += 1
        writer.write(item)


def _format_for(out: Path | None) -> str:
    if out is not None and str(out) != "-":
        return _ENDINGS.get(out.suffix.lower(), "jsonl")
    return "table" if sys.stdout.isatty() else "jsonl"


@contextlib.contextmanager
def _sink(out: Path | None, paths: Sequence[str]) -> Iterator[BinaryIO]:
    if out is None or str(out) == "-":
        yield sys.stdout.buffer
        return
    if out.exists() and any(Path(path).exists() and out.samefile(path) for path in paths):
        raise OutputError(f"{out}: is also an input and would be overwritten; name another file with -o")
    try:
        with out.open("wb") as sink:
            yield sink
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(f"{out}: cannot be written ({error.strerror}); name another file with -o") from error


def _watched(items: Iterator[Outcome], *, shown: bool) -> Iterator[Outcome]:
    """The items as they are; where a person watches, a line on standard error tells how far the run is."""
    if not (shown and sys.stderr.isatty()):
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    told = TextColumn("{task.completed} articles, {task.fields[events]} events")
    with Progress(SpinnerColumn(), told, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("coding", total=None, events=0)
        events = 0
        for item in items:
            events += 0 if isinstance(item, Rejected) else len(item.record["events"])
            progress.update(task, advance=1, events=events)
            yield item
