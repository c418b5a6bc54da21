"""Where syntax or the codebook settles what the models only guess: a short table, ``lexicon/frames.tsv``."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

from rasid.data import table
from rasid.events.batches import Window
from rasid.events.decode import TYPES, Found, Phrase
from rasid.records import Token
from rasid.words.fold import fold

_HOST, _STATE, _MUTUAL = "host", "state", "mutual"
_VISIT = "visit"
_PARTIES = ("actor", "recipient")
# Of two overlapping phrases on both sides, the weaker goes when the other is this much surer: best end-to-end F1 on dev
# (1 drops parties that are right, 3 changes nothing).
_SURER = 1.5


def is_standing_state(window: Window, trigger: Found) -> bool:
    """The trigger tells how things stand (تنتشر قواتها في قاعدتين), not that something was done."""
    return _rule(window.tokens[trigger.first], TYPES[trigger.type]) == _STATE


def settled(window: Window, trigger: Found, parts: Sequence[Phrase], modes: Sequence[str] = ()) -> list[Phrase]:
    """``parts`` with no phrase on both sides of the act, and with host and guest as the codebook has them.

    Who talks without a visit among ``modes`` is an actor on either side.
    """
    single = _one_side_each(parts)
    rule = _rule(window.tokens[trigger.first], TYPES[trigger.type])
    if rule == _MUTUAL and _VISIT not in modes:
        return [replace(part, role="actor") if part.role == "recipient" else part for part in single]
    return _host_is_recipient(window, trigger, single) if rule == _HOST else single


def _one_side_each(parts: Sequence[Phrase]) -> list[Phrase]:
    """Of two overlapping phrases, one actor and one recipient, the surer stays."""
    parties = [part for part in parts if part.role in _PARTIES]
    beaten = [
        part
        for part in parties
        if any(
            other.role != part.role
            and other.first <= part.last
            and part.first <= other.last
            and other.score > _SURER * part.score
            for other in parties
        )
    ]
    return [part for part in parts if part not in beaten]


def _host_is_recipient(window: Window, trigger: Found, parts: Sequence[Phrase]) -> list[Phrase]:
    sentence = window.slots[trigger.first].sentence
    here = [part for part in parts if part.role in _PARTIES and window.slots[part.first].sentence == sentence]
    if len(here) < 2:
        return list(parts)
    before = [part for part in here if part.last < trigger.first]
    after = [part for part in here if part.first > trigger.last]
    has_pronoun = bool(_cut(window.tokens[trigger.first])[1])  # الوفد الذي استقبله الوزير
    host = (after or before)[0] if has_pronoun or not before else before[-1]
    return [_with_side(part, host) if part in here else part for part in parts]


def _with_side(part: Phrase, host: Phrase) -> Phrase:
    return replace(part, role="recipient" if part is host else "actor")


def _rule(token: Token, type_name: str) -> str | None:
    return _table().get((type_name, _cut(token)[0]))


def _cut(token: Token) -> tuple[str, str]:
    """The listed form that the token is, and its pronoun; the best cut's stem when it is none."""
    forms = _forms()
    for cut in token.analyses:
        if cut.stem in forms:
            return cut.stem, cut.enclitic
    return token.stem, token.analyses[0].enclitic


@functools.cache
def _table() -> dict[tuple[str, str], str]:
    return {(row["type"], fold(form)): row["rule"] for row in table("frames") for form in row["forms"].split("|")}


@functools.cache
def _forms() -> frozenset[str]:
    return frozenset(form for _, form in _table())
