"""What the entity model reads of each token: word rows, letters, and what tables and gazetteer say of it."""

from __future__ import annotations

import functools
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rasid.events.vocabulary import IDS_PER_TOKEN, vocabulary
from rasid.names.entries import Sort
from rasid.names.matching import Hit, match
from rasid.places.names import Line
from rasid.records import Token
from rasid.words.clitics import counts

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Letters a word may have in the model's eyes: its first ones and its last three; names are seldom longer.
LETTERS = 12
_ENDING = 3
# Row 0 is padding, 1 any letter not listed, 2 and 3 the marks of a word's two ends.
_ALPHABET = {letter: row for row, letter in enumerate('ابتثجحخدذرزسشصضطظعغفقكلمنهويءئؤپچژڤگ0123456789.,-:،«»"()', 4)}
_FIRST, _LAST, _OTHER = 2, 3, 1
ALPHABET = 4 + len(_ALPHABET)

_PEOPLE = frozenset({"person", "title", "rank", "fighter"})
_BODIES = frozenset({"institution", "collective"})
_OPENING, _CLOSING, _STRAIGHT = frozenset("«“"), frozenset("»”"), '"'
_CACHE = 1 << 16

# Columns: blocks of the sorts of the tables, then single marks.
_BEGINS = 0
_WITHIN = _BEGINS + len(Sort)
_ANY = _WITHIN + len(Sort)
_DOUBTFUL = _ANY + len(Sort)
_TITLE = _DOUBTFUL + 1
_BODY = _TITLE + 1
_PLACE = _BODY + 1
_SHAPE = _PLACE + 4
_SHAPES = 9
FEATURES = _SHAPE + _SHAPES


@dataclass(frozen=True, slots=True)
class Read:
    """A run of T tokens in numbers: ids (T, 8), word-vector rows (T,), letters (T, L), features (T, F)."""

    ids: Ints
    words: Ints
    letters: Ints
    features: Floats


def read(sentences: Sequence[Sequence[Token]]) -> Read:
    """The numbers of some sentences, one after the other."""
    tokens = [token for sentence in sentences for token in sentence]
    ids = np.array([vocabulary().ids(token) for token in tokens], np.int64).reshape(-1, IDS_PER_TOKEN)
    words = np.array([word_row(token) for token in tokens], np.int64)
    letters = np.array([letters_of(token.fold) for token in tokens], np.int64).reshape(-1, LETTERS)
    parts = [features(sentence) for sentence in sentences]
    return Read(ids, words, letters, np.concatenate(parts) if parts else np.zeros((0, FEATURES), np.float32))


@functools.cache
def _rows() -> dict[str, int]:
    return {form: row for row, form in enumerate(counts(), 1)}


def word_row(token: Token) -> int:
    """Row of the word vectors: of the form, else of its stem with or without the article; 0 for an unknown word."""
    rows = _rows()
    stem = token.analyses[0].stem
    return rows.get(token.fold) or rows.get(stem) or rows.get("ال" + stem, 0)


@functools.lru_cache(maxsize=_CACHE)
def letters_of(word: str) -> tuple[int, ...]:
    """Alphabet rows of a folded word between its end marks, padded to LETTERS; the middle of a long one is cut out."""
    room = LETTERS - 2
    if len(word) > room:
        word = word[: room - _ENDING] + word[-_ENDING:]
    rows = [_FIRST, *(_ALPHABET.get(letter, _OTHER) for letter in word), _LAST]
    return (*rows, *[0] * (LETTERS - len(rows)))


def features(tokens: Sequence[Token]) -> Floats:
    """(T, FEATURES) of values in 0..1: hits of the tables, of the gazetteer, and the look of each word."""
    rows = np.zeros((len(tokens), FEATURES), np.float32)
    for hit in match(tokens):
        _add_hit(rows, hit)
    _add_places(rows, tokens)
    rows[:, _SHAPE : _SHAPE + _SHAPES - 1] = [_look(token.fold, token.analyses[0].proclitic) for token in tokens]
    rows[:, _SHAPE + _SHAPES - 1] = _quoted(tokens)
    return rows


def calls(rows: Floats, sort: Sort) -> bool:
    """True when the tables' hits in these rows of features tell of something of this sort."""
    return bool(rows[:, _ANY + sort].any())


def _add_hit(rows: Floats, hit: Hit) -> None:
    entry, inside = hit.entry, slice(hit.first, hit.last + 1)
    rows[hit.first, _BEGINS + entry.sort] = 1
    rows[hit.first + 1 : hit.last + 1, _WITHIN + entry.sort] = 1
    for other in hit.entries:
        rows[inside, _ANY + other.sort] = 1
    rows[inside, _DOUBTFUL] = entry.doubtful
    if entry.sort is Sort.ROLE:
        rows[inside, _TITLE] = entry.kind in _PEOPLE
        rows[inside, _BODY] = entry.kind in _BODIES


def _add_places(rows: Floats, tokens: Sequence[Token]) -> None:
    line = Line.of(tokens)
    at = {id(token): number for number, token in enumerate(tokens)}
    for hit in line.hits:
        numbers = [at[id(token)] for token in line.tokens[hit.first : hit.last]]
        rows[numbers[0], _PLACE] = 1
        rows[numbers[1:], _PLACE + 1] = 1
        rows[numbers, _PLACE + 2] = hit.named.bound
        rows[numbers, _PLACE + 3] = min(1.0, math.log10(1 + max(0, hit.named.entries[0].weight)) / 7)


@functools.lru_cache(maxsize=_CACHE)
def _look(word: str, proclitic: str) -> tuple[float, ...]:
    first = word[:1]
    letter = "ء" <= first <= "ي"
    return (
        float(first.isdigit()),
        float(first.isascii() and first.isalpha()),
        float(not first.isalnum()),
        float(letter and proclitic.endswith(("ال", "لل"))),
        float(letter and proclitic not in ("", "ال")),
        float(letter and word.endswith(("ي", "يه", "يين", "يون"))),
        min(1.0, len(word) / 10),
        min(1.0, math.log10(1 + counts().get(word, 0)) / 6),
    )


def _quoted(tokens: Sequence[Token]) -> list[float]:
    """1 for each token between quotation marks of its sentence."""
    inside, found = False, []
    for token in tokens:
        opens = token.fold in _OPENING or (token.fold == _STRAIGHT and not inside)
        closes = token.fold in _CLOSING or (token.fold == _STRAIGHT and inside)
        found.append(float(inside and not closes))
        inside = opens or (inside and not closes)
    return found
