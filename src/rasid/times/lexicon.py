"""The tables of time words as one dictionary from folded form, with and without proclitics, to what it can mean."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from rasid.data import table
from rasid.words.fold import fold

_T = TypeVar("_T")
ARTICLE = "ال"
# Proclitic letters that may stand before a time word; «ل» before the article is written «لل».
_LETTERS = ("", "و", "ف", "ب", "ل", "ك", "وب", "ول", "فب", "فل", "وك")
# Kinds that may open or carry a time; a sentence without any of them has none.
_ANCHORS = frozenset({"month", "hijri", "weekday", "unit", "deictic", "tonight", "season", "decade", "named", "set", "recent",
                      "now", "fraction", "eve"})  # fmt: skip
_UNCLITICISED = frozenset({"future", "told", "general", "namehead", "numbered", "counted"})
_YEARS = range(1000, 2200)


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


@dataclass(frozen=True)
class Lexicon:
    """``words``: form → meanings. ``phrases``: first word → (all words, meaning), longest first. ``anchors``: forms."""

    words: dict[str, tuple[Entry, ...]]
    phrases: dict[str, tuple[tuple[tuple[str, ...], Entry], ...]]
    anchors: frozenset[str]


@functools.cache
def lexicon() -> Lexicon:
    """All time words of the tables ``months``, ``numbers``, ``time_words`` and ``named_days``."""
    words: dict[str, list[Entry]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for form, entry in _rows():
        parts = tuple(form.split())
        if len(parts) == 1:
            _add(words, form, entry)
        else:
            _add(phrases, parts[0], (parts, entry))
    anchors = {form for form, found in words.items() if any(entry.kind in _ANCHORS for entry in found)}
    anchors |= {first for first, found in phrases.items() if any(entry.kind in _ANCHORS for _, entry in found)}
    return Lexicon(
        {form: tuple(found) for form, found in words.items()},
        {first: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for first, found in phrases.items()},
        frozenset(anchors | {str(number) for number in _YEARS}),
    )


def _add(found: dict[str, list[_T]], key: str, item: _T) -> None:
    """Append, without repeating what is there."""
    items = found.setdefault(key, [])
    if item not in items:
        items.append(item)


def _rows() -> Iterator[tuple[str, Entry]]:
    for row in table("months"):
        kind = "month" if row["calendar"] == "gregorian" else "hijri"
        yield from _forms(row["forms"], kind, row["month"], "no", weak=row["weak"] == "yes")
    for name in ("numbers", "time_words"):
        for row in table(name):
            yield from _forms(row["forms"], row["kind"], fold(row["value"]), row["article"])
    for row in table("named_days"):
        yield from _forms(row["forms"], "named", f"{row['calendar']} {row['when']}", "no")


def _forms(cell: str, kind: str, value: str, article: str, *, weak: bool = False) -> Iterator[tuple[str, Entry]]:
    number = int(value) if value.lstrip("-").isdigit() else 0
    letters = ("",) if kind in _UNCLITICISED else _LETTERS
    for plain in cell.split("|"):
        for form in _with_article(fold(plain.strip()), article):
            definite = form.startswith(ARTICLE)
            for clitic in letters:
                yield _joined(clitic, form), Entry(kind, value, number, definite, clitic, weak)


def _with_article(form: str, article: str) -> tuple[str, ...]:
    if article == "no":
        return (form,)
    return (ARTICLE + form,) if article == "only" else (form, ARTICLE + form)


def _joined(clitic: str, form: str) -> str:
    if clitic.endswith("ل") and form.startswith(ARTICLE):
        return clitic + "ل" + form[len(ARTICLE) :]
    return clitic + form
