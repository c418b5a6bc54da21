"""Bearers of a place's name in the gazetteer, for a place that a person names."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from rasid.errors import RasidError
from rasid.places.gazetteer import Entry, distance_km, gazetteer, named
from rasid.words.fold import fold

_SAME_KM = 25.0
NONE = "none"  # the choice of none of the bearers


class SeveralBearers(RasidError):
    """A name has several bearers, or none in the country told; a person has to choose among ``entries``."""

    def __init__(self, name: str, entries: Sequence[Entry]) -> None:
        super().__init__(f"several places are called {name!r}: {', '.join(map(key, entries))}; choose one")
        self.name = name
        self.entries = tuple(entries)


def key(entry: Entry) -> str:
    """What tells an entry from the others of its name: country, kind and GeoNames number."""
    return f"{entry.country}-{entry.kind}-{entry.geonames_id or entry.name_en}"


def bearers(name: str) -> tuple[Entry, ...]:
    """The places of a name in Arabic (in any spelling) or English, likeliest first; one for each spot and kind."""
    found = named(fold(name.strip()))
    entries = found.entries if found else _in_english(name)
    kept: list[Entry] = []
    for entry in entries:
        if not any(_is_same(entry, other) for other in kept):
            kept.append(entry)
    return tuple(kept)


def _is_same(entry: Entry, other: Entry) -> bool:
    same_kind = (entry.country, entry.precision) == (other.country, other.precision)
    return same_kind and distance_km(entry, other) <= _SAME_KM


def _in_english(name: str) -> Sequence[Entry]:
    entries = gazetteer().entries
    found = [entries[number] for number in _english().get(_plain(name), ())]
    return sorted(found, key=lambda entry: (not entry.own, -entry.weight))


@functools.cache
def _english() -> Mapping[str, Sequence[str]]:
    """Numbers of entries by their English name; read once, in about 0.2 s."""
    numbers: dict[str, list[str]] = defaultdict(list)
    entries = gazetteer().entries
    for number in entries:
        numbers[_plain(entries[number].name_en)].append(number)
    return numbers


def _plain(name: str) -> str:
    """An English name without case and without what tells it from its namesakes: "Tripoli (Lebanon)" is "tripoli"."""
    return " ".join(name.partition("(")[0].replace("-", " ").casefold().split())


def settled(name: str, *, country: str, precision: str, chosen: str = "") -> Entry | None:
    """The place that a person means by ``name``; None when the gazetteer knows none, or ``chosen`` is "none".

    ``country`` (ISO 3166-1 alpha-3) and ``precision`` narrow the bearers down where they are not empty; ``chosen`` is
    the key of one. Raises SeveralBearers when a choice is left, or when no bearer is in that country.
    """
    if chosen == NONE:
        return None
    known = bearers(name)
    if chosen:
        return next((entry for entry in known if key(entry) == chosen), None)
    inside = [entry for entry in known if entry.country == country] if country else list(known)
    fitting = [entry for entry in inside if entry.precision == precision] or inside
    if len(fitting) == 1:
        return fitting[0]
    if known:
        raise SeveralBearers(name, fitting or known)
    return None


def like(name: str, *, country: str, precision: str) -> Entry | None:
    """The only bearer of a name in the country that is known exactly so finely: a city, or the province around it."""
    found = [entry for entry in bearers(name) if (entry.country, entry.precision) == (country, precision)]
    return found[0] if len(found) == 1 else None


def known(entry: Entry) -> dict[str, Any]:
    """What the gazetteer says of a place, beside its country, in the fields of the coded record."""
    fields = ("name", "name_en", "latitude", "longitude", "geonames_id", "precision")
    return {**{field: getattr(entry, field) for field in fields}, "admin1": entry.admin1 or None}
