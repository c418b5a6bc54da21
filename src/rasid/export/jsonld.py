"""Events as linked data: one JSON-LD document with terms of schema.org and of the Simple Event Model (SEM).

An event is a schema:Event and a sem:Event with its places, times and parties; each report is a schema:Claim in a
schema:NewsArticle, so that who says it stays with what is said. An interval that is coarser than a day gives the
earliest begin and the latest end, not a begin and an end. Identifiers are URNs (``urn:rasid:event:...``).
"""

from __future__ import annotations

import json
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from rasid.export.columns import one_line
from rasid.export.gdelt import full_name
from rasid.export.parties import PartyKind, Thing, thing
from rasid.export.shapes import ActorShape, ArticleShape, PlaceShape, TimeShape
from rasid.export.writer import Writer
from rasid.export.written import Row, Telling, Written, rows

CONTEXT: Mapping[str, Any] = {
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "rasid": "urn:rasid:term:",
    "geonames": "https://sws.geonames.org/",
}
Node = dict[str, Any]
_TYPES: Mapping[PartyKind, str] = {
    PartyKind.PERSON: "schema:Person",
    PartyKind.ORGANISATION: "schema:Organization",
    PartyKind.BODY: "schema:GovernmentOrganization",
    PartyKind.GROUP: "schema:Organization",
}


class JsonLdWriter(Writer):
    """One document with a graph; articles, places and parties stand in it once."""

    def __init__(self, sink: BinaryIO) -> None:
        super().__init__(sink)
        self.written: set[str] = set()
        self.separator = b"\n"
        context = json.dumps(CONTEXT, separators=(",", ":"))
        sink.write(f'{{"@context":{context},"@graph":['.encode())

    def write(self, item: Written) -> None:
        for row in rows(item):
            for node in nodes(row):
                if node["@id"] not in self.written:
                    self.written.add(node["@id"])
                    text = json.dumps(node, ensure_ascii=False, separators=(",", ":"))
                    self.sink.write(self.separator + text.encode("utf-8", "backslashreplace"))
                    self.separator = b",\n"

    def close(self) -> None:
        self.sink.write(b"\n]}\n")
        super().close()


def nodes(row: Row) -> Iterator[Node]:
    """The nodes that one event needs: articles, parties, place, the event, then its reports."""
    for telling in row.tellings:
        yield _article(telling.article)
    for actor in (*row.actors, *row.recipients):
        yield _party(thing(actor))
    place = row.event["place"]
    if place is not None:
        yield _place(place)
    yield _event(row)
    for number, telling in enumerate(row.tellings):
        yield _claim(row, telling, number)


def _urn(kind: str, *names: str) -> str:
    return f"urn:rasid:{kind}:" + ":".join(urllib.parse.quote(name, safe="") for name in names)


def _told(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, [], {})}


def _ref(name: str) -> Node:
    return {"@id": name}


def _text(value: str | None, language: str) -> Node | None:
    return {"@value": value, "@language": language} if value else None


def _day(value: str | None) -> Node | None:
    return {"@value": value, "@type": "xsd:date"} if value else None


def _number(value: float | int | None) -> Node | None:
    kind = "xsd:integer" if isinstance(value, int) else "xsd:double"
    return None if value is None else {"@value": str(value), "@type": kind}


def _event_id(row: Row) -> str:
    """Ids of a store are unique in it; an article's are unique together with the article's."""
    article = () if row.merged else (row.written.record["article"]["id"],)
    return _urn("event", *article, row.event["id"])


def _event(row: Row) -> Node:
    event, place = row.event, row.event["place"]
    lines = [_text(row.merged.line_en, "en"), _text(row.merged.line_ar, "ar")] if row.merged else []
    return _told(
        {
            "@id": _event_id(row),
            "@type": ["schema:Event", "sem:Event"],
            "schema:identifier": event["id"],
            "schema:name": [line for line in lines if line] or _text(one_line(event["trigger"]["text"]), "ar"),
            "sem:eventType": [_ref(f"rasid:{name}") for name in (event["type"], *event["modes"])],
            "rasid:plover": event["plover"],
            "rasid:cameo": event["cameo"],
            "rasid:quad": event["quad"],
            "rasid:goldstein": _number(float(event["score"])),
            "rasid:status": event["status"],
            "rasid:historical": event["historical"],
            "rasid:confidence": _number(float(event["confidence"])),
            "schema:keywords": event["contexts"],
            "rasid:killed": event["killed"],
            "rasid:injured": event["injured"],
            "rasid:arrested": event["arrested"],
            "rasid:sources": row.merged.sources if row.merged else None,
            "rasid:reviewed": row.merged.reviewed if row.merged else None,
            **(_times(event["time"]) if event["time"] else {}),
            "schema:location": _ref(_place_id(place)) if place else None,
            "sem:hasPlace": _ref(_place_id(place)) if place else None,
            "schema:actor": [_ref(_party_id(actor)) for actor in row.actors],
            "sem:hasActor": [_role(actor, "actor") for actor in row.actors]
            + [_role(actor, "recipient") for actor in row.recipients],
            "schema:subjectOf": [_ref(_urn("article", told.article["id"])) for told in row.tellings],
        }
    )


