"""The publication day where only the text or the file's name tells it."""

from __future__ import annotations

import re
from pathlib import PurePath

from rasid.data import table
from rasid.read.draft import DateSource, day_of
from rasid.read.metadata import NO_DATE, Dated, in_name
from rasid.words.fold import fold

_HEAD_LINES = 8  # headline, subtitle, writer and date line stand in the first lines
_MAX_LINE = 90
_MAX_REST = 16  # characters of a date line besides its date: weekday, hour, "updated"
_MONTHS = {
    fold(form): int(row["month"])
    for row in table("months")
    if row["calendar"] == "gregorian"
    for form in row["forms"].split("|")
}
_NAME = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_WRITTEN = re.compile(rf"(?<!\d)(\d{{1,2}})\s*[,،]?\s*({_NAME})(?:\s*/\s*(?:{_NAME}))?\s*[,،]?\s*((?:19|20)\d\d)(?!\d)")
_NUMERIC = re.compile(
    r"(?<!\d)(?:((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d))(?!\d)"
)
_ISSUED = re.compile(r"تاريخ النشر|نشر في|نشر بتاريخ|اخر تحديث|تم النشر|اضيف في")
_WIRE = re.compile(r"\d{4} \(GMT[+-]\d\d:\d\d\) - (\d\d)/(\d\d)/(\d\d)(?!\d)")
_DATELINE = re.compile(rf"^.{{2,40}}?{_WRITTEN.pattern}\s*[/(\-–]")
_WEEKDAY = re.compile("السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|الموافق|الساعه|ميلادي|هجري|بتوقيت")


def stated(text: str) -> Dated:
    """The full date (day, month and year) of a date line among the first lines; a day without its year is none."""
    lines = [line for line in text[:2000].split("\n") if line.strip()][:_HEAD_LINES]
    for line in lines:
        folded = fold(line.strip())
        found = _dateline(folded) if len(folded) > _MAX_LINE else _date_line(folded)
        if found.day:
            return found
    return NO_DATE


def _date_line(line: str) -> Dated:
    for pattern in (_WRITTEN, _NUMERIC):
        match = pattern.search(line)
        if match and (_ISSUED.search(line) or _is_bare(line, match)):
            return _dated(match)
    return _dateline(line)


def _is_bare(line: str, match: re.Match[str]) -> bool:
    """True when besides the date the line holds next to nothing."""
    rest = _WEEKDAY.sub("", line[: match.start()] + line[match.end() :])
    return len(re.sub(r"[\W\d_]", "", rest)) <= _MAX_REST


def _dateline(line: str) -> Dated:
    wire = _WIRE.search(line)
    if wire:
        day, month, year = wire.groups()
        return Dated(day_of(f"20{year}-{month}-{day}"), DateSource.DATELINE)
    match = _DATELINE.match(line)
    return _dated(match) if match else NO_DATE


def _dated(match: re.Match[str]) -> Dated:
    parts = [part for part in match.groups() if part]
    if len(parts[0]) == 4:
        year, month, day = parts
    else:
        day, month, year = parts
    number = _MONTHS.get(month) or int(month)
    found = day_of(f"{year}-{number}-{day}")
    return Dated(found, DateSource.DATELINE) if found else NO_DATE


def of_file(name: str) -> Dated:
    """The day in a file's own name; the folders above it may be named after the crawl."""
    return in_name(PurePath(name.split("!")[-1]).name, DateSource.FILE_NAME)
