"""Any date, written in the styles of Arabic newspapers, is read back as the same day."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid.times import read

GULF = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
LEVANT = "كانون الثاني|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول|تشرين الأول|تشرين الثاني|كانون الأول".split("|")
MAGHREB = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()
MOROCCO = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()
WEEKDAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
UNITS = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر".split()


def ordinal(day: int) -> str:
    """The day of the month in words."""
    tens = {2: "العشرين", 3: "الثلاثين"}
    if day <= 10:
        return UNITS[day - 1]
    if day < 20:
        return f"{'الحادي' if day == 11 else UNITS[day - 11]} عشر"
    high, low = divmod(day, 10)
    if low == 0:
        return tens[high]
    return f"{'الحادي' if low == 1 else UNITS[low - 1]} و{tens[high]}"


STYLES = {
    "gulf": lambda d: f"{d.day} {GULF[d.month - 1]} {d.year}",
    "levant": lambda d: f"{d.day} {LEVANT[d.month - 1]} {d.year}",
    "maghreb": lambda d: f"{d.day} {MAGHREB[d.month - 1]} {d.year}",
    "morocco": lambda d: f"{d.day} {MOROCCO[d.month - 1]} {d.year}",
    "pair": lambda d: f"{d.day} {LEVANT[d.month - 1]}/{GULF[d.month - 1]} {d.year}",
    "bracket": lambda d: f"{d.day} {GULF[d.month - 1]} ({LEVANT[d.month - 1]}) {d.year}",
    "year word": lambda d: f"{d.day} {GULF[d.month - 1]} من عام {d.year}",
    "ordinal": lambda d: f"{ordinal(d.day)} من {GULF[d.month - 1]} {d.year}",
    "glued article": lambda d: f"الـ{d.day} من شهر {GULF[d.month - 1]} {d.year}",
    "arabic digits": lambda d: f"{d.day} {GULF[d.month - 1]} {d.year}".translate(ARABIC_INDIC),
    "persian digits": lambda d: f"{d.day} {GULF[d.month - 1]} {d.year}".translate(PERSIAN),
    "slashes": lambda d: f"{d.day}/{d.month}/{d.year}",
    "dashes": lambda d: f"{d.day:02d}-{d.month:02d}-{d.year}",
    "dots": lambda d: f"{d.day}.{d.month}.{d.year}",
    "iso": lambda d: d.isoformat(),
    "iso slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
    "weekday": lambda d: f"{WEEKDAYS[d.weekday()]} {d.day} {GULF[d.month - 1]} {d.year}",
    "weekday, bracket": lambda d: f"{WEEKDAYS[d.weekday()]} ({d.day}/{d.month}/{d.year})",
}
DAYS = st.dates(datetime.date(1901, 1, 1), datetime.date(2099, 12, 31))


@pytest.mark.parametrize("style", STYLES)
@given(date=DAYS, published=DAYS)
def test_date_in_style_is_read_back(style: str, date: datetime.date, published: datetime.date) -> None:
    written = STYLES[style](date)
    spans = [span for span in read(f"قتل الجنود في {written} قرب القرية", published=published) if span.refers]
    assert [(span.text, span.edtf) for span in spans] == [(written, date.isoformat())]
    assert spans[0].first == date
    assert spans[0].last == date + datetime.timedelta(days=1)


@given(date=DAYS, off=st.integers(-180, 75))
def test_day_without_year_is_the_near_one(date: datetime.date, off: int) -> None:
    told = date + datetime.timedelta(days=off)
    if (told.month, told.day) == (2, 29):
        return
    spans = read(f"في {told.day} {GULF[told.month - 1]}", published=date)
    assert [span.edtf for span in spans] == [told.isoformat()]


@given(date=DAYS, off=st.integers(0, 6))
def test_past_weekday_lies_in_the_week_before(date: datetime.date, off: int) -> None:
    name = WEEKDAYS[(date.weekday() - off) % 7]
    (span,) = read(f"قتل {name} الماضي", published=date)
    assert span.first == date - datetime.timedelta(days=off or 7)


@given(date=DAYS, off=st.integers(0, 6))
def test_next_weekday_lies_in_the_week_after(date: datetime.date, off: int) -> None:
    name = WEEKDAYS[(date.weekday() + off) % 7]
    (span,) = read(f"يصل {name} المقبل", published=date)
    assert span.first == date + datetime.timedelta(days=off or 7)
