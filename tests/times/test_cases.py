"""Every case of ``tests/cases/times_*.jsonl``: the phrases that date something, and their EDTF values."""

from __future__ import annotations

import datetime
import json
from array import array
from dataclasses import dataclass
from pathlib import Path

import pytest

from rasid.records import Article, Document, Sentence
from rasid.times import stage
from rasid.words.tokens import tokens_of

CASES = Path(__file__).parents[1] / "cases"
STOP = ". "


@dataclass(frozen=True)
class Case:
    """A text of one or more sentences with the times that it tells, in order."""

    kind: str
    name: str
    published: datetime.date | None
    text: str
    times: tuple[tuple[str, str | None], ...]


def cases() -> list[Case]:
    found = []
    for path in sorted(CASES.glob("times_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            day = row["published"] and datetime.date.fromisoformat(row["published"])
            times = tuple((phrase, edtf) for phrase, edtf in row["times"])
            found.append(Case(row["kind"], row["name"], day, row["text"], times))
    return found


def document(case: Case) -> Document:
    text, at, sentences = case.text, 0, []
    starts, ends = array("l", range(len(text))), array("l", range(1, len(text) + 1))
    for index, part in enumerate(text.split(STOP)):
        end = at + len(part)
        sentences.append(Sentence(index, at, end, tokens_of(text, at, end, starts, ends)))
        at = end + len(STOP)
    return Document(Article("made", None, text, published=case.published), sentences=tuple(sentences))


ALL = cases()


@pytest.mark.parametrize("case", [case for case in ALL if case.kind != "known-failure"], ids=lambda case: case.text)
def test_times_of_case(case: Case) -> None:
    spans = stage(document(case)).times or ()
    assert [(span.text, span.edtf) for span in spans if span.refers] == list(case.times)


@pytest.mark.parametrize("case", [case for case in ALL if case.kind == "known-failure"], ids=lambda case: case.text)
@pytest.mark.xfail(strict=True, reason="not yet read rightly")
def test_known_failure(case: Case) -> None:
    spans = stage(document(case)).times or ()
    assert [(span.text, span.edtf) for span in spans if span.refers] == list(case.times)


def test_there_are_cases_of_every_kind() -> None:
    assert {case.kind for case in ALL} == {"found", "constructed", "must-not-change", "known-failure"}
    assert len(ALL) >= 600


@pytest.mark.parametrize("case", ALL[::5], ids=lambda case: case.text)
def test_spans_point_at_the_text(case: Case) -> None:
    for span in stage(document(case)).times or ():
        assert case.text[span.start : span.end] == span.text
        assert (span.edtf is None) == (span.first is None) == (span.last is None)
        assert span.edtf is not None or span.reason
        assert span.rule
