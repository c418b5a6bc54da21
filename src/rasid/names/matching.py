"""Finding the tables' names in a sentence: longest match in a trie over folded words."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rasid.names.entries import Entry, Sort, Words, all_entries
from rasid.records import Token
from rasid.words.clitics import analyses

_CACHE = 1 << 15
_MIN_UNSEEN = 5
_DEFINITE = ("ال", "لل", "وال", "ولل", "بال", "وبال", "فال", "كال")
# Marks that may stand inside a name without ending it: quotes, hyphens and underscores of hashtags.
_SKIPPED = frozenset("\"«»“”-_#'ـ")


@dataclass(frozen=True, slots=True)
class Form:
    """One way to read a word in the trie: the key, whether a pronoun hangs on it, and how far down the analyses."""

    key: str
    pronoun: str
    rank: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Entries called by the tokens ``first`` to ``last`` (inclusive); ``pronoun`` hangs on the last of them.

    ``definite``: the first of them bears the article.
    """

    first: int
    last: int
    entries: tuple[Entry, ...]
    pronoun: str = ""
    definite: bool = False

    @property
    def entry(self) -> Entry:
        """The entry that wins by sort alone."""
        return self.entries[0]

    def of(self, sort: Sort) -> Entry | None:
        """The first entry of a sort."""
        return next((entry for entry in self.entries if entry.sort is sort), None)


@dataclass(slots=True)
class _Node:
    next: dict[str, _Node] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


@functools.cache
def _trie() -> _Node:
    root = _Node()
    for words, entry in all_entries():
        _insert(root, words, entry)
    return root


def _insert(root: _Node, words: Words, entry: Entry) -> None:
    node = root
    for word in words:
        node = node.next.setdefault(word, _Node())
    if words and entry not in node.entries:
        node.entries = tuple(sorted((*node.entries, entry), key=_order))


@functools.lru_cache(maxsize=_CACHE)
def forms_of(word: str) -> tuple[Form, ...]:
    """Keys under which the folded word may stand in the trie, most probable reading first."""
    found: dict[tuple[str, str], Form] = {}
    for rank, cut in enumerate(analyses(word)):
        article = cut.proclitic.endswith(("ال", "لل"))
        keys = ("ال" + cut.stem, cut.stem) if article else (cut.stem,)
        for one in keys:
            found.setdefault((one, cut.enclitic), Form(one, cut.enclitic, rank))
    for one in _unseen(word):
        found.setdefault((one, ""), Form(one, "", len(found)))
    return tuple(found.values())


def _unseen(word: str) -> Iterator[str]:
    """Keys of a word whose stem is too rare to be known to the word counts (والناميبية): cut by letters alone."""
    for clitics in ("", "و", "ف", "ب", "ل", "ك", "وب", "ول"):
        stem = word[len(clitics) :]
        if word.startswith(clitics) and len(stem) >= _MIN_UNSEEN:
            yield stem
            if stem.startswith("ال"):
                yield stem[2:]
            elif clitics.endswith("ل") and stem.startswith("ل"):
                yield from ("ا" + stem, stem[1:])


def match(tokens: Sequence[Token]) -> tuple[Hit, ...]:
    """Longest matches from left to right, none overlapping."""
    found: list[Hit] = []
    at = 0
    while at < len(tokens):
        states = _starts(tokens[at].fold)
        hit = _longest(tokens, at, states) if states else None
        if hit is None:
            at += 1
        else:
            found.append(hit)
            at = hit.last + 1
    return tuple(found)


def _longest(tokens: Sequence[Token], at: int, states: tuple[tuple[_Node, str], ...]) -> Hit | None:
    definite = tokens[at].fold.startswith(_DEFINITE)
    best = _called(states, at, at, definite)
    last = at + 1
    while last < len(tokens) and any(node.next for node, _ in states):
        word = tokens[last].fold
        if word not in _SKIPPED:
            states = _steps(states, word)
            best = _called(states, at, last, definite) or best
        last += 1
    return best


@functools.lru_cache(maxsize=_CACHE)
def _starts(word: str) -> tuple[tuple[_Node, str], ...]:
    """Where the word may lead from the root; nowhere for most words."""
    return _steps(((_trie(), ""),), word)


def _steps(states: tuple[tuple[_Node, str], ...], word: str) -> tuple[tuple[_Node, str], ...]:
    return tuple(
        (node.next[form.key], form.pronoun)
        for node, pronoun in states
        if node.next and not pronoun
        for form in forms_of(word)
        if form.key in node.next
    )


def _called(states: Sequence[tuple[_Node, str]], first: int, last: int, definite: bool) -> Hit | None:
    """What the tokens call in any of their readings; only roles bear a pronoun."""
    plain = [node.entries for node, pronoun in states if node.entries and not pronoun]
    if plain:
        entries = plain[0] if len(plain) == 1 else tuple(sorted(itertools.chain(*plain), key=_order))
        return Hit(first, last, entries, definite=definite)
    for node, pronoun in states:
        if node.entries and node.entries[0].sort is Sort.ROLE:
            return Hit(first, last, node.entries, pronoun, definite)
    return None


def _order(entry: Entry) -> tuple[bool, bool, Sort]:
    return entry.sort is Sort.GIVEN, entry.doubtful, entry.sort
