"""Finding the tables' names in a sentence: longest match in a trie over folded words."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rasid.names.entries import Entry, Sort
from rasid.names.trie import ROOT, Node, order
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

    ``definite``: the first of them bears the article. ``entry`` is the entry that wins by sort alone.
    """

    first: int
    last: int
    entries: tuple[Entry, ...]
    pronoun: str = ""
    definite: bool = False
    entry: Entry = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "entry", self.entries[0])

    def of(self, sort: Sort) -> Entry | None:
        """The first entry of a sort."""
        return next((entry for entry in self.entries if entry.sort is sort), None)


# A place in the trie, and the pronoun that hung on the word that led there.
_State = tuple[Node, str]


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
        start = _start(tokens[at].fold)
        hit = _longest(tokens, at, start) if start else None
        if hit is None:
            at += 1
        else:
            found.append(hit)
            at = hit.last + 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Start:
    """What a word calls by itself (nothing: no entries), and the states from which names of more words go on."""

    entries: tuple[Entry, ...]
    pronoun: str
    definite: bool
    onward: tuple[_State, ...]


@functools.lru_cache(maxsize=_CACHE)
def _start(word: str) -> _Start | None:
    """Where the word may lead from the root; None for most words."""
    states = _steps(((ROOT, ""),), word)
    if not states:
        return None
    entries, pronoun = _called(states) or ((), "")
    return _Start(entries, pronoun, word.startswith(_DEFINITE), _onward(states))


def _longest(tokens: Sequence[Token], at: int, start: _Start) -> Hit | None:
    best, end = (start.entries, start.pronoun), at
    states, last = start.onward, at + 1
    while states and last < len(tokens):
        word = tokens[last].fold
        if word not in _SKIPPED:
            states = _steps(states, word)
            called = _called(states) if states else None
            if called:
                best, end = called, last
            states = _onward(states)
        last += 1
    entries, pronoun = best
    return Hit(at, end, entries, pronoun, start.definite) if entries else None


def led_by(tokens: Sequence[Token], hit: Hit) -> int:
    """How many letters of the first token stand before the name that was hit: a conjunction or preposition.

    The article counts as the name's, also where a preposition has run together with it (للرئيس); 0 for a token whose
    spelling differs in length from its fold.
    """
    token = tokens[hit.first]
    if token.end - token.start != len(token.fold):
        return 0
    led = [_letters_before(token.fold, form) for form in forms_of(token.fold) if _reaches(form, tokens, hit)]
    return min(led, default=0)


def _reaches(form: Form, tokens: Sequence[Token], hit: Hit) -> bool:
    """True when the first token, read as ``form``, calls what was hit."""
    node = ROOT.step(form.key)
    states: tuple[_State, ...] = ((node, form.pronoun),) if node else ()
    for token in tokens[hit.first + 1 : hit.last + 1]:
        if token.fold not in _SKIPPED:
            states = _steps(_onward(states), token.fold)
    return any(hit.entry in node.entries for node, _ in states)


def _letters_before(word: str, form: Form) -> int:
    ending = form.key + form.pronoun
    at = len(word) - len(ending) if word.endswith(ending) else 0
    return at - 2 if word[max(at - 2, 0) : at] in ("ال", "لل") else at


def _onward(states: tuple[_State, ...]) -> tuple[_State, ...]:
    """The states that lead to longer names; a word with a pronoun ends its name."""
    return tuple(state for state in states if state[0].following and not state[1])


def _steps(states: tuple[_State, ...], word: str) -> tuple[_State, ...]:
    return tuple(
        (below, form.pronoun) for node, _ in states for form in forms_of(word) if (below := node.step(form.key))
    )


def _called(states: Sequence[_State]) -> tuple[tuple[Entry, ...], str] | None:
    """What the words call in any of their readings, and the pronoun on them; only roles bear a pronoun."""
    if len(states) == 1 and not states[0][1]:
        return (states[0][0].entries, "") if states[0][0].entries else None
    plain = [node.entries for node, pronoun in states if node.entries and not pronoun]
    if plain:
        return (plain[0] if len(plain) == 1 else tuple(sorted(itertools.chain(*plain), key=order))), ""
    for node, pronoun in states:
        if node.entries and node.entries[0].sort is Sort.ROLE:
            return node.entries, pronoun
    return None
