"""Copies are found and linked to the earliest article."""

from __future__ import annotations

from rasid.read.copies import Copies, Copy, CopyKind
from rasid.records import Article
from tests.read.pages import known


def _article(number: int, name: str, *, lead: str = "", body: str | None = None) -> Article:
    made = known()[number]
    return Article(name, made.title, lead + (made.body if body is None else body))


def test_the_same_words_are_an_exact_copy_whatever_their_marks() -> None:
    copies = Copies()
    assert copies.find(_article(0, "a")) is None
    again = _article(0, "b", body=known()[0].body.replace("أ", "ا").replace("بحث", "بَحَثَ"))
    assert copies.find(again) == Copy("a", CopyKind.EXACT, 1.0)


def test_a_wire_with_a_new_lead_is_a_near_copy_of_the_earliest() -> None:
    copies = Copies()
    copies.find(_article(1, "a"))
    first = copies.find(_article(1, "b", lead="بغداد - وكالات: "))
    second = copies.find(_article(1, "c", lead="مراسلنا في بغداد: "))
    assert first is not None
    assert (first.of, first.kind) == ("a", CopyKind.NEAR)
    assert second is not None
    assert second.of == "a"


def test_other_stories_and_short_headlines_are_no_copies() -> None:
    copies = Copies()
    assert [copies.find(_article(number, str(number))) for number in range(10)] == [None] * 10
    assert copies.find(Article("x", None, "وصل الوفد إلى عمان")) is None
    assert copies.find(Article("y", None, "وصل الوفد إلى دمشق")) is None
