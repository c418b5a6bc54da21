"""The columns of the flat formats: name, type, and how the value is taken from a row."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from rasid import codebook
from rasid.export.shapes import ActorShape, PlaceShape, TimeShape
from rasid.export.written import Merged, Row

Value: TypeAlias = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """``kind`` is the type of the values that are not blank."""

    name: str
    kind: type[str] | type[int] | type[float] | type[bool]
    get: Callable[[Row], Value]


def one_line(text: str) -> str:
    """The text with every run of white space, line breaks too, as one space."""
    return " ".join(text.split())


def joined(values: Iterable[str | None], *, by: str = "; ") -> str:
    return by.join(value or "" for value in values)


def first_day(row: Row) -> str | None:
    time = row.event["time"]
    return time["first"] if time else None


def exact_day(row: Row) -> str | None:
    """The event's day, only where the text gives one; a month is never passed off as a day."""
    time = row.event["time"]
    return time["first"] if time and time["first"] and time["first"] == time["last"] else None


def stable_number(row: Row) -> int:
    """An identifier of 15 decimal digits that stays the same from run to run."""
    if row.merged:
        parties = [f"{actor['code']} {actor['id'] or actor['name']}" for actor in (*row.actors, *row.recipients)]
        key = [row.merged.id, str(len(row.actors)), *parties]
    else:
        starts = (str(actor["start"]) for actor in (*row.actors, *row.recipients))
        key = [row.written.record["article"]["sha256"] or "", row.event["id"], *starts]
    return int(hashlib.sha256("\n".join(map(str, key)).encode()).hexdigest(), 16) % 10**15


def place_value(row: Row, get: Callable[[PlaceShape], Value]) -> Value:
    place = row.event["place"]
    return get(place) if place else None


def time_value(row: Row, get: Callable[[TimeShape], Value]) -> Value:
    time = row.event["time"]
    return get(time) if time else None


def actor_value(actor: ActorShape | None, get: Callable[[ActorShape], Value]) -> Value:
    return get(actor) if actor else None


def name(actor: ActorShape) -> str:
    """The best known name: English, else Arabic, else the phrase as it stands."""
    return actor["name_en"] or actor["name"] or one_line(actor["text"])


def country_code(actor: ActorShape) -> str:
    """The first three letters of the code; blank where no country is known."""
    return actor["code"][:3].replace("---", "")


def sector(actor: ActorShape, position: int) -> str:
    return actor["sectors"][position] if position < len(actor["sectors"]) else ""


def sector_names(actor: ActorShape) -> str:
    return joined(codebook.sectors().get(code, code) for code in actor["sectors"])


def locality(place: PlaceShape) -> str | None:
    """The English name where the place is a settlement, else nothing."""
    return place["name_en"] if place["precision"] in ("exact", "locality") else None


def district(place: PlaceShape) -> str | None:
    """The English name where the place is a district, else nothing."""
    return place["name_en"] if place["precision"] == "district" else None


def _parties(role: str, get: Callable[[Row], tuple[ActorShape, ...]]) -> tuple[Column, ...]:
    return (
        Column(f"{role}_text", str, lambda row: joined(one_line(actor["text"]) for actor in get(row))),
        Column(f"{role}_name", str, lambda row: joined(name(actor) for actor in get(row))),
        Column(f"{role}_code", str, lambda row: joined(actor["code"] for actor in get(row))),
        Column(f"{role}_id", str, lambda row: joined(actor["id"] for actor in get(row))),
    )


