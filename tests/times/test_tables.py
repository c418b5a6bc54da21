"""Every row of the tables does what it says: its example is read, and read as that row."""

from __future__ import annotations

import datetime

import pytest

from rasid.data import table
from rasid.times import read
from rasid.times.lexicon import lexicon, misspelt_month
from rasid.words.fold import fold

PUBLISHED = datetime.date(2018, 5, 18)
GREGORIAN = [row for row in table("months") if row["calendar"] == "gregorian"]


@pytest.mark.parametrize("row", GREGORIAN, ids=lambda row: row["forms"])
def test_every_spelling_of_a_month_is_that_month(row: dict[str, str]) -> None:
    for form in row["forms"].split("|"):
        (span,) = read(f"في 9 {form} 2016", published=PUBLISHED)
        assert span.edtf == f"2016-{int(row['month']):02d}-09"


@pytest.mark.parametrize("row", table("named_days"), ids=lambda row: row["forms"])
def test_every_name_of_a_day_is_read_with_its_year(row: dict[str, str]) -> None:
    for form in row["forms"].split("|"):
        (span,) = read(f"احتفلوا بمناسبة {form} 2016", published=PUBLISHED)[:1]
        assert span.rule in ("named_day", "named_era")
        assert span.rule == "named_era" or span.first is not None
        assert span.rule == "named_era" or span.first.year == 2016  # type: ignore[union-attr]


@pytest.mark.parametrize("name", ["numbers", "time_words"])
def test_rows_are_whole(name: str) -> None:
    for row in table(name):
        assert row["forms"]
        assert row["kind"]
        assert row["article"] in ("no", "both", "only")


def test_forms_are_known_with_proclitics() -> None:
    known = lexicon().words
    for form in ("السبت", "والسبت", "بالسبت", "للسبت", "وللسبت", "أيلول", "وبأيلول", "للعام", "بالعام"):
        assert fold(form) in known


@pytest.mark.parametrize("word", ["سبتمبير", "ايلولل", "اكتوبرر", "فبرابر", "سبمتبر"])
def test_month_one_letter_off_is_repaired(word: str) -> None:
    assert misspelt_month(word) is not None


@pytest.mark.parametrize("word", ["مايكل", "سبتة", "اكثر", "نوفمبرين"])
def test_other_word_is_no_month(word: str) -> None:
    assert misspelt_month(fold(word)) is None
