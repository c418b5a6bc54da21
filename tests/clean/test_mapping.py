"""The way back from cleaned text to the source holds for every character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rasid.clean import clean
from rasid.clean.mapping import Edit, apply, unchanged
from rasid.records import Article, Cleaned

_PIECES = st.sampled_from(
    [
        *("موسكو", "قال", "أ", "اقرأ أيضا", "ﻻ", "ﷲ", "ی", "ک", "ۀ\u0654", "ا\u0654", "e\u0301", "ً", "ـ"),
        *(" ", "  ", "\n", "\n\n", "\r\n", "\u2028", "\t", "\u00a0", "\u200f", "\u202b", "\ufeff", "\x00"),
        *("&quot;", "&amp;nbsp;", "\\n", "<br/>", "#", "_", ".", "؟", "«", "»", "CNN", "2025", "ط§ظ„"),
    ]
)
_TEXTS = st.lists(_PIECES, max_size=60).map("".join)


def _check_map(cleaned: Cleaned, source: str) -> None:
    assert len(cleaned.text) == len(cleaned.starts) == len(cleaned.ends)
    assert all(e > s for s, e in zip(cleaned.starts, cleaned.ends, strict=True))
    assert list(cleaned.starts) == sorted(cleaned.starts)
    assert list(cleaned.ends) == sorted(cleaned.ends)
    assert not cleaned.ends or cleaned.ends[-1] <= len(source)


@given(st.one_of(st.none(), _TEXTS), _TEXTS)
def test_every_character_maps_back(title: str | None, body: str) -> None:
    article = Article("a", title, body)
    _check_map(clean(article), article.text)


@given(st.text(max_size=80))
def test_any_text_maps_back(body: str) -> None:
    article = Article("a", None, body)
    _check_map(clean(article), article.text)


@given(_TEXTS)
def test_cleaning_twice_changes_no_sign(body: str) -> None:
    once = clean(Article("a", None, body)).text
    assert clean(Article("a", None, once)).text.split() == once.split()


@given(_TEXTS)
def test_letters_map_to_the_letters_they_stand_for(body: str) -> None:
    cleaned = clean(Article("a", None, body))
    for at, char in enumerate(cleaned.text):
        if char in "موسكقل":
            source = body[cleaned.starts[at] : cleaned.ends[at]]
            assert char in source or len(source) != 1 or source in "ﻻﷲیک"


def test_unchanged_text_maps_to_itself() -> None:
    text = "التقى الوزير نظيره في عمان.\nوقال إن المحادثات مستمرة."
    cleaned = clean(Article("a", None, text))
    assert cleaned.text == text
    assert list(cleaned.starts) == list(range(len(text)))
    assert list(cleaned.ends) == list(range(1, len(text) + 1))


def test_a_dropped_mark_belongs_to_its_letter() -> None:
    cleaned = clean(Article("a", None, "مُحَمَّدٌ وصل"))
    start, end = cleaned.source(0, 4)
    assert cleaned.text == "محمد وصل"
    assert "مُحَمَّدٌ وصل"[start:end] == "مُحَمَّدٌ"


def test_edits_compose() -> None:
    first = apply(unchanged("abcdef"), [Edit(1, 3, "X", "t"), Edit(4, 5, "", "t")])
    second = apply(first, [Edit(1, 2, "yz", "t")])
    assert second.text == "ayzdf"
    assert list(second.starts) == [0, 1, 1, 3, 5]
    assert list(second.ends) == [1, 3, 3, 4, 6]
