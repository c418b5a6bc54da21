"""Tolls, days and sources of an event."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from rasid.merge import Days, Range, count, independent, span, tolls
from rasid.merge.tallies import days_told
from tests.merge.made import DAY, told

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "merge_counts.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["text"] or "blank" for case in CASES])
def test_counts(case: dict[str, str | int | None]) -> None:
    found = count(str(case["text"]))
    assert (found.low, found.high) == (case["low"], case["high"]) if found else case["low"] is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["3", "5"], Range(3, 5)),
        (["3", None, ">=12"], Range(3, None)),
        (["3", ">=12", "20"], Range(3, 20)),
        ([None, "many"], None),
        ([], None),
    ],
)
def test_ranges(values: list[str | None], expected: Range | None) -> None:
    assert span(values) == expected


def test_numbers_meet_when_one_can_be_both() -> None:
    assert Range(12, 12).meets(Range(10, None))
    assert Range(5, None).meets(Range(12, 12))
    assert not Range(12, 12).meets(Range(13, None))


def test_each_toll_has_its_own_range() -> None:
    found = tolls([told("a:1", killed="3"), told("b:1", killed=">=4", injured="9")])
    assert (found.killed, found.injured, found.arrested) == (Range(3, None), Range(9, 9), None)


def test_copies_and_one_publisher_count_once() -> None:
    first = told("a:1", publisher="X")
    assert independent([first, told("b:1", publisher="X")]) == 1
    assert independent([first, told("b:1", publisher="Y", copy_of="a")]) == 1
    assert independent([first, told("b:1", publisher="Y")]) == 2


def test_copies_of_an_article_that_is_not_there_count_once() -> None:
    pair = [told("b:1", publisher="Y", copy_of="gone"), told("c:1", publisher="Z", copy_of="gone")]
    assert independent(pair) == 1


def test_articles_that_copy_each_other_are_no_endless_loop() -> None:
    assert independent([told("a:1", copy_of="b"), told("b:1", copy_of="a")]) in (1, 2)


def test_reports_of_one_agency_count_once_whoever_prints_them() -> None:
    printed = [told("a:1", publisher="X", agency="afp"), told("b:1", publisher="Y", agency="afp")]
    assert independent(printed) == 1
    assert independent([*printed, told("c:1", publisher="Z", agency="reuters")]) == 2


def test_no_publisher_is_not_one_publisher() -> None:
    assert independent([told("a:1", publisher=None), told("b:1", publisher=None)]) == 2


def test_days_come_from_texts_and_from_the_finest() -> None:
    month = Days(datetime.date(2025, 9, 1), datetime.date(2025, 9, 30), "month")
    assert days_told([told("a:1", days=month), told("b:1")]) == (DAY, DAY)
    assert days_told([told("a:1", days=None)]) is None
