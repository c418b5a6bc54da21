"""The tables of time words as one dictionary from folded form, with and without proclitics, to what it can mean."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from rasid.data import as_json, compiled, table
from rasid.words.fold import fold

_T = TypeVar("_T")
_SUNDAY = 6
ARTICLE, AND, FOR, WITH = "ال", "و", "ل", "ب"  # the article and the proclitics that rules ask for
# Proclitic letters that may stand before a time word; «ل» before the article is written «لل».
_LETTERS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
# Kinds that may open or carry a time; a sentence without any of them has none.
_ANCHOR_KINDS = (
    "month hijri weekday weekend unit deictic tonight now recent season decade named anniversary set since_then"
    " fraction eve hour_part"
)
_ANCHORS = frozenset(_ANCHOR_KINDS.split())
_OTHER_ANCHORS = frozenset({("prep", "since"), ("mod", "this")})  # «منذ اندلاع الحرب», «13 الجاري»
_CONJUNCTIONS = ("", "و", "ف")
_CONNECTING = frozenset({"prep", "mod", "filler", "approx", "beside", "era", "future", "told", "follows"})
NEVER, ALONE, BEFORE_OTHERS = 0, 1, 2
_BEGIN_ALONE = frozenset(_ANCHOR_KINDS.split()) - {"fraction", "anniversary", "eve", "hour_part"}
_BEGIN_BEFORE_OTHERS = frozenset(
    "cardinal ordinal ten hundred thousand teen_base edge vague approx lead fraction dem part eve clock article".split()
) | {"anniversary", "last_ten", "misspelt"}
# Connecting words that open a time, and the article that stands apart from its number («الـ 15»).
_OPENERS = frozenset("before after after_it before_it during within every passing starting since from between".split())
ARTICLES = frozenset({"ال", "لل", "بال", "وال", "فال", "ولل"})
_UNCLITICISED = frozenset("general numbered counted happening hour_part glued_head glued_tail".split())
UNSPACED = ("في", "من")  # «فيمايو»: the space is missing
_FEAST_HEADS = tuple(fold(head) for head in ("عيد", "ذكرى", "يوم", "ليلة", "رأس", "عاشوراء", "خميس", "جمعة"))
_YEARS = range(1000, 2200)
_HUNDREDS_OF_YEARS = 700
_LONG_NAME = 6
_DOUBLED = re.compile(r"(.)\1")
_SHORTEST_MONTH = 3  # a shorter name is too near to other words
_ALL = "all"


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a form: what the grammar sees (``kind``), its value, and how the form is written.

    ``value`` is the table's cell; ``number`` the same as an integer where it is one, else 0.
    """

    kind: str
    value: str
    number: int
    definite: bool
    clitic: str
    weak: bool = False


class Term(NamedTuple):
    """A word, phrase, number or mark: its meanings by kind, and the proclitic of the first of them.

    ``begins``: NEVER, ALONE or BEFORE_OTHERS: whether a time may begin with it, and if only before another time word.
    """

    kinds: Mapping[str, Entry]
    clitic: str
    begins: int


Phrase = tuple[tuple[str, ...], Term]


class Form(NamedTuple):
    """A known form: the term it is alone, and the phrases it begins, by their second word, longest first.

    ``marked``: it has phrases or may begin a time; the others need no second look.
    """

    alone: Term
    phrases: Mapping[str, tuple[Phrase, ...]]
    marked: bool


@dataclass(frozen=True)
class Lexicon:
    """``words``: every known form. ``anchors``: the forms of which a sentence must have one to hold a time. ``months``:
    the bare names of Gregorian months."""

    words: Mapping[str, Form]
    anchors: frozenset[str]
    months: Mapping[str, Entry]


@functools.cache
def lexicon() -> Lexicon:
    """All time words of the tables ``months``, ``numbers``, ``time_words`` and ``named_days``."""
    made = Lexicon(
        compiled("times-words", _words, _read_form),
        frozenset(compiled("times-anchors", _anchors, _read_strings)[_ALL]),
        compiled("times-months", _months, lambda _, told: Entry(*json.loads(told))),
    )
    _spelt.cache_clear()
    return made


