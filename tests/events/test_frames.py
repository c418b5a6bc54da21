"""Syntax that settles what the models guess."""

from __future__ import annotations

import numpy as np
import pytest

from rasid import words
from rasid.events.batches import Window
from rasid.events.decode import TYPES, Found, Phrase
from rasid.events.frames import is_standing_state, settled
from rasid.events.windows import Slot


def window(text: str) -> Window:
    tokens = words.tokenize(text)
    slots = tuple(Slot(0, i, True) for i in range(len(tokens)))
    return Window(0, slots, tokens, np.zeros((len(tokens), 8), np.int64), np.zeros((len(tokens), 1), np.float32))


def trigger(at: int, kind: str) -> Found:
    return Found(at, at, TYPES.index(kind), 0.9)


@pytest.mark.parametrize(
    ("text", "at", "guest", "host"),
    [
        ("استقبل الوزير وفدا أجنبيا", 0, 2, 1),
        ("الوزير استقبل وفدا أجنبيا", 1, 2, 0),
        ("الوفد الذي استقبله الوزير", 2, 0, 3),
    ],
)
def test_the_host_is_the_recipient(text: str, at: int, guest: int, host: int) -> None:
    guessed = [Phrase("actor", host, host, 0.9), Phrase("recipient", guest, guest, 0.8)]
    parts = settled(window(text), trigger(at, "CONSULT"), sorted(guessed, key=lambda part: part.first))
    assert {part.role: part.first for part in parts} == {"actor": guest, "recipient": host}


def test_other_verbs_keep_the_models_sides() -> None:
    guessed = [Phrase("actor", 1, 1, 0.9), Phrase("recipient", 2, 2, 0.8)]
    assert settled(window("هاجم المسلحون قرية"), trigger(0, "ASSAULT"), guessed) == guessed


def test_a_phrase_is_not_on_both_sides() -> None:
    guessed = [Phrase("actor", 1, 1, 0.9), Phrase("recipient", 1, 2, 0.4)]
    assert settled(window("هاجم المسلحون قرية"), trigger(0, "ASSAULT"), guessed) == guessed[:1]


@pytest.mark.parametrize(("text", "state"), [("تنتشر قواتها في قاعدتين", True), ("انتشرت القوات في المدينة", False)])
def test_presence_is_no_event(text: str, *, state: bool) -> None:
    assert is_standing_state(window(text), trigger(0, "MOBILIZE")) is state


def test_who_meets_without_a_visit_is_an_actor_on_either_side() -> None:
    found = window("التقى الوزير السفير في مكتبه")
    parts = [Phrase("actor", 1, 1, 0.9), Phrase("recipient", 2, 2, 0.8)]
    assert [part.role for part in settled(found, trigger(0, "CONSULT"), parts)] == ["actor", "actor"]
    assert [part.role for part in settled(found, trigger(0, "CONSULT"), parts, ("visit",))] == ["actor", "recipient"]
