"""History: years before publication, and words that name a past age."""

from __future__ import annotations

import pytest

from rasid.events.status_history import is_history
from rasid.words import tokenize


@pytest.mark.parametrize(
    ("text", "year", "history"),
    [
        ("قصفت الطائرات المدينة عام 1982", 2018, True),
        ("قصفت الطائرات المدينة في مارس 2016", 2018, True),
        ("قصفت الطائرات المدينة عام 2017", 2018, False),
        ("قصفت الطائرات المدينة عام 2018", 2018, False),
        ("قصفت الطائرات المدينة إبان الحرب العالمية الثانية", 2018, True),
        ("قصفت الطائرات المدينة في تسعينيات القرن الماضي", None, True),
        ("قصفت الطائرات المدينة قبل سنوات", 2018, True),
        ("قصفت الطائرات المدينة فجر اليوم", 2018, False),
        ("قصفت الطائرات المدينة وقتل 1982 شخصا", 2018, False),
        ("قصفت الطائرات المدينة عام 1982", None, False),
    ],
)
def test_history(text: str, year: int | None, history: bool) -> None:
    assert is_history(tokenize(text), 0, 0, year=year) == history


def test_the_nearest_year_decides() -> None:
    tokens = tokenize("قصفت الطائرات المدينة عام 2018 بعد اتفاق عام 2005")
    assert not is_history(tokens, 0, 0, year=2018)
    assert is_history(tokens, 6, 6, year=2018)
