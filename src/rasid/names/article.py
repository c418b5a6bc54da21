"""What an article says about its parties: countries in the order they are named, and names already introduced."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasid.names.entries import Entry, Sort
from rasid.names.matching import Hit, match
from rasid.names.people import choose, office
from rasid.records import Document, Sentence

_GEOGRAPHIC = frozenset({Sort.COUNTRY, Sort.CAPITAL, Sort.SEAT, Sort.DEMONYM, Sort.PLACE})
# Codes of bodies across borders are no country that a phrase could belong to.
_NO_COUNTRY = frozenset({"", "---", "IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})


@dataclass(frozen=True, slots=True)
class Sight:
    """A country seen in the text: where, and by what sort of word."""

    sentence: int
    token: int
    country: str
    sort: Sort


@dataclass(frozen=True)
class Landscape:
    """The article as coding a phrase needs it. ``sights`` are in text order; ``shares`` sum to 1."""

    sentences: tuple[Sentence, ...]
    hits: tuple[tuple[Hit, ...], ...]
    sights: tuple[Sight, ...]
    shares: Mapping[str, float]
    published: datetime.date | None
    publisher: str

    def before(self, sentence: int, token: int) -> list[Sight]:
        """Sights before a token, nearest first."""
        return [s for s in reversed(self.sights) if (s.sentence, s.token) < (sentence, token)]

    def after(self, sentence: int, token: int) -> list[Sight]:
        """Sights after a token in its sentence, nearest first."""
        return [s for s in self.sights if s.sentence == sentence and s.token > token]


def survey(document: Document) -> Landscape:
    """Look over a document whose sentences are known."""
    sentences = document.sentences or ()
    article = document.article
    hits = tuple(match(sentence.tokens) for sentence in sentences)
    geographic = {entry.country for one in hits for hit in one if (entry := hit.entry).sort in _GEOGRAPHIC}
    sights = tuple(
        Sight(sentence.index, hit.first, country, hit.entry.sort)
        for sentence, found in zip(sentences, hits, strict=True)
        for hit in found
        if (country := country_of(hit, article.published, geographic)) not in _NO_COUNTRY
    )
    return Landscape(sentences, hits, sights, _shares(sights), article.published, article.publisher or "")


def country_of(hit: Hit, day: datetime.date | None, told_of: frozenset[str] | set[str]) -> str:
    """The country or group code that a hit stands for; blank for none."""
    entry = hit.entry
    if entry.doubtful and entry.country not in told_of:
        return ""
    if entry.sort is Sort.PERSON:
        person = choose(hit, day, told_of)
        term = office(person.id, day) if person else None
        return term.country if term else ""
    if entry.sort is Sort.MEDIA:
        return ""
    return entry.country


def _shares(sights: Sequence[Sight]) -> Mapping[str, float]:
    counted = Counter(sight.country for sight in sights)
    return {country: count / len(sights) for country, count in counted.items()}


def entry_of(hit: Hit, day: datetime.date | None, told_of: frozenset[str] | set[str]) -> Entry:
    """The entry a hit means in this article."""
    return choose(hit, day, told_of) or hit.entry if hit.entry.sort is Sort.PERSON else hit.entry
