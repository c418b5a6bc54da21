"""Readings that are no dates: «حركة 6 أبريل», «ساحة 15 مايو», «القرار 2254», «الفرقة 25», «صحيفة الثلاثاء»."""

from __future__ import annotations

from rasid.times.lexicon import AND
from rasid.times.reading import Reading
from rasid.times.terms import Scan

_EVENT = "event"  # «حرب 1967» is dated by the year
_NAMED_BY_WEEKDAY = frozenset({"weekday", "weekday_past", "weekday_next"})
_NAMED_BY_DATE = frozenset({"day_month", "month", "year", "hijri_day", "hijri_month"})


def is_trap(scan: Scan, reading: Reading) -> bool:
    """True for a date that is the name of the thing before it."""
    if reading.rule in _NAMED_BY_WEEKDAY:
        return scan.get(reading.start, "weekday") is not None and scan.get(reading.start - 1, "dayhead") is not None
    if reading.rule == "day_of_month":  # «المادة 9 منه»
        return scan.get(reading.start - 1, "numbered") is not None
    if reading.rule not in _NAMED_BY_DATE:
        return False
    if reading.yearless and scan.get(_before(scan, reading.start), "namehead"):
        return True
    bare = reading.rule == "year" and scan.get(reading.start, "num") is not None
    named = scan.value(reading.start - 1, "namehead")
    return bare and (scan.get(reading.start - 1, "numbered") is not None or named is not None and named != _EVENT)


def _before(scan: Scan, start: int) -> int:
    """The term before the date, past the other days of «قوى 14 و8 آذار»."""
    while scan.get(start - 2, "num") and (scan.fold(start - 1) == AND or scan.is_prep(start - 1, "and")):
        start -= 2
    return start - 1
