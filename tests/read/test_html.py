"""Main text and metadata of pages in the styles of large news sites."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable

import pytest

from rasid.clean import clean
from rasid.errors import EmptyInput
from rasid.read import html
from rasid.read.draft import DateSource
from rasid.records import Article
from tests.read.pages import TEMPLATES, Known, known

_FLOOR = 0.97  # word F1 against the known text, after read and clean
_DATED_BY = {
    "broadcaster": DateSource.JSON_LD,
    "newspaper": DateSource.META,
    "agency": DateSource.META,
    "amp": DateSource.JSON_LD,
    "blog": DateSource.URL,
    "broken": DateSource.META,
    "streamed": DateSource.JSON_LD,
}


def _f1(got: str, wanted: str) -> float:
    left, right = Counter(got.split()), Counter(wanted.split())
    return 2 * (left & right).total() / (left.total() + right.total())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
@pytest.mark.parametrize("article", known(), ids=lambda article: article.id)
def test_main_text(template: Callable[[Known], str], article: Known) -> None:
    found = html.of_bytes(template(article).encode(), "page", url=None)
    assert found.title == article.title
    read = clean(Article("a", found.title, found.body)).text.removeprefix(article.title).strip()
    assert _f1(read, article.body) >= _FLOOR
    assert found.published == datetime.date.fromisoformat(article.published)
    assert found.published_by == _DATED_BY[template.__name__]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.__name__)
def test_pages_in_windows_1256(template: Callable[[Known], str]) -> None:
    article = known()[0]
    page = template(article).replace("©", "").encode("cp1256", "xmlcharrefreplace")
    found = html.of_bytes(page, "page", url=None)
    assert _f1(found.body, article.body) >= 0.9
    assert found.encoding == "cp1256"


def test_a_menu_is_no_article() -> None:
    with pytest.raises(EmptyInput):
        html.of_bytes("<html><body><ul><li><a href='/'>أخبار</a></li></ul></body></html>".encode(), "page", url=None)


def test_deep_nesting_is_bounded() -> None:
    deep = "<html><body>" + "<div>" * 100_000 + "قال الوزير إن المحادثات مستمرة." + "</div>" * 100_000
    with pytest.raises(EmptyInput):
        html.of_bytes(deep.encode(), "page", url=None)
