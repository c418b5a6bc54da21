"""Named days, wars and seasons: عيد الفطر 2024, يوم عاشوراء, الجمعة العظيمة, الحرب العالمية الثانية, صيف 2016."""

from __future__ import annotations

import datetime

from rasid.times import hijri, values
from rasid.times.feasts import easter, easter_orthodox, nth_weekday, pesach, rosh_hashanah
from rasid.times.months import month_only
from rasid.times.reading import PUBLISHED, Reading
from rasid.times.terms import Scan
from rasid.times.values import DAY, Value
from rasid.times.years import YearPart, year_part

_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
_HIJRI = frozenset({"hijri", "last_friday_ramadan"})
_RAMADAN, _FRIDAY = 9, 4
_MOVING = {"easter": easter, "easter_orthodox": easter_orthodox, "rosh_hashanah": rosh_hashanah, "pesach": pesach}
_DASHES = frozenset({"-", "–", "/"})


def named_day(scan: Scan, at: int) -> Reading | None:
    """A day or war that has a name, with a year or modifier after it; without one the occurrence nearest to now."""
    entry = scan.get(at, "named")
    if entry is None:
        return None
    calendar, _, when = entry.value.partition(" ")
    part = year_part(scan, at + 1)
    if calendar == "era":
        era = _era(when)
        told = part is not None and part.year == era.first.year and era.precision == "day"  # «هجمات 11 سبتمبر 2001»
        return Reading(at, part.end if part and told else at + 1, era, "named_era")
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
    if calendar in _MOVING:
        return values.day(_MOVING[calendar](year) + int(when) * DAY)
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


def season(scan: Scan, at: int) -> Reading | None:
    """«صيف 2016», «شتاء 2015-2016», «الصيف المقبل», «هذا الصيف»: three whole months; winter begins in December."""
    this = scan.value(at, "dem") == "this"
    name = at + (this or scan.value(at, "unit") == "quarter_unit:1")
    entry = scan.get(name, "season")
    if entry is None or this and (not entry.definite or entry.clitic):
        return None
    part = YearPart(None, name + 1, "this") if this else year_part(scan, name + 1)
    if part is None:
        return None
    year = part.year if part.year is not None else _season_year(scan, entry.value, part.modifier)
    first = datetime.date(year, _SEASONS[entry.value], 1)
    anchor = PUBLISHED if part.year is None or part.relative else None
    value = Value(first, values.add_months(first, 3), "season", "month")
    return Reading(at, _winter_end(scan, entry.value, part), value, "season", None, anchor)


def _winter_end(scan: Scan, name: str, part: YearPart) -> int:
    """The index after «شتاء 2015-2016», «شتاء 2015/16»: a winter lies in two years."""
    if name != "winter" or part.year is None or scan.fold(part.end) not in _DASHES:
        return part.end
    second = scan.get(part.end + 1, "num")
    follows = second is not None and second.number in (part.year + 1, (part.year + 1) % 100)
    return part.end + 2 if follows else part.end


def last_ten(scan: Scan, at: int) -> Reading | None:
    """«العشر الأواخر من رمضان»: the last ten days of a Hijri month, nine where it is short."""
    if scan.get(at, "last_ten") is None:
        return None
    after = at + 1 + scan.is_prep(at + 1, "from", "in")
    month = month_only(scan, after)
    if month is None or month.value is None or month.calendar != "hijri":
        return None
    first = month.value.first + 20 * DAY
    value = Value(first, month.value.last, "interval", "day", True, True)
    return month.valued(value, "last_ten").moved(start=at)


def _season_year(scan: Scan, name: str, modifier: str) -> int:
    now = scan.now
    starts = {year: datetime.date(year, _SEASONS[name], 1) for year in range(now.year - 2, now.year + 2)}
    if modifier == "past":
        return max(year for year, first in starts.items() if values.add_months(first, 3) <= now)
    if modifier == "next":
        return min(year for year, first in starts.items() if first > now)
    return now.year - (name == "winter" and now.month < 3)
