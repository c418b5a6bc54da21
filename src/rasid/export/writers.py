"""Writers: each takes records one by one and writes its format to a binary stream."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import BinaryIO, TypeAlias

from rasid.errors import OutputError
from rasid.export.columns import FLAT, STORED, Column, Value
from rasid.export.gdelt import EVENTS, MENTIONS, mentions
from rasid.export.geojson import feature
from rasid.export.layouts import CSV, ICEWS, POLECAT, STORED_CSV, Layout
from rasid.export.merged import merged_event
from rasid.export.plover import events
from rasid.export.shapes import RejectedShape
from rasid.export.writer import Writer
from rasid.export.written import Row, Written, rows

BOM = b"\xef\xbb\xbf"
# Rows of a Parquet row group; smaller groups cost space, larger ones memory (about 20 MB at this size).
GROUP = 20_000


class LinesWriter(Writer):
    """One JSON object a line."""

    def __init__(self, sink: BinaryIO, objects: Callable[[Written], Iterable[Mapping[str, object]]]) -> None:
        super().__init__(sink)
        self.objects = objects

    def write(self, item: Written) -> None:
        for found in self.objects(item):
            self.sink.write(_line(found))


class RecordsWriter(LinesWriter):
    """One coded record a line, rejected inputs among them (docs/schema/coded-1.json); of a store one event a line."""

    def __init__(self, sink: BinaryIO) -> None:
        super().__init__(sink, _records)

    def reject(self, record: RejectedShape) -> None:
        self.sink.write(_line(record))


def _line(found: Mapping[str, object]) -> bytes:
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate cannot be written as UTF-8; its escape means the same in JSON.
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _records(item: Written) -> Iterable[Mapping[str, object]]:
    return (merged_event(item.merged, item.record),) if item.merged else (item.record,)


class FlatWriter(Writer):
    """Delimited text in a given layout."""

    def __init__(self, sink: BinaryIO, layout: Layout) -> None:
        super().__init__(sink)
        self.layout = layout
        if layout.mark:
            sink.write(BOM)
        if layout.header:
            self._line([column.name for column in layout.columns])

    def write(self, item: Written) -> None:
        for row in self.layout.rows(item):
            self._line([_cell(column.get(row)) for column in self.layout.columns])

    def _line(self, cells: list[str]) -> None:
        self.sink.write(delimited(cells, self.layout.delimiter))


def delimited(cells: list[str], delimiter: str) -> bytes:
    """One line of delimited text."""
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return line.getvalue().encode("utf-8", "replace")


class MentionsWriter(Writer):
    """GDELT's mentions: a line for each report of each line of the events file."""

    def write(self, item: Written) -> None:
        for mention in mentions(item):
            self.sink.write(delimited([_cell(column.get(mention)) for column in MENTIONS], "\t"))


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else " ".join(str(value).split())


class ParquetWriter(Writer):
    """One row an event, with the columns of the CSV file and their types."""

    def __init__(self, sink: BinaryIO, columns: tuple[Column, ...] = FLAT) -> None:
        import pyarrow
        import pyarrow.parquet

        super().__init__(sink)
        kinds = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
        self.columns = columns
        self.schema = pyarrow.schema([(column.name, kinds[column.kind]) for column in columns])
        self.file = pyarrow.parquet.ParquetWriter(sink, self.schema, compression="zstd")
        self.rows: list[Row] = []

    def write(self, item: Written) -> None:
        self.rows.extend(rows(item))
        if len(self.rows) >= GROUP:
            self._flush()

    def close(self) -> None:
        self._flush()
        self.file.close()
        super().close()

    def _flush(self) -> None:
        import pyarrow

        values = {column.name: [column.get(row) for row in self.rows] for column in self.columns}
        self.file.write_table(pyarrow.table(values, schema=self.schema))
        self.rows = []


class GeoJsonWriter(Writer):
    """One FeatureCollection with a feature an event (RFC 7946); events without coordinates have a null geometry."""

    def __init__(self, sink: BinaryIO, columns: tuple[Column, ...] = FLAT) -> None:
        super().__init__(sink)
        self.columns = columns
        self.separator = b"\n"
        sink.write(b'{"type":"FeatureCollection","features":[')

    def write(self, item: Written) -> None:
        for row in rows(item):
            self.sink.write(self.separator + _line(feature(row, self.columns)).rstrip(b"\n"))
            self.separator = b",\n"

    def close(self) -> None:
        self.sink.write(b"\n]}\n")
        super().close()


def _table(sink: BinaryIO) -> Writer:
    from rasid.export.table import TableWriter

    return TableWriter(sink)


def _excel(sink: BinaryIO) -> Writer:
    from rasid.export.excel import ExcelWriter

    return ExcelWriter(sink)


def _graph(sink: BinaryIO) -> Writer:
    from rasid.export.jsonld import JsonLdWriter

    return JsonLdWriter(sink)


def _entities(sink: BinaryIO) -> Writer:
    from rasid.export.ftm import EntitiesWriter

    return EntitiesWriter(sink)


def _html(sink: BinaryIO) -> Writer:
    from rasid.serve.standalone import HtmlWriter

    return HtmlWriter(sink)


MakeWriter: TypeAlias = Callable[[BinaryIO], Writer]

FORMATS: Mapping[str, MakeWriter] = {
    "table": _table,
    "html": _html,
    "jsonl": RecordsWriter,
    "csv": partial(FlatWriter, layout=CSV),
    "parquet": ParquetWriter,
    "xlsx": _excel,
    "plover": partial(LinesWriter, objects=events),
    "polecat": partial(FlatWriter, layout=POLECAT),
    "gdelt": partial(FlatWriter, layout=EVENTS),
    "gdelt-mentions": MentionsWriter,
    "icews": partial(FlatWriter, layout=ICEWS),
    "geojson": GeoJsonWriter,
    "ftm": _entities,
    "jsonld": _graph,
}
# What events of a store are written by, where they have more to say than an article's.
STORED_FORMATS: Mapping[str, MakeWriter] = {
    **{name: make for name, make in FORMATS.items() if name not in ("table", "html")},
    "csv": partial(FlatWriter, layout=STORED_CSV),
    "parquet": partial(ParquetWriter, columns=STORED),
    "geojson": partial(GeoJsonWriter, columns=STORED),
}


def open_writer(name: str, sink: BinaryIO, *, stored: bool = False) -> Writer:
    """The writer of the named format over a binary stream; ``stored`` for events of a store.

    Raises OutputError for a name that is not in FORMATS (STORED_FORMATS).
    """
    formats = STORED_FORMATS if stored else FORMATS
    if name not in formats:
        raise OutputError(f"format {name!r} is unknown; choose one of {', '.join(formats)}")
    return formats[name](sink)
