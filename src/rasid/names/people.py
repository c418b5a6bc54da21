"""Who held which office on the day of the article."""

from __future__ import annotations

import datetime

from rasid.names.entries import Term, terms

# An article on a day before or after all known terms: the nearest term still tells the country; the sector of a
# former office holder is that of prominent people.
FORMER = ("ELI",)
_PARTY = ("PTY",)


def office(person: str, day: datetime.date | None) -> Term | None:
    """The office that ``person`` (an id) held on ``day``; without a day, the last one.

    After the last term the last one is given, before the first the first. Of several at once, a public office before
    the lead of a party, then the one begun last. Without a day, a later life out of office does not count.
    """
    held = terms().get(person, ())
    if not held or day is None:
        return next((term for term in reversed(held) if term.sectors[:1] != FORMER), held[-1] if held else None)
    begun = [term for term in held if term.first <= day.isoformat()]
    current = [term for term in begun if not is_past(term, day)]
    if current:
        return max(current, key=lambda term: (term.sectors[:1] != _PARTY, term.first))
    return max(begun, key=lambda term: term.last) if begun else held[0]


def is_past(term: Term, day: datetime.date | None) -> bool:
    """True when the term had ended before ``day``; a term that ends in a year or month lasts to its end."""
    return bool(day and term.last and term.last < day.isoformat()[: len(term.last)])


def sectors_of(term: Term, day: datetime.date | None) -> tuple[str, ...]:
    """Sectors of a person by the term that :func:`office` gave."""
    return FORMER if is_past(term, day) and term.sectors[:1] == ("GOV",) else term.sectors
