"""What the tables say of each token, as numbers for the encoder: the lexicon proposes, the model decides."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rasid import codebook
from rasid.events import triggers
from rasid.records import Document, Kind, Sentence

_TYPES = tuple(codebook.types())
_KINDS = tuple(Kind)
_SECTORS = tuple(codebook.sectors())

# Columns: own-or-context, sentence start (both filled in by the window), title; then blocks; at last
# the phrases that name a party as a whole, and where these begin.
_TITLE = 2
_TRIGGER = 3
_PHRASE = _TRIGGER + len(_TYPES)
_KIND = _PHRASE + 1
_KIND_START = _KIND + len(_KINDS)
_SECTOR = _KIND_START + 1
_COUNTRY = _SECTOR + len(_SECTORS)
_TIME = _COUNTRY + 1
_PLACE = _TIME + 2
_PARTY = _PLACE + 2
FEATURES = _PARTY + 2
_OF_TYPE = {name: _TRIGGER + n for n, name in enumerate(_TYPES)}
_OF_KIND = {kind: _KIND + n for n, kind in enumerate(_KINDS)}
_OF_SECTOR = {name: _SECTOR + n for n, name in enumerate(_SECTORS)}

Rows = NDArray[np.float32]


def features(document: Document) -> Rows:
    """An array (tokens, FEATURES) of values in 0..1 for the tokens of all sentences, one sentence after the other."""
    sentences = document.sentences or ()
    first = first_tokens(sentences)
    rows = np.zeros((first[-1], FEATURES), np.float32)
    for sentence, start in zip(sentences, first, strict=False):
        rows[start : start + len(sentence.tokens), _TITLE] = sentence.is_title
    _add_triggers(rows, sentences, first)
    _add_mentions(rows, document, first)
    _add_times(rows, document, first)
    _add_places(rows, document, first)
    return rows


def first_tokens(sentences: Sequence[Sentence]) -> list[int]:
    """How many tokens stand before each sentence; at the end, how many there are."""
    return list(itertools.accumulate((len(sentence.tokens) for sentence in sentences), initial=0))


def _add_triggers(rows: Rows, sentences: Sequence[Sentence], first: Sequence[int]) -> None:
    weights: dict[tuple[int, int], float] = {}
    for sentence, start in zip(sentences, first, strict=False):
        for hit in triggers.find(sentence.tokens):
            for i in range(start + hit.first, start + hit.last + 1):
                cell = i, _OF_TYPE[hit.type]
                weights[cell] = max(weights.get(cell, 0.0), hit.weight)
                if hit.last > hit.first:
                    weights[i, _PHRASE] = 1.0
    if weights:
        at, columns = zip(*weights, strict=True)
        rows[at, columns] = list(weights.values())


def _add_mentions(rows: Rows, document: Document, first: Sequence[int]) -> None:
    for mention in document.mentions or ():
        actor = mention.actor
        inside = _inside(document, first, mention.sentence, actor.start, actor.end)
        opening = slice(inside.start, min(inside.start + 1, inside.stop))
        if mention.is_composed:
            rows[inside, _PARTY] = 1
            rows[opening, _PARTY + 1] = 1
            if mention.kind is not Kind.PERSON:
                continue
        rows[inside, _OF_KIND[mention.kind]] = 1
        rows[opening, _KIND_START] = 1
        rows[inside, _COUNTRY] = actor.country is not None
        for sector in actor.sectors[:1]:
            rows[inside, _OF_SECTOR[sector]] = 1


def _add_times(rows: Rows, document: Document, first: Sequence[int]) -> None:
    for time in document.times or ():
        inside = _inside(document, first, time.sentence, time.start, time.end)
        rows[inside, _TIME + (0 if time.refers else 1)] = 1


def _add_places(rows: Rows, document: Document, first: Sequence[int]) -> None:
    for place in document.places or ():
        inside = _inside(document, first, place.sentence, place.start, place.end)
        rows[inside, _PLACE] = 1
        rows[inside, _PLACE + 1] = place.score


def _inside(document: Document, first: Sequence[int], sentence: int, start: int, end: int) -> slice:
    """The rows of the tokens of a sentence that a source span touches."""
    at = (document.sentences or ())[sentence].within(start, end)
    return slice(first[sentence] + at[0], first[sentence] + at[-1] + 1) if at else slice(0, 0)
