"""What the tables say of each token, as numbers for the encoder: the lexicon proposes, the model decides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rasid import codebook
from rasid.events import triggers
from rasid.records import Document, Kind, Sentence

_TYPES = tuple(codebook.types())
_KINDS = tuple(Kind)
_SECTORS = tuple(codebook.sectors())

# Columns: own-or-context, sentence start (both filled in by the window), title; then blocks.
_TITLE = 2
_TRIGGER = 3
_PHRASE = _TRIGGER + len(_TYPES)
_KIND = _PHRASE + 1
_KIND_START = _KIND + len(_KINDS)
_SECTOR = _KIND_START + 1
_COUNTRY = _SECTOR + len(_SECTORS)
_TIME = _COUNTRY + 1
_PLACE = _TIME + 2
FEATURES = _PLACE + 2

Rows = NDArray[np.float32]


def features(document: Document) -> list[Rows]:
    """For each sentence an array (tokens, FEATURES) of values in 0..1."""
    sentences = document.sentences or ()
    rows = [np.zeros((len(sentence.tokens), FEATURES), np.float32) for sentence in sentences]
    for sentence, row in zip(sentences, rows, strict=True):
        row[:, _TITLE] = sentence.is_title
        _add_triggers(row, sentence)
    _add_mentions(rows, document, sentences)
    _add_times(rows, document, sentences)
    _add_places(rows, document, sentences)
    return rows


def _add_triggers(row: Rows, sentence: Sentence) -> None:
    for hit in triggers.find(sentence.tokens):
        column = _TRIGGER + _TYPES.index(hit.type)
        for i in range(hit.first, hit.last + 1):
            row[i, column] = max(row[i, column], hit.weight)
            row[i, _PHRASE] = max(row[i, _PHRASE], float(hit.last > hit.first))


def _add_mentions(rows: list[Rows], document: Document, sentences: Sequence[Sentence]) -> None:
    for mention in document.mentions or ():
        row, actor = rows[mention.sentence], mention.actor
        inside = sentences[mention.sentence].within(actor.start, actor.end)
        row[inside, _KIND + _KINDS.index(mention.kind)] = 1
        row[inside[:1], _KIND_START] = 1
        row[inside, _COUNTRY] = max(float(actor.country is not None), 0)
        for sector in actor.sectors[:1]:
            row[inside, _SECTOR + _SECTORS.index(sector)] = 1


def _add_times(rows: list[Rows], document: Document, sentences: Sequence[Sentence]) -> None:
    for time in document.times or ():
        inside = sentences[time.sentence].within(time.start, time.end)
        rows[time.sentence][inside, _TIME + (0 if time.refers else 1)] = 1


def _add_places(rows: list[Rows], document: Document, sentences: Sequence[Sentence]) -> None:
    for place in document.places or ():
        inside = sentences[place.sentence].within(place.start, place.end)
        rows[place.sentence][inside, _PLACE] = 1
        rows[place.sentence][inside, _PLACE + 1] = place.score
