"""Readings that are no dates: «حركة 6 أبريل», «ساحة 15 مايو», «القرار 2254», «الفرقة 25»."""

from __future__ import annotations

from rasid.times.reading import Reading
from rasid.times.terms import Scan

_NAMED_BY_DATE = frozenset({"day_month", "month", "year"})


def is_trap(scan: Scan, reading: Reading) -> bool:
    """True for a date that is the name of the thing before it."""
    if reading.rule not in _NAMED_BY_DATE:
        return False
    if reading.yearless and scan.get(reading.start - 1, "namehead"):
        return True
    bare = reading.rule == "year" and scan.get(reading.start, "num") is not None
    return bare and (scan.get(reading.start - 1, "numbered") or scan.get(reading.start - 1, "namehead")) is not None
