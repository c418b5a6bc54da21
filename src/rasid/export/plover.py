"""Events as PLOVER JSON (PLOVER manual, chapter "JSON Data Fields"), with the field names of the manual."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

import rasid
from rasid import codebook
from rasid.export.columns import country_code, exact_day, first_day, name
from rasid.export.shapes import ActorShape, PlaceShape
from rasid.export.written import Row, Written, rows


class PloverActor(TypedDict):
    code: str
    sector: str
    actor_text: str
    identifer_text: str
    identifer_id: str | None


class PloverPlace(TypedDict):
    name: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None


class PloverSize(TypedDict):
    dead: str | None
    injured: str | None
    arrested: str | None


class PloverText(TypedDict):
    sequence: int
    start: int
    end: int


class PloverCite(TypedDict):
    publisher: str | None
    url: str | None
    date: str | None
    sources: list[str]


class PloverEvent(TypedDict):
    """``identifer`` is spelled as in the manual. ``date`` stays null where the text dates nothing."""

    id: str
    has_event: bool
    date: str | None
    enddate: str | None
    source: list[PloverActor]
    recipient: list[PloverActor]
    event: list[str]
    event_loc: PloverPlace | None
    event_text: str
    quad_code: int
    event_scale: float
    mode: list[str]
    context: list[str]
    size: PloverSize
    text_info: PloverText
    cite_info: PloverCite
    coder: str


def events(item: Written) -> Iterator[PloverEvent]:
    """One PLOVER object for each event."""
    for row in rows(item):
        yield _event(row)


def _event(row: Row) -> PloverEvent:
    event, article = row.event, row.written.record["article"]
    time, place = event["time"], event["place"]
    return {
        "id": event["id"],
        "has_event": True,
        "date": first_day(row),
        "enddate": time["last"] if time and not exact_day(row) else None,
        "source": [_actor(actor) for actor in event["actors"]],
        "recipient": [_actor(actor) for actor in event["recipients"]],
        "event": [event["plover"]],
        "event_loc": _place(place) if place else None,
        "event_text": event["trigger"]["text"],
        "quad_code": event["quad"],
        "event_scale": codebook.types()[event["plover"]].score,
        "mode": event["modes"],
        "context": [*event["contexts"], *_standing(row)],
        "size": {"dead": event["killed"], "injured": event["injured"], "arrested": event["arrested"]},
        "text_info": {
            "sequence": row.written.sentence_number(event["sentence"]),
            "start": event["sentence"]["start"],
            "end": event["sentence"]["end"],
        },
        "cite_info": {
            "publisher": article["publisher"],
            "url": article["url"],
            "date": article["published"],
            "sources": [said["text"] for said in event["attribution"]],
        },
        "coder": f"rasid-{rasid.__version__}",
    }


def _standing(row: Row) -> list[str]:
    """PLOVER's auxiliary modes: how the act stands, where it is not simply reported."""
    status = [] if row.event["status"] == "reported" else [row.event["status"]]
    return [*status, "historical"] if row.event["historical"] else status


def _actor(actor: ActorShape) -> PloverActor:
    return {
        "code": country_code(actor),
        "sector": "".join(actor["sectors"][:2]),
        "actor_text": actor["text"],
        "identifer_text": name(actor),
        "identifer_id": actor["id"],
    }


def _place(place: PlaceShape) -> PloverPlace:
    return {
        "name": place["name_en"],
        "country": place["country"],
        "admin1": place["admin1"],
        "latitude": place["latitude"],
        "longitude": place["longitude"],
        "geonames_id": place["geonames_id"],
    }
