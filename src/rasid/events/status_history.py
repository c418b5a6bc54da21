"""Whether an act is told as history: more than a year before publication, or from a past age (CODEBOOK section 3)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass

from rasid import data
from rasid.records import Token
from rasid.words.fold import fold

# A bare year dates the acts this near; the widest reach that did not cost precision on coded news.
_YEAR_REACH = 14
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_NOT_YEARS_AFTER = frozenset(map(fold, ("شخص", "شخصا", "قتيل", "جندي", "دولار", "مدني", "كيلومتر")))


@dataclass(frozen=True, slots=True)
class _Cue:
    words: tuple[str, ...]
    reach: int


def is_history(tokens: Sequence[Token], first: int, last: int, *, year: int | None) -> bool:
    """True when the act with trigger ``first`` to ``last`` is told as history.

    ``year`` is the publication year; without it only words that name a past age count. A year two or more before it
    counts: of the year just before, the month decides, which is read with the times.
    """
    if any(_near(cue, at, first, last) for at in range(len(tokens)) for cue in _cues_at(tokens, at)):
        return True
    years = [at for at, token in enumerate(tokens) if _is_year(tokens, at)] if year else []
    if not years or year is None:
        return False
    nearest = min(years, key=lambda at: (_distance(at, first, last), -at))
    return _distance(nearest, first, last) <= _YEAR_REACH and int(tokens[nearest].fold) <= year - 2


def _near(cue: _Cue, at: int, first: int, last: int) -> bool:
    return cue.reach == 0 or _distance(at, first, last) <= cue.reach


def _distance(at: int, first: int, last: int) -> int:
    return first - at if at < first else max(0, at - last)


def _is_year(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].fold
    if len(word) != 4 or not word.isdigit() or not _FIRST_YEAR <= int(word) < _LAST_YEAR:
        return False
    return at + 1 == len(tokens) or tokens[at + 1].stem not in _NOT_YEARS_AFTER


def _cues_at(tokens: Sequence[Token], at: int) -> list[_Cue]:
    found = _cues().get(tokens[at].fold) or _cues().get(_bare(tokens[at])) or ()
    return [cue for cue in found if _said(cue, tokens, at)]


def _bare(token: Token) -> str:
    return token.fold[1:] if token.fold.startswith(("و", "ف", "ب")) else token.fold


def _said(cue: _Cue, tokens: Sequence[Token], at: int) -> bool:
    return tuple(t.fold for t in tokens[at + 1 : at + len(cue.words)]) == cue.words[1:]


@functools.cache
def _cues() -> dict[str, tuple[_Cue, ...]]:
    found: dict[str, tuple[_Cue, ...]] = {}
    for row in data.table("history_cues"):
        words = tuple(fold(row["cue"]).split())
        found[words[0]] = (*found.get(words[0], ()), _Cue(words, int(row["reach"])))
    return found
