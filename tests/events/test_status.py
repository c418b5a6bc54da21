"""Status: every case of ``tests/cases/events_status.jsonl``, and which word told it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rasid.events.status import is_future, read_status, status_of
from rasid.records import Status
from rasid.words import tokenize

CASES = Path(__file__).parents[1] / "cases" / "events_status.jsonl"


def _cases() -> list[Any]:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    expected = pytest.mark.xfail(strict=True, reason="known failure")
    return [
        pytest.param(row, id=row["text"], marks=[expected] if row["kind"] == "known-failure" else []) for row in rows
    ]


@pytest.mark.parametrize("row", _cases())
def test_case(row: dict[str, str]) -> None:
    tokens = tokenize(row["text"])
    start = row["text"].index(row["trigger"])
    end = start + len(row["trigger"])
    inside = [i for i, token in enumerate(tokens) if token.start < end and start < token.end]
    assert status_of(tokens, inside[0], inside[-1], type_name=row["type"]) == row["status"]


def test_reading_names_its_cue() -> None:
    tokens = tokenize("من المقرر أن يلتقي الوفدان")
    reading = read_status(tokens, 3, 3)
    assert (reading.status, reading.first, reading.last) == (Status.FUTURE, 1, 1)


def test_no_cue_is_reported() -> None:
    reading = read_status(tokenize("قتل جندي"), 0, 0)
    assert (reading.status, reading.first, reading.last) == (Status.REPORTED, -1, -1)


@pytest.mark.parametrize(
    ("word", "future"),
    [("سيزور", True), ("وستعقد", True), ("سأزور", True), ("سابق", False), ("سيطرت", False), ("سياسية", False)],
)
def test_future_prefix(word: str, future: bool) -> None:
    assert is_future(tokenize(word)[0]) == future
