"""FollowTheMoney entities: events, the parties in them, and the articles that tell of them, one entity a line.

Written by hand, so that no further package is needed; the tests check every entity with the library's own schema.
Actors are ``organizer``, recipients ``involved``; the report's status stands among the keywords.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO, TypedDict

from rasid.export.columns import first_day, joined, one_line, place_value
from rasid.export.gdelt import full_name
from rasid.export.parties import PartyKind, Thing, iso2, thing
from rasid.export.shapes import ActorShape, ArticleShape
from rasid.export.writer import Writer
from rasid.export.written import Row, Written, rows


class Entity(TypedDict):
    """``properties`` holds lists of texts, by the names of the schema."""

    id: str
    schema: str
    properties: Mapping[str, list[str]]


_SCHEMAS: Mapping[PartyKind, str] = {
    PartyKind.PERSON: "Person",
    PartyKind.ORGANISATION: "Organization",
    PartyKind.BODY: "PublicBody",
    PartyKind.GROUP: "LegalEntity",
}


class EntitiesWriter(Writer):
    """One entity a line (FollowTheMoney's own JSON lines); parties and articles once, before what refers to them."""

    def __init__(self, sink: BinaryIO) -> None:
        super().__init__(sink)
        self.written: set[str] = set()

    def write(self, item: Written) -> None:
        for row in rows(item):
            for entity in entities(row):
                if entity["id"] not in self.written:
                    self.written.add(entity["id"])
                    text = json.dumps(entity, ensure_ascii=False, separators=(",", ":"))
                    self.sink.write(text.encode("utf-8", "backslashreplace") + b"\n")


def entities(row: Row) -> Iterator[Entity]:
    """The articles, the parties, then the event."""
    for telling in row.tellings:
        yield _article(telling.article)
    for actor in (*row.actors, *row.recipients):
        yield _party(thing(actor))
    yield _event(row)


def _digest(kind: str, name: str) -> str:
    return f"rasid-{hashlib.sha1(f'{kind}|{name}'.encode(), usedforsecurity=False).hexdigest()}"


def _entity(name: str, schema: str, properties: Mapping[str, Sequence[str | None]]) -> Entity:
    """The entity with those properties that have a value, each value once."""
    told = {key: list(dict.fromkeys(value for value in values if value)) for key, values in properties.items()}
    return {"id": name, "schema": schema, "properties": {key: values for key, values in told.items() if values}}


def _article(article: ArticleShape) -> Entity:
    properties: dict[str, list[str | None]] = {
        "fileName": [article["id"]],
        "title": [article["title"]],
        "publishedAt": [article["published"]],
        "publisher": [article["publisher"]],
        "sourceUrl": [article["url"]],
        "language": [_LANGUAGES.get(article["language"] or "")],
    }
    return _entity(_digest("article", article["id"]), "Article", properties)


_LANGUAGES = {"ar": "ara", "en": "eng", "fa": "fas", "ur": "urd", "fr": "fra", "ku": "kur"}


def _party(party: Thing) -> Entity:
    properties: dict[str, list[str | None]] = {
        "name": [party.name],
        "alias": [party.name_ar if party.name_ar != party.name else None],
        "country": [_country(party.country)],
    }
    if party.kind is PartyKind.PERSON:
        properties["title"] = [party.title]
    else:
        properties["sector"] = list(party.sectors)
    return _entity(f"rasid-{party.digest}", _SCHEMAS[party.kind], properties)


def _country(code: str | None) -> str | None:
    short = iso2(code)
    return short.lower() if short else None


def _event(row: Row) -> Entity:
    event, time = row.event, row.event["time"]
    place = event["place"]
    telling = row.tellings
    properties: dict[str, list[str | None]] = {
        "name": [_name(row)],
        "summary": [found.quote for found in telling],
        "startDate": [first_day(row)],
        "endDate": [time["last"] if time else None],
        "location": [str(place_value(row, full_name) or (place["text"] if place else ""))],
        "country": [_country(place["country"]) if place else None],
        "organizer": _ids(row.actors),
        "involved": _ids(row.recipients),
        "keywords": [event["type"], *event["modes"], *event["contexts"], event["status"], f"CAMEO {event['cameo']}"],
        "notes": [
            f"{one_line(said['text'])} ({said['stance']})" for found in telling for said in found.event["attribution"]
        ],
        "recordId": [event["id"]],
        "proof": [_digest("article", found.article["id"]) for found in telling],
        "publisher": [found.article["publisher"] for found in telling],
        "sourceUrl": [found.article["url"] for found in telling],
    }
    return _entity(_digest("event", f"{row.written.record['article']['id']}|{event['id']}"), "Event", properties)


def _ids(actors: Iterable[ActorShape]) -> list[str | None]:
    return [f"rasid-{thing(actor).digest}" for actor in actors]


def _name(row: Row) -> str:
    if row.merged and row.merged.line_en:
        return row.merged.line_en
    sides = (joined(thing(actor).name for actor in actors) for actors in (row.actors, row.recipients))
    told = " → ".join(side for side in sides if side)
    return f"{row.event['type']}: {told}" if told else f"{row.event['type']}: {one_line(row.event['trigger']['text'])}"
