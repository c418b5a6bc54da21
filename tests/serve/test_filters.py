"""Filters stand in the address, and come back from it."""

from __future__ import annotations

import datetime

import pytest

from rasid.errors import QueryError
from rasid.serve import filters
from rasid.serve.words import words

PAIRS = [
    ("from", "2031-07-01"),
    ("to", "2031-07-31"),
    ("type", "ASSAULT"),
    ("type", "PROTEST"),
    ("quad", "4"),
    ("country", "SYR"),
    ("party", "SYRMIL"),
    ("bbox", "30,20,50,40"),
    ("min_sources", "2"),
    ("min_confidence", "0.5"),
    ("reviewed", "no"),
    ("q", "بلدة"),
    ("order", "date"),
]


def test_an_address_says_what_is_wanted() -> None:
    found = filters.read(PAIRS)
    assert found.since == datetime.date(2031, 7, 1)
    assert found.types == ("ASSAULT", "PROTEST")
    assert found.quads == (4,)
    assert found.box is not None
    assert found.box.north == 40
    assert found.minimum_sources == 2
    assert found.reviewed is False
    assert found.text == "بلدة"


def test_an_empty_address_wants_all() -> None:
    assert filters.read([]) == filters.read([("type", ""), ("reviewed", "any"), ("other", "x")])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("from", "1/7/2031"),
        ("type", "WAR"),
        ("quad", "7"),
        ("quad", "x"),
        ("bbox", "1,2,3"),
        ("min_confidence", "2"),
        ("min_confidence", "nan"),
        ("min_sources", "1e99"),
        ("reviewed", "maybe"),
        ("country", "ZZZ"),
        ("q", "،"),
    ],
)
def test_a_wrong_value_is_told(name: str, value: str) -> None:
    with pytest.raises(QueryError):
        filters.read([(name, value)])


def test_changing_a_filter_drops_the_cursor() -> None:
    told = filters.written([*PAIRS, ("after", "abc")], type="AID", from_=None)
    assert "after" not in told
    assert "from=" not in told
    assert told.endswith("type=AID")


def test_each_filter_can_be_taken_away() -> None:
    chips = filters.chips(PAIRS, words("en"))
    assert len(chips) == len(PAIRS) - 1  # the order is no filter
    assert chips[2] == ("Type: attack, kill, clash", filters.without(PAIRS, ("type", "ASSAULT")))
