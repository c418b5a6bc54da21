"""Phrases and their codes (tests/cases/names_phrases.jsonl): a phrase alone, or in a short article."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rasid import clean, words
from rasid.names import Act, Coder, code
from rasid.records import Article, Document

CASES = Path(__file__).parents[1] / "cases" / "names_phrases.jsonl"


@dataclass(frozen=True)
class Case:
    """``code`` may hold two codes, parted by ``|``, for a phrase that means two parties."""

    kind: str
    text: str
    phrase: str
    code: str
    act: Act
    published: datetime.date | None
    id: str | None

    def document(self) -> Document:
        article = Article("case", None, self.text, published=self.published)
        return words.stage(clean.stage(Document(article)))


def read_cases() -> list[Any]:
    found = []
    for line in CASES.read_text(encoding="utf-8").splitlines():
        raw = json.loads(line)
        day = datetime.date.fromisoformat(raw["published"]) if "published" in raw else None
        act = Act(raw.get("type", ""), raw.get("side", ""))
        case = Case(raw["kind"], raw["text"], raw["phrase"], raw["code"], act, day, raw.get("id"))
        marks = [pytest.mark.xfail(strict=True)] if raw["kind"] == "known-failure" else []
        found.append(pytest.param(case, id=f"{raw['phrase']}-{len(found)}", marks=marks))
    return found


def span_of(document: Document, phrase: str) -> tuple[int, int, int]:
    """First and last token and sentence of the last occurrence of ``phrase``."""
    start = document.article.text.rindex(phrase)
    sentence = document.sentence_at(start)
    span = Coder(document).tokens_of(start, start + len(phrase), sentence)
    assert span is not None
    return (*span, sentence)


@pytest.mark.parametrize("case", read_cases())
def test_phrase_has_its_code(case: Case) -> None:
    document = case.document()
    actors = Coder(document).code_all(*span_of(document, case.phrase), act=case.act)
    assert {actor.code for actor in actors} == set(case.code.split("|"))
    if case.id is not None:
        assert actors[0].id == case.id


def test_cases_are_many_and_of_all_kinds() -> None:
    kinds = [param.values[0].kind for param in read_cases()]
    assert len(kinds) >= 1000
    assert set(kinds) == {"found", "constructed", "must-not-change", "known-failure"}


def test_single_question_carries_its_text() -> None:
    document = Case("constructed", "قال وزير الدفاع الروسي ذلك", "وزير الدفاع الروسي", "", Act(), None, None).document()
    actor = code(*span_of(document, "وزير الدفاع الروسي"), document)
    assert (actor.text, actor.country, actor.sectors) == ("وزير الدفاع الروسي", "RUS", ("MIL",))
