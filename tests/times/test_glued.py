"""Two words written as one: where they are parted, and that the time says so."""

from __future__ import annotations

import datetime

import pytest

from rasid.times import read
from rasid.times.glued import cuts, parted, past_letters
from rasid.words.fold import fold
from rasid.words.tokens import tokenize

PUBLISHED = datetime.date(2018, 5, 18)


@pytest.mark.parametrize(
    ("text", "told", "edtf"),
    [
        ("قصف البلدة مساءأمس", "مساءأمس", "2018-05-17"),
        ("قصف البلدة مَساءأمس", "مَساءأمس", "2018-05-17"),
        ("وصل في نيسانالماضي إلى عمان", "نيسانالماضي", "2018-04"),
        ("وصل يومالخميس إلى عمان", "يومالخميس", "2018-05-17"),
        ("وصل العامالماضي إلى عمان", "العامالماضي", "2017"),
    ],
)
def test_a_glued_time_is_read_and_its_repair_recorded(text: str, told: str, edtf: str) -> None:
    (span,) = read(text, published=PUBLISHED)
    assert (span.text, span.edtf) == (told, edtf)
    assert span.rule.endswith("_repaired")
    assert text[span.start : span.end] == told


@pytest.mark.parametrize("text", ["وصل مساء أمس", "وصل في نيسان الماضي", "وصل في 13 أيلول 2017"])
def test_well_written_times_are_not_called_repaired(text: str) -> None:
    (span,) = read(text, published=PUBLISHED)
    assert not span.rule.endswith("_repaired")


@pytest.mark.parametrize(
    "text", ["وصل في 13 أيلولل 2017", "وصل في الثالث كم مايو", "في أيلولل 2017", "الخامس من من مايو"]
)
def test_other_repairs_are_recorded_too(text: str) -> None:
    (span,) = read(text, published=PUBLISHED)
    assert span.rule.endswith("_repaired")


def test_parted_tokens_cover_the_same_source() -> None:
    text = "قصف البلدة ليلأمس"
    tokens, seams = parted(tokenize(text), text)
    assert [text[token.start : token.end] for token in tokens] == ["قصف", "البلدة", "ليل", "أمس"]
    assert seams == {tokens[2].end} == {tokens[3].start}


def test_marks_belong_to_the_letter_before_them() -> None:
    assert past_letters("مَسـاء", 0, 2) == 4


def test_no_glued_pair_is_a_word_of_its_own() -> None:
    known = {fold(word) for word in ("يومية", "ليلى", "ظهران", "شهرين", "عامين", "فجرا", "صباحية", "مسائية")}
    assert known.isdisjoint(cuts())
