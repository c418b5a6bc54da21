"""Events as rows, reckoned from their reports: ranges of tolls and days, sources, the finest place, names."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rasid import merge
from rasid.merge import Range, Told
from rasid.merge.tallies import days_told
from rasid.records import Status
from rasid.store.lines import Language, line
from rasid.store.rows import EventPartyRow, EventRow, PartyRow, ReportRow

_PLACES = ("exact", "locality", "district", "province", "country")  # from the finest
_MOST_CONTEXTS = 3


@dataclass(frozen=True, slots=True)
class Member:
    """A report of an event, whole: its row, its parties and as merging sees it."""

    row: ReportRow
    parties: tuple[PartyRow, ...]
    told: Told

    @property
    def rank(self) -> tuple[bool, float, str]:
        """What a person judged counts most, then what the machine is surest of."""
        return self.row.judged is not None, self.row.confidence, self.row.id


def event_rows(name: str, members: Sequence[Member], *, reviewed: bool) -> tuple[EventRow, tuple[EventPartyRow, ...]]:
    """The row of the event ``name`` and those of its parties; ``reviewed`` when a person split or joined it."""
    ranked = sorted(members, key=lambda member: member.rank, reverse=True)
    parties = _parties(name, ranked)
    told = _leading(parties)
    row = _event(name, ranked, reviewed)
    lines = row._replace(line_ar=line(row, told, Language.ARABIC), line_en=line(row, told, Language.ENGLISH))
    return lines, tuple(item.row for item in parties)


def _event(name: str, ranked: Sequence[Member], reviewed: bool) -> EventRow:
    kind = _commonest(member.row.type for member in ranked)
    alike = [member for member in ranked if member.row.type == kind]
    status = _commonest(member.row.status for member in alike)
    head = next(member.row for member in alike if member.row.status == status)
    told = [member.told for member in ranked]
    place = _place(ranked)
    first, last, edtf, precision = _days(ranked)
    killed, injured, arrested = _tolls(told)
    published = [item.published for item in told if item.published is not None]
    return EventRow(
        id=name,
        type=kind,
        modes=_union(member.row.modes for member in alike),
        status=status,
        historical=all(member.row.historical for member in ranked),
        plover=head.plover,
        cameo=head.cameo,
        quad=head.quad,
        score=head.score,
        contexts=_union(member.row.contexts for member in ranked)[:_MOST_CONTEXTS],
        first=first,
        last=last,
        edtf=edtf,
        precision=precision,
        place_name=place.place_name if place else None,
        place_name_en=place.place_name_en if place else None,
        country=place.country if place else None,
        admin1=place.admin1 if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        geonames_id=place.geonames_id if place else None,
        place_precision=place.place_precision if place else None,
        killed_low=killed.low if killed else None,
        killed_high=killed.high if killed else None,
        injured_low=injured.low if injured else None,
        injured_high=injured.high if injured else None,
        arrested_low=arrested.low if arrested else None,
        arrested_high=arrested.high if arrested else None,
        confidence=max(member.row.confidence for member in ranked),
        reports=len(ranked),
        sources=merge.independent(told),
        publishers=sorted({item.publisher for item in told if item.publisher}),
        first_published=min(published, default=None),
        last_published=max(published, default=None),
        reviewed=reviewed or any(member.row.judged for member in ranked),
        line_ar="",
        line_en="",
    )


def _commonest(values: Iterable[str]) -> str:
    """The value told most often; of equals the first."""
    return Counter(values).most_common(1)[0][0]


def _union(lists: Iterable[Sequence[str]]) -> list[str]:
    """All values, the most often told first."""
    return [value for value, _ in Counter(value for values in lists for value in values).most_common()]


def _tolls(told: Sequence[Told]) -> tuple[Range | None, Range | None, Range | None]:
    """Ranges over the reports; what is denied or wished for counts nobody."""
    found = merge.tolls([item for item in told if item.status is not Status.NEGATION] or told)
    return found.killed, found.injured, found.arrested


def _days(
    ranked: Sequence[Member],
) -> tuple[datetime.date | None, datetime.date | None, str | None, str | None]:
    """First and last day, EDTF and precision: those of a report that tells just these days, else an interval."""
    found = days_told(member.told for member in ranked)
    if found is None:
        return None, None, None, None
    for member in ranked:
        if (member.row.first, member.row.last) == found:
            return *found, member.row.edtf, member.row.precision
    return *found, f"{found[0].isoformat()}/{found[1].isoformat()}", "interval"


def _place(ranked: Sequence[Member]) -> ReportRow | None:
    """The place told most often among the finest ones."""
    known = [member.row for member in ranked if member.row.country or member.row.latitude is not None]
    if not known:
        return None
    finest = min(_fineness(row) for row in known)
    fine = [row for row in known if _fineness(row) == finest]
    name = _commonest(row.place_name or row.place_text or "" for row in fine)
    return next(row for row in fine if (row.place_name or row.place_text or "") == name)


def _fineness(row: ReportRow) -> int:
    return _PLACES.index(row.place_precision) if row.place_precision in _PLACES else len(_PLACES)


class _Supported(NamedTuple):
    """A party of the event, and how many reports name it."""

    row: EventPartyRow
    reports: int


def _parties(event: str, ranked: Sequence[Member]) -> list[_Supported]:
    """Each party once in its role, the one told most often first.

    A code alone is left out where a named party has the same code.
    """
    listed = [party for member in ranked for party in member.parties]
    named = {(party.role, party.code) for party in listed if party.actor or party.name}
    found: dict[tuple[str, str, str], PartyRow] = {}
    reports: Counter[tuple[str, str, str]] = Counter()
    for party in listed:
        known = party.actor or party.name or ""
        if known or (party.role, party.code) not in named:
            key = (party.role, party.code, known if party.code or known else party.text or "")
            found.setdefault(key, party)
            reports[key] += 1
    return [_Supported(_party(event, found[key]), count) for key, count in reports.most_common()]


def _leading(parties: Sequence[_Supported]) -> list[EventPartyRow]:
    """The parties that the line tells: in each role those that half as many reports name as the first; each once."""
    most = {item.row.role: item.reports for item in reversed(parties)}
    shown = [item.row for item in parties if 2 * item.reports >= most[item.row.role]]
    actors = {(row.code, row.name) for row in shown if row.role == "actor"}
    return [row for row in shown if row.role == "actor" or (row.code, row.name) not in actors]


def _party(event: str, party: PartyRow) -> EventPartyRow:
    name = party.name or party.text
    return EventPartyRow(event, party.role, party.code, party.country, party.sectors, party.actor, name, party.name_en)
