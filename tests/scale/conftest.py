"""Made-up news for data sets, and the stand-in that codes it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator

import pytest

from rasid.clean import Repeated
from rasid.records import Article, Document, Report, Status
from tests.store import coder

PLANNED = "سوف"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are coded by the stand-in of the store's tests; what stands in a sentence with «سوف» is a plan."""
    monkeypatch.setattr("rasid.pipeline.code", _code)


def _code(articles: Iterable[Article], *, repeated: Repeated | None = None) -> Iterator[Document]:
    for document in coder.code(articles, repeated=repeated):
        yield document.replace(reports=tuple(_planned(document, report) for report in document.reports or ()))


def _planned(document: Document, report: Report) -> Report:
    sentence = (document.sentences or ())[report.sentence]
    planned = PLANNED in document.article.text[sentence.start : sentence.end]
    return dataclasses.replace(report, status=Status.FUTURE) if planned else report


@pytest.fixture
def planned() -> list[Article]:
    """A plan of a visit, and another article that tells of the visit, so unlike that merging leaves them apart."""
    told = (
        ("موعد الجسر القديم", f"زار الجيش التونسي بلدة المرسى يوم 2031-09-10 {PLANNED} يرمم جسرا."),
        ("أخبار متفرقة", "زار الأسطول التونسي يوم 2031-09-11 أحياء كثيرة بصحبة مهندسين وأطباء."),
    )
    days = (datetime.date(2031, 9, 8), datetime.date(2031, 9, 11))
    return [
        Article(f"plan-{day}", title, text, publisher=f"الرواق {day}", published=day)
        for day, (title, text) in zip(days, told, strict=True)
    ]
