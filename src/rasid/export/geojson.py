"""Events as GeoJSON features (RFC 7946): longitude first, WGS84."""

from __future__ import annotations

from typing import Literal, TypedDict

from rasid.export.columns import FLAT, Column, Value
from rasid.export.written import Row


class Point(TypedDict):
    type: Literal["Point"]
    coordinates: list[float]


class Feature(TypedDict):
    """``properties`` has the columns of the CSV file, all of them in every feature."""

    type: Literal["Feature"]
    id: str
    geometry: Point | None
    properties: dict[str, Value]


def feature(row: Row, columns: tuple[Column, ...] = FLAT) -> Feature:
    """The feature of one event; a place without coordinates, or no place, gives a null geometry."""
    return {
        "type": "Feature",
        "id": row.event["id"],
        "geometry": _point(row),
        "properties": {column.name: column.get(row) for column in columns},
    }


def _point(row: Row) -> Point | None:
    place = row.event["place"]
    if place is None or place["latitude"] is None or place["longitude"] is None:
        return None
    return {"type": "Point", "coordinates": [place["longitude"], place["latitude"]]}
