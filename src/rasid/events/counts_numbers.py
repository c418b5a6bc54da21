"""Whole numbers in running text, in digits and words, as they stand before people: 32,916 · 1.9 مليون · خمسة وعشرين."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasid import data
from rasid.records import Analysis, Token
from rasid.words.fold import fold

_DIGITS = re.compile(r"[0-9]+(?:[.,٬٫][0-9]+)*")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,٬][0-9]{3})+")
_TEEN = frozenset({"عشر", "عشره"})
_PROCLITICS = frozenset({"", "و", "ف", "ب", "ل", "وب", "ول"})
_PARTS = ("cardinal", "ten", "hundred", "teen_base")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the index after its last token."""

    value: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    kind: str
    value: int


def number_at(tokens: Sequence[Token], at: int) -> Number | None:
    """The number that begins at token ``at``, in digits or words, with its scale; None when there is none."""
    digits = _DIGITS.fullmatch(tokens[at].fold)
    if digits:
        return _scaled(tokens, _value(digits.group()), at + 1)
    return _in_words(tokens, at)


def small(stem: str) -> int | None:
    """The value of a numeral from 2 to 10 by its stem."""
    word = _number_words().get(stem)
    return word.value if word is not None and word.kind == "cardinal" and 2 <= word.value <= 10 else None


def _value(digits: str) -> float:
    if _GROUPED.fullmatch(digits):
        return int(re.sub(r"\D", "", digits))
    parts = re.split(r"[.,٬٫]", digits)
    return float(".".join(parts)) if len(parts) == 2 else int("".join(parts))


def _scaled(tokens: Sequence[Token], value: float, end: int) -> Number | None:
    if end < len(tokens) and tokens[end].fold in _scales():
        scaled = value * _scales()[tokens[end].fold]
        return _joined_remainder(tokens, round(scaled), end + 1)
    return Number(int(value), end) if value == int(value) else None


def _in_words(tokens: Sequence[Token], at: int) -> Number | None:
    first = _word(tokens[at], joined=False)
    if first is None or first.kind == "teen_base" and not _is_teen(tokens, at + 1):
        return None
    if first.kind == "thousand" and first.value == 1000 and tokens[at].fold != "الف":
        return None
    total, end = _below_thousand(tokens, at, joined=False)
    if end == at:
        return _joined_remainder(tokens, first.value, at + 1) if first.kind == "thousand" else None
    if end < len(tokens) and tokens[end].fold in _scales():
        return _joined_remainder(tokens, total * _scales()[tokens[end].fold], end + 1)
    return Number(total, end)


def _is_teen(tokens: Sequence[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].fold in _TEEN


def _joined_remainder(tokens: Sequence[Token], total: int, end: int) -> Number:
    """«وخمسمئة» behind thousands."""
    if end + 1 < len(tokens) and tokens[end].fold == "و" and tokens[end + 1].fold.isdigit():
        rest = int(tokens[end + 1].fold)
        return Number(total + rest, end + 2) if rest < 1000 <= total else Number(total, end)
    if end < len(tokens) and tokens[end].fold.startswith("و") and total >= 1000:
        rest, after = _below_thousand(tokens, end, joined=True)
        if rest >= 100 and rest < total:
            return Number(total + rest, after)
    return Number(total, end)


def _below_thousand(tokens: Sequence[Token], at: int, *, joined: bool) -> tuple[int, int]:
    """Value and end of hundreds, units and tens joined by «و»; (0, at) when there is none."""
    total, end, ceiling = 0, at, 1000
    while end < len(tokens):
        word = _word(tokens[end], joined=joined or end > at)
        if word is None or word.kind not in _PARTS or not _fits(word, total, ceiling):
            break
        if word.value < 10 and end + 1 < len(tokens) and tokens[end + 1].fold in _TEEN:
            return total + 10 + word.value, end + 2
        ceiling = 100 if word.kind == "hundred" else 10
        total, end = total + word.value, end + 1
        if word.kind == "cardinal" and word.value < 10 and end < len(tokens) and tokens[end].fold in _hundreds():
            total, end, ceiling = word.value * 100, end + 1, 100
    return total, end


def _fits(word: _Word, total: int, ceiling: int) -> bool:
    """Hundreds come first, then units, then tens."""
    if total == 0 or word.value < ceiling and ceiling == 100:
        return word.kind != "teen_base" or total == 0
    return word.kind == "ten" and total % 100 < 10


def _word(token: Token, *, joined: bool) -> _Word | None:
    table = _number_words()
    if joined:
        return table.get(token.fold[1:]) if token.fold.startswith("و") else None
    if token.fold in table:
        return table[token.fold]
    return next((table[a.stem] for a in token.analyses if a.stem in table and _may_precede(a)), None)


def _may_precede(analysis: Analysis) -> bool:
    """A counted number takes no article (الاثنين is a day) and no pronoun."""
    return analysis.proclitic in _PROCLITICS and not analysis.enclitic


@functools.cache
def _hundreds() -> frozenset[str]:
    return frozenset(map(fold, ("مئة", "مائة")))


@functools.cache
def _number_words() -> Mapping[str, _Word]:
    found: dict[str, _Word] = {}
    for row in data.table("numbers"):
        if row["kind"] in (*_PARTS, "thousand"):
            for form in row["forms"].split("|"):
                found.setdefault(fold(form), _Word(row["kind"], int(row["value"])))
    return found


@functools.cache
def _scales() -> Mapping[str, int]:
    rows = [row for row in data.table("count_words") if row["kind"] == "scale"]
    return {fold(form): int(row["value"]) for row in rows for form in (row["lemma"], *row["forms"].split("|")) if form}
