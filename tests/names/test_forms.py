"""Inflection by rule."""

from __future__ import annotations

import pytest

from rasid.names.forms import bare, nisba, phrase_forms, word_forms


@pytest.mark.parametrize(
    ("lemma", "kind", "form"),
    [
        ("متظاهر", "person", "متظاهرون"),
        ("متظاهر", "person", "متظاهرين"),
        ("متظاهر", "person", "متظاهرات"),
        ("مسلح", "fighter", "مسلحو"),
        ("وزارة", "institution", "وزارات"),
        ("وزارة", "institution", "وزارتي"),
        ("صحفي", "person", "صحفيين"),
        ("صحفي", "person", "صحفيه"),
        ("جيش", "institution", "جيشا"),
    ],
)
def test_regular_forms(lemma: str, kind: str, form: str) -> None:
    assert form in word_forms(lemma, kind)


def test_institutions_have_no_sound_masculine_plural() -> None:
    assert "جيشون" not in word_forms("جيش", "institution")


@pytest.mark.parametrize("form", ["سوري", "سوريه", "سوريون", "سوريين", "سوريات", "سوريتين"])
def test_nisba(form: str) -> None:
    assert form in nisba("سوري")


def test_adjectives_agree_with_their_noun() -> None:
    assert ("مسؤولون", "امنيون") in phrase_forms("مسؤول أمني", "person", ())
    assert ("وزراء", "خارجيه") in phrase_forms("وزير الخارجية", "title", ("وزراء",))


@pytest.mark.parametrize(("word", "stem"), [("الجيش", "جيش"), ("جيش", "جيش"), ("الي", "الي")])
def test_bare(word: str, stem: str) -> None:
    assert bare(word) == stem
