"""Named-entity data: ANERcorp, the Wojood sample, and the party and place phrases of coded articles."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rasid import clean, words
from rasid.gold import read_gold
from rasid.names.ner_features import Floats, Ints, read
from rasid.names.ner_tags import ANER, Scheme, spans
from rasid.records import Document, Token
from rasid.words.tokens import tokenize

IGNORED = -100
# One ANERcorp block of these many sentences in _BLOCKS is held out of fitting, to choose settings by.
_BLOCK, _BLOCKS, _HELD_OUT = 40, 10, 7


@dataclass(frozen=True)
class Words:
    """A sentence as a data set cuts it: words, a BIO tag each, and our tokens with the number of each one's word."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    tokens: tuple[Token, ...]
    owner: tuple[int, ...]


@dataclass(frozen=True)
class Example:
    """A sentence in numbers with tag rows of its scheme; ``soft`` (T, tags) are a teacher's probabilities, if any."""

    ids: Ints
    words: Ints
    letters: Ints
    features: Floats
    tags: Ints
    scheme: int
    soft: Floats | None = None


def columns(path: Path) -> list[Words]:
    """Sentences of a file with a word and its tags in each line; of nested tags the first is taken."""
    found, pending = [], []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        parts = line.split()
        if len(parts) >= 2:
            pending.append((parts[0], parts[1]))
        elif pending:
            found.append(worded(*zip(*pending, strict=True)))
            pending = []
    return found


def worded(listed: Sequence[str], tags: Sequence[str]) -> Words:
    """A sentence of words and tags with our tokens; a word that is cut into several keeps one owner."""
    tokens, owner = [], []
    for number, word in enumerate(listed):
        for token in tokenize(word):
            tokens.append(token)
            owner.append(number)
    return Words(tuple(listed), tuple(tags), tuple(tokens), tuple(owner))


def carrier(sentence: Words) -> list[int]:
    """For each word the token that carries its tag: the first with a letter or digit, else the first."""
    chosen: dict[int, int] = {}
    for at, number in enumerate(sentence.owner):
        last = chosen.get(number)
        if last is None or (not sentence.tokens[last].fold[:1].isalnum() and sentence.tokens[at].fold[:1].isalnum()):
            chosen[number] = at
    return [chosen.get(number, -1) for number in range(len(sentence.words))]


def example(sentence: Words, scheme: Scheme, number: int) -> Example:
    """``sentence`` in numbers; tokens that carry no tag continue their word's entity or are ignored."""
    tags = np.full(len(sentence.tokens), IGNORED, np.int64)
    carriers = carrier(sentence)
    for word, tag in enumerate(sentence.tags):
        if carriers[word] >= 0:
            tags[carriers[word]] = scheme.row(tag)
    for at, word in enumerate(sentence.owner):
        first, tag = carriers[word], sentence.tags[word]
        if tags[at] == IGNORED:  # marks glued to a word stand outside its name, its further pieces inside
            inside = at > first >= 0 and tag != "O" and sentence.tokens[at].fold[:1].isalnum()
            tags[at] = scheme.row("I" + tag[1:]) if inside else 0
    got = read([sentence.tokens])
    return Example(got.ids, got.words, got.letters, got.features, tags, number)


def held_out(sentences: Sequence[Words]) -> tuple[list[Words], list[Words]]:
    """ANERcorp's train split without every tenth block, and those blocks."""
    kept, out = [], []
    for at, sentence in enumerate(sentences):
        (out if at // _BLOCK % _BLOCKS == _HELD_OUT else kept).append(sentence)
    return kept, out


def parties(path: Path, number: int, scheme: Scheme, *, every: int = 1) -> list[Example]:
    """Sentences of coded articles that tell an act, with the phrases of its parties, place and source."""
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()][::every]
    documents = [words.stage(clean.stage(Document(one.article()))) for one in read_gold(path)[::every]]
    found = []
    for document, record in zip(documents, raw, strict=True):
        for sentence in document.sentences or ():
            tags = _phrase_tags(record["mentions"], sentence.tokens, scheme)
            if tags.any():
                got = read([sentence.tokens])
                found.append(Example(got.ids, got.words, got.letters, got.features, tags, number))
    return found


def _phrase_tags(mentions: Sequence[dict[str, Any]], tokens: Sequence[Token], scheme: Scheme) -> Ints:
    tags = np.zeros(len(tokens), np.int64)
    for mention in mentions:
        named = [("PARTY", phrase) for phrase in (*mention["actors"], *mention["recipients"])]
        for kind, phrase in (*named, ("PLACE", mention["place"]), ("SOURCE", mention["attribution"])):
            if not phrase or phrase.get("start") is None:
                continue
            inside = [
                i for i, token in enumerate(tokens) if token.start < phrase["end"] and phrase["start"] < token.end
            ]
            if not tags[inside].any():
                tags[inside] = scheme.row(f"I-{kind}")
                tags[inside[:1]] = scheme.row(f"B-{kind}")
    return tags


def f1(sentences: Sequence[Words], given: Sequence[Sequence[str]]) -> dict[str, float]:
    """Exact-entity F1 in percent, over all and of each kind."""
    hit, gold, said = Counter[str](), Counter[str](), Counter[str]()
    for sentence, tags in zip(sentences, given, strict=True):
        a, b = set(spans(sentence.tags)), set(spans(tags))
        for counter, those in ((hit, a & b), (gold, a), (said, b)):
            counter.update(kind for *_, kind in those)
            counter["all"] += len(those)
    return {kind: 200 * hit[kind] / max(1, gold[kind] + said[kind]) for kind in ("all", *ANER.kinds)}
