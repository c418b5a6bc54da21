"""What a rule of the grammar returns."""

from __future__ import annotations

from typing import NamedTuple

from rasid.times.values import Value

PUBLISHED, TEXT = "published", "text"


class Reading(NamedTuple):
    """Terms ``[start, end)`` read as a time by ``rule``.

    ``anchor`` is ``published`` or ``text`` where the value was reckoned from the publication day or from an earlier
    date of the article, None for a full calendar date. ``yearless`` marks a date whose year was inferred.
    """

    start: int
    end: int
    value: Value | None
    rule: str
    symbolic: str | None = None
    anchor: str | None = None
    calendar: str = "gregorian"
    refers: bool = True
    reason: str | None = None
    yearless: bool = False

    def moved(self, *, start: int | None = None, end: int | None = None, rule: str | None = None) -> Reading:
        """The same reading over other terms."""
        return self._replace(
            start=self.start if start is None else start,
            end=self.end if end is None else end,
            rule=rule or self.rule,
        )

    def valued(self, value: Value | None, rule: str) -> Reading:
        """The same terms with another value."""
        return self._replace(value=value, rule=rule)


def longest(*readings: Reading | None) -> Reading | None:
    """The reading that covers most terms; the first of equals."""
    best: Reading | None = None
    for reading in readings:
        if reading is not None and (best is None or reading.end > best.end):
            best = reading
    return best
