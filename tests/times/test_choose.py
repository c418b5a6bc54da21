"""Which time a phrase of the text speaks of."""

from __future__ import annotations

import datetime

import pytest

from rasid.times import choose, read

PUBLISHED = datetime.date(2018, 5, 18)


def chosen(text: str, phrase: str) -> str | None:
    start = text.index(phrase)
    span = choose(read(text, published=PUBLISHED), start, start + len(phrase))
    return span.edtf if span else None


@pytest.mark.parametrize(
    ("text", "phrase", "edtf"),
    [
        ("قتل ثلاثة فجر الخميس في 14 نيسان 2017", "14 نيسان 2017", "2017-04-14"),
        ("يحتجون منذ عام 2013 على القانون", "منذ عام 2013", "2013/.."),
        ("يحتجون منذ عام 2013 على القانون", "عام 2013", "2013"),
        ("يحتجون منذ مارس 2015 على القانون", "مارس 2015", "2015-03"),
        ("يحتجون منذ مساء الثلاثاء على القانون", "مساء الثلاثاء", "2018-05-15"),
        ("استمر ثلاثة أيام", "ثلاثة أيام", None),
        ("غداة الهجوم في 12 مايو", "غداة الهجوم في 12 مايو", "2018-05-12"),
        ("قتل أمس في بغداد", "في بغداد", None),
    ],
)
def test_the_time_of_a_phrase(text: str, phrase: str, edtf: str | None) -> None:
    assert chosen(text, phrase) == edtf


def test_a_date_without_since_covers_its_own_days() -> None:
    text = "يحتجون منذ مارس 2015"
    span = choose(read(text, published=PUBLISHED), text.index("مارس"), len(text))
    assert span is not None
    assert (span.first, span.last, span.precision) == (datetime.date(2015, 3, 1), datetime.date(2015, 4, 1), "month")
