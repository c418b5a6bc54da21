"""Two time words written as one for want of a space: «ليلأمس», «ديسمبرالماضي»."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rasid.data import as_json, compiled, table
from rasid.records import Token
from rasid.times.lexicon import ARTICLE
from rasid.words.fold import fold, is_mark

_ALL, _TATWEEL = "all", "ـ"
_NOW = frozenset({"0", "-1"})  # «ظهراليوم», «ليلأمس»
_SHORTEST = 3
_UNITS = frozenset({"week:1", "month:1", "year:1"})


@functools.cache
def cuts() -> Mapping[str, int]:
    """Where the second word begins, in letters, by the folded form of the two together."""
    return compiled("times-glued", _pairs, _read)[_ALL]


@functools.cache
def pairs() -> frozenset[str]:
    """The folded forms of all glued pairs."""
    return frozenset(cuts())


def parted(tokens: Sequence[Token], text: str) -> tuple[tuple[Token, ...], frozenset[int]]:
    """The tokens with each glued pair as two, and the source offsets at which they were parted."""
    found, seams = [], []
    for token in tokens:
        cut = cuts().get(token.fold)
        if cut is None:
            found.append(token)
            continue
        seam = past_letters(text, token.start, cut)
        seams.append(seam)
        found += [
            replace(token, end=seam, text=text[token.start : seam], fold=token.fold[:cut]),
            replace(token, start=seam, text=text[seam : token.end], fold=token.fold[cut:]),
        ]
    return tuple(found), frozenset(seams)


def past_letters(text: str, start: int, count: int) -> int:
    """``start`` moved over ``count`` letters and the marks that belong to them."""
    while count:
        start, count = start + 1, count - 1
        while start < len(text) and (is_mark(text[start]) or text[start] == _TATWEEL):
            start += 1
    return start


def _pairs() -> Iterator[tuple[str, bytes]]:
    heads, days, dated, tails = _words("glued_head"), _words("weekday"), _months(), _words("glued_tail")
    days = [ARTICLE + day for day in days]
    now = [form for row in table("time_words") if row["kind"] == "deictic" for form in _deictic(row)]
    units = [ARTICLE + form for row in table("time_words") if row["value"] in _UNITS for form in _single(row["forms"])]
    glued = [(head, day) for head in heads for day in (*days, *now)]
    glued += [(date, tail) for date in (*dated, *days, *units) for tail in tails]
    yield _ALL, as_json({first + second: len(first) for first, second in glued})


def _read(_: str, told: bytes) -> dict[str, int]:
    found: dict[str, int] = json.loads(told)
    return found


def _words(kind: str) -> list[str]:
    return [form for row in table("time_words") if row["kind"] == kind for form in _single(row["forms"])]


def _months() -> list[str]:
    rows = [row for row in table("months") if row["calendar"] == "gregorian"]
    return [form for row in rows for form in _single(row["forms"]) if len(form) > _SHORTEST]


def _deictic(row: Mapping[str, str]) -> list[str]:
    return _single(row["forms"]) if row["value"] in _NOW else []


def _single(cell: str) -> list[str]:
    return [fold(form) for form in cell.split("|") if " " not in form]
