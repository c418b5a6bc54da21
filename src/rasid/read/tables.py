"""Tables: CSV, TSV and Parquet."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

import pyarrow
import pyarrow.parquet

from rasid.errors import BrokenRecord, InputError, TooLarge
from rasid.read import fields
from rasid.read.decode import as_utf8
from rasid.read.detect import delimiter_of
from rasid.read.draft import Draft
from rasid.read.opened import RECORD_LIMIT, Opened
from rasid.read.options import Options
from rasid.read.packed import seekable

Found = Draft | InputError
_BATCH = 256  # rows of a Parquet file in memory at a time
_NO_TEXT = "no column holds the text; name it with --map text=COLUMN (columns: {columns})"


def read_csv(opened: Opened, options: Options) -> Iterator[Found]:
    """One draft for each row of a table, columns found by their names in the first row.

    Raises BinaryInput, EncodingInput, or BrokenRecord where no column holds the text.
    """
    opened = as_utf8(opened)
    csv.field_size_limit(RECORD_LIMIT)
    head = opened.head(1 << 16).decode("utf-8", "replace").lstrip("\ufeff")
    delimiter = delimiter_of(head, opened.name) or ","
    lines = _Lines(opened)
    rows = csv.reader(lines, delimiter=delimiter)
    header = [column.strip() for column in next(rows, [])]
    columns = _columns(header, options.columns, opened.name)
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield BrokenRecord(f"line {lines.number} of {opened.name}", f"not a row of CSV ({error}); mend its quotes")
            rows = csv.reader(lines, delimiter=delimiter)
            continue
        if any(cell.strip() for cell in row):
            yield _row(dict(zip(header, row, strict=False)), columns, f"line {lines.number} of {opened.name}")
    yield from lines.refused


class _Lines:
    """The lines of a table as text; counts them and keeps an error for each that is too long."""

    def __init__(self, opened: Opened) -> None:
        self._name = opened.name
        self._lines = opened.lines()
        self.number = 0
        self.refused: list[InputError] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for number, line in self._lines:
            self.number = number
            if line is not None:
                return line.decode("utf-8-sig" if number == 1 else "utf-8", "replace").replace("\x00", "\ufffd")
            self.refused.append(TooLarge(f"line {number} of {self._name}", _TOO_LONG))
        raise StopIteration


_TOO_LONG = f"the line is longer than {RECORD_LIMIT // 1_000_000} MB; split the record"


def _columns(header: list[str], mapping: Mapping[str, str], name: str) -> dict[str, str]:
    columns = fields.roles(header, mapping)
    if "text" not in columns:
        raise BrokenRecord(name, _NO_TEXT.format(columns=", ".join(header[:20])))
    return columns


def _row(record: Mapping[str, object], columns: Mapping[str, str], source: str) -> Found:
    try:
        found = fields.draft(record, columns, source)
    except InputError as error:
        return error
    return found


def read_parquet(opened: Opened, options: Options) -> Iterator[Found]:
    """One draft for each row of a Parquet file, read batch by batch."""
    try:
        file = pyarrow.parquet.ParquetFile(seekable(opened))
        columns = _columns(file.schema_arrow.names, options.columns, opened.name)
        number = 0
        for batch in file.iter_batches(batch_size=_BATCH, columns=sorted(set(columns.values()))):
            for record in batch.to_pylist():
                number += 1
                yield _row(record, columns, f"row {number} of {opened.name}")
    except (pyarrow.ArrowException, OSError, UnicodeError) as error:
        yield BrokenRecord(opened.name, f"not a whole Parquet file ({error}); write it again")
