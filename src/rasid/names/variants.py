"""Persons whose name is spelled as no table has it: the nearest full name, where only one person is near.

Compared by normalised edit distance (rapidfuzz) on folded names without spaces; only names of the same first letter and
nearly the same length are looked at.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from rasid.data import table
from rasid.names.entries import Entry, Sort, cells, key
from rasid.words.fold import fold

# Lower takes other persons (محمد العامري for محمد العمري), higher misses a doubled or dropped vowel letter.
NEAR = 89.0
_LEAST = 9  # letters; shorter full names lie too near to each other
_LONGER = 2


@dataclass(frozen=True, slots=True)
class Near:
    """A person whose full name is like a given one; ``likeness`` in 0..1, 1 for the same letters."""

    person: Entry
    likeness: float


def nearest(name: str) -> Entry | None:
    """The person whose full name is nearest to ``name`` (two words or more); None when none, or several, are near."""
    found = near(name)
    return found[0].person if len(found) == 1 else None


@functools.lru_cache(maxsize=1 << 12)
def near(name: str) -> tuple[Near, ...]:
    """All persons whose full name is near to ``name`` (two words or more), the nearest first."""
    plain = _plain(fold(name).split())
    if " " not in name.strip() or len(plain) < _LEAST:
        return ()
    names = _names().get(plain[0], {})
    around = [known for known in names if abs(len(known) - len(plain)) <= _LONGER]
    found = process.extract(plain, around, scorer=fuzz.ratio, score_cutoff=NEAR, limit=5)
    persons: dict[str, Near] = {}
    for known, score, _ in found:
        persons.setdefault(names[known].id, Near(names[known], round(score / 100, 4)))
    return tuple(persons.values())


def _plain(words: Sequence[str]) -> str:
    return "".join(words)


@functools.cache
def _names() -> Mapping[str, Mapping[str, Entry]]:
    """Full names of the table of persons without spaces, by their first letter."""
    found: dict[str, dict[str, Entry]] = {}
    for row in table("persons"):
        first, *_ = forms = cells(row["names"])
        entry = Entry(Sort.PERSON, name=first, name_en=row["name_en"], id=row["id"])
        for words in map(key, forms):
            plain = _plain(words)
            if len(words) > 1 and len(plain) >= _LEAST:
                found.setdefault(plain[0], {}).setdefault(plain, entry)
    return found
