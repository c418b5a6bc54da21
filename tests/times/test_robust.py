"""Whatever stands in a sentence, reading it gives ordered spans inside the text and never an error."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.times import read
from rasid.times.lexicon import lexicon
from rasid.times.terms import PADS

WORDS = sorted(lexicon().words)
MARKS = [
    "/",
    "-",
    "(",
    ")",
    "،",
    ".",
    "الـ",
    "ـ",
    "و",
    "2018",
    "15",
    "31",
    "1440",
    "99",
    "0",
    "9.11.2018",
    "12:30",
    "7",
]
SENTENCES = st.lists(st.one_of(st.sampled_from(WORDS), st.sampled_from(MARKS), st.text(max_size=6)), max_size=14)
DATES = st.one_of(st.none(), st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)))


@given(words=SENTENCES, published=DATES)
def test_any_words(words: list[str], published: datetime.date | None) -> None:
    text = " ".join(words)
    end = 0
    for span in read(text, published=published):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
        assert (span.first is None) == (span.last is None) == (span.edtf is None)
        assert span.first is None or span.first < span.last  # type: ignore[operator]
        end = span.end


@given(words=SENTENCES, published=DATES)
def test_reading_twice_is_the_same(words: list[str], published: datetime.date | None) -> None:
    text = " ".join(words)
    assert read(text, published=published) == read(text, published=published)


def test_a_sentence_of_many_days_is_read_to_its_end() -> None:
    text = " و".join(f"{day} مايو" for day in range(1, 31, 2))
    assert read(text, published=datetime.date(2018, 5, 18))[-1].end == len(text)


def test_padding_is_longer_than_any_rule_looks_ahead() -> None:
    assert PADS > 8


@pytest.mark.parametrize(
    "text",
    [
        "قبل 10000 سنة",
        "منذ 20000 عام",
        "خلال 2018 قرن",
        "قبل 3000000 يوم",
        "بعد 9999 عاما من الآن",
    ],
)
def test_what_lies_outside_the_calendar_has_no_value(text: str) -> None:
    for span in read(text, published=datetime.date(1900, 1, 1)):
        assert span.edtf is None
        assert span.reason
