"""Resolving the places that events name and the stage had not found on its own."""

from __future__ import annotations

from dataclasses import replace

from rasid.places.stage import resolve
from rasid.records import Document, Place, Report


def bind(document: Document) -> Document:
    """Resolve the place of every report that has a phrase and no value yet."""
    return document.replace(reports=tuple(_bound(report, document) for report in document.reports or ()))


def _bound(report: Report, document: Document) -> Report:
    place = report.place
    if place is None or place.country or place.latitude is not None:
        return report
    return replace(report, place=_resolved(place, document))


def _resolved(place: Place, document: Document) -> Place:
    """The phrase keeps its own span; only the value is taken over."""
    sentences = document.sentences or ()
    tokens = [t for t in sentences[place.sentence].tokens if t.start < place.end and place.start < t.end]
    found = resolve(tokens, document, place.sentence)
    if found is None:
        return place
    return replace(found, start=place.start, end=place.end, text=place.text, sentence=place.sentence)
