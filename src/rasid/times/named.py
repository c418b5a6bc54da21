"""Named days, wars and seasons: عيد الفطر 2024, يوم عاشوراء, الجمعة العظيمة, الحرب العالمية الثانية, صيف 2016."""

from __future__ import annotations

import datetime

from rasid.times import hijri, values
from rasid.times.reading import PUBLISHED, Reading
from rasid.times.terms import Scan
from rasid.times.values import DAY, Value
from rasid.times.years import YearPart, year_part

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_HIJRI = frozenset({"hijri", "last_friday_ramadan"})
_RAMADAN, _FRIDAY = 9, 4
# Between the Julian and the Gregorian calendar in 1900–2099.
_JULIAN_DAYS = 13


def named_day(scan: Scan, at: int) -> Reading | None:
    """A day or war that has a name, with a year or modifier after it; without one the occurrence nearest to now."""
    entry = scan.get(at, "named")
    if entry is None:
        return None
    calendar, _, when = entry.value.partition(" ")
    if calendar == "era":
        return Reading(at, at + 1, _era(when), "named_era")
    part = year_part(scan, at + 1)
    value = _chosen(scan, calendar, when, part)
    end = part.end if part else at + 1
    anchor = None if part and part.year and not part.relative else PUBLISHED
    kind = "hijri" if calendar in _HIJRI else "gregorian"
    return Reading(at, end, value, "named_day", when, anchor, kind) if value else None


def _era(when: str) -> Value:
    first, _, final = when.partition("/")
    if len(first) == 4:
        return values.years(int(first), int(final))
    return values.days(datetime.date.fromisoformat(first), datetime.date.fromisoformat(final))


def _chosen(scan: Scan, calendar: str, when: str, part: YearPart | None) -> Value | None:
    now = scan.now
    if part and part.year is not None:
        return _in_year(calendar, when, part.year)
    around = _around(calendar, when, now)
    if part and part.modifier == "past":
        return max((v for v in around if v.first < now), key=lambda v: v.first, default=None)
    if part and part.modifier == "next":
        return min((v for v in around if v.first >= now), key=lambda v: v.first, default=None)
    return min(around, key=lambda v: abs((v.first - now).days), default=None)


def _around(calendar: str, when: str, now: datetime.date) -> list[Value]:
    """The occurrences of this, the last and the next year of the day's own calendar."""
    if calendar in _HIJRI:
        here = hijri.year_of(now)
        found = [_of_hijri_year(calendar, when, year) for year in range(here - 1, here + 2)]
    else:
        found = [_in_year(calendar, when, year) for year in range(now.year - 1, now.year + 2)]
    return [value for value in found if value]


def _in_year(calendar: str, when: str, year: int) -> Value | None:
    """The day in a Gregorian year (a Hijri feast that falls twice in it is taken the first time)."""
    if calendar == "gregorian":
        month, day = map(int, when.split("-"))
        date = values.valid_day(year, month, day)
        return values.day(date) if date else None
    if calendar == "easter":
        return values.day(easter(year) + int(when) * DAY)
    if calendar == "easter_orthodox":
        return values.day(easter_orthodox(year) + int(when) * DAY)
    if calendar == "nth_weekday":
        month, nth, weekday = map(int, when.split("-"))
        return values.day(nth_weekday(year, month, nth, weekday))
    return _hijri_in_year(calendar, when, year)


def _hijri_in_year(calendar: str, when: str, year: int) -> Value | None:
    first = hijri.year_of(datetime.date(year, 1, 1))
    found = [_of_hijri_year(calendar, when, number) for number in (first, first + 1)]
    return next((value for value in found if value and value.first.year == year), None)


def _of_hijri_year(calendar: str, when: str, year: int) -> Value | None:
    return _last_friday(year) if calendar == "last_friday_ramadan" else _hijri_day(year, when)


def _hijri_day(year: int, when: str) -> Value | None:
    month, day = map(int, when.split("-"))
    return hijri.day_value(year, month, day)


def _last_friday(year: int) -> Value:
    final = hijri.month_value(year, _RAMADAN).final
    return values.day(final - (final.weekday() - _FRIDAY) % 7 * DAY)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> datetime.date:
    """The ``nth`` (1–4, -1 for the last) ``weekday`` (0 is Monday) of a month."""
    if nth < 0:
        final = values.month(year, month).final
        return final - (final.weekday() - weekday) % 7 * DAY
    first = datetime.date(year, month, 1)
    return first + ((weekday - first.weekday()) % 7 + 7 * (nth - 1)) * DAY


def easter(year: int) -> datetime.date:
    """Western Easter Sunday (the anonymous Gregorian algorithm as given by Meeus)."""
    golden, century, within = year % 19, year // 100, year % 100
    skipped = century - century // 4 - (8 * century + 13) // 25
    moon = (19 * golden + skipped + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (century * 100 + within + year // 4 + moon + 2 - century + century // 4) % 7
    offset = moon - weekday
    month = 3 + (offset + 40) // 44
    return datetime.date(year, month, offset + 28 - 31 * (month // 4))


def easter_orthodox(year: int) -> datetime.date:
    """Orthodox Easter Sunday in the Gregorian calendar, 1900–2099 (Meeus's Julian algorithm)."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return datetime.date(year, month, day + 1) + _JULIAN_DAYS * DAY


def season(scan: Scan, at: int) -> Reading | None:
    """«صيف 2016», «خريف العام الماضي», «الصيف المقبل»: three whole months; winter begins in December."""
    word = scan.value(at, "unit") == "quarter_unit:1"
    entry = scan.get(at + word, "season")
    part = year_part(scan, at + word + 1) if entry else None
    if entry is None or part is None:
        return None
    year = part.year if part.year is not None else _season_year(scan, entry.value, part.modifier)
    first = datetime.date(year, _SEASONS[entry.value], 1)
    anchor = PUBLISHED if part.year is None or part.relative else None
    value = Value(first, values.add_months(first, 3), "season", "month")
    return Reading(at, part.end, value, "season", None, anchor)


def _season_year(scan: Scan, name: str, modifier: str) -> int:
    now = scan.now
    starts = {year: datetime.date(year, _SEASONS[name], 1) for year in range(now.year - 2, now.year + 2)}
    if modifier == "past":
        return max(year for year, first in starts.items() if values.add_months(first, 3) <= now)
    if modifier == "next":
        return min(year for year, first in starts.items() if first > now)
    return now.year - (name == "winter" and now.month < 3)
