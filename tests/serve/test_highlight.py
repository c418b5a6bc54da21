"""Marked text is the text, to the letter, however marks overlap and whatever the text holds."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.serve.highlight import ROLES, Mark, event_marks, marked
from tests.serve import news


class Content(HTMLParser):
    """The text content of HTML, as a browser's textContent; and the classes under which each character stands."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.classes: list[str] = []
        self.roles: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(str(markup))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.classes.append(dict(attrs).get("class") or "")

    def handle_endtag(self, tag: str) -> None:
        if self.classes:  # void elements of whole pages have no end
            self.classes.pop()

    def handle_data(self, data: str) -> None:
        self.text += data
        self.roles += [" ".join(self.classes)] * len(data)


def plain(text: str) -> str:
    """What a page can carry of a text: lone surrogates and null characters are shown as signs."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\u2400")


TEXTS = st.text(
    st.one_of(st.sampled_from("اب ة<>&\"'\r\n\u200f12xZ"), st.characters(exclude_categories=["Cs"])), max_size=60
)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    spans = draw(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(ROLES)), max_size=8))
    return text, [
        Mark(min(a, b), max(a, b), role, "t", "n", "card") for a, b, role in spans if min(a, b) < max(a, b) <= len(text)
    ]


@given(marked_texts())
def test_what_is_shown_is_the_text(told: tuple[str, list[Mark]]) -> None:
    text, marks = told
    shown = Content(marked(text, marks))
    assert shown.text == plain(text)
    assert shown.tags <= {"a", "span"}


@given(marked_texts())
def test_each_character_carries_the_roles_of_its_marks(told: tuple[str, list[Mark]]) -> None:
    text, marks = told
    shown = Content(marked(text, marks))
    for at, classes in enumerate(shown.roles):
        expected = {f"m-{mark.role}" for mark in marks if mark.start <= at < mark.end}
        assert {name for name in classes.split() if name.startswith("m-")} == expected


@pytest.mark.parametrize("article", news.ARTICLES, ids=lambda article: article.id)
def test_mixed_scripts_markup_and_breaks_come_through(article: object) -> None:
    text = article.text  # type: ignore[attr-defined]
    half = len(text) // 2
    marks = [
        Mark(0, half, "actor", "a", "<b>"),
        Mark(half - 3, half + 3, "trigger", '"', "'"),
        Mark(half, len(text), "place"),
    ]
    shown = Content(marked(text, marks))
    assert shown.text == text
    assert shown.tags <= {"a", "span"}


def test_a_label_stands_once_where_two_marks_of_a_role_overlap() -> None:
    shown = marked("قال الوزير", [Mark(0, 10, "actor", "فاعل"), Mark(4, 10, "actor", "فاعل")])
    assert shown.count("data-tag") == 1


def test_a_part_of_the_text_is_cut_with_its_marks() -> None:
    shown = marked("abcdef", [Mark(1, 4, "actor", "A", "", "r")], start=2, end=5)
    assert shown == '<a href="#r" class="m m-actor" data-tag="A" data-cards="r">cd</a>e'


def test_a_value_without_a_span_has_no_mark() -> None:
    nowhere = {"start": None, "end": None, "text": None, "code": "SYRGOV", "name": None, "name_en": None}
    event = {
        "type": "CONSULT",
        "trigger": {"start": 0, "end": 3, "text": "زار"},
        "actors": [nowhere],
        "recipients": [],
        "time": None,
        "place": None,
        "attribution": [],
    }
    assert [mark.role for mark in event_marks(event, {})] == ["trigger"]
