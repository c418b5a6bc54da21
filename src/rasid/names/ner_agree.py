"""One word, one kind: where an article has made plain what a word names, it is told of its other places too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from rasid.names.ner_features import Floats
from rasid.names.ner_tags import ANER
from rasid.records import Token

# Chosen on the held-out part of ANERcorp's train split (F1 77.6 to 78.4); 1 and 3 are half a point worse.
_WEIGHT = 2.0
_SURE = 0.8
# Sentences before and after in which a word is thought to name the same.
_REACH = 20
_SHORTEST = 3
# Persons, places and organisations; the last kind of the scheme holds too many things.
_KINDS = 3


def agreement(scores: Sequence[Floats], sentences: Sequence[Sequence[Token]]) -> list[Floats]:
    """Tag scores (T, K) of consecutive sentences, raised where the same word is surely of a kind elsewhere."""
    chances = [_of_kinds(rows) for rows in scores]
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, tokens in enumerate(sentences):
        for at, token in enumerate(tokens):
            if len(token.fold) >= _SHORTEST and token.fold[0].isalpha():
                places[token.fold].append((number, at))
    raised = [rows.copy() for rows in scores]
    for seen in places.values():
        if len(seen) > 1 and max(chances[number][at].max() for number, at in seen) > _SURE:
            _raise(raised, chances, seen)
    return raised


def _of_kinds(rows: Floats) -> Floats:
    """(T, kinds): the probability that a token belongs to a name of each kind."""
    if not len(rows):
        return np.zeros((0, _KINDS), np.float32)
    chances = np.exp(rows - rows.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    both = chances[:, 1 : len(ANER.tags) : 2] + chances[:, 2 : len(ANER.tags) : 2]
    return np.asarray(both, np.float32)


def _raise(scores: Sequence[Floats], chances: Sequence[Floats], seen: Sequence[tuple[int, int]]) -> None:
    for place in seen:
        number, at = place
        others = [chances[n][i] for n, i in seen if (n, i) != place and abs(n - number) <= _REACH]
        if not others:
            continue
        told = np.max(others, 0)
        kind = int(told.argmax())
        if kind < _KINDS and told[kind] > _SURE:
            scores[number][at, 1 + 2 * kind : 3 + 2 * kind] += _WEIGHT * told[kind]
