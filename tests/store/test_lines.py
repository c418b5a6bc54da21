"""Events told in one line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rasid import codebook
from rasid.data import table
from rasid.store import rows
from rasid.store.lines import Language, line

CASES = Path(__file__).parents[1] / "cases" / "store_lines.jsonl"
ARRAYS = ("modes", "contexts", "publishers")
EMPTY: dict[str, Any] = dict.fromkeys(rows.EventRow._fields)


def event(**fields: Any) -> rows.EventRow:
    told = {**EMPTY, **{name: [] for name in ARRAYS}, "status": "reported", "historical": False, **fields}
    days = {name: rows.day(told[name]) for name in ("first", "last")}
    return rows.EventRow(**{**told, **days})


def party(role: str, code: str, *, name: str | None = None, name_en: str | None = None) -> rows.EventPartyRow:
    return rows.EventPartyRow("e", role, code, code[:3] or None, [code[3:]], None, name, name_en)


@pytest.mark.parametrize("case", [json.loads(line_) for line_ in CASES.read_text(encoding="utf-8").splitlines()])
def test_lines(case: dict[str, Any]) -> None:
    parties = [party(**item) for item in case["parties"]]
    assert line(event(**case["event"]), parties, Language.ENGLISH) == case["en"]
    assert line(event(**case["event"]), parties, Language.ARABIC) == case["ar"]


def test_every_type_and_mode_has_words() -> None:
    told = {(row["type"], row["mode"]) for row in table("event_lines")}
    wanted = {(kind.name, mode) for kind in codebook.types().values() for mode in ("", *kind.modes)}
    assert told == wanted


def test_every_sector_has_words() -> None:
    told = {row["key"] for row in table("event_words") if row["kind"] == "sector"}
    assert told == set(codebook.sectors())
