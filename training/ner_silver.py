"""Bulk news with a fitted model's own labels, from which the next one learns what newer names look like."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from rasid import clean, words
from rasid.names.ner_features import read
from rasid.names.ner_tags import ANER, SCHEMES
from rasid.records import Article, Document
from training.ner_data import Example
from training.ner_fit import scores_of
from training.ner_network import Entities

# Tokens taken of each file, from every seventh article, so that no site outweighs the others.
_TOKENS = 40_000
_EVERY = 7
_LONGEST = 3_500
_SENTENCE = range(8, 71)
# Of the sentences without any name this share is kept.
_PLAIN = 0.15


def sentences(folder: Path, left_out: frozenset[str]) -> Iterator[Example]:
    """Sentences of middling length, without labels."""
    for path in sorted(folder.glob("*.jsonl.xz")):
        taken = 0
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, record in enumerate(map(json.loads, lines)):
                if number % _EVERY or record["id"] in left_out:
                    continue
                for one in _of(record["text"][:_LONGEST]):
                    taken += len(one.words)
                    yield one
                if taken > _TOKENS:
                    break


def _of(text: str) -> Iterator[Example]:
    document = words.stage(clean.stage(Document(Article("-", None, text))))
    for sentence in document.sentences or ():
        if len(sentence.tokens) in _SENTENCE:
            got = read([sentence.tokens])
            tags = np.zeros(len(sentence.tokens), np.int64)
            yield Example(got.ids, got.words, got.letters, got.features, tags, SCHEMES.index(ANER))


def labelled(found: Sequence[Example], model: Entities) -> list[Example]:
    """The sentences with the model's probabilities of each tag; most of those without a name are left out."""
    chooser = random.Random(1)
    kept = []
    for one, scores in zip(found, scores_of([model], found), strict=True):
        chances = np.exp(scores).astype(np.float32)
        if (chances[:, 0] < 0.5).any() or chooser.random() < _PLAIN:
            kept.append(replace(one, soft=chances))
    return kept
