"""JSON: one object a line, one object, or a list of objects."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from rasid.errors import BrokenRecord, InputError, TooLarge
from rasid.read import fields
from rasid.read.decode import decode
from rasid.read.draft import Draft
from rasid.read.opened import RECORD_LIMIT, Opened

Found = Draft | InputError


def read(opened: Opened, *, mapping: Mapping[str, str]) -> Iterator[Found]:
    """One draft for each line; an InputError in its place for a line that cannot be read."""
    for number, line in opened.lines():
        source = f"line {number} of {opened.name}"
        if line is None:
            yield TooLarge(source, f"the line is longer than {RECORD_LIMIT // 1_000_000} MB; split the record")
        elif line.strip():
            yield _line(line, mapping, source)


def _line(line: bytes, mapping: Mapping[str, str], source: str) -> Found:
    try:
        record = json.loads(_text(line, source))
    except ValueError as error:
        return BrokenRecord(source, f"not valid JSON ({error}); mend the line or remove it")
    except RecursionError:
        return BrokenRecord(source, "JSON nested too deep; give one flat object a line")
    except InputError as error:
        return error
    return of_record(record, mapping, source)


def of_record(record: object, mapping: Mapping[str, str], source: str) -> Found:
    """The draft of one parsed JSON value, or what is wrong with it."""
    if not isinstance(record, dict):
        return BrokenRecord(source, "not a JSON object; give one object with the fields title and text")
    try:
        return fields.draft(record, fields.roles(list(record), mapping), source)
    except InputError as error:
        return error


def _text(line: bytes, source: str) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decode(line, source).text
