"""Resolving the places that events name and the stage had not found on its own."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

from rasid.places.context import Context
from rasid.places.stage import context_of, resolve
from rasid.places.vocabulary import is_place_word
from rasid.records import Document, Place, Report
from rasid.words.clitics import counts
from rasid.words.fold import fold

# Occurrences in bulk news; names that the gazetteer lacks lie far below.
_COMMON = 1000
_ARTICLE = "ال"


def bind(document: Document) -> Document:
    """Resolve the place of every report that has a phrase and no value yet."""
    context = functools.cache(functools.partial(context_of, document))  # gathered once, and only where it is needed
    return document.replace(reports=tuple(_bound(report, document, context) for report in document.reports or ()))


def _bound(report: Report, document: Document, context: Callable[[], Context]) -> Report:
    place = report.place
    if place is None or place.country or place.latitude is not None:
        return report
    found = _resolved(place, document, context())
    return replace(report, place=None if _is_common(found) else found)


def _is_common(place: Place) -> bool:
    """One common noun without the article that no table knows (سلطة, أمن): the models were mistaken."""
    word = fold(place.text)
    bare = place.name is None and " " not in word and not word.startswith(_ARTICLE)
    return bare and counts().get(word, 0) >= _COMMON and not is_place_word(word)


def _resolved(place: Place, document: Document, context: Context) -> Place:
    """The phrase keeps its own span; only the value is taken over."""
    sentence = (document.sentences or ())[place.sentence]
    tokens = [sentence.tokens[i] for i in sentence.within(place.start, place.end)]
    found = resolve(tokens, document, place.sentence, context)
    if found is None:
        return place
    return replace(found, start=place.start, end=place.end, text=place.text, sentence=place.sentence)