_Parts = tuple[tuple[str, ...], Entry]


@functools.cache
def _spelt() -> tuple[dict[str, list[Entry]], dict[str, list[_Parts]]]:
    """The meanings of single words, and the phrases by their first word."""
    words: dict[str, list[Entry]] = {}
    phrases: dict[str, list[_Parts]] = {}
    for form, entry in _rows():
        parts = tuple(form.split())
        if len(parts) == 1:
            _add(words, form, entry)
        else:
            _add(phrases, parts[0], (parts, entry))
    for article in ARTICLES:
        words.setdefault(article, []).append(Entry("article", article, 0, True, ""))
    return words, phrases


def _words() -> Iterator[tuple[str, bytes]]:
    words, phrases = _spelt()
    for form in sorted(words.keys() | phrases):
        longer = [(parts, _cells(entry)) for parts, entry in phrases.get(form, ())]
        yield form, as_json((list(map(_cells, words.get(form, ()))), longer))


def _read_form(_: str, told: bytes) -> Form:
    alone, phrases = json.loads(told)
    return _form([Entry(*cells) for cells in alone], [(tuple(parts), Entry(*cells)) for parts, cells in phrases])


def _cells(entry: Entry) -> tuple[object, ...]:
    return entry.kind, entry.value, entry.number, entry.definite, entry.clitic, entry.weak


def _anchors() -> Iterator[tuple[str, bytes]]:
    words, phrases = _spelt()
    anchors = {form for form, found in words.items() if any(map(_is_anchor, found))}
    timed = [(parts, entry) for found in phrases.values() for parts, entry in found if entry.kind in _ANCHORS]
    anchors |= {_anchor(parts, entry) for parts, entry in timed if anchors.isdisjoint(parts)}
    yield _ALL, as_json(sorted(anchors | {str(number) for number in _YEARS}))


def _read_strings(_: str, told: bytes) -> list[str]:
    strings: list[str] = json.loads(told)
    return strings


def _months() -> Iterator[tuple[str, bytes]]:
    for form, entries in sorted(_spelt()[0].items()):
        named = [entry for entry in _term(entries).kinds.values() if entry.kind == "month" and not entry.clitic]
        if named and len(form) > _SHORTEST_MONTH:
            yield form, as_json(_cells(named[0]))


def _is_anchor(entry: Entry) -> bool:
    if entry.kind == "weekday" and entry.number == _SUNDAY and not entry.definite:  # «أحد» is mostly "one of"
        return False
    if entry.kind == "hundred" and entry.clitic == AND:  # «في ألف وتسعمئة وسبعة وستين»
        return entry.number >= _HUNDREDS_OF_YEARS
    return entry.kind in _ANCHORS or (entry.kind, entry.value) in _OTHER_ANCHORS


def _anchor(parts: tuple[str, ...], entry: Entry) -> str:
    """The word of a phrase that is rare elsewhere: the head of a month or feast (كانون, عيد), else the last word."""
    month = entry.kind in ("month", "hijri") and len(parts[0]) > len("وذو")
    return parts[0] if month or any(parts[0].endswith(head) for head in _FEAST_HEADS) else parts[-1]


def _form(alone: list[Entry], phrases: list[tuple[tuple[str, ...], Entry]]) -> Form:
    longest_first = sorted(phrases, key=lambda pair: -len(pair[0]))
    terms: dict[str, tuple[Phrase, ...]] = {}
    for parts, entry in longest_first:
        terms[parts[1]] = (*terms.get(parts[1], ()), (parts, _term([entry])))
    term = _term(alone)
    return Form(term, terms, bool(terms or term.begins))


def _term(entries: list[Entry]) -> Term:
    """The first meaning of each kind counts."""
    kinds: dict[str, Entry] = {}
    for entry in entries:
        kinds.setdefault(entry.kind, entry)
    return Term(kinds, entries[0].clitic if entries else "", _begins(kinds))


