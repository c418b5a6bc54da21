"""From the models' scores to triggers, argument phrases and event labels."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rasid import codebook
from rasid.events.model import Floats
from rasid.events.windows import Slot
from rasid.records import Stance, Status

TYPES = tuple(codebook.types())
STATUSES = tuple(Status)
STANCES = tuple(Stance)
MODES = tuple(sorted({mode for kind in codebook.types().values() for mode in kind.modes}))
CONTEXTS = codebook.contexts()
ROLES = ("actor", "recipient", "time", "place", "attribution")
# Sizes of the event head's parts, in order: status, historical, modes, contexts, stance of the source.
HEADS = (len(STATUSES), 1, len(MODES), len(CONTEXTS), len(STANCES))
_ENDS = tuple(itertools.accumulate(HEADS))
_PARTS = tuple(slice(end - size, end) for end, size in zip(_ENDS, HEADS, strict=True))
DISTANCES = 32
_LIST_STEP = 2
# A listed phrase is split off when "begins" is at least this share of "goes on".
_BEGINS = 0.3


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger in a window: its first and last token there, its type, and the probability that it is one."""

    first: int
    last: int
    type: int
    score: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of tokens of one sentence in a role, with the mean probability of its tokens."""

    role: str
    first: int
    last: int
    score: float


@dataclass(frozen=True, slots=True)
class Keep:
    """From which probability a token belongs to a phrase, and the best, a further and a listed phrase are kept."""

    token: float
    first: float
    more: float
    listed: float


@dataclass(frozen=True, slots=True)
class Labels:
    """What the event head says of one event."""

    status: Status
    historical: bool
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    stance: Stance
    status_score: float


def softmax(x: Floats) -> Floats:
    """Over the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    result: Floats = e / e.sum(-1, keepdims=True)
    return result


def triggers(logits: Floats, slots: Sequence[Slot], threshold: float) -> list[Found]:
    """Triggers of one window from its tag logits (T, 1 + 2·types); only own tokens can be triggers."""
    tags = softmax(logits[: len(slots)])
    begin, inside = tags[:, 1 : 1 + len(TYPES)], tags[:, 1 + len(TYPES) :]
    event = 1 - tags[:, 0]
    found: list[Found] = []
    for i in np.flatnonzero(event >= threshold).tolist():
        if not slots[i].own:
            continue
        kind, score = int((begin[i] + inside[i]).argmax()), float(event[i])
        last = found[-1] if found else None
        joins = last is not None and last.last == i - 1 and last.type == kind and slots[i].token > 0
        if last is not None and joins and inside[i, kind] >= begin[i, kind]:
            found[-1] = Found(last.first, i, kind, max(last.score, score))
        else:
            found.append(Found(i, i, kind, score))
    return found


def phrases(logits: Floats, slots: Sequence[Slot], opens: Sequence[bool], keeps: Sequence[Keep]) -> list[Phrase]:
    """Argument phrases of one event from its role logits (T, roles, 3); none runs over a sentence end.

    ``opens`` says of each token whether a new phrase of a list can start at it (after a comma or with «و»); elsewhere
    a phrase goes on, whatever the tags say.
    """
    tags = softmax(logits[: len(slots)])
    chosen = 1 - tags[..., 0]
    starts = tags[..., 1] > _BEGINS * tags[..., 2]
    found: list[Phrase] = []
    for r, (role, keep) in enumerate(zip(ROLES, keeps, strict=True)):
        runs = _runs(chosen[:, r], starts[:, r], slots, opens, keep.token)
        found += _kept([Phrase(role, run[0], run[-1], float(chosen[run, r].max())) for run in runs], keep)
    return found


def _runs(
    chosen: Floats, starts: NDArray[np.bool_], slots: Sequence[Slot], opens: Sequence[bool], least: float
) -> list[list[int]]:
    runs: list[list[int]] = []
    for i in np.flatnonzero(chosen >= least).tolist():
        goes_on = runs and i == runs[-1][-1] + 1 and slots[i].token > 0 and not (starts[i] and opens[i])
        if goes_on:
            runs[-1].append(i)
        else:
            runs.append([i])
    return runs


def _kept(phrases: Sequence[Phrase], keep: Keep) -> list[Phrase]:
    """The best phrase, and those that are nearly as sure or stand in one list with it."""
    best = max(phrases, key=lambda phrase: phrase.score, default=None)
    if best is None or best.score < keep.first:
        return []
    return [
        phrase
        for phrase in phrases
        if phrase is best or phrase.score >= (keep.listed if _adjoin(phrase, best) else keep.more)
    ]


def _adjoin(one: Phrase, other: Phrase) -> bool:
    """The two stand side by side, or with a comma between them."""
    return 1 <= one.first - other.last <= _LIST_STEP or 1 <= other.first - one.last <= _LIST_STEP


def labels(logits: Floats, type_name: str) -> Labels:
    """Labels of one event from its logits (sum of HEADS,); modes are those of its type."""
    status, historical, modes, contexts, stance = (logits[part] for part in _PARTS)
    share = softmax(status)
    allowed = codebook.types()[type_name].modes
    return Labels(
        status=STATUSES[int(share.argmax())],
        historical=bool(historical[0] > 0),
        modes=tuple(MODES[i] for i in np.flatnonzero(modes > 0).tolist() if MODES[i] in allowed),
        contexts=_strongest(contexts),
        stance=STANCES[int(stance.argmax())],
        status_score=float(share.max()),
    )


def _strongest(logits: Floats, most: int = 3) -> tuple[str, ...]:
    order = [i for i in np.argsort(-logits, kind="stable").tolist() if logits[i] > 0]
    return tuple(CONTEXTS[i] for i in order[:most])
