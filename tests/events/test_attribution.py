"""Attribution: every case of ``tests/cases/events_attribution.jsonl``, and what a telling governs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rasid.events.attribution import attributions, telling_of
from rasid.words import tokenize

CASES = Path(__file__).parents[1] / "cases" / "events_attribution.jsonl"


def _cases() -> list[Any]:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["text"]) for row in rows]


def _told(text: str) -> list[tuple[str, str]]:
    tokens = tokenize(text)
    return [
        (text[tokens[t.first].start : tokens[t.last].end] if t.first >= 0 else "", t.stance.value)
        for t in attributions(tokens)
    ]


@pytest.mark.parametrize("row", _cases())
def test_case(row: dict[str, str]) -> None:
    told = _told(row["text"])
    if row["source"] is None:
        assert told == []
    else:
        assert (row["source"], row["stance"]) in told


def test_what_is_told_stands_behind_the_verb() -> None:
    tokens = tokenize("قتل جندي وقالت الشرطة إن المهاجم فر")
    (telling,) = attributions(tokens)
    assert telling.scope_first > telling.last
    assert telling_of(tokens, 0, 0) is None
    assert telling_of(tokens, 6, 6) == telling


def test_a_preposition_behind_the_act_governs_it() -> None:
    tokens = tokenize("قتل أربعة بحسب ناشطين")
    telling = telling_of(tokens, 0, 0)
    assert telling is not None
    assert tokens[telling.first].text == "ناشطين"


def test_the_telling_verb_is_not_told_by_itself() -> None:
    tokens = tokenize("نفت الوزارة اعتقال الصحفي")
    assert telling_of(tokens, 0, 0) is None


def test_nothing_in_nothing() -> None:
    assert attributions(()) == ()
