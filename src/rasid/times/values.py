"""Calendar values: half-open day intervals with a precision, and how they are written in EDTF."""

from __future__ import annotations

import datetime
from typing import NamedTuple

DAY = datetime.timedelta(days=1)
MONTHS = 12
# Latest and earliest day that Python's calendar can hold with a day to spare at each side.
_FIRST_YEAR, _LAST_YEAR = 1, 9998


class Value(NamedTuple):
    """Days ``[first, last)`` with a precision: day, week, month, season, year, decade, century or interval.

    ``unit`` is the finest unit that its edges are written with (day, month, year); ``end_unit`` where the
    end is written with another. ``start_approx``/``end_approx``
    mark doubtful edges («نحو»), ``open_start``/``open_end`` edges that the text leaves open («منذ»).
    """

    first: datetime.date
    last: datetime.date
    precision: str
    unit: str = "day"
    start_approx: bool = False
    end_approx: bool = False
    open_start: bool = False
    open_end: bool = False
    end_unit: str | None = None

    @property
    def final(self) -> datetime.date:
        """The last day inside."""
        return self.last - DAY

    def edtf(self) -> str:
        """Extended Date/Time Format text, level 1: ``2018-05``, ``2018-05-07/2018-05-08``, ``2013/..``, ``2016~``."""
        start = ".." if self.open_start else _written(self.first, self.unit) + "~" * self.start_approx
        end = ".." if self.open_end else _written(self.final, self.end_unit or self.unit) + "~" * self.end_approx
        return start if start == end or self.precision == self.unit else f"{start}/{end}"

    def approximate(self) -> Value:
        """The same days, both edges in doubt."""
        return self._replace(start_approx=True, end_approx=True)


def _written(day: datetime.date, unit: str) -> str:
    text = f"{day.year:04d}"
    if unit != "year":
        text += f"-{day.month:02d}"
    return f"{text}-{day.day:02d}" if unit == "day" else text


def day(date: datetime.date) -> Value:
    """One day."""
    return Value(date, date + DAY, "day")


def days(first: datetime.date, final: datetime.date) -> Value:
    """The days from ``first`` to ``final``, both inside; one day is a day, more are an interval."""
    return day(first) if first == final else Value(first, final + DAY, "interval")


def week(start: datetime.date) -> Value:
    """The seven days from ``start``."""
    return Value(start, start + 7 * DAY, "week")


def month(year: int, number: int) -> Value:
    """One month. Raises OverflowError outside the years 1–9998, as do ``year`` and ``years``."""
    first = new_year(year).replace(month=number)
    return Value(first, add_months(first, 1), "month", "month")


def months(first: Value, final: Value) -> Value:
    """Whole months from the first's start to the final's end."""
    return Value(first.first, final.last, "interval", "month")


def year(number: int) -> Value:
    """One year."""
    return Value(new_year(number), new_year(number + 1), "year", "year")


def years(first: int, final: int) -> Value:
    """Whole years, both inside."""
    return Value(new_year(first), new_year(final + 1), "interval", "year")


def new_year(number: int) -> datetime.date:
    """1 January of a year; OverflowError outside 1–9999."""
    if not _FIRST_YEAR <= number <= _LAST_YEAR + 1:
        raise OverflowError(f"the year {number} is outside the calendar")
    return datetime.date(number, 1, 1)


def of_unit(date: datetime.date, unit: str) -> Value:
    """The day, month or year that holds ``date``."""
    if unit == "month":
        return month(date.year, date.month)
    return year(date.year) if unit == "year" else day(date)


def span(first: Value, final: Value) -> Value:
    """From the start of one value to the end of another, each edge written as finely as its own value."""
    return Value(
        first.first,
        final.last,
        "interval",
        first.unit,
        first.start_approx,
        final.end_approx,
        first.open_start,
        final.open_end,
        final.end_unit or final.unit,
    )


def add_months(date: datetime.date, count: int) -> datetime.date:
    """``date`` moved by ``count`` months; the day is cut to the month's length. Raises OverflowError outside 1–9998."""
    index = date.year * MONTHS + date.month - 1 + count
    number, at = divmod(index, MONTHS)
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        raise OverflowError(f"the year {number} is outside the calendar")
    return date.replace(year=number, month=at + 1, day=min(date.day, month_length(number, at + 1)))


def month_length(year_number: int, number: int) -> int:
    """Days in a Gregorian month."""
    after = datetime.date(year_number + number // MONTHS, number % MONTHS + 1, 1)
    return (after - datetime.date(year_number, number, 1)).days


def valid_day(year_number: int, number: int, at: int) -> datetime.date | None:
    """The date, or None where the month has no such day."""
    if not (_FIRST_YEAR <= year_number <= _LAST_YEAR and 1 <= number <= MONTHS):
        return None
    return datetime.date(year_number, number, at) if 1 <= at <= month_length(year_number, number) else None


def week_start(date: datetime.date) -> datetime.date:
    """The Sunday on or before ``date``.

    Weeks run from Sunday to Saturday: of 42 coded weeks 30 are valued so, the others mostly from Monday.
    """
    return date - ((date.weekday() + 1) % 7) * DAY
