"""Trigger words: every case of ``tests/cases/events_triggers.jsonl``, and what a hit tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rasid import codebook, data
from rasid.errors import LexiconError
from rasid.events.triggers import TriggerHit, act_weight, find, frame_start
from rasid.events.triggers_lexicon import unfolded
from rasid.words import tokenize

CASES = Path(__file__).parents[1] / "cases" / "events_triggers.jsonl"


def _cases() -> list[Any]:
    rows = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]
    expected = pytest.mark.xfail(strict=True, reason="known failure")
    return [
        pytest.param(row, id=row["text"], marks=[expected] if row["kind"] == "known-failure" else []) for row in rows
    ]


def _spans(text: str, type_name: str) -> set[str]:
    tokens = tokenize(text)
    return {text[tokens[h.first].start : tokens[h.last].end] for h in find(tokens) if h.type == type_name}


@pytest.mark.parametrize("row", _cases())
def test_case(row: dict[str, str]) -> None:
    wanted = row["kind"] == "constructed"
    assert (row["trigger"] in _spans(row["text"], row["type"])) == wanted


def _hit(text: str, trigger: str) -> TriggerHit:
    tokens = tokenize(text)
    found = [h for h in find(tokens) if text[tokens[h.first].start : tokens[h.last].end] == trigger]
    return max(found, key=lambda hit: hit.weight)


def test_phrase_gives_modes_and_stands_before_its_words() -> None:
    hits = find(tokenize("شنت الطائرات غارة على مستودع"))
    assert (hits[0].first, hits[0].last) == (0, 2)
    assert "aerial" in hits[0].modes


@pytest.mark.parametrize(
    ("text", "trigger", "voice"),
    [
        ("اعتقلت الشرطة سائقا", "اعتقلت", "active"),
        ("هوجم الموقع ليلا", "هوجم", "passive?"),
        ("قُتل حارس المبنى", "قُتل", "passive?"),
        ("أدينت الوزيرة السابقة", "أدينت", "passive?"),
        ("اعتقال سائق", "اعتقال", "nominal"),
    ],
)
def test_voice(text: str, trigger: str, voice: str) -> None:
    assert _hit(text, trigger).voice == voice


def test_recipient_is_how_the_other_party_is_attached() -> None:
    assert "على" in _hit("هجوم على القافلة", "هجوم").recipient


def test_hits_overlap_and_are_not_repeated() -> None:
    hits = find(tokenize("ألقت الشرطة القبض على سائق"))
    assert len(hits) == len(set(hits))
    assert {(0, 2), (2, 2)} <= {(hit.first, hit.last) for hit in hits}


def test_nothing_in_nothing() -> None:
    assert find(()) == ()


def test_light_verb_begins_the_frame() -> None:
    tokens = tokenize("شن الجيش صباحا هجوما واسعا")
    assert frame_start(tokens, 3) == 0
    assert frame_start(tokenize("كان الهجوم واسعا"), 1) == 1


def test_act_weight() -> None:
    noun, verb, other = tokenize("مقتل اعتقلت كتاب")
    assert min(act_weight(noun), act_weight(verb)) > 0.4
    assert act_weight(other) == 0


def test_every_type_has_rows_and_every_row_fits_the_codebook() -> None:
    rows = data.table("triggers")
    assert len(rows) >= 1200
    assert {row["type"] for row in rows} == set(codebook.types())
    for row in rows:
        assert set(row["modes"].split()) <= set(codebook.types()[row["type"]].modes), row["lemma"]
        assert row["recipient"], row["lemma"]


def test_no_row_stands_twice() -> None:
    keys = [(row["lemma"], row["type"], row["pos"]) for row in data.table("triggers")]
    assert len(keys) == len(set(keys))


def test_wrong_row_is_named() -> None:
    row = dict(data.table("triggers")[0], pos="verb", root="قت", form="I")
    with pytest.raises(LexiconError, match="قت"):
        unfolded((row,))
