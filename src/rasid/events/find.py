"""Finding the reports of documents with the trained models."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from rasid.events.batches import Batch, Window, batches
from rasid.events.build import build
from rasid.events.chains import with_chains
from rasid.events.decode import DISTANCES, ROLES, TYPES, Found, Keep, labels, phrases, triggers
from rasid.events.frames import is_standing_state, settled
from rasid.events.model import Floats, Ints, Model
from rasid.events.subjects import with_subjects
from rasid.events.tolls import with_tolls
from rasid.records import Document, Report

# Chosen on dev, rounded towards the middle of what is equally good there (docs/models.md): a lower threshold finds more
# background acts at the price of precision, 0.3 and 0.6 differ by two points of type F1.
TRIGGER_THRESHOLD = 0.58
KEEP = {
    "actor": Keep(token=0.2, first=0.4, more=0.9, listed=0.6),
    "recipient": Keep(token=0.25, first=0.45, more=0.8, listed=0.6),
    # Kept down to what is unlikely: rasid.times.bind weighs them against what it sees itself.
    "time": Keep(token=0.1, first=0.1, more=0.1, listed=0.1),
    "place": Keep(token=0.2, first=0.2, more=1.0, listed=1.0),
    "attribution": Keep(token=0.25, first=0.5, more=0.8, listed=0.6),
}
_KEEPS = tuple(KEEP[role] for role in ROLES)
_EVENTS_PER_BATCH = 32


def find(documents: Sequence[Document], model: Model) -> list[tuple[Report, ...]]:
    """The reports of each document, in text order."""
    found: list[list[Report]] = [[] for _ in documents]
    for batch in batches(documents):
        hidden, tags = model.read(batch.ids, batch.features, batch.present)
        events = [
            (row, trigger)
            for row, window in enumerate(batch.windows)
            for trigger in triggers(tags[row], window.slots, TRIGGER_THRESHOLD)
            if not is_standing_state(window, trigger)
        ]
        for start in range(0, len(events), _EVENTS_PER_BATCH):
            _complete(documents, batch, hidden, events[start : start + _EVENTS_PER_BATCH], model, found)
    return [
        _completed(document, sorted(reports, key=lambda report: report.trigger.start))
        for document, reports in zip(documents, found, strict=True)
    ]


def _completed(document: Document, reports: Sequence[Report]) -> tuple[Report, ...]:
    sentences, mentions = document.sentences or (), document.mentions or ()
    told = with_tolls(with_subjects(reports, sentences), sentences, mentions)
    return with_chains(told, document)


def _complete(
    documents: Sequence[Document],
    batch: Batch,
    hidden: Floats,
    events: Sequence[tuple[int, Found]],
    model: Model,
    found: list[list[Report]],
) -> None:
    rows = [row for row, _ in events]
    inside, distance = geometry([trigger for _, trigger in events], hidden.shape[1])
    kinds = np.array([trigger.type for _, trigger in events], np.int64)
    roles, event = model.arguments(hidden[rows], inside, distance, kinds, batch.present[rows])
    for n, (row, trigger) in enumerate(events):
        window: Window = batch.windows[row]
        parts = phrases(roles[n], window.slots, window.opens, _KEEPS)
        parts = settled(window, trigger, parts)
        label = labels(event[n], TYPES[trigger.type])
        found[window.document].append(build(documents[window.document], window, trigger, parts, label))


def geometry(events: Sequence[Found], length: int) -> tuple[Ints, Ints]:
    """For each event: which tokens its trigger covers, and the bucket of each token's distance from it."""
    at = np.arange(length)[None]
    first = np.array([[event.first] for event in events])
    last = np.array([[event.last] for event in events])
    inside = ((at >= first) & (at <= last)).astype(np.int64)
    distance = np.where(at < first, at - first, np.where(at > last, at - last, 0))
    return inside, np.clip(distance, -DISTANCES, DISTANCES).astype(np.int64) + DISTANCES
