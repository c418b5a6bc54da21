"""How others' flat files are laid out: POLECAT and ICEWS, filled from the same rows (GDELT: ``gdelt.py``).

A value that Rasid does not know stays blank; the publication date is never passed off as the event's date.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import rasid
from rasid import codebook, data
from rasid.export.columns import (
    FLAT,
    STORED,
    Column,
    actor_value,
    country_code,
    district,
    exact_day,
    joined,
    locality,
    name,
    one_line,
    place_value,
    sector,
    sector_names,
    stable_number,
)
from rasid.export.shapes import ActorShape, PlaceShape
from rasid.export.written import Row, Written, pairs, rows


@dataclass(frozen=True, slots=True)
class Layout:
    """A flat text file: its columns, what makes a row, the delimiter, whether names stand in the first line."""

    columns: tuple[Column, ...]
    rows: Callable[[Written], Iterator[Row]]
    delimiter: str = "\t"
    header: bool = True
    mark: bool = False  # begin with a byte order mark, without which Excel garbles Arabic


def blank(title: str) -> Column:
    """A column of the format that Rasid has nothing for."""
    return Column(title, str, lambda row: None)


def _polecat_party(role: str, get: Callable[[Row], ActorShape | None]) -> tuple[Column, ...]:
    return (
        Column(f"{role} Name", str, lambda row: actor_value(get(row), name)),
        Column(f"{role} Country", str, lambda row: actor_value(get(row), country_code)),
        Column(f"{role} COW", int, lambda row: actor_value(get(row), lambda actor: _cow().get(country_code(actor)))),
        Column(f"Primary {role} Sector", str, lambda row: actor_value(get(row), lambda actor: sector(actor, 0))),
        Column(f"{role} Sectors", str, lambda row: actor_value(get(row), lambda actor: joined(actor["sectors"]))),
        Column(f"{role} Title", str, lambda row: actor_value(get(row), lambda actor: actor["title"])),
        Column(f"{role} Name Raw", str, lambda row: actor_value(get(row), lambda actor: one_line(actor["text"]))),
        blank(f"Wikipedia {role} ID"),
    )


@functools.cache
def _cow() -> Mapping[str, int]:
    """ISO 3166-1 alpha-3 to the numbers of the Correlates of War state system."""
    return {row["iso3"]: int(row["cow"]) for row in data.table("cow")}


@functools.cache
def _known(table: str) -> frozenset[str]:
    return frozenset(row["id"] for row in data.table(table))


def _story(row: Row, wanted: Callable[[ActorShape], bool]) -> str:
    """The best names of the article's mentions that are wanted, each once."""
    return joined(dict.fromkeys(name(found) for found in row.written.record["mentions"] if wanted(found)))


def is_person(actor: ActorShape) -> bool:
    """True for a known person, and for one whom no table knows but whose name was found."""
    return actor["id"] in _known("persons") or (actor["id"] is None and bool(actor["name"]) and bool(actor["title"]))


def is_organisation(actor: ActorShape) -> bool:
    """True for a party, armed group, service, body or news medium that a table knows."""
    return actor["id"] in _known("groups") or actor["id"] in _known("media")


def _place_columns() -> tuple[Column, ...]:
    return (
        Column("City", str, lambda row: place_value(row, locality)),
        Column("District", str, lambda row: place_value(row, district)),
        Column("Province", str, lambda row: place_value(row, lambda place: place["admin1"])),
        Column("Country", str, lambda row: place_value(row, lambda place: place["country"])),
        Column("Latitude", float, lambda row: place_value(row, lambda place: place["latitude"])),
        Column("Longitude", float, lambda row: place_value(row, lambda place: place["longitude"])),
    )


def _story_places(row: Row) -> str:
    return joined(dict.fromkeys(found["name_en"] or found["text"] for found in row.written.record["places"]))


POLECAT = Layout(
    (
        Column("Event ID", str, lambda row: row.event["id"]),
        Column("Event Date", str, exact_day),
        Column("Event Type", str, lambda row: row.event["plover"]),
        Column("Event Mode", str, lambda row: joined(row.event["modes"])),
        Column("Intensity", float, lambda row: codebook.types()[row.event["plover"]].score),
        Column("Quad Code", int, lambda row: row.event["quad"]),
        Column("Contexts", str, lambda row: joined(row.event["contexts"])),
        *_polecat_party("Actor", lambda row: row.actor),
        *_polecat_party("Recipient", lambda row: row.recipient),
        Column("Placename", str, lambda row: place_value(row, lambda place: place["name_en"])),
        *_place_columns(),
        Column("GeoNames ID", int, lambda row: place_value(row, lambda place: place["geonames_id"])),
        Column("Raw Placename", str, lambda row: place_value(row, lambda place: place["text"])),
        Column("Feature Type", str, lambda row: place_value(row, lambda place: place["precision"])),
        Column("Source", str, lambda row: row.written.record["article"]["publisher"]),
        Column("Publication Date", str, lambda row: row.written.record["article"]["published"]),
        Column("Story People", str, lambda row: _story(row, is_person)),
        Column("Story Organizations", str, lambda row: _story(row, is_organisation)),
        Column("Story Locations", str, _story_places),
        Column("Language", str, lambda row: row.written.record["article"]["language"]),
        Column("Version", str, lambda row: f"rasid-{rasid.__version__}"),
    ),
    pairs,
)


def _icews_party(role: str, get: Callable[[Row], ActorShape | None]) -> tuple[Column, ...]:
    return (
        Column(f"{role} Name", str, lambda row: actor_value(get(row), name)),
        Column(f"{role} Sectors", str, lambda row: actor_value(get(row), sector_names)),
        Column(f"{role} Country", str, lambda row: actor_value(get(row), _country_told)),
    )


def _country_told(actor: ActorShape) -> str:
    """ICEWS writes countries by name."""
    return _country_names().get(country_code(actor), country_code(actor))


@functools.cache
def _country_names() -> Mapping[str, str]:
    return {row["iso3"]: row["name_en"] for row in data.table("countries")}


def _icews_place() -> tuple[Column, ...]:
    def country(place: PlaceShape) -> str | None:
        return _country_names().get(place["country"] or "", place["country"])

    told = Column("Country", str, lambda row: place_value(row, country))
    return tuple(told if column.name == "Country" else column for column in _place_columns())


ICEWS = Layout(
    (
        Column("Event ID", int, stable_number),
        Column("Event Date", str, exact_day),
        *_icews_party("Source", lambda row: row.actor),
        Column("Event Text", str, lambda row: codebook.cameo_names()[row.event["cameo"]].capitalize()),
        Column("CAMEO Code", str, lambda row: row.event["cameo"]),
        Column("Intensity", float, lambda row: row.event["score"]),
        *_icews_party("Target", lambda row: row.recipient),
        Column("Story ID", str, lambda row: row.written.record["article"]["id"]),
        Column("Sentence Number", int, lambda row: row.written.sentence_number(row.event["sentence"])),
        Column("Publisher", str, lambda row: row.written.record["article"]["publisher"]),
        *_icews_place(),
    ),
    pairs,
)


CSV = Layout(FLAT, rows, delimiter=",", mark=True)
STORED_CSV = Layout(STORED, rows, delimiter=",", mark=True)
