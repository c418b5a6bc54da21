"""Which countries an article speaks of, near a given sentence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from rasid.places.gazetteer import Entry, distance_km
from rasid.places.names import Line

# Votes of one sighting. A name outweighs an adjective, which often tells who acts, not where; a town that only one
# country has tells most of all.
_NAME, _ADJECTIVE, _TOWN, _ACTOR = 1.0, 0.6, 1.0, 0.3
_HERE, _BEFORE, _TITLE, _ELSEWHERE = 4.0, 2.0, 2.0, 1.0
_SAME_KM, _NEAR_KM = 1.0, 150.0


@dataclass(frozen=True)
class Context:
    """Country votes of the sentences that have any, and the places that need no context."""

    votes: dict[int, dict[str, float]]
    sure: tuple[Entry, ...]
    known: dict[int, dict[str, float]] = field(default_factory=dict, compare=False)

    def shares(self, sentence: int) -> dict[str, float]:
        """Country to share of the weighted votes as seen from ``sentence``; empty when nothing was seen."""
        if sentence not in self.known:
            total: dict[str, float] = {}
            for at, votes in self.votes.items():
                weight = _weight(at, sentence)
                for country, count in votes.items():
                    total[country] = total.get(country, 0.0) + weight * count
            whole = sum(total.values())
            self.known[sentence] = {country: count / whole for country, count in total.items()}
        return self.known[sentence]

    def country(self, sentence: int, beside: str | None = None) -> str | None:
        """The country most spoken of around ``sentence``, other than ``beside``."""
        shares = self.shares(sentence)
        ranked = sorted(((share, code) for code, share in shares.items() if code and code != beside), reverse=True)
        return ranked[0][1] or None if ranked else None

    def nearness(self, entry: Entry) -> float:
        """1 beside a place that is sure, down to 0 at 150 km from all of them."""
        distances = (distance_km(entry, place) for place in self.sure)
        nearest = min((distance for distance in distances if distance > _SAME_KM), default=math.inf)
        return max(0.0, 1.0 - nearest / _NEAR_KM)


def _weight(at: int, sentence: int) -> float:
    if at == sentence:
        return _HERE
    if at in (sentence - 1, sentence - 2):
        return _BEFORE
    return _TITLE if at == 0 else _ELSEWHERE


class _Votes(dict[str, float]):
    def __missing__(self, country: str) -> float:
        return 0.0


def gather(lines: Sequence[Line], actors: Sequence[tuple[int, str]]) -> Context:
    """Context of an article: ``actors`` are (sentence, country) of the mentions found before."""
    votes = [_Votes() for _ in lines]
    sure: dict[Entry, None] = {}
    for at, line in enumerate(lines):
        for hit in line.hits:
            entries = hit.named.entries
            entry = entries[0]
            countries = {entry.country for entry in entries}
            if entry.kind == "country" and not any(each.own and each.country != entry.country for each in entries):
                votes[at][entry.country] += _NAME
            elif len(countries) == 1 and entry.own and not hit.named.bound:
                votes[at][entry.country] += _TOWN
                sure[entry] = None
        for reading in line.readings:
            if reading.country is not None:
                votes[at][reading.country] += _ADJECTIVE
    for at, country in actors:
        if at < len(votes):
            votes[at][country] += _ACTOR
    return Context({at: dict(each) for at, each in enumerate(votes) if each}, tuple(sure))
