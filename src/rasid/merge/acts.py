"""Kinds of act by the words that name them: a summit, a meeting and a handshake are one kind, a strike another."""

from __future__ import annotations

import collections
import functools
from collections.abc import Iterable
from pathlib import Path

from rasid.data import read_table
from rasid.words.fold import fold

_TABLE = Path(__file__).parent / "acts.tsv"
_PATTERN_LETTERS = str.maketrans("", "", "اويتمنسءهئؤ")
_ARTICLE = "ال"
_TELLING = 3  # consonants; fewer are common to words that have nothing to do with each other
_MOST = 2  # kinds that share their consonants; more tell nothing

Kinds = dict[str, frozenset[str]]


def root(word: str) -> str:
    """The letters of ``word`` that are never part of a pattern: يدعو and استدعاء have one, so have اتفق and الاتفاق."""
    return word.translate(_PATTERN_LETTERS)


def kinds(trigger: Iterable[str]) -> frozenset[str]:
    """The kinds of act that the folded words of a trigger name; none for words that the table does not hold."""
    return frozenset(kind for word in trigger for kind in _kinds_of(word))


@functools.lru_cache(maxsize=1 << 14)
def _kinds_of(word: str) -> frozenset[str]:
    words, roots = _tables()
    found = words.get(word)
    return found if found is not None else roots.get(root(word), frozenset())


@functools.cache
def _tables() -> tuple[Kinds, Kinds]:
    """Kinds by folded word without the article, and by consonants where these tell them."""
    words: dict[str, set[str]] = collections.defaultdict(set)
    roots: dict[str, set[str]] = collections.defaultdict(set)
    for row in read_table(_TABLE):
        for word in row["words"].split("|"):
            form = fold(word).removeprefix(_ARTICLE)
            words[form].add(row["act"])
            roots[root(form)].add(row["act"])
    telling = {key: frozenset(found) for key, found in roots.items() if len(key) >= _TELLING and len(found) <= _MOST}
    return {word: frozenset(found) for word, found in words.items()}, telling
