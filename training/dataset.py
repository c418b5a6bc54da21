"""Labelled articles → windows of numbers with their labels."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rasid.events.batches import Window, cut
from rasid.events.decode import CONTEXTS, MODES, ROLES, STANCES, STATUSES, TYPES
from rasid.gold import read_gold
from rasid.pipeline import before_events
from rasid.records import Document, Stance, Status

IGNORED = -100


@dataclass(frozen=True)
class Event:
    """A gold event in its window: trigger tokens, labels, and a role tag (0 O, 1 B, 2 I) for each role and token.

    ``contexts`` are IGNORED where nobody labelled them.
    """

    tokens: tuple[int, ...]
    type: int
    status: int
    historical: int
    modes: np.ndarray
    contexts: np.ndarray
    stance: int
    roles: np.ndarray


@dataclass(frozen=True)
class Example:
    """A window with its trigger tags (T,) and events.

    ``second`` when its sources were labelled by another than the gold annotator, and otherwise than he would;
    ``loose`` when all was, before the two were compared.
    """

    window: Window
    triggers: np.ndarray
    events: tuple[Event, ...]
    second: bool = False
    loose: bool = False


def load(path: Path, *, second: bool = False) -> list[tuple[Document, list[Example]]]:
    """Examples of a file of gold records (CODEBOOK section 6, with ``text``), by document."""
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = before_events([article.article() for article in read_gold(path)])
    return [(d, list(label(d, record, second=second))) for d, record in zip(documents, raw, strict=True)]


def label(document: Document, record: dict[str, Any], *, second: bool = False) -> Iterator[Example]:
    """Examples of one document with the labels of its gold record."""
    loose = second and not record.get("strict")
    second = second and not record.get("sources")
    for window in cut(document):
        events = [found for found in (_event(mention, window) for mention in record["mentions"]) if found]
        yield Example(window, _trigger_tags(window, events), tuple(events), second, loose)


def _inside(window: Window, start: int, end: int) -> list[int]:
    return [i for i, token in enumerate(window.tokens) if token.start < end and start < token.end]


def _event(mention: dict[str, Any], window: Window) -> Event | None:
    trigger, source = mention["trigger"], mention["attribution"]
    tokens = [i for i in _inside(window, trigger["start"], trigger["end"]) if window.slots[i].own]
    if not tokens:
        return None
    return Event(
        tokens=tuple(tokens),
        type=TYPES.index(mention["type"]),
        status=STATUSES.index(Status(mention["status"])),
        historical=int(bool(mention["historical"])),
        modes=np.array([mode in mention["modes"] for mode in MODES], np.float32),
        contexts=_contexts(mention["contexts"]),
        stance=STANCES.index(Stance(source["stance"])) if source and source.get("stance") else IGNORED,
        roles=_role_tags(mention, window),
    )


def _contexts(told: list[str] | None) -> np.ndarray:
    return np.array([IGNORED if told is None else context in told for context in CONTEXTS], np.float32)


def _role_tags(mention: dict[str, Any], window: Window) -> np.ndarray:
    roles = np.zeros((len(ROLES), len(window.tokens)), np.int64)
    phrases = (
        mention["actors"],
        mention["recipients"],
        [mention["time"]],
        [mention["place"]],
        [mention["attribution"]],
    )
    for row, listed in enumerate(phrases):
        for phrase in listed:
            if phrase and phrase.get("start") is not None:
                for n, i in enumerate(_inside(window, phrase["start"], phrase["end"])):
                    roles[row, i] = 1 if n == 0 else 2
    return roles


def _trigger_tags(window: Window, events: Sequence[Event]) -> np.ndarray:
    tags = np.array([0 if slot.own else IGNORED for slot in window.slots], np.int64)
    for event in events:
        for n, i in enumerate(event.tokens):
            if tags[i] <= 0:
                tags[i] = 1 + event.type + (len(TYPES) if n else 0)
    return tags
