"""Names in Latin letters: by the form in which the tables know each word, else letter by letter.

The letters follow BGN/PCGN 1956 without its dots and macrons (``lexicon/transliteration.tsv``); short vowels, which
Arabic does not write, are not supplied.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping

from rasid.data import compiled, table
from rasid.words.fold import fold

_ARTICLE = "ال"
_ARTICLE_EN = "al-"
_VOWELS = frozenset("aiu")


def romanized(name: str) -> str:
    """The name in Latin letters, each word with a capital (``يونس النعسان`` gives ``Younis al-Nsan``)."""
    return " ".join(_word(word) for word in name.replace("_", " ").replace("#", " ").split())


def _word(word: str) -> str:
    known = _known().get(fold(word))
    if known:
        return known
    if word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 1:
        return _ARTICLE_EN + (_known().get(fold(word[len(_ARTICLE) :])) or _letters(word[len(_ARTICLE) :]))
    return _letters(word)


def _letters(word: str) -> str:
    found = ""
    rows = [_table()[letter] for letter in word if letter in _table()]
    for at, row in enumerate(rows):
        after = rows[at + 1]["latin"] if at + 1 < len(rows) else ""
        vowel = bool(found) and found[-1] not in _VOWELS and after[:1] not in _VOWELS
        found += row["between"] if vowel and row["letter"] != "ة" else row["latin"]
    return found[:1].upper() + found[1:]


@functools.cache
def _table() -> Mapping[str, dict[str, str]]:
    return {row["letter"]: row for row in table("transliteration")}


@functools.cache
def _known() -> Mapping[str, str]:
    """How the table of persons writes each word of its names, where both scripts have as many words."""
    return compiled("names-latin", _written, lambda _, latin: latin.decode("utf-8"))


def _written() -> Iterator[tuple[str, bytes]]:
    seen: dict[str, Counter[str]] = {}
    for row in table("persons"):
        arabic, english = row["names"].split("|")[0].split(), row["name_en"].split()
        if len(arabic) == len(english):
            for word, written in zip(arabic, english, strict=True):
                seen.setdefault(fold(word), Counter())[written] += 1
    for word, forms in seen.items():
        yield word, max(forms, key=lambda form: (forms[form], form)).encode("utf-8")
