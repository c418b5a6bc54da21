"""What one token can be in a place phrase: clitic, word class, nationality, start of a name."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from rasid.data import table
from rasid.places.gazetteer import gazetteer, is_blocked
from rasid.words.fold import fold

_CACHE = 1 << 16
_MARKS = frozenset("#_\"'«»“”„‘’*")
# Proclitics in the order they are tried; «لل» stands for ل + ال.
_CLITICS = ("وب", "ول", "فب", "فل", "و", "ف", "ب", "ل", "ك")
_LAM = {"لل": "ل", "ولل": "ول", "فلل": "فل"}
_MIN_STEM = 2
_ENDINGS = ("ه", "ون", "ين", "ان", "تان", "تين", "ات")


@dataclass(frozen=True, slots=True)
class Word:
    """One reading of a token: the class it has in ``lexicon/place_words.tsv``, behind which clitic."""

    cls: str
    clitic: str
    form: str
    precision: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a token can be. ``forms`` are (clitic, form) pairs, the whole word first."""

    forms: tuple[tuple[str, str], ...]
    words: tuple[Word, ...]
    names: tuple[tuple[str, str], ...]  # the forms that are a place name or begin one
    country: str | None  # of the nationality adjective that the token is
    noise: bool  # quotation marks, hash signs: skipped in matching

    def word(self, cls: str) -> Word | None:
        for word in self.words:
            if word.cls == cls:
                return word
        return None


@dataclass(frozen=True, slots=True)
class _Row:
    cls: str
    precision: str
    kind: str


@functools.cache
def _rows() -> dict[str, tuple[_Row, ...]]:
    rows: dict[str, tuple[_Row, ...]] = {}
    for row in table("place_words"):
        for form in dict.fromkeys(fold(form) for form in row["words"].split("|")):
            rows[form] = (*rows.get(form, ()), _Row(row["class"], row["precision"], row["kind"]))
    return rows


def is_place_word(form: str) -> bool:
    """True for a folded word that tells of a place without naming it (مسجد, مقر)."""
    return form in _rows()


@functools.cache
def nationalities() -> dict[str, str]:
    """Folded nationality adjective, with and without article, to ISO3 (``lexicon/countries.tsv``)."""
    found: dict[str, str] = {}
    for row in table("countries"):
        for demonym in row["demonyms"].split("|"):
            if demonym.endswith("=pl"):
                continue
            bare = fold(demonym.strip())
            if not bare:
                continue
            forms = (bare, *(bare + ending for ending in _ENDINGS)) if bare.endswith("ي") else (bare,)
            for form in forms:
                found.setdefault(form, row["iso3"])
                found.setdefault("ال" + form, row["iso3"])
    return found


@functools.cache
def capitals() -> dict[str, str]:
    """ISO3 to the folded Arabic name of the capital."""
    return {row["iso3"]: fold(row["capital"].split("|")[0].strip()) for row in table("countries") if row["capital"]}


def _forms(word: str) -> tuple[tuple[str, str], ...]:
    forms = [("", word)]
    for chain, clitic in _LAM.items():
        if word.startswith(chain) and len(word) - len(chain) >= _MIN_STEM:
            forms.append((clitic, "ال" + word[len(chain) :]))
    cuts = [clitic for clitic in _CLITICS if word.startswith(clitic) and len(word) - len(clitic) >= _MIN_STEM]
    return (*forms, *((clitic, word[len(clitic) :]) for clitic in cuts))


@functools.lru_cache(maxsize=_CACHE)
def reading(word: str) -> Reading:
    """What the folded ``word`` can be."""
    if not word or word in _MARKS:
        return Reading((("", word),), (), (), None, noise=True)
    forms = _forms(word) if "ء" <= word[0] <= "ي" else (("", word),)
    return Reading(forms, _classes(forms), _names(word, forms), _country(forms), noise=False)


def _classes(forms: tuple[tuple[str, str], ...]) -> tuple[Word, ...]:
    rows = _rows()
    return tuple(
        Word(row.cls, clitic, form, row.precision, row.kind) for clitic, form in forms for row in rows.get(form, ())
    )


def _names(word: str, forms: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    known = gazetteer()
    blocked = is_blocked(word)
    return tuple(
        (clitic, form)
        for clitic, form in forms
        if form in known.longest or (form in known.names and not (clitic and blocked) and not is_blocked(form))
    )


def _country(forms: tuple[tuple[str, str], ...]) -> str | None:
    known = nationalities()
    for clitic, form in forms:
        if form in known and (not clitic or form.startswith("ال") or clitic == "و"):
            return known[form]
    return None
