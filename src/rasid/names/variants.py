"""Persons whose name is spelled as no table has it: the nearest full name, where only one person is near.

Compared by normalised edit distance (rapidfuzz) on folded names without spaces; only names of the same first letter and
nearly the same length are looked at.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from rasid.data import table
from rasid.names.entries import Entry, Sort, cells, key
from rasid.words.fold import fold

# Lower takes other persons (محمد العامري for محمد العمري), higher misses a doubled or dropped vowel letter.
NEAR = 89.0
_LEAST = 9  # letters; shorter full names lie too near to each other
_LONGER = 2


@functools.lru_cache(maxsize=1 << 12)
def nearest(name: str) -> Entry | None:
    """The person whose full name is nearest to ``name`` (two words or more); None when none, or several, are near."""
    plain = _plain(fold(name).split())
    if " " not in name.strip() or len(plain) < _LEAST:
        return None
    names = _names().get(plain[0], {})
    around = [known for known in names if abs(len(known) - len(plain)) <= _LONGER]
    found = process.extract(plain, around, scorer=fuzz.ratio, score_cutoff=NEAR, limit=5)
    persons = {names[known].id: names[known] for known, _, _ in found}
    return next(iter(persons.values())) if len(persons) == 1 else None


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
