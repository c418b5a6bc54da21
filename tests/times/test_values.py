"""Intervals, their EDTF text, and calendar arithmetic."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.times import values
from rasid.times.feasts import easter, easter_orthodox, nth_weekday, pesach, rosh_hashanah

DAY = datetime.date(2018, 5, 18)
DATES = st.dates(datetime.date(1600, 1, 1), datetime.date(2400, 12, 31))


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        (values.day(DAY), "2018-05-18"),
        (values.month(2018, 5), "2018-05"),
        (values.year(2018), "2018"),
        (values.years(2013, 2014), "2013/2014"),
        (values.week(DAY), "2018-05-18/2018-05-24"),
        (values.days(DAY, DAY), "2018-05-18"),
        (values.day(DAY).approximate(), "2018-05-18~"),
        (values.span(values.month(2018, 1), values.day(DAY)), "2018-01/2018-05-18"),
        (values.year(827), "0827"),
    ],
)
def test_edtf(value: values.Value, edtf: str) -> None:
    assert value.edtf() == edtf


@given(date=DATES, count=st.integers(-2000, 2000))
def test_months_added_and_taken_away_give_the_month_back(date: datetime.date, count: int) -> None:
    first = date.replace(day=1)
    assert values.add_months(values.add_months(first, count), -count) == first


@given(date=DATES)
def test_week_starts_on_the_sunday_before(date: datetime.date) -> None:
    start = values.week_start(date)
    assert start.weekday() == 6
    assert 0 <= (date - start).days < 7


@pytest.mark.parametrize(
    ("year", "month", "day"), [(2018, 2, 29), (2018, 13, 1), (2018, 4, 31), (0, 1, 1), (2018, 1, 0)]
)
def test_day_that_is_not_in_the_calendar(year: int, month: int, day: int) -> None:
    assert values.valid_day(year, month, day) is None


def test_month_outside_the_calendar_is_an_error() -> None:
    with pytest.raises(OverflowError, match="outside the calendar"):
        values.add_months(datetime.date(5, 1, 1), -100)


@pytest.mark.parametrize(
    ("year", "western", "orthodox"),
    [
        (2013, (3, 31), (5, 5)),
        (2018, (4, 1), (4, 8)),
        (2019, (4, 21), (4, 28)),
        (2024, (3, 31), (5, 5)),
        (2025, (4, 20), (4, 20)),
        (2000, (4, 23), (4, 30)),
        (1954, (4, 18), (4, 25)),
        (2038, (4, 25), (4, 25)),
    ],
)
def test_easter(year: int, western: tuple[int, int], orthodox: tuple[int, int]) -> None:
    assert easter(year) == datetime.date(year, *western)
    assert easter_orthodox(year) == datetime.date(year, *orthodox)


def test_nth_weekday() -> None:
    assert nth_weekday(2018, 11, 4, 3) == datetime.date(2018, 11, 22)
    assert nth_weekday(2018, 5, -1, 0) == datetime.date(2018, 5, 28)


@pytest.mark.parametrize(
    ("year", "new_year", "passover"),
    [
        (2016, (10, 3), (4, 23)),
        (2018, (9, 10), (3, 31)),
        (2019, (9, 30), (4, 20)),
        (2021, (9, 7), (3, 28)),
        (2023, (9, 16), (4, 6)),
        (2024, (10, 3), (4, 23)),
    ],
)
def test_jewish_feasts(year: int, new_year: tuple[int, int], passover: tuple[int, int]) -> None:
    assert rosh_hashanah(year) == datetime.date(year, *new_year)
    assert pesach(year) == datetime.date(year, *passover)


@given(year=st.integers(1900, 2150))
def test_jewish_years_have_one_of_six_lengths_and_begin_on_four_weekdays(year: int) -> None:
    first, after = rosh_hashanah(year), rosh_hashanah(year + 1)
    assert (after - first).days in (353, 354, 355, 383, 384, 385)
    assert first.weekday() in (0, 1, 3, 5)
