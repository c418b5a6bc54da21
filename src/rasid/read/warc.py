"""Crawls in WARC files, as Common Crawl News ships them, by fastwarc."""

from __future__ import annotations

import io
from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from rasid.errors import BrokenRecord, InputError, TooLarge
from rasid.read import html
from rasid.read.draft import DateSource, Draft, day_of
from rasid.read.opened import RECORD_LIMIT, Opened
from rasid.read.options import Options

Found = Draft | InputError
_PIECE = 1 << 20
_PAGES = ("text/html", "application/xhtml+xml")


def read(opened: Opened, options: Options) -> Iterator[Found]:
    """One draft for each HTML page that was answered with success.

    With ``options.crawl_day`` the day of the crawl stands in where the page tells no date, and is marked so.
    """
    records = ArchiveIterator(_Forward(opened.stream), record_types=WarcRecordType.response | WarcRecordType.resource)
    number = 0
    try:
        for record in records:
            number += 1
            found = _page(record, f"record {number} of {opened.name}", options.crawl_day)
            if found is not None:
                yield found
    except InputError:
        raise
    except (OSError, EOFError, ValueError, RuntimeError) as error:
        yield BrokenRecord(opened.name, f"the crawl is cut or damaged after record {number} ({error}); fetch it again")


class _Forward:
    """A stream that is only read forward, with the steps back over its last piece that the library takes."""

    def __init__(self, stream: io.BufferedReader[io.RawIOBase]) -> None:
        self._stream = stream
        self._piece = b""
        self._at = 0  # within the piece
        self._before = 0  # bytes before the piece

    def read(self, size: int = -1) -> bytes:
        if self._at == len(self._piece):
            self._before += len(self._piece)
            self._piece, self._at = self._stream.read1(_PIECE), 0  # what is there, for a cut stream breaks later
        end = len(self._piece) if size < 0 else min(self._at + size, len(self._piece))
        found, self._at = self._piece[self._at : end], end
        return found

    def close(self) -> None:
        """Whoever opened the stream closes it."""

    def tell(self) -> int:
        return self._before + self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        target = offset + (self.tell() if whence == io.SEEK_CUR else 0) - self._before
        if whence == io.SEEK_END or not 0 <= target <= len(self._piece):
            raise io.UnsupportedOperation("seek")
        self._at = target
        return self.tell()


def _page(record: WarcRecord, source: str, crawl_day: bool) -> Found | None:
    headers = record.http_headers
    kind = (record.http_content_type or "").lower() if headers is not None else ""
    if headers is None or headers.status_code != 200 or kind not in _PAGES:
        return None
    if record.content_length > RECORD_LIMIT:
        return TooLarge(source, f"a page of more than {RECORD_LIMIT // 1_000_000} MB; leave it out")
    data = record.reader.read(RECORD_LIMIT)
    if len(data) < record.content_length:
        return BrokenRecord(source, "the record is cut; fetch the crawl again")
    url = record.headers.get("WARC-Target-URI")
    try:
        found = html.of_bytes(data, source, url=url.strip("<>") if url else None)
    except InputError as error:
        return error
    return found if found.published or not crawl_day else _crawled(found, record)


def _crawled(found: Draft, record: WarcRecord) -> Draft:
    day = day_of(record.headers.get("WARC-Date"))
    return found.dated(day, DateSource.CRAWL) if day else found
