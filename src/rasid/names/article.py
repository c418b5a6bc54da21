"""What an article says about its parties: countries in the order they are named, and names already introduced."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    """The article as coding a phrase needs it. ``seen`` are the sights of each sentence, in order;
    ``shares`` gives the part of each country, most seen first; ``told`` is what
    the names that leave no doubt tell of.
    """

    sentences: tuple[Sentence, ...]
    hits: tuple[tuple[Hit, ...], ...]
    seen: tuple[tuple[Sight, ...], ...]
    told: Told
    shares: Mapping[str, float]
    published: datetime.date | None
    publisher: str

    def before(self, sentence: int, token: int) -> list[Sight]:
        """Sights before a token in its sentence, nearest first."""
        return [sight for sight in reversed(self.seen[sentence]) if sight.token < token]

    def last_before(self, sentence: int) -> Sight | None:
        """The last sight of any earlier sentence."""
        return next((seen[-1] for seen in reversed(self.seen[:sentence]) if seen), None)

    def groups_before(self, sentence: int, token: int) -> Iterator[Entry]:
        """Groups, and bodies of no state, named before a token, nearest first."""
        for index in range(sentence, -1, -1):
            for hit in reversed(self.hits[index]):
                if hit.entry.heads and (index < sentence or hit.first < token):
                    yield hit.entry

    def after(self, sentence: int, token: int) -> list[Sight]:
        """Sights after a token in its sentence, nearest first."""
        return [sight for sight in self.seen[sentence] if sight.token > token]


def survey(document: Document) -> Landscape:
    """Look over a document whose sentences are known."""
    sentences = document.sentences or ()
    day = document.article.published
    raw = tuple(match(sentence.tokens) for sentence in sentences)
    told = told_in(raw, day)
    hits = tuple(settle(one, told, day) for one in raw)
    seen = tuple(_sights(sentence, found, day) for sentence, found in zip(sentences, hits, strict=True))
    return Landscape(sentences, hits, seen, told, _shares(seen), day, document.article.publisher or "")


def _sights(sentence: Sentence, hits: Sequence[Hit], day: datetime.date | None) -> tuple[Sight, ...]:
    found = ((hit, country_of(hit, day)) for hit in hits)
    return tuple(
        Sight(sentence.index, hit.first, country, hit.entry.sort)
        for hit, country in found
        if country not in _NO_COUNTRY
    )


def own_country(hit: Hit, day: datetime.date | None) -> str:
    """As :func:`country_of`, and a medium's own country: where the hit is the party, not a sight of its country."""
    return hit.entry.country if hit.entry.sort is Sort.MEDIA else country_of(hit, day)


def country_of(hit: Hit, day: datetime.date | None) -> str:
    """The country or group code that a settled hit stands for; blank for none, and for a medium."""
    entry = hit.entry
    if entry.sort is Sort.PERSON:
        term = office(entry.id, day)
        return term.country if term else ""
    return "" if entry.sort is Sort.MEDIA else entry.country


def _shares(seen: Iterable[Sequence[Sight]]) -> Mapping[str, float]:
    counted = Counter(sight.country for one in seen for sight in one)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return {country: count / counted.total() for country, count in ordered}
