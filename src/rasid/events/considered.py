"""What might have been an event and was not coded, and why: for ``rasid explain``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.events import triggers
from rasid.events.batches import Window, cut, padded
from rasid.events.confidence import confidence
from rasid.events.decode import TYPES, Found
from rasid.events.decode import triggers as found_triggers
from rasid.events.find import TRIGGER_THRESHOLD
from rasid.events.frames import is_standing_state
from rasid.events.model import Model, shipped
from rasid.events.triggers import TriggerHit
from rasid.records import Document

# Candidates worth telling of: the networks give them this much, or the tables do.
_LEAST_SCORE = 0.1
_LEAST_WEIGHT = 0.3


@dataclass(frozen=True, slots=True)
class Considered:
    """A candidate that was not coded. ``weight`` is what the tables give the word, ``confidence`` what comes of it."""

    start: int
    end: int
    type: str
    weight: float
    confidence: float
    reason: str


def considered(document: Document) -> list[Considered]:
    """Candidates of ``document``, in text order; none where no models were trained."""
    model = shipped()
    if model is None:
        return []
    found = [candidate for window in cut(document) for candidate in _of(window, model)]
    return sorted(found, key=lambda candidate: (candidate.start, candidate.type))


def _of(window: Window, model: Model) -> Iterator[Considered]:
    batch = padded([window])
    _, tags = model.read(batch.ids, batch.features, batch.present)
    hits = triggers.find(window.tokens)
    seen: set[int] = set()
    for trigger in found_triggers(tags[0], window.slots, _LEAST_SCORE):
        seen |= set(range(trigger.first, trigger.last + 1))
        reason = _reason(window, trigger)
        if reason is not None:
            yield _candidate(window, trigger.first, trigger.last, TYPES[trigger.type], trigger.score, reason, hits)
    yield from _unseen(window, seen, hits)


def _reason(window: Window, trigger: Found) -> str | None:
    if trigger.score < TRIGGER_THRESHOLD:
        return "too_unsure"
    return "standing_state" if is_standing_state(window, trigger) else None


def _unseen(window: Window, seen: set[int], hits: Sequence[TriggerHit]) -> Iterator[Considered]:
    """Words that the tables list and in which the networks see no act here."""
    for hit in sorted(hits, key=lambda hit: (-hit.weight, hit.first)):
        here = set(range(hit.first, hit.last + 1))
        if hit.weight >= _LEAST_WEIGHT and not seen & here and all(window.slots[i].own for i in here):
            seen |= here
            yield _candidate(window, hit.first, hit.last, hit.type, 0.0, "no_act_here", hits)


def _candidate(
    window: Window, first: int, last: int, type_name: str, score: float, reason: str, hits: Sequence[TriggerHit]
) -> Considered:
    weight = max((hit.weight for hit in hits if hit.first <= last and first <= hit.last), default=0.0)
    start, end = window.tokens[first].start, window.tokens[last].end
    return Considered(start, end, type_name, weight, round(confidence(score), 4), reason)
