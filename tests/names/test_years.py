"""Groups count by their own name only in the years in which they had it."""

from __future__ import annotations

import datetime

import pytest

from rasid.names.entries import Entry, Sort
from rasid.names.matching import Hit
from rasid.names.settling import Told, settle

GROUP = Entry(Sort.GROUP, "LBY", ("GOV",), id="council", since="2011-02", until="2012")
ROLE = Entry(Sort.ROLE, "", ("GOV",), kind="institution", name="council")


@pytest.mark.parametrize(
    ("day", "stood"),
    [
        (datetime.date(2011, 1, 31), False),
        (datetime.date(2011, 2, 1), True),
        (datetime.date(2012, 12, 31), True),
        (datetime.date(2013, 1, 1), False),
        (None, True),
    ],
)
def test_a_group_outside_its_years_gives_way(day: datetime.date | None, stood: bool) -> None:
    assert GROUP.stood(day) is stood
    settled = settle([Hit(0, 1, (GROUP, ROLE))], Told(frozenset(), frozenset()), day)
    assert settled[0].entry is (GROUP if stood else ROLE)


def test_a_group_that_nothing_else_is_called_keeps_its_name() -> None:
    settled = settle([Hit(0, 1, (GROUP,))], Told(frozenset(), frozenset()), datetime.date(2024, 1, 1))
    assert settled[0].entry is GROUP
