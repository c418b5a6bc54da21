"""Putting a report together from what the models point at and what the earlier stages found there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from rasid.events.batches import Window
from rasid.events.confidence import confidence
from rasid.events.decode import TYPES, Found, Labels, Phrase
from rasid.events.status import read_status
from rasid.records import (
    Actor,
    Attribution,
    Document,
    Evidence,
    Place,
    Report,
    Stance,
    Status,
    TimeSpan,
    Token,
    Trigger,
)
from rasid.words.clitics import inner_start

_BY = "model:events-1"
_YEAR = 365
_SURE = 0.9
# How sure the models are of a phrase for the time that ``rasid.times.bind`` starts from.
_TOLD = 0.4


def build(document: Document, window: Window, trigger: Found, parts: Sequence[Phrase], label: Labels) -> Report:
    """The report of one trigger with its argument phrases."""
    text = document.article.text
    first, last = window.tokens[trigger.first], window.tokens[trigger.last]
    sentence = window.slots[trigger.first].sentence
    start, end = inner_start(first, text), last.end
    type_name = TYPES[trigger.type]
    time = _time(document, window, parts)
    status = _status(document, window, trigger, label)
    return Report(
        id=f"{document.article.id}#{start}-{type_name}",
        type=type_name,
        modes=label.modes,
        status=status,
        historical=_historical(label, time, document.article.published),
        sentence=sentence,
        trigger=Trigger(start, end, text[start:end]),
        actors=_actors(document, window, parts, "actor"),
        recipients=_actors(document, window, parts, "recipient"),
        time=time,
        place=_place(document, window, parts),
        attribution=_attribution(document, window, parts, label.stance),
        contexts=label.contexts,
        confidence=round(confidence(trigger.score), 4),
        evidence=(
            Evidence(_BY, f"type={type_name}", start, end, round(trigger.score, 4)),
            Evidence(_BY, f"status={status}", start, end, round(label.status_score, 4)),
            *(Evidence(_BY, "time", *span(window, part, text), round(part.score, 4)) for part in _of(parts, "time")),
        ),
    )


def span(window: Window, part: Phrase, text: str) -> tuple[int, int]:
    """Source span of a phrase without a leading clitic and without marks at its ends."""
    tokens: list[Token] = list(window.tokens[part.first : part.last + 1])
    while len(tokens) > 1 and not tokens[-1].fold[-1].isalnum() and tokens[-1].fold not in ")]\"»”":
        tokens.pop()
    while len(tokens) > 1 and not tokens[0].fold[0].isalnum() and tokens[0].fold not in "([\"«“":
        tokens.pop(0)
    return inner_start(tokens[0], text), tokens[-1].end


def _of(parts: Iterable[Phrase], role: str) -> list[Phrase]:
    return [part for part in parts if part.role == role]


def _actors(document: Document, window: Window, parts: Sequence[Phrase], role: str) -> tuple[Actor, ...]:
    text = document.article.text
    found: list[Actor] = []
    for part in _of(parts, role):
        start, end = span(window, part, text)
        found.append(Actor(start, end, text[start:end], window.slots[part.first].sentence))
    return tuple(found)


def _status(document: Document, window: Window, trigger: Found, label: Labels) -> Status:
    """The model's status, unless it is unsure of it or a cue word touches the trigger (زيارة مرتقبة)."""
    if document.sentences is None:
        return label.status
    slot = window.slots[trigger.first]
    tokens = document.sentences[slot.sentence].tokens
    last = slot.token + trigger.last - trigger.first
    told = read_status(tokens, slot.token, slot.token, type_name=TYPES[trigger.type])
    touches = told.last >= slot.token and told.first <= last + 1
    if told.status is Status.REPORTED or not (touches or label.status_score < _SURE):
        return label.status
    return told.status


def _historical(label: Labels, time: TimeSpan | None, published: datetime.date | None) -> bool:
    """More than a year before publication, where both days are known; else as the model says."""
    if time is None or time.last is None or published is None:
        return label.historical
    return (published - time.last).days > _YEAR


def _best(parts: Sequence[Phrase], role: str) -> Phrase | None:
    return max(_of(parts, role), key=lambda part: part.score, default=None)


def _time(document: Document, window: Window, parts: Sequence[Phrase]) -> TimeSpan | None:
    best = _best(parts, "time")
    if best is None or best.score < _TOLD:
        return None
    return time_at(document, *span(window, best, document.article.text))


def time_at(document: Document, start: int, end: int) -> TimeSpan | None:
    """The dated phrase that the span ``[start, end)`` touches: one with a value, else the one with most of it."""
    touching = [t for t in document.times or () if t.refers and t.start < end and start < t.end]
    return max(touching, key=lambda t: (t.edtf is not None, min(end, t.end) - max(start, t.start)), default=None)


def _place(document: Document, window: Window, parts: Sequence[Phrase]) -> Place | None:
    best = _best(parts, "place")
    if best is None:
        return None
    return place_at(document, window.slots[best.first].sentence, *span(window, best, document.article.text))


def place_at(document: Document, sentence: int, start: int, end: int) -> Place:
    """The place that the span touches, the located and longest first; a blank with its words where none was found."""
    inside = [place for place in document.places or () if place.start < end and start < place.end]
    if inside:
        return max(inside, key=lambda place: (place.latitude is not None, place.end - place.start))
    return Place(start, end, document.article.text[start:end], sentence, reason="unknown_name")


def _attribution(
    document: Document, window: Window, parts: Sequence[Phrase], stance: Stance
) -> tuple[Attribution, ...]:
    text = document.article.text
    found: list[Attribution] = []
    for part in _of(parts, "attribution"):
        start, end = span(window, part, text)
        found.append(Attribution(start, end, text[start:end], window.slots[part.first].sentence, "", stance))
    return tuple(found)
