"""Feasts that move through the Gregorian year: Easter of both reckonings, and the Jewish new year and Passover."""

from __future__ import annotations

import datetime
import math

from rasid.times.values import DAY

# Between the Julian and the Gregorian calendar in 1900–2099.
_JULIAN_DAYS = 13
_PESACH_BEFORE_NEW_YEAR = 163
_MONDAY, _TUESDAY = 0, 1
_POSTPONED = frozenset({2, 4, 6})  # Wednesday, Friday, Sunday: the new year never begins on them


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> datetime.date:
    """The ``nth`` (1–4, -1 for the last) ``weekday`` (0 is Monday) of a month."""
    if nth < 0:
        final = (datetime.date(year + month // 12, month % 12 + 1, 1)) - DAY
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


def rosh_hashanah(year: int) -> datetime.date:
    """First day of the Jewish year that begins in the Gregorian ``year`` (Gauss's rule as given by Conway)."""
    golden = year % 19 + 1
    leap_shift = year // 100 - year // 400 - 2
    moon = leap_shift + 765433 / 492480 * (12 * golden % 19) + year % 4 / 4 - (313 * year + 89081) / 98496
    day = math.floor(moon)
    first = datetime.date(year, 9, 1) + (day - 1) * DAY
    late = moon - day
    if first.weekday() in _POSTPONED:
        return first + DAY
    if first.weekday() == _MONDAY and late >= 23269 / 25920 and 12 * golden % 19 > 11:
        return first + DAY
    if first.weekday() == _TUESDAY and late >= 1367 / 2160 and 12 * golden % 19 > 6:
        return first + 2 * DAY
    return first


def pesach(year: int) -> datetime.date:
    """First day of Passover in the Gregorian ``year``: 163 days before the new year."""
    return rosh_hashanah(year) - _PESACH_BEFORE_NEW_YEAR * DAY
