"""Numbers and ordinals in digits and words, as they stand in front of units and months."""

from __future__ import annotations

from rasid.times.lexicon import AND, ARTICLES
from rasid.times.terms import Number, Scan

_IN_WORDS = frozenset("ordinal ten thousand hundred teen_base cardinal".split())
_TEEN = frozenset({"عشر", "عشره"})


def number(scan: Scan, at: int) -> Number | None:
    """The number that begins at ``at``: 15, الـ15, ثلاثة, خمسة وعشرون, الحادي عشر, ألفين وثمانية عشر."""
    if at not in scan.numbers:
        scan.numbers[at] = _number(scan, at)
    return scan.numbers[at]


def _number(scan: Scan, at: int) -> Number | None:
    if scan.fold(at) in ARTICLES:
        inner = scan.get(at + 1, "num")
        return Number(inner.number, at + 2, False, True) if inner and inner.number >= 0 else None
    digits = scan.get(at, "num")
    if digits:
        return Number(digits.number, at + 1, False, True) if digits.number >= 0 else None
    if _IN_WORDS.isdisjoint(scan.terms[at].kinds):
        return None
    return _ordinal(scan, at) or _cardinal(scan, at)


def ordinal(scan: Scan, at: int) -> Number | None:
    """An ordinal only: الثالث, الحادي عشر, العشرين."""
    return _ordinal(scan, at)


def _ordinal(scan: Scan, at: int) -> Number | None:
    first = scan.get(at, "ordinal")
    if first is None:
        ten = scan.get(at, "ten")
        return Number(ten.number, at + 1, True, False) if ten and ten.definite else None
    if scan.fold(at + 1) in _TEEN:
        return Number(10 + first.number, at + 2, True, False)
    more, end = _joined_ten(scan, at + 1)
    return Number(first.number + more, end, True, False)


def _joined_ten(scan: Scan, at: int) -> tuple[int, int]:
    """«والعشرين» after an ordinal: its value and the index after it; (0, at) when there is none."""
    if scan.is_prep(at, "and"):
        ten = scan.get(at + 1, "ten")
        return (ten.number, at + 2) if ten else (0, at)
    ten = scan.get(at, "ten")
    return (ten.number, at + 1) if ten and ten.clitic == AND else (0, at)


def _cardinal(scan: Scan, at: int) -> Number | None:
    """Thousands, hundreds, then units and tens, each joined to what is before it by «و»."""
    total, end = 0, at
    for part in (_thousand, _hundred, _below_hundred):
        start = end + 1 if end > at and scan.is_prep(end, "and") else end
        joined = end == at or start > end or scan.fold(start).startswith(AND)
        found = part(scan, start) if joined else None
        if found:
            total, end = total + found[0], found[1]
    return Number(total, end, False, False) if end > at else None


def _thousand(scan: Scan, at: int) -> tuple[int, int] | None:
    entry = scan.get(at, "thousand")
    return (entry.number, at + 1) if entry else None


def _hundred(scan: Scan, at: int) -> tuple[int, int] | None:
    entry = scan.get(at, "hundred")
    return (entry.number, at + 1) if entry else None


def _below_hundred(scan: Scan, at: int) -> tuple[int, int] | None:
    base = scan.get(at, "teen_base") or scan.get(at, "cardinal")
    if base and scan.fold(at + 1) in _TEEN and base.number < 10:
        return 10 + base.number, at + 2
    unit = scan.get(at, "cardinal")
    if unit:
        ten, end = _joined_ten(scan, at + 1)
        return (unit.number + ten, end) if unit.number < 10 else (unit.number, at + 1)
    entry = scan.get(at, "ten")
    return (entry.number, at + 1) if entry else None
