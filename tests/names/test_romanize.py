"""Names in Latin letters."""

from __future__ import annotations

import pytest

from rasid import clean, words
from rasid.names import Coder
from rasid.names.romanize import romanized
from rasid.records import Actor, Article, Document

TEXT = "وصل العقيد محمد بن سالم العبيدي إلى القاعدة. وقال العبيدي إن الوضع هادئ."


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("يفكيروف", "Yfkiruf"),
        ("النعسان", "al-Nsan"),
        ("محمد العبيدي", "Mohamed al-Obaidi"),
        ("شاهين", "Shaheen"),
        ("ووكر", "Wukr"),
        ("", ""),
    ],
)
def test_known_words_by_the_known_form_others_by_letters(name: str, written: str) -> None:
    assert romanized(name) == written


def test_every_letter_of_a_name_is_in_latin() -> None:
    assert all(letter < "\u0250" for letter in romanized("ثجحخذشصضطظعغقڤگچپؤئآأإةى"))


def coded(phrase: str) -> Actor:
    document = words.stage(clean.stage(Document(Article("a", None, TEXT))))
    start = TEXT.rindex(phrase)
    sentence = document.sentence_at(start)
    coder = Coder(document)
    span = coder.tokens_of(start, start + len(phrase), sentence)
    assert span is not None
    return coder.code(*span, sentence)


def test_a_person_whom_no_table_knows_has_a_name_without_the_title() -> None:
    actor = coded("العقيد محمد بن سالم العبيدي")
    assert actor.name == "محمد بن سالم العبيدي"
    assert (actor.name_en or "").startswith("Mohamed bin S")


def test_a_short_name_takes_the_name_in_full() -> None:
    assert coded("العبيدي").name == "محمد بن سالم العبيدي"


def test_a_body_has_no_personal_name() -> None:
    assert coded("القاعدة").name is None or "العبيدي" not in (coded("القاعدة").name or "")
