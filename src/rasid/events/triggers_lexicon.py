"""The trigger tables, unfolded into surface forms once."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from rasid import data
from rasid.errors import LexiconError
from rasid.events.conjugate import noun_forms, participle_forms, verb_forms
from rasid.words.fold import fold

ACTIVE, PASSIVE, NOMINAL = range(3)
# The word number of «*» in a phrase: any token that can be a present verb.
ANY_VERB = -1
# Function words inside a phrase are matched as they stand, alone or with a pronoun.
_PARTICLES = frozenset(map(fold, ("على", "إلى", "عن", "من", "في", "مع", "لا", "لن", "لم", "غير", "دون", "ضد", "أمام")))
_PRONOUNS = ("ه", "ها", "هم", "هما", "نا")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a form: as a word of the lexicon (its number) in a voice."""

    word: int
    voice: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of triggers.tsv, folded; single-word traps apart from longer ones (with a space at both ends)."""

    number: int
    lemma: str
    type: str
    modes: tuple[str, ...]
    weight: float
    recipient: tuple[str, ...]
    traps: frozenset[str]
    trap_phrases: tuple[str, ...]


@dataclass(slots=True)
class Node:
    """A place in the tree of phrases: the rows that end here, and the words that may follow."""

    rows: list[Row] = field(default_factory=list)
    following: dict[int, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Surface form → readings; word → rows; first word → phrases; the words that are light verbs.

    The keys of ``words`` and ``phrases`` are word numbers in decimal digits.
    """

    forms: Mapping[str, tuple[Reading, ...]]
    words: Mapping[str, tuple[Row, ...]]
    phrases: Mapping[str, Node]
    light: frozenset[int]


@dataclass(frozen=True, slots=True)
class Unfolded:
    """The tables with every form spelt out, as they are compiled."""

    forms: dict[str, list[Reading]] = field(default_factory=lambda: defaultdict(list))
    words: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    phrases: dict[int, Node] = field(default_factory=dict)
    light: set[int] = field(default_factory=set)


def unfolded(rows: Iterable[Mapping[str, str]]) -> Unfolded:
    """The rows of triggers.tsv with their forms. Raises LexiconError for an impossible root, form or weight."""
    return _Builder().build(rows)


class _Builder:
    def __init__(self) -> None:
        self._numbers: dict[tuple[str, ...], int] = {}
        self._made = Unfolded()
        self._plurals = {fold(r["singular"]): _split(r["plurals"]) for r in data.table("broken_plurals")}
        self._light = {fold(row["lemma"]): row for row in data.table("light_verbs")}

    def build(self, rows: Iterable[Mapping[str, str]]) -> Unfolded:
        for number, cells in enumerate(rows, 1):
            try:
                self._add(number, cells)
            except ValueError as error:
                raise LexiconError("triggers.tsv", number, "root, form, weight", str(error)) from error
        self._made.light.update(itertools.chain.from_iterable(map(self._light_words, self._light)))
        return self._made

    def _add(self, number: int, cells: Mapping[str, str]) -> None:
        row = _row(number, cells)
        if cells["pos"] == "phrase":
            for words in itertools.product(*(self._members(word) for word in cells["lemma"].split())):
                self._add_phrase(words, row)
            return
        if cells["pos"] == "verb":
            word = self._verb(cells["root"], cells["form"])
        else:
            word = self._noun(fold(cells["lemma"]), participle=cells["pos"] == "participle")
        self._spell(word, _split(cells["forms"]), ACTIVE if cells["pos"] == "verb" else NOMINAL)
        self._made.words[word].append(row)

    def _add_phrase(self, words: tuple[int, ...], row: Row) -> None:
        node = self._made.phrases.setdefault(words[0], Node())
        for word in words[1:]:
            node = node.following.setdefault(word, Node())
        node.rows.append(row)

    def _members(self, word: str) -> tuple[int, ...]:
        folded = fold(word)
        if folded == "*":
            return (ANY_VERB,)
        if folded in self._light:
            return self._light_words(folded)
        return (self._noun(folded),)

    def _light_words(self, folded: str) -> tuple[int, ...]:
        row = self._light[folded]
        return self._verb(row["root"], row["form"]), self._noun(fold(row["masdar"]))

    def _verb(self, root: str, form: str) -> int:
        word, new = self._number("verb", root, form)
        if new:
            forms = verb_forms(root, form)
            self._spell(word, forms.active, ACTIVE)
            self._spell(word, forms.passive, PASSIVE)
        return word

    def _noun(self, folded: str, *, participle: bool = False) -> int:
        word, new = self._number("participle" if participle else "noun", folded)
        if new:
            self._spell(word, self._noun_spellings(folded, participle=participle), NOMINAL)
        return word

    def _noun_spellings(self, folded: str, *, participle: bool) -> Iterator[str]:
        if folded in _PARTICLES:
            yield folded
            yield from (folded + pronoun for pronoun in _PRONOUNS)
            return
        yield from participle_forms(folded) if participle else noun_forms(folded)
        yield from self._plurals.get(folded, ())

    def _number(self, *key: str) -> tuple[int, bool]:
        if key in self._numbers:
            return self._numbers[key], False
        self._numbers[key] = len(self._numbers)
        return self._numbers[key], True

    def _spell(self, word: int, forms: Iterable[str], voice: int) -> None:
        for form in forms:
            self._made.forms[form].append(Reading(word, voice))


def _row(number: int, cells: Mapping[str, str]) -> Row:
    weight = float(cells["weight"])
    if not 0 < weight <= 1:
        raise ValueError(f"{cells['lemma']}: a weight is above 0 and at most 1, not {weight}")
    traps = _split(cells["traps"])
    return Row(
        number,
        cells["lemma"],
        cells["type"],
        tuple(cells["modes"].split()),
        weight,
        tuple(cells["recipient"].split("|")),
        frozenset(trap for trap in traps if " " not in trap),
        tuple(f" {trap} " for trap in traps if " " in trap),
    )


def _split(cell: str) -> tuple[str, ...]:
    return tuple(fold(part) for part in cell.split("|") if part)
