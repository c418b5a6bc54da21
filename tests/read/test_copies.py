"""Copies are found and linked to the earliest article."""

from __future__ import annotations

from rasid.read.copies import Copies, Copy, CopyKind, linked
from rasid.records import Article, Rejected
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


def test_copies_are_linked_to_the_first_and_none_is_dropped() -> None:
    refused = Rejected("x", "empty", "it holds no text; leave it out", "x.txt")
    items = [_article(0, "a"), refused, _article(1, "b"), _article(0, "c"), _article(1, "d", lead="بغداد - وكالات: ")]
    found = list(linked(items))
    assert [item.id for item in found] == ["a", "x", "b", "c", "d"]
    assert [item.copy_of for item in found if isinstance(item, Article)] == [None, None, "a", "b"]
    assert found[1] is refused


def test_a_copy_of_a_copy_is_linked_to_the_first() -> None:
    items = [_article(1, "a"), _article(1, "b", lead="بغداد - وكالات: "), _article(1, "c", lead="بغداد - وكالات: ")]
    assert [item.copy_of for item in linked(items) if isinstance(item, Article)] == [None, "a", "a"]


def test_memory_is_bounded_and_the_last_articles_are_known() -> None:
    copies = Copies(kept=2)
    for number in range(5):
        assert copies.find(_article(number, str(number))) is None
    assert copies.find(_article(2, "again")) == Copy("2", CopyKind.EXACT, 1.0)
    assert copies.find(_article(0, "long ago")) is None
