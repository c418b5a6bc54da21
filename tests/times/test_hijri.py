"""Hijri dates against hijridate, day for day, and beyond its years against the tabular calendar's own rules."""

from __future__ import annotations

import datetime

import pytest
from hijridate import Gregorian, Hijri
from hypothesis import assume, given
from hypothesis import strategies as st

from rasid.times import hijri, read

NAMES = "محرم|صفر|ربيع الأول|ربيع الآخر|جمادى الأولى|جمادى الآخرة|رجب|شعبان|رمضان|شوال|ذي القعدة|ذي الحجة".split("|")


@given(year=st.integers(1343, 1499), month=st.integers(1, 12), day=st.integers(1, 29))
def test_written_day_is_hijridates_day(year: int, month: int, day: int) -> None:
    assume(day <= Hijri(year, month, 1).month_length())  # Ramadan 1343 has 28 days there
    there = Hijri(year, month, day).to_gregorian()
    (span,) = read(f"في {day} {NAMES[month - 1]} {year} هـ", published=datetime.date(2018, 5, 18))
    assert (span.first, span.calendar) == (datetime.date(there.year, there.month, there.day), "hijri")
    assert span.edtf is not None
    assert span.edtf.endswith("~")  # sighted and calculated months differ by a day


@given(date=st.dates(datetime.date(1924, 8, 1), datetime.date(2077, 11, 16)))
def test_year_of_is_hijridates_year(date: datetime.date) -> None:
    assert hijri.year_of(date) == Gregorian(date.year, date.month, date.day).to_hijri().year


@pytest.mark.parametrize("year", range(1343, 1500))
def test_months_follow_one_another(year: int) -> None:
    for month in range(1, 13):
        value = hijri.month_value(year, month)
        assert (value.last - value.first).days == Hijri(year, month, 1).month_length()
    assert hijri.year_value(year).last == hijri.month_start(year + 1, 1)


@given(year=st.integers(1, 1342), month=st.integers(1, 12))
def test_tabular_months_have_29_or_30_days(year: int, month: int) -> None:
    if (year, month) == (1342, 12):
        return  # the two reckonings meet here
    value = hijri.month_value(year, month)
    assert (value.last - value.first).days in (29, 30)


def test_tabular_calendar_begins_in_622() -> None:
    assert hijri.month_start(1, 1) == datetime.date(622, 7, 19)


def test_day_that_the_month_lacks_is_none() -> None:
    assert hijri.day_value(1440, 1, 31) is None
    assert hijri.day_value(1440, 1, 0) is None
