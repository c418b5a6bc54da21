"""From the bearers of a name to one place, with the reason; or to none."""

from __future__ import annotations

import math
from dataclasses import dataclass

from rasid.places.context import Context
from rasid.places.gazetteer import Entry, Named, distance_km
from rasid.places.reasons import Reason

# Weights of the evidence, set on the train part of the event sets; each worth at least one right place there.
_OWN = 0.25
_DECADES = 4.0  # powers of ten of inhabitants that weigh as much as 1
_CONTEXT, _CONTEXT_FOREIGN = 1.2, 0.5  # the second for places that are not in the own table
_KIND, _WRONG_KIND = 0.6, -0.5
_NATION = 2.5
_PARENT_COUNTRY, _PARENT_PROVINCE, _PARENT_NEAR = 1.2, 0.8, 0.5
_NEARNESS = 0.4
_CITY_FIRST = 0.3
_PARENT_KM = 120.0
# Below this lead over a bearer in another place (25 km and more away) there is no pin.
_LEAST_LEAD = 0.08
_SAME_KM = 25.0
# A place that is not in the own table and in no country of the article must have this many inhabitants.
_KNOWN_BY_ITSELF = 150_000
_SETTLED = frozenset(("city", "town", "village"))
_PROVINCIAL = frozenset(("province", "region", "district"))


@dataclass(frozen=True, slots=True)
class Clues:
    """What the phrase and the article say of the place sought."""

    sentence: int
    kind: str | None = None
    nation: str | None = None
    parent: Entry | None = None
    parent_country: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen entry or None, how sure (0..1), and the reason; without entry, the ``country`` it must be in."""

    entry: Entry | None
    confidence: float
    reason: Reason
    country: str | None = None


def choose(named: Named, clues: Clues, context: Context) -> Choice:
    """The likeliest bearer of a name."""
    shares = context.shares(clues.sentence)
    ranked = sorted(
        ((_score(entry, clues, context, shares), -at, entry) for at, entry in enumerate(named.entries)), reverse=True
    )
    best, _, entry = ranked[0]
    lead = min((best - score for score, _, other in ranked[1:] if distance_km(entry, other) > _SAME_KM), default=1.0)
    if not entry.own and not _supported(entry, clues, shares):
        return Choice(None, 0.2, Reason.WEAK)
    if lead < _LEAST_LEAD:
        return Choice(None, 0.3, Reason.AMBIGUOUS)
    return Choice(entry, 1 / (1 + math.exp(-4 * lead)), _reason(entry, clues, shares, lone=len(ranked) == 1))


def _score(entry: Entry, clues: Clues, context: Context, shares: dict[str, float]) -> float:
    score = math.log10(max(entry.weight, 10)) / _DECADES + _OWN * entry.own
    score += (_CONTEXT if entry.own else _CONTEXT_FOREIGN) * shares.get(entry.country, 0.0)
    score += _kind(entry, clues.kind)
    if clues.nation is not None:
        score += _NATION if entry.country == clues.nation else -_NATION
    if clues.parent_country is not None:
        score += _PARENT_COUNTRY if entry.country == clues.parent_country else -_PARENT_COUNTRY
    if clues.parent is not None:
        score += _PARENT_PROVINCE * (clues.parent.name_en in (entry.admin1, entry.within))
        score += _PARENT_NEAR * (distance_km(entry, clues.parent) < _PARENT_KM)
    return score + _NEARNESS * context.nearness(entry)


def _kind(entry: Entry, kind: str | None) -> float:
    if kind is None:
        return _CITY_FIRST * (entry.kind in ("city", "country"))
    if kind in _SETTLED:
        return _KIND if entry.kind in _SETTLED else _WRONG_KIND
    if kind in _PROVINCIAL:
        return _KIND if entry.kind in _PROVINCIAL else 0.0
    return _KIND if entry.kind == kind else 0.0


def _supported(entry: Entry, clues: Clues, shares: dict[str, float]) -> bool:
    told = entry.country in (clues.nation, clues.parent_country)
    return told or shares.get(entry.country, 0.0) > 0 or entry.weight >= _KNOWN_BY_ITSELF


def _reason(entry: Entry, clues: Clues, shares: dict[str, float], *, lone: bool) -> Reason:
    if lone:
        return Reason.UNIQUE
    if clues.parent_country == entry.country:
        return Reason.CONTAINED
    if clues.nation == entry.country:
        return Reason.NATIONALITY
    return Reason.CONTEXT if shares.get(entry.country, 0.0) > 0 else Reason.PROMINENT
