"""Hijri dates through the Umm al-Qura calendar.

A Hijri month begins when the moon is seen, so that countries differ by a day from the calculated calendar and from each
other: a Hijri day is therefore always valued as approximate (``~``), a Hijri month as the days that it covers, also
approximate. The calendar is defined for 1343–1500 AH; outside, the tabular reckoning (30-year cycle) is used.
"""

from __future__ import annotations

import datetime

from hijridate import Gregorian, Hijri

from rasid.times.values import DAY, Value

FIRST_YEAR, LAST_YEAR = 1343, 1500
_EPOCH = datetime.date(622, 7, 19)  # 1 Muharram 1 AH, civil reckoning, in the proleptic Gregorian calendar


def month_start(year: int, month: int) -> datetime.date:
    """First day of a Hijri month."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        found = Hijri(year, month, 1).to_gregorian()
        return datetime.date(found.year, found.month, found.day)
    before = 29 * (month - 1) + month // 2
    return _EPOCH + DAY * (before + (year - 1) * 354 + (3 + 11 * year) // 30)


def month_value(year: int, month: int) -> Value:
    """The days of a Hijri month."""
    after = month_start(year + month // 12, month % 12 + 1)
    return Value(month_start(year, month), after, "month", "day", True, True)


def day_value(year: int, month: int, number: int) -> Value | None:
    """A Hijri day; None where the month has no such day."""
    date = month_start(year, month) + (number - 1) * DAY
    within = 1 <= number <= 30 and date < month_start(year + month // 12, month % 12 + 1) + DAY
    return Value(date, date + DAY, "day", "day", True, True) if within else None


def year_value(year: int) -> Value:
    """The days of a Hijri year."""
    return Value(month_start(year, 1), month_start(year + 1, 1), "year", "day", True, True)


def year_of(date: datetime.date) -> int:
    """The Hijri year that holds ``date``."""
    if datetime.date(1924, 8, 1) <= date <= datetime.date(2077, 11, 16):
        return int(Gregorian(date.year, date.month, date.day).to_hijri().year)
    return int((date - _EPOCH).days // 354.36667) + 1
