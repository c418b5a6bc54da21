"""Inflected forms of table words, in folded spelling and without the article.

A rule gives what is regular: sound plurals, duals, feminines, the construct forms that drop ن, the accusative ا.
Broken plurals stand in the tables.
"""

from __future__ import annotations

from collections.abc import Iterable

from rasid.words.fold import fold

_ARTICLE = "ال"
_MIN_BARE = 2
_MASCULINE = ("", "ا", "ون", "ين", "و", "ي", "ان")
_FEMININE = ("ه", "ات", "تان", "تين", "تا", "تي")
_NISBA = ("", "ا", "ون", "ين", "و", "ان", "ه", "ات", "تان", "تين", "تا", "تي")
# Kinds of role that have a feminine and a sound plural of persons.
_PERSONAL = frozenset({"person", "rank", "title", "fighter", "modifier", "counterpart"})


def bare(word: str) -> str:
    """The folded word without its article."""
    return word[2:] if word.startswith(_ARTICLE) and len(word) > _MIN_BARE + 1 else word


def nisba(masculine: str) -> tuple[str, ...]:
    """All forms of a relative adjective, from its masculine singular (سوري → سوري، سورية، سوريون، سوريات …)."""
    stem = fold(masculine)
    return tuple(stem + ending for ending in _NISBA) if stem.endswith("ي") else (stem,)


def word_forms(lemma: str, kind: str) -> tuple[str, ...]:
    """Forms of one role word. ``kind`` is the column of ``lexicon/roles.tsv``."""
    stem = bare(fold(lemma))
    if stem.endswith("ه"):
        return tuple(stem[:-1] + ending for ending in _FEMININE) + ((stem[:-2] + "ايا",) if stem.endswith("يه") else ())
    if stem.endswith("ي") and kind in _PERSONAL:
        return nisba(stem)
    if kind in _PERSONAL:
        return tuple(stem + ending for ending in (*_MASCULINE, *_FEMININE))
    return tuple(stem + ending for ending in ("", "ا", "ات", "ان", "ين", "ي"))


def phrase_forms(lemma: str, kind: str, heads: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Word sequences for a role of one or more words: the first word in all its forms, adjectives agreeing with it.

    ``heads`` are irregular forms of the first word.
    """
    first, *rest = fold(lemma).split()
    firsts = dict.fromkeys((*word_forms(first, kind), *heads))
    tails = [_tail_forms(bare(word), definite=bare(word) != word) for word in rest]
    found: list[tuple[str, ...]] = [(first,) for first in firsts]
    for tail in tails:
        found = [(*front, form) for front in found for form in tail]
    return tuple(found)


def _tail_forms(word: str, *, definite: bool) -> tuple[str, ...]:
    """A second word as it stands, and, when it is an indefinite adjective, agreeing with a plural or feminine head."""
    if not definite and word.endswith("ي"):
        return tuple(word + ending for ending in ("", "ا", "ه", "ون", "ين", "ان"))
    return (word,)
