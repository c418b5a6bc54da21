"""Tolls: every case of ``tests/cases/events_counts.jsonl``, numbers in words, and where a toll stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rasid.events.counts import How, counts
from rasid.events.counts_numbers import number_at
from rasid.words import tokenize

CASES = Path(__file__).parents[1] / "cases" / "events_counts.jsonl"


def _cases() -> list[Any]:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    expected = pytest.mark.xfail(strict=True, reason="known failure")
    return [
        pytest.param(row, id=row["text"], marks=[expected] if row["kind"] == "known-failure" else []) for row in rows
    ]


@pytest.mark.parametrize("row", _cases())
def test_case(row: dict[str, Any]) -> None:
    assert [[c.toll.value, c.value] for c in counts(tokenize(row["text"]))] == row["counts"]


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("تسعة", 9, 1),
        ("ثلاث عشرة امرأة", 13, 2),
        ("خمسة وعشرين شخصا", 25, 2),
        ("مئة وخمسة وأربعين", 145, 3),
        ("ستمئة شخص", 600, 1),
        ("ثلاثة آلاف شخص", 3000, 2),
        ("ستة آلاف و259 مدنيا", 6259, 4),
        ("ألفين وخمسمئة", 2500, 2),
        ("12 ألف نازح", 12000, 2),
        ("2.5 مليون", 2500000, 2),
        ("٤٥ جريحا", 45, 1),
        ("1,300", 1300, 1),
    ],
)
def test_number(text: str, value: int, end: int) -> None:
    number = number_at(tokenize(text), 0)
    assert number is not None
    assert (number.value, number.end) == (value, end)


@pytest.mark.parametrize("text", ["الاثنين", "كتاب", "الثلاثاء", "أحد الرجال"])
def test_no_number(text: str) -> None:
    assert number_at(tokenize(text), 0) is None


def test_spans_point_at_number_and_word() -> None:
    tokens = tokenize("أعلنت الشرطة إصابة ثلاثة عمال")
    (count,) = counts(tokens)
    assert (tokens[count.first].text, tokens[count.cue].text, count.how) == ("ثلاثة", "إصابة", How.NUMBER)


def test_uncertain_readings_are_marked() -> None:
    (one,) = counts(tokenize("مقتل شاب"))
    (many,) = counts(tokenize("مقتل العشرات"))
    assert (one.how, many.how) == (How.SINGULAR, How.VAGUE)
