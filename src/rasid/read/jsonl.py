"""JSON: one object a line, one object, a list of objects, or JSON Feed."""

from __future__ import annotations

import codecs
import dataclasses
import json
import re
from collections.abc import Iterator, Mapping

from rasid.errors import BrokenRecord, EmptyInput, InputError, TooLarge
from rasid.read import fields
from rasid.read.decode import as_utf8
from rasid.read.draft import Draft
from rasid.read.opened import BUFFER, RECORD_LIMIT, Opened
from rasid.read.options import Options

Found = Draft | InputError
_LIMIT = f"{RECORD_LIMIT // 1_000_000} MB"
_LISTS = ("items", "articles", "news", "results", "data", "documents", "records", "entries")
_SKIPPED = re.compile(r"[\s,\[\]\x1e\ufeff]*")
_DECODER = json.JSONDecoder()


def read(opened: Opened, options: Options) -> Iterator[Found]:
    """One draft for each record; an InputError in its place for one that cannot be read.

    Raises BinaryInput or EncodingInput.
    """
    opened, mapping = as_utf8(opened), options.columns
    first = opened.head().lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0].rstrip(b"\r, ")
    if first.startswith(b"{") and (first.endswith(b"}") or len(first) > 2000):
        yield from _lines(opened, mapping)
    else:
        yield from _values(opened, mapping)


def _lines(opened: Opened, mapping: Mapping[str, str]) -> Iterator[Found]:
    for number, line in opened.lines():
        source = f"line {number} of {opened.name}"
        if line is None:
            yield TooLarge(source, f"the line is longer than {_LIMIT}; split the record")
        elif line.strip():
            yield from _line(line, mapping, source)


def _line(line: bytes, mapping: Mapping[str, str], source: str) -> Iterator[Found]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        yield BrokenRecord(source, f"not UTF-8 ({error.reason} at byte {error.start}); write the file as UTF-8")
    except ValueError as error:
        yield BrokenRecord(source, f"not valid JSON ({error}); mend the line or remove it")
    except RecursionError:
        yield BrokenRecord(source, "JSON nested too deep; give one flat object a line")
    else:
        yield from of_value(record, mapping, source)


def _values(opened: Opened, mapping: Mapping[str, str]) -> Iterator[Found]:
    """Records that span lines: a list, a pretty-printed object, or several."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text, at, number, ended = "", 0, 0, False
    while True:
        at = _SKIPPED.match(text, at).end()  # type: ignore[union-attr]
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            if ended or len(text) - at > RECORD_LIMIT:
                if at < len(text):
                    yield _unread(error, number + 1, opened.name, ended=ended)
                return
            piece = opened.stream.read(_step(text, at))
            ended = not piece
            text, at = text[at:] + decoder.decode(piece, final=ended), 0
            continue
        number += 1
        yield from of_value(value, mapping, f"record {number} of {opened.name}")


def _step(text: str, at: int) -> int:
    """Bytes to read next: as many as wait already, so that a large record is parsed few times."""
    return max(BUFFER, len(text) - at)


def _unread(error: Exception, number: int, name: str, *, ended: bool) -> InputError:
    source = f"record {number} of {name}"
    if ended:
        return BrokenRecord(source, f"not valid JSON ({error}); mend the file from here on")
    return TooLarge(source, f"one record of more than {_LIMIT}, or broken JSON ({error}); split or mend the file")


def of_value(value: object, mapping: Mapping[str, str], source: str) -> Iterator[Found]:
    """The drafts in one parsed JSON value: a record, or a feed or answer that holds a list of records."""
    if isinstance(value, dict) and "text" not in fields.roles(list(value), mapping):
        for key in _LISTS:
            inner = value.get(key)
            if isinstance(inner, list) and inner:
                publisher = _feed_title(value)
                for number, record in enumerate(inner, 1):
                    yield _published_by(publisher, _record(record, mapping, f"item {number} of {source}"))
                return
    yield _record(value, mapping, source)


def _feed_title(value: Mapping[object, object]) -> str | None:
    """The title of a JSON Feed, which names its publisher; in other lists a title may be anything."""
    title = value.get("title")
    is_feed = "jsonfeed.org" in str(value.get("version", ""))
    return title.strip() or None if is_feed and isinstance(title, str) else None


def _published_by(publisher: str | None, found: Found) -> Found:
    if isinstance(found, InputError) or found.publisher:
        return found
    return dataclasses.replace(found, publisher=publisher)


def _record(record: object, mapping: Mapping[str, str], source: str) -> Found:
    if not isinstance(record, dict):
        return BrokenRecord(source, "not a JSON object; give one object with the fields title and text")
    columns = fields.roles(list(record), mapping)
    if "text" not in columns:
        known = ", ".join(map(str, list(record)[:12]))
        return EmptyInput(source, f"no field holds the text (fields: {known}); name it with --map text=FIELD")
    try:
        return fields.draft(record, columns, source)
    except InputError as error:
        return error