def _begins(kinds: Mapping[str, Entry]) -> int:
    if not _BEGIN_ALONE.isdisjoint(kinds):
        return ALONE
    opener = "prep" in kinds and kinds["prep"].value in _OPENERS
    return BEFORE_OTHERS if opener or not _BEGIN_BEFORE_OTHERS.isdisjoint(kinds) else NEVER


_LONG = 10  # a longer number is no part of a date


UNKNOWN = Term({}, "", NEVER)


@functools.lru_cache(maxsize=1 << 13)
def number_term(word: str) -> Term:
    """The term of digits, maybe with inner marks (15:30, 9.11.2018)."""
    value = int(word) if word.isdigit() and len(word) < _LONG else -1
    begins = ALONE if value < 0 or len(word) == len("2018") else BEFORE_OTHERS
    return Term({"num": Entry("num", word, value, False, "")}, "", begins)


def _add(found: dict[str, list[_T]], key: str, item: _T) -> None:
    """Append, without repeating what is there."""
    items = found.setdefault(key, [])
    if item not in items:
        items.append(item)


def _rows() -> Iterator[tuple[str, Entry]]:
    for row in table("months"):
        kind = "month" if row["calendar"] == "gregorian" else "hijri"
        yield from _forms(row["forms"], kind, row["month"], "no", weak=row["weak"] == "yes")
        if row["weak"] == "no":
            yield from _unspaced(row["forms"], kind, row["month"])
    for name in ("numbers", "time_words"):
        for row in table(name):
            yield from _forms(row["forms"], row["kind"], fold(row["value"]), row["article"])
    for row in table("named_days"):
        yield from _forms(row["forms"], "named", f"{row['calendar']} {row['when']}", "no")


def _forms(cell: str, kind: str, value: str, article: str, *, weak: bool = False) -> Iterator[tuple[str, Entry]]:
    number = int(value) if value.lstrip("-").isdigit() else 0
    letters = _CONJUNCTIONS if kind in _CONNECTING else ("",) if kind in _UNCLITICISED else _LETTERS
    for plain in cell.split("|"):
        for form in _with_article(fold(plain.strip()), article):
            definite = form.startswith(ARTICLE)
            for clitic in letters:
                yield _joined(clitic, form), Entry(kind, value, number, definite, clitic, weak)


def _unspaced(cell: str, kind: str, value: str) -> Iterator[tuple[str, Entry]]:
    for form in map(fold, cell.split("|")):
        for word in UNSPACED:
            yield word + form, Entry(kind, value, int(value), False, word)


def _with_article(form: str, article: str) -> tuple[str, ...]:
    if article == "no":
        return (form,)
    return (ARTICLE + form,) if article == "only" else (form, ARTICLE + form)


def _joined(clitic: str, form: str) -> str:
    if clitic.endswith(FOR) and form.startswith(ARTICLE):
        return clitic + FOR + form[len(ARTICLE) :]
    return clitic + form


@functools.lru_cache(maxsize=1024)
def misspelt_month(word: str) -> Entry | None:
    """The Gregorian month whose name is one letter more, less or other than ``word``; None if none or several are."""
    near = {entry.value: entry for name, entry in lexicon().months.items() if _one_off(word, name)}
    return next(iter(near.values())) if len(near) == 1 else None


@functools.lru_cache(maxsize=1024)
def misspelt_name(word: str) -> Entry | None:
    """As ``misspelt_month``, for a word that only a year stands beside: a letter doubled, or a name of six letters."""
    plain = lexicon().months.get(_DOUBLED.sub(r"\1", word))
    return plain or (misspelt_month(word) if len(word) >= _LONG_NAME else None)


def _one_off(word: str, name: str) -> bool:
    """True where one insertion, deletion, replacement or swap of neighbours turns one word into the other."""
    if abs(len(word) - len(name)) > 1 or word == name:
        return False
    same = next((at for at, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    left, right = word[same:], name[same:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped
