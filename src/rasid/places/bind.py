"""Resolving the places that events name and the stage had not found on its own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

from rasid.places.context import Context
from rasid.places.stage import context_of, resolve
from rasid.records import Document, Place, Report


def bind(document: Document) -> Document:
    """Resolve the place of every report that has a phrase and no value yet."""
    context = functools.cache(functools.partial(context_of, document))  # gathered once, and only where it is needed
    return document.replace(reports=tuple(_bound(report, document, context) for report in document.reports or ()))


def _bound(report: Report, document: Document, context: Callable[[], Context]) -> Report:
    place = report.place
    if place is None or place.country or place.latitude is not None:
        return report
    return replace(report, place=_resolved(place, document, context()))


def _resolved(place: Place, document: Document, context: Context) -> Place:
    """The phrase keeps its own span; only the value is taken over."""
    sentence = (document.sentences or ())[place.sentence]
    tokens = [sentence.tokens[i] for i in sentence.within(place.start, place.end)]
    found = resolve(tokens, document, place.sentence, context)
    if found is None:
        return place
    return replace(found, start=place.start, end=place.end, text=place.text, sentence=place.sentence)
