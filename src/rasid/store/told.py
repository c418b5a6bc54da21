"""Merging's light records as text, so that standing events are at hand without coding or parsing articles again."""

from __future__ import annotations

import datetime
import json
from typing import Any

from rasid.merge import Days, Party, Spot, Told
from rasid.records import Status
from rasid.store.rows import dumped


def packed(told: Told) -> str:
    """``told`` as JSON; equal records give equal texts."""
    return dumped(
        [
            told.id,
            told.article,
            told.publisher,
            told.published.isoformat() if told.published else None,
            told.copy_of,
            told.type,
            told.modes,
            told.status.value,
            told.historical,
            [_party(party) for party in told.parties],
            [told.days.first.isoformat(), told.days.last.isoformat(), told.days.precision] if told.days else None,
            _spot(told.place) if told.place else None,
            [told.killed, told.injured, told.arrested],
            [sorted(told.trigger), sorted(told.near), sorted(told.words), sorted(told.story)],
            told.coref,
            told.sentence,
            told.agency,
        ]
    )


def _party(party: Party) -> list[Any]:
    return [party.role, party.code, party.id, party.country, party.sectors, sorted(party.words)]


def _spot(spot: Spot) -> list[Any]:
    return [spot.name, spot.country, spot.admin1, spot.latitude, spot.longitude, spot.precision]


def unpacked(text: str) -> Told:
    """The record that :func:`packed` wrote."""
    (name, article, publisher, published, copy_of, kind, modes, status, historical, *rest) = json.loads(text)
    parties, days, place, tolls, words, coref, sentence, *agency = rest  # no agency in records of 0.1
    return Told(
        id=name,
        article=article,
        publisher=publisher,
        published=_day(published) if published else None,
        copy_of=copy_of,
        agency=agency[0] if agency else None,
        type=kind,
        modes=tuple(modes),
        status=Status(status),
        historical=historical,
        parties=tuple(_read_party(*party) for party in parties),
        days=Days(_day(days[0]), _day(days[1]), days[2]) if days else None,
        place=Spot(*place) if place else None,
        killed=tolls[0],
        injured=tolls[1],
        arrested=tolls[2],
        trigger=frozenset(words[0]),
        near=frozenset(words[1]),
        words=frozenset(words[2]),
        story=frozenset(words[3]),
        coref=coref,
        sentence=sentence,
    )


def _read_party(
    role: str, code: str, name: str | None, country: str | None, sectors: list[str], words: list[str]
) -> Party:
    return Party(role, code, name, country, tuple(sectors), frozenset(words))


def _day(value: str) -> datetime.date:
    return datetime.date.fromisoformat(value)
