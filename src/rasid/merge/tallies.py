"""Tolls, days and sources of an event: what its reports say, side by side, as ranges and counts."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rasid.merge.records import Told
from rasid.words.fold import fold

_NUMBER = re.compile(r"\d+")
_SEPARATORS = re.compile(r"(?<=\d)[,٬](?=\d{3}(?!\d))")
_AT_LEAST = re.compile(r">=?|at least|more than|over|\+|علي الاقل|اكثر من|ما لا يقل عن")
_AT_MOST = re.compile(r"<=?|at most|up to|fewer than|less than|علي الاكثر|اقل من|ما لا يزيد")
_ABOVE = re.compile(r">(?!=)|more than|over|اكثر من")
_BELOW = re.compile(r"<(?!=)|fewer than|less than|اقل من")


@dataclass(frozen=True, slots=True)
class Range:
    """A count with doubt: at least ``low``; ``high`` is None where no bound is told."""

    low: int
    high: int | None

    def meets(self, other: Range) -> bool:
        """True when one number can be both."""
        return (self.high is None or other.low <= self.high) and (other.high is None or self.low <= other.high)


def count(value: str | None) -> Range | None:
    """The count written as ``12``, ``>=12``, ``10-15`` (CODEBOOK section 5), or in plain words (at least 5).

    None when there is none or the string holds no number.
    """
    if not value:
        return None
    text = _SEPARATORS.sub("", fold(value).lower())
    numbers = sorted(int(number) for number in _NUMBER.findall(text))
    if not numbers:
        return None
    if _AT_LEAST.search(text):
        return Range(numbers[-1] + bool(_ABOVE.search(text)), None)
    if _AT_MOST.search(text):
        return Range(0, max(numbers[0] - bool(_BELOW.search(text)), 0))
    return Range(numbers[0], numbers[-1])


def span(values: Iterable[str | None]) -> Range | None:
    """The lowest and the highest that any report tells, as an event shows it (3 and ">=12": 3 to 12, open above).

    ``high`` is None when a report sets no upper bound and no other tells more than its lower one. None without counts.
    """
    counts = [found for found in map(count, values) if found is not None]
    if not counts:
        return None
    known = max((found.high for found in counts if found.high is not None), default=None)
    open_above = max((found.low for found in counts if found.high is None), default=None)
    bounded = known is not None and (open_above is None or known >= open_above)
    return Range(min(found.low for found in counts), known if bounded else None)


@dataclass(frozen=True, slots=True)
class Tolls:
    """Ranges of an event's killed, injured and arrested; None where no report tells one."""

    killed: Range | None
    injured: Range | None
    arrested: Range | None


def tolls(reports: Sequence[Told]) -> Tolls:
    """Ranges over all reports; each report's own figure stays with the report."""
    return Tolls(
        killed=span(told.killed for told in reports),
        injured=span(told.injured for told in reports),
        arrested=span(told.arrested for told in reports),
    )


def independent(reports: Iterable[Told]) -> int:
    """How many sources tell of it: copies, all articles of one publisher, and all of one news agency count once.

    An article without a publisher counts by itself; a copy counts as the article that it repeats.
    """
    told = list(reports)
    owner = {report.article: report.agency or report.publisher or report.article for report in told}
    roots = {report.article: report.copy_of for report in told if report.copy_of}
    return len({_source(report, owner, roots) for report in told})


def _source(report: Told, owner: dict[str, str], roots: dict[str, str]) -> str:
    article = report.article
    seen = {article}
    while article in roots and roots[article] not in seen:
        article = roots[article]
        seen.add(article)
    return owner.get(article, article)


def days_told(reports: Iterable[Told]) -> tuple[datetime.date, datetime.date] | None:
    """First and last day over the most finely dated reports; None when no report has a date.

    Days come from what the texts say, never from publication.
    """
    dated = [report.days for report in reports if report.days is not None]
    if not dated:
        return None
    finest = min((days.last - days.first).days for days in dated)
    fine = [days for days in dated if (days.last - days.first).days <= finest]
    return min(days.first for days in fine), max(days.last for days in fine)
