"""Every case of ``tests/cases/places_*.jsonl``: all place phrases of a text, each with country and English name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from rasid.places import read

CASES = Path(__file__).parents[1] / "cases"
LEAST = 500


@dataclass(frozen=True)
class Case:
    """A text with its place phrases in order: phrase, country, English name (None where there is no pin)."""

    kind: str
    name: str
    text: str
    places: tuple[tuple[str, str | None, str | None], ...]


def cases() -> list[Case]:
    lines = [
        line for path in sorted(CASES.glob("places_*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()
    ]
    rows = [json.loads(line) for line in lines]
    return [
        Case(
            row["kind"], row["name"], row["text"], tuple((text, country, name) for text, country, name in row["places"])
        )
        for row in rows
    ]


ALL = cases()


def found(case: Case) -> list[tuple[str, str | None, str | None]]:
    return [(place.text, place.country, place.name_en) for place in read(case.text)]


@pytest.mark.parametrize("case", [case for case in ALL if case.kind != "known-failure"], ids=lambda case: case.text)
def test_places_of_case(case: Case) -> None:
    assert found(case) == list(case.places)


@pytest.mark.xfail(strict=True, reason="known failure: remove the mark when it passes", raises=AssertionError)
@pytest.mark.parametrize("case", [case for case in ALL if case.kind == "known-failure"], ids=lambda case: case.text)
def test_known_failures_still_fail(case: Case) -> None:
    assert found(case) == list(case.places)


def test_cases_are_many_and_of_every_kind() -> None:
    assert len(ALL) >= LEAST
    assert len({case.text for case in ALL}) == len(ALL)
    assert {case.kind for case in ALL} == {"found", "constructed", "must-not-change", "known-failure"}