def _role(actor: ActorShape, role: str) -> Node:
    """SEM's way to say as what a party takes part."""
    return _told(
        {
            "@type": "sem:Role",
            "rdf:value": _ref(_party_id(actor)),
            "sem:roleType": _ref(f"rasid:{role}"),
            "rasid:code": actor["code"] or None,
            "rasid:phrase": _text(one_line(actor["text"]), "ar"),
        }
    )


def _times(time: TimeShape) -> Node:
    told = {"rasid:edtf": time["edtf"], "rasid:precision": time["precision"]}
    if time["first"] is None or time["last"] is None:
        return {**told, "rasid:timePhrase": _text(one_line(time["text"]), "ar")}
    days = {"schema:startDate": _day(time["first"]), "schema:endDate": _day(time["last"])}
    if time["first"] == time["last"]:
        return {**told, **days, "sem:hasTimeStamp": _day(time["first"])}
    early, late = _day(time["first"]), _day(time["last"])
    return {**told, **days, "sem:hasEarliestBeginTimeStamp": early, "sem:hasLatestEndTimeStamp": late}


def _place_id(place: PlaceShape) -> str:
    if place["geonames_id"] is not None:
        return f"geonames:{place['geonames_id']}/"
    return _urn("place", place["country"] or "", place["name"] or place["name_en"] or one_line(place["text"]))


def _place(place: PlaceShape) -> Node:
    known = place["latitude"] is not None and place["longitude"] is not None
    point = {
        "@type": "schema:GeoCoordinates",
        "schema:latitude": _number(place["latitude"]),
        "schema:longitude": _number(place["longitude"]),
    }
    names = [_text(place["name_en"], "en"), _text(place["name"] or one_line(place["text"]), "ar")]
    return _told(
        {
            "@id": _place_id(place),
            "@type": ["schema:Place", "sem:Place"],
            "schema:name": [name for name in names if name],
            "schema:address": full_name(place) or None,
            "rasid:country": place["country"],
            "rasid:precision": place["precision"],
            "schema:geo": point if known else None,
        }
    )


def _party_id(actor: ActorShape) -> str:
    return _urn("party", thing(actor).key)


def _party(party: Thing) -> Node:
    return _told(
        {
            "@id": _urn("party", party.key),
            "@type": [_TYPES[party.kind], "sem:Actor"],
            "schema:name": [name for name in (_text(party.name, "en"), _text(party.name_ar, "ar")) if name],
            "schema:jobTitle": _text(party.title, "ar") if party.kind is PartyKind.PERSON else None,
            "rasid:country": party.country,
            "rasid:sector": list(party.sectors),
        }
    )


def _article(article: ArticleShape) -> Node:
    publisher = article["publisher"]
    return _told(
        {
            "@id": _urn("article", article["id"]),
            "@type": "schema:NewsArticle",
            "schema:identifier": article["id"],
            "schema:headline": _text(article["title"], article["language"] or "ar"),
            "schema:url": _ref(article["url"]) if article["url"] else None,
            "schema:datePublished": _day(article["published"]),
            "schema:inLanguage": article["language"],
            "schema:publisher": {"@type": "schema:Organization", "schema:name": publisher} if publisher else None,
            "schema:isBasedOn": _ref(_urn("article", article["copy_of"])) if article["copy_of"] else None,
        }
    )


def _claim(row: Row, telling: Telling, number: int) -> Node:
    """One report: what is said, in which article, according to whom."""
    event = telling.event
    sources = [
        _told(
            {
                "@type": ["schema:Organization", "sem:Authority"],
                "schema:name": _text(one_line(said["text"]), "ar"),
                "rasid:code": said["code"] or None,
                "rasid:stance": said["stance"],
            }
        )
        for said in event["attribution"]
    ]
    return _told(
        {
            "@id": f"{_event_id(row)}:report:{number}",
            "@type": ["schema:Claim", "sem:View"],
            "schema:about": _ref(_event_id(row)),
            "schema:appearance": _ref(_urn("article", telling.article["id"])),
            "schema:text": _text(telling.quote, telling.article["language"] or "ar"),
            "rasid:status": event["status"],
            "rasid:triggerStart": event["trigger"]["start"],
            "rasid:triggerEnd": event["trigger"]["end"],
            "rasid:killed": event["killed"],
            "rasid:injured": event["injured"],
            "rasid:arrested": event["arrested"],
            "sem:accordingTo": sources,
        }
    )
