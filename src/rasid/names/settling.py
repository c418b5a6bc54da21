"""Which entry a hit means: names that are also other words count only where the article supports them."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rasid.names.entries import Entry, Sort
from rasid.names.matching import Hit
from rasid.names.people import is_past, office

_GEOGRAPHIC = frozenset({Sort.COUNTRY, Sort.CAPITAL, Sort.SEAT, Sort.DEMONYM, Sort.PLACE})


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells of beyond doubt: countries, ids of persons, groups and media, and how often each country
    is told of by its own name.
    """

    countries: frozenset[str]
    ids: frozenset[str]
    times: Mapping[str, int] = field(default_factory=dict)


def told_in(hits: Iterable[Sequence[Hit]], day: datetime.date | None) -> Told:
    """Countries and ids of the names that are nothing else."""
    countries: set[str] = set()
    ids: set[str] = set()
    times: Counter[str] = Counter()
    for hit in (hit for one in hits for hit in one):
        if hit.entry.doubtful and not (_is_first_name(hit.entry) and len(hit.entries) == 1):
            continue
        entries = [entry for entry in hit.entries if entry.sort is hit.entry.sort]
        if hit.entry.sort in _GEOGRAPHIC:
            countries.add(hit.entry.country)
            times[hit.entry.country] += 1
        elif len(entries) == 1 and hit.entry.id:
            ids.add(hit.entry.id)
            term = office(hit.entry.id, day) if hit.entry.sort is Sort.PERSON else None
            countries.add(term.country if term else hit.entry.country)
    return Told(frozenset(countries), frozenset(ids), times)


def settle(hits: Iterable[Hit], told: Told, day: datetime.date | None, *, source: bool = False) -> tuple[Hit, ...]:
    """The hits with what each means first; a hit that only means something without support is left out.

    In a phrase that is a ``source``, names of media are taken for them (الجزيرة).
    """
    found: list[Hit] = []
    for hit in hits:
        if len(hit.entries) == 1 and not hit.entry.doubtful:
            found.append(hit)
            continue
        agrees = bool(found) and _agree(found[-1], hit)
        entries = [
            entry
            for entry in hit.entries
            if (source and entry.sort is Sort.MEDIA) or _is_supported(entry, hit, told, day, agrees=agrees)
        ]
        if len(entries) > 1:
            entries.sort(key=lambda entry: (source and entry.sort is not Sort.MEDIA, _rank(entry, told, day)))
        if entries:
            found.append(hit if len(entries) == len(hit.entries) == 1 else replace(hit, entries=tuple(entries)))
    return tuple(found)


def _agree(noun: Hit, adjective: Hit) -> bool:
    """True for an indefinite adjective right after an indefinite noun (قاض تركي)."""
    return noun.last + 1 == adjective.first and noun.entry.sort is Sort.ROLE and not (noun.definite or noun.pronoun)


def _is_supported(entry: Entry, hit: Hit, told: Told, day: datetime.date | None, *, agrees: bool) -> bool:
    if not entry.doubtful or entry.id in told.ids or _is_first_name(entry):
        return True
    if entry.sort is Sort.MEDIA:  # «الحياة», «العالم»: no country makes newspapers of such words
        return False
    if entry.sort is Sort.PERSON:
        term = office(entry.id, day)
        return term is not None and term.country in told.countries
    return entry.country in told.countries or (entry.sort is Sort.DEMONYM and (hit.definite or agrees))


def _is_first_name(entry: Entry) -> bool:
    """A state's or capital's usual name is taken for it even where it is also a word (قطر، مالي، الرياض)."""
    return entry.sort in (Sort.COUNTRY, Sort.CAPITAL) and entry.first


def _rank(
    entry: Entry, told: Told, day: datetime.date | None
) -> tuple[bool, bool, bool, bool, Sort, bool, bool, bool, int]:
    """Groups outside their years last; known from the article first, then the sort, then persons in office and of a
    country told of; of groups that share a name, that of the country told of oftenest (طالبان، العدالة والتنمية)."""
    term = office(entry.id, day) if entry.sort is Sort.PERSON else None
    country = term.country if term else entry.country
    return (
        not entry.stood(day),
        entry.id not in told.ids or not entry.id,
        entry.sort is Sort.GIVEN,
        entry.doubtful and entry.sort not in _GEOGRAPHIC,
        entry.sort,
        country not in told.countries,
        entry.sort is Sort.PERSON and (term is None or is_past(term, day)),
        entry.sort is Sort.PERSON and term is None,
        -told.times.get(country, 0),
    )
