"""Lines learned from a publisher's articles."""

from __future__ import annotations

import pytest

from rasid.clean import Repeated, RepeatedLine, clean
from rasid.records import Article

_SLOGAN = "نشرة الصباح.. خبر قبل الخبر"


def _articles(count: int, *, slogan: str = _SLOGAN, publisher: str = "نشرة") -> list[Article]:
    return [
        Article(str(n), None, f"وصل الوفد رقم {n} إلى العاصمة.\n{slogan}\nثم غادر {n}.", publisher=publisher)
        for n in range(count)
    ]


def test_a_line_that_recurs_is_set_aside_and_reported() -> None:
    articles = _articles(6)
    repeated = Repeated().learn(articles)
    cleaned = clean(articles[0], repeated=repeated)
    assert cleaned.text == "وصل الوفد رقم 0 إلى العاصمة.\nثم غادر 0."
    assert [span.reason for span in cleaned.set_aside] == ["repeated"]
    assert list(repeated.report()) == [RepeatedLine("نشرة", 6, _SLOGAN)]


def test_few_articles_teach_nothing() -> None:
    articles = _articles(4)
    repeated = Repeated().learn(articles)
    assert _SLOGAN in clean(articles[0], repeated=repeated).text
    assert not list(repeated.report())


def test_another_publisher_keeps_the_line() -> None:
    repeated = Repeated().learn(_articles(6))
    other = _articles(1, publisher="وكالة")[0]
    assert _SLOGAN in clean(other, repeated=repeated).text


def test_spelling_variants_count_as_one_line() -> None:
    articles = _articles(3) + _articles(3, slogan="نشرة الصّباح.. خبر  قبل الخبر")
    assert [line.articles for line in Repeated().learn(articles).report()] == [6]


def test_memory_is_bounded_over_any_number_of_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.clean.repeated._MAX_LINES", 100)
    repeated = Repeated().learn(_articles(200))
    assert repeated.size <= 100 + 3
    assert [line.line for line in repeated.report()] == [_SLOGAN]


@pytest.mark.parametrize("line", ["رويترز", "المصدر: وكالات", "خاص - بيروت", "القاهرة (ا ف ب) -"])
def test_a_byline_is_not_learned(line: str) -> None:
    articles = _articles(6, slogan=line)
    assert not list(Repeated().learn(articles).report())
    assert line in clean(articles[0], repeated=Repeated().learn(articles)).text
