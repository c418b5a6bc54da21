"""Finding the reports of documents with the trained models."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from rasid.events.batches import Scope, Window, cut, narrowed, padded
from rasid.events.build import build
from rasid.events.chains import with_chains
from rasid.events.confidence import score_for
from rasid.events.decode import DISTANCES, ROLES, TYPES, Found, Keep, labels, phrases, triggers
from rasid.events.frames import is_standing_state, settled
from rasid.events.model import Floats, Ints, Model
from rasid.events.parties import with_parties
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
_EVENTS_PER_BATCH = 8


class Tagger(Protocol):
    """Another judge of which words tell an act."""

    def tags(self, window: Window) -> Floats:
        """Scores (T, 1 + 2·types) of ``window``, as ``Model.read`` gives them."""
        ...


def find(
    documents: Sequence[Document], model: Model, *, least: float | None = None, tagger: Tagger | None = None
) -> list[tuple[Report, ...]]:
    """The reports of each document, in text order: those of confidence ``least`` or more (0 to 1).

    Without ``least``, from the confidence that gives the best type F1. A ``tagger``'s scores stand for the model's.

    Windows are read one by one and not in padded batches: on one core that is faster, and the models round to 8 bits by
    the largest value they see together, so that an article's events would else depend on its neighbours.
    """
    threshold = TRIGGER_THRESHOLD if least is None else score_for(least)
    return [_completed(document, _reports(document, model, threshold, tagger)) for document in documents]


def _reports(document: Document, model: Model, threshold: float, tagger: Tagger | None) -> list[Report]:
    found = _searched(document, model, threshold, tagger)
    searched = sorted(found, key=lambda pair: (len(pair[0].at), pair[0].start))
    reports: list[Report] = []
    for start in range(0, len(searched), _EVENTS_PER_BATCH):
        group = searched[start : start + _EVENTS_PER_BATCH]
        roles, event = model.arguments(*together(group))
        reports += [_report(document, scope, roles[n], event[n]) for n, (scope, _) in enumerate(group)]
    return sorted(reports, key=lambda report: (report.trigger.start, report.type))


def _searched(
    document: Document, model: Model, threshold: float, tagger: Tagger | None
) -> Iterator[tuple[Scope, Floats]]:
    """Each event found, with where its arguments are sought and the encoder's vectors (T, D) there."""
    for window in cut(document):
        batch = padded([window])
        hidden, tags = model.read(batch.ids, batch.features, batch.present)
        told = tags[0] if tagger is None else tagger.tags(window)
        for trigger in triggers(told, window.slots, threshold):
            if not is_standing_state(window, trigger):
                scope = narrowed(window, trigger)
                yield scope, hidden[0, list(scope.at)]


def together(group: Sequence[tuple[Scope, Floats]]) -> tuple[Floats, Ints, Ints, Ints, Floats]:
    """The events of ``group`` padded to one batch for ``Model.arguments``."""
    length = max(len(scope.at) for scope, _ in group)
    hidden = np.zeros((len(group), length, group[0][1].shape[1]), np.float32)
    present = np.zeros((len(group), length), np.float32)
    for n, (_, vectors) in enumerate(group):
        hidden[n, : len(vectors)], present[n, : len(vectors)] = vectors, 1
    found = [scope.trigger for scope, _ in group]
    inside, distance = geometry(found, length)
    return hidden, inside, distance, np.array([trigger.type for trigger in found], np.int64), present


def _report(document: Document, scope: Scope, roles: Floats, event: Floats) -> Report:
    window, trigger = scope.window, scope.trigger
    label = labels(event, TYPES[trigger.type])
    parts = settled(window, trigger, phrases(roles, window.slots, window.opens, _KEEPS), label.modes)
    return build(document, window, trigger, parts, label)


def _completed(document: Document, reports: Sequence[Report]) -> tuple[Report, ...]:
    sentences, mentions = document.sentences or (), document.mentions or ()
    parted = with_parties(with_subjects(reports, sentences), document)
    told = with_tolls(parted, sentences, mentions)
    return with_chains(told, document)


def geometry(events: Sequence[Found], length: int) -> tuple[Ints, Ints]:
    """For each event: which tokens its trigger covers, and the bucket of each token's distance from it."""
    at = np.arange(length)[None]
    first = np.array([[event.first] for event in events])
    last = np.array([[event.last] for event in events])
    inside = ((at >= first) & (at <= last)).astype(np.int64)
    distance = np.where(at < first, at - first, np.where(at > last, at - last, 0))
    return inside, np.clip(distance, -DISTANCES, DISTANCES).astype(np.int64) + DISTANCES
