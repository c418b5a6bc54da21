"""Where dateparser reads Arabic at all, Rasid gives the same day; only run where it is installed."""

from __future__ import annotations

import datetime

import pytest

from rasid.times import read

dateparser = pytest.importorskip("dateparser")

PUBLISHED = datetime.date(2018, 5, 18)
MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
DAYS = [datetime.date(1950 + 3 * step, 1 + step % 12, 1 + 7 * step % 28) for step in range(36)]
STYLES = {
    "gulf": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}",
    "arabic digits": lambda day: f"{day.day} {MONTHS[day.month - 1]} {day.year}".translate(INDIC),
    "slashes": lambda day: f"{day.day}/{day.month}/{day.year}",
    "dashes": lambda day: f"{day.day:02d}-{day.month:02d}-{day.year}",
    "iso": lambda day: day.isoformat(),
}
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
RELATIVE = ["أمس", "اليوم", "غدا", "قبل 3 أيام", "قبل يومين", "قبل 10 أيام"]


def theirs(text: str) -> datetime.date | None:
    settings = {"RELATIVE_BASE": datetime.datetime.combine(PUBLISHED, datetime.time()), "DATE_ORDER": "DMY"}
    found = dateparser.parse(text, languages=["ar"], settings=settings)
    return found.date() if found else None


def ours(text: str) -> datetime.date | None:
    spans = read(text, published=PUBLISHED)
    return spans[0].first if len(spans) == 1 and spans[0].precision == "day" else None


@pytest.mark.parametrize("style", STYLES)
def test_full_dates_are_read_alike(style: str) -> None:
    texts = [STYLES[style](day) for day in DAYS]
    known = [text for text in texts if theirs(text)]
    assert len(known) > len(texts) / 2, "dateparser reads too little for a comparison"
    assert [ours(text) for text in known] == [theirs(text) for text in known]


@pytest.mark.parametrize("text", RELATIVE)
def test_days_from_now_are_read_alike(text: str) -> None:
    assert ours(text) == theirs(text) is not None


@pytest.mark.parametrize("text", ["13 تموز 2017", "13 جويلية 2017", "أول من أمس", "29 رمضان 1440", "الأحد المقبل"])
def test_what_only_rasid_reads(text: str) -> None:
    assert ours(text)
