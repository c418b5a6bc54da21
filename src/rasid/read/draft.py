"""What a reader found for one article, before ids are given and the language is checked."""

from __future__ import annotations

import dataclasses
import datetime
import email.utils
import enum
import re
from dataclasses import dataclass


class DateSource(enum.StrEnum):
    """How a publication date was found, from the most to the least reliable."""

    FIELD = "field"
    FEED = "feed"
    JSON_LD = "json_ld"
    META = "meta_tag"
    DATELINE = "dateline"
    URL = "url"
    FILE_NAME = "file_name"
    CRAWL = "crawl"
    OPTION = "option"
    NONE = "none"


# Share of days that are right; a field or tag is the publisher's own word, a crawl's day is none.
RELIABILITY = {
    DateSource.FIELD: 0.98,
    DateSource.OPTION: 0.98,
    DateSource.FEED: 0.97,
    DateSource.JSON_LD: 0.97,
    DateSource.META: 0.95,
    DateSource.DATELINE: 0.9,
    DateSource.URL: 0.9,
    DateSource.FILE_NAME: 0.7,
    DateSource.CRAWL: 0.3,
    DateSource.NONE: 0.0,
}


@dataclass(frozen=True, slots=True)
class Draft:
    """One piece of news as a format gave it. ``source`` names the place ("line 7 of news.jsonl") for messages."""

    source: str
    body: str
    title: str | None = None
    id: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    published_by: DateSource = DateSource.NONE
    encoding: str = "utf-8"
    is_file: bool = False  # the article has the file to itself, so that the file's name may tell of it

    def dated(self, day: datetime.date, by: DateSource) -> Draft:
        """A copy with that day."""
        return dataclasses.replace(self, published=day, published_by=by)


_ISO = re.compile(r"\s*(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s].*)?$", re.DOTALL)
_COMPACT = re.compile(r"\s*(\d{4})(\d{2})(\d{2})(?:[T\s]?\d{4,6}Z?)?\s*$")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100


def day_of(value: object) -> datetime.date | None:
    """The calendar day as written in ``value`` (ISO 8601, RFC 2822, a date or datetime); None for anything else.

    A zone is not applied: 2025-10-03T23:30:00-05:00 is the third of October, in the publisher's own zone.
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    match = _ISO.match(value) or _COMPACT.match(value)
    if match:
        return _day(*(int(part) for part in match.groups()))
    parsed = email.utils.parsedate(value)
    return _day(*parsed[:3]) if parsed else None


def _day(year: int, month: int, day: int) -> datetime.date | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
