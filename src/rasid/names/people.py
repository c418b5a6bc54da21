"""Who held which office on the day of the article, and which of several namesakes is meant."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from rasid.names.entries import Entry, Sort, Term, terms
from rasid.names.matching import Hit

# An article on a day before or after all known terms: the nearest term still tells the country; the sector of a
# former office holder is that of prominent people.
_FORMER = ("ELI",)


def office(person: str, day: datetime.date | None) -> Term | None:
    """The office that ``person`` (an id) held on ``day``; without a day, the first in the table.

    After the last term the last one is given, before the first the first.
    """
    held = terms().get(person, ())
    if not held or day is None:
        return held[0] if held else None
    iso = day.isoformat()
    current = [term for term in held if term.first <= iso and (not term.last or iso <= term.last)]
    if current:
        return current[0]
    past = [term for term in held if term.first <= iso]
    return max(past, key=lambda term: term.last) if past else min(held, key=lambda term: term.first)


def is_past(term: Term, day: datetime.date | None) -> bool:
    """True when the term had ended on ``day``."""
    return bool(day and term.last and term.last < day.isoformat())


def sectors_of(term: Term, day: datetime.date | None) -> tuple[str, ...]:
    """Sectors of a person by the term that :func:`office` gave."""
    return _FORMER if is_past(term, day) and term.sectors[:1] == ("GOV",) else term.sectors


def choose(hit: Hit, day: datetime.date | None, countries: Collection[str]) -> Entry | None:
    """The person a hit means: in office that day and of a country told of, before one who is neither."""
    persons = [entry for entry in hit.entries if entry.sort is Sort.PERSON]
    if not persons:
        return None
    return min(persons, key=lambda entry: _rank(entry, day, countries, persons))


def _rank(
    entry: Entry, day: datetime.date | None, countries: Collection[str], persons: Sequence[Entry]
) -> tuple[bool, bool, int]:
    term = office(entry.id, day)
    return (term is None or term.country not in countries, term is None or is_past(term, day), persons.index(entry))
