"""Made-up news for data sets, and the stand-in that codes it."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterable, Iterator

import pytest

from rasid.clean import Repeated
from rasid.records import Article, Document, Report, Status, Trigger
from tests.store import coder

PLANNED, CANCELLED = "سوف", "ألغى"


@pytest.fixture
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are coded by the stand-in of the store's tests; here it knows plans («سوف») and their end («ألغى»)."""
    monkeypatch.setattr("rasid.pipeline.code", _code)


def _code(articles: Iterable[Article], *, repeated: Repeated | None = None) -> Iterator[Document]:
    for document in coder.code(articles, repeated=repeated):
        yield document.replace(reports=tuple(_read_further(document, report) for report in document.reports or ()))


def _read_further(document: Document, report: Report) -> Report:
    sentence = (document.sentences or ())[report.sentence]
    text = document.article.text[sentence.start : sentence.end]
    if PLANNED in text:
        return dataclasses.replace(report, status=Status.FUTURE)
    if CANCELLED in text:
        start = sentence.start + text.index(CANCELLED)
        trigger = Trigger(start, start + len(CANCELLED), CANCELLED)
        return dataclasses.replace(report, type="REJECT", trigger=trigger)
    return report


@pytest.fixture
def planned() -> list[Article]:
    """The plan of a visit, and days later its end."""
    visit = "زار الجيش التونسي بلدة المرسى يوم 2031-09-10 لترميم الجسر العتيق"
    days = (datetime.date(2031, 9, 8), datetime.date(2031, 9, 9))
    told = (
        ("موعد عند الجسر العتيق", f"{visit} {PLANNED}."),
        ("لا ترميم للجسر العتيق", f"{CANCELLED} ما قيل إنه {visit}."),
    )
    return [
        Article(f"plan-{day}", title, text, publisher=f"الرواق {day}", published=day)
        for day, (title, text) in zip(days, told, strict=True)
    ]
