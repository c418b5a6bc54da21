"""What the words of a phrase say by themselves."""

from __future__ import annotations

import pytest

from rasid.names.reading import read
from rasid.words import tokenize


@pytest.mark.parametrize(
    ("phrase", "sector", "reason"),
    [
        ("نائب وزير الدفاع، يونس بك يفكيروف", "MIL", "role:title"),
        ("المتحدث باسم الجيش", "MIL", "role:title"),
        ("عشرات المتظاهرين", "CVL", "role:person"),
        ("أربعة جنود", "MIL", "name:rank"),
        ("عضو في البرلمان", "LEG", "role:institution"),
        ("قيادي في حركة حماس", "REB", "group"),
        ("عشرات الفلسطينيين", "CVL", "people"),
        ("مصدر أمني", "COP", "role:person"),
        ("الوزير البولندي السابق", "ELI", "former"),
        ("موسكو", "GOV", "capital"),
        ("الروسي", "GOV", "nationality"),
    ],
)
def test_sector_and_its_reason(phrase: str, sector: str, reason: str) -> None:
    reading = read(tokenize(phrase))
    assert (reading.sectors[:1], reading.reason) == ((sector,), reason)


@pytest.mark.parametrize(
    "phrase", ["البلدان", "وزيرا الخارجية", "الرئيسان المصري والفرنسي", "الجانبين", "الحكومتان", "حكومتين"]
)
def test_pairs(phrase: str) -> None:
    assert read(tokenize(phrase)).is_pair


@pytest.mark.parametrize("phrase", ["المسؤولين", "المتظاهرين", "الوزير", "وزير الخارجية"])
def test_plurals_and_singulars_are_no_pairs(phrase: str) -> None:
    assert not read(tokenize(phrase)).is_pair


def test_a_relative_clause_is_not_read() -> None:
    assert len(read(tokenize("الجيش الذي هاجم روسيا")).hits) == 1


def test_pronoun_is_seen() -> None:
    assert read(tokenize("قائدها")).pronoun == "ها"


def test_unknown_words_are_left_over() -> None:
    assert read(tokenize("يفكيروف")).reason == "unknown"
