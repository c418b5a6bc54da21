"""What an article says about its parties: countries in the order they are named, and names already introduced."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasid.names.entries import Entry, Sort
from rasid.names.matching import Hit, match
from rasid.names.people import office
from rasid.names.settling import Told, settle, told_in
from rasid.records import Document, Sentence

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
    """The article as coding a phrase needs it. ``sights`` are in text order; ``shares`` sum to 1; ``told`` is what
    the names that leave no doubt tell of.
    """

    sentences: tuple[Sentence, ...]
    hits: tuple[tuple[Hit, ...], ...]
    sights: tuple[Sight, ...]
    told: Told
    shares: Mapping[str, float]
    published: datetime.date | None
    publisher: str

    def before(self, sentence: int, token: int) -> list[Sight]:
        """Sights before a token, nearest first."""
        return [s for s in reversed(self.sights) if (s.sentence, s.token) < (sentence, token)]

    def groups_before(self, sentence: int, token: int) -> Iterator[Entry]:
        """Groups, and bodies of no state, named before a token, nearest first."""
        for index in range(sentence, -1, -1):
            for hit in reversed(self.hits[index]):
                if hit.entry.heads and (index < sentence or hit.first < token):
                    yield hit.entry

    def after(self, sentence: int, token: int) -> list[Sight]:
        """Sights after a token in its sentence, nearest first."""
        return [s for s in self.sights if s.sentence == sentence and s.token > token]


def survey(document: Document) -> Landscape:
    """Look over a document whose sentences are known."""
    sentences = document.sentences or ()
    day = document.article.published
    raw = tuple(match(sentence.tokens) for sentence in sentences)
    told = told_in(raw, day)
    hits = tuple(settle(one, told, day) for one in raw)
    sights = tuple(
        Sight(sentence.index, hit.first, country, hit.entry.sort)
        for sentence, found in zip(sentences, hits, strict=True)
        for hit in found
        if (country := country_of(hit, day)) not in _NO_COUNTRY
    )
    return Landscape(sentences, hits, sights, told, _shares(sights), day, document.article.publisher or "")


def country_of(hit: Hit, day: datetime.date | None) -> str:
    """The country or group code that a settled hit stands for; blank for none."""
    entry = hit.entry
    if entry.sort is Sort.PERSON:
        term = office(entry.id, day)
        return term.country if term else ""
    return "" if entry.sort is Sort.MEDIA else entry.country


def _shares(sights: Sequence[Sight]) -> Mapping[str, float]:
    counted = Counter(sight.country for sight in sights)
    return {country: count / len(sights) for country, count in counted.items()}