FLAT: tuple[Column, ...] = (
    Column("article", str, lambda row: row.written.record["article"]["id"]),
    Column("publisher", str, lambda row: row.written.record["article"]["publisher"]),
    Column("published", str, lambda row: row.written.record["article"]["published"]),
    Column("url", str, lambda row: row.written.record["article"]["url"]),
    Column("event", str, lambda row: row.event["id"]),
    Column("type", str, lambda row: row.event["type"]),
    Column("modes", str, lambda row: joined(row.event["modes"])),
    Column("status", str, lambda row: row.event["status"]),
    Column("historical", bool, lambda row: row.event["historical"]),
    Column("plover", str, lambda row: row.event["plover"]),
    Column("cameo", str, lambda row: row.event["cameo"]),
    Column("quad", int, lambda row: row.event["quad"]),
    Column("score", float, lambda row: row.event["score"]),
    Column("contexts", str, lambda row: joined(row.event["contexts"])),
    Column("confidence", float, lambda row: row.event["confidence"]),
    *_parties("actor", lambda row: row.actors),
    *_parties("recipient", lambda row: row.recipients),
    Column("time_text", str, lambda row: time_value(row, lambda time: time["text"])),
    Column("edtf", str, lambda row: time_value(row, lambda time: time["edtf"])),
    Column("first_day", str, first_day),
    Column("last_day", str, lambda row: time_value(row, lambda time: time["last"])),
    Column("time_precision", str, lambda row: time_value(row, lambda time: time["precision"])),
    Column("place_text", str, lambda row: place_value(row, lambda place: place["text"])),
    Column("place_name", str, lambda row: place_value(row, lambda place: place["name_en"])),
    Column("country", str, lambda row: place_value(row, lambda place: place["country"])),
    Column("admin1", str, lambda row: place_value(row, lambda place: place["admin1"])),
    Column("latitude", float, lambda row: place_value(row, lambda place: place["latitude"])),
    Column("longitude", float, lambda row: place_value(row, lambda place: place["longitude"])),
    Column("geonames_id", int, lambda row: place_value(row, lambda place: place["geonames_id"])),
    Column("place_precision", str, lambda row: place_value(row, lambda place: place["precision"])),
    Column("source_text", str, lambda row: joined(said["text"] for said in row.event["attribution"])),
    Column("source_code", str, lambda row: joined(said["code"] for said in row.event["attribution"])),
    Column("stance", str, lambda row: joined(said["stance"] for said in row.event["attribution"])),
    Column("killed", str, lambda row: row.event["killed"]),
    Column("injured", str, lambda row: row.event["injured"]),
    Column("arrested", str, lambda row: row.event["arrested"]),
    Column("coref", int, lambda row: row.event["coref"]),
    Column("trigger", str, lambda row: row.event["trigger"]["text"]),
    Column("start", int, lambda row: row.event["trigger"]["start"]),
    Column("end", int, lambda row: row.event["trigger"]["end"]),
    Column("sentence", str, lambda row: row.written.quote(row.event["sentence"])),
    Column("published_by", str, lambda row: row.written.record["article"]["published_by"]),
    Column("copy_of", str, lambda row: row.written.record["article"]["copy_of"]),
)


def _of_merged(name: str, kind: type[str] | type[int] | type[bool], get: Callable[[Merged], Value]) -> Column:
    return Column(name, kind, lambda row: get(row.merged) if row.merged else None)


# Events of a store: what they say as a whole comes after the columns of a single report.
STORED: tuple[Column, ...] = (
    *FLAT,
    _of_merged("reports", int, lambda merged: merged.reports),
    _of_merged("sources", int, lambda merged: merged.sources),
    _of_merged("publishers", str, lambda merged: joined(merged.publishers)),
    _of_merged("first_published", str, lambda merged: merged.first_published),
    _of_merged("last_published", str, lambda merged: merged.last_published),
    _of_merged("reviewed", bool, lambda merged: merged.reviewed),
    _of_merged("killed_low", int, lambda merged: merged.killed[0]),
    _of_merged("killed_high", int, lambda merged: merged.killed[1]),
    _of_merged("injured_low", int, lambda merged: merged.injured[0]),
    _of_merged("injured_high", int, lambda merged: merged.injured[1]),
    _of_merged("arrested_low", int, lambda merged: merged.arrested[0]),
    _of_merged("arrested_high", int, lambda merged: merged.arrested[1]),
    _of_merged("line_en", str, lambda merged: merged.line_en),
    _of_merged("line_ar", str, lambda merged: merged.line_ar),
)
