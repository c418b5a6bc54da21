"""What cleaning does to texts, case by case."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from rasid.clean import BLANKED, KEPT, clean
from rasid.data import table
from rasid.records import Article

_CASES = Path(__file__).parents[1] / "cases" / "clean_texts.jsonl"
_SHOWN = frozenset(("entity", "composed", "letter", "markup", "control", "escape"))


@dataclass(frozen=True)
class Case:
    """A source, the text it must become, and what must be set aside and repaired."""

    kind: str
    name: str
    source: str
    text: str
    title: str | None = None
    aside: tuple[tuple[str, str], ...] = ()
    repairs: tuple[str, ...] = ()
    note: str = ""


def _cases() -> Iterator[ParameterSet]:
    for line in _CASES.read_text(encoding="utf-8").split("\n"):
        if line:
            record = json.loads(line)
            record["aside"] = tuple((reason, text) for reason, text in record.get("aside", ()))
            record["repairs"] = tuple(record.get("repairs", ()))
            case = Case(**record)
            marks = [pytest.mark.xfail(strict=True)] if case.kind == "known-failure" else []
            yield pytest.param(case, id=case.name, marks=marks)


@pytest.mark.parametrize("case", list(_cases()))
def test_case(case: Case) -> None:
    article = Article("a", case.title, case.source)
    cleaned = clean(article)
    assert cleaned.text == case.text
    assert tuple((span.reason, article.text[span.start : span.end]) for span in cleaned.set_aside) == case.aside
    if case.repairs:
        assert tuple(repair.kind for repair in cleaned.repairs if repair.kind in _SHOWN) == case.repairs


@pytest.mark.parametrize("case", [case for case in _cases() if not case.values[0].title])
def test_what_must_not_change_keeps_its_offsets(case: Case) -> None:
    cleaned = clean(Article("a", None, case.text))
    assert case.kind == "known-failure" or cleaned.text == case.text
    if case.kind == "known-failure":
        assert not cleaned.set_aside
    assert list(cleaned.starts) == list(range(len(case.text)))


def test_reasons_in_the_table_are_known() -> None:
    assert {row["reason"] for row in table("boilerplate")} <= BLANKED
    assert not BLANKED & KEPT


@pytest.mark.parametrize("row", table("boilerplate"), ids=lambda row: row["phrase"][:40])
def test_each_row_sets_its_own_example_aside(row: dict[str, str]) -> None:
    source = f"وصل الوفد إلى العاصمة.\n{row['example']}\nوالتقى الوفد الرئيس."
    cleaned = clean(Article("a", None, source))
    assert [span.reason for span in cleaned.set_aside] == [row["reason"]]
    assert cleaned.text == "وصل الوفد إلى العاصمة.\nوالتقى الوفد الرئيس."
