"""What one stage finds in an article serves the next, and changes nothing in the result."""

from __future__ import annotations

import datetime

import pytest

from rasid import clean, words
from rasid.names import Coder, coding, country, stage
from rasid.records import Article, Document

TEXT = "التقى وزير الخارجية الكازاخي إرلان ساتيبالدين نظيره الصيني. وأكد ساتيبالدين ذلك."


def document_of(text: str = TEXT, published: datetime.date | None = None) -> Document:
    return words.stage(clean.stage(Document(Article("a", None, text, published=published))))


def test_the_same_sentences_are_looked_over_once(monkeypatch: pytest.MonkeyPatch) -> None:
    document = stage(document_of())
    monkeypatch.setattr(coding, "survey", lambda _: pytest.fail("looked over again"))
    assert [actor.code for actor in Coder(document).introduced] == ["KAZGOV"]


def test_equal_sentences_of_another_document_are_looked_over_anew() -> None:
    first, other = document_of(), document_of()
    assert Coder(first).land is not Coder(other).land


def test_another_day_is_looked_over_anew() -> None:
    document = document_of()
    Coder(document)
    day = datetime.date(2025, 10, 3)
    later = document.replace(article=Article("a", None, TEXT, published=day))
    assert Coder(later).land.published == day


def test_what_one_coder_learns_another_does_not_know() -> None:
    document = document_of()
    first = Coder(document)
    before = Coder(document).memory
    first.code(0, 2, 1)
    assert Coder(document).memory == before
    assert first.memory != before


def test_other_weights_open_the_article_anew() -> None:
    document = document_of()
    land = Coder(document).land
    country.use({"in:first": 1.0})
    try:
        assert Coder(document).land is not land
    finally:
        country.use(None)


def test_few_articles_are_kept() -> None:
    for number in range(100):
        Coder(document_of(f"{TEXT} {number}"))
    assert len(coding._recent) <= 32
