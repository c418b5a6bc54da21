"""The map. A dot stands for a place that a text names; what is told of a country alone shades the country."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from rasid.serve.charts.svg import element, linked

Point = tuple[float, float]  # longitude, latitude in degrees
_BORDERS = Path(__file__).parents[1] / "assets" / "borders.json"
_WIDTH = 960.0
_SHADES = 5
_RADIUS = 16.0
# West, south, east, north.
REGIONS: Mapping[str, tuple[float, float, float, float]] = {
    "mena": (-18, 8, 64, 43),
    "levant": (29, 27, 50, 39),
    "gulf": (33, 11, 62, 33),
    "maghreb": (-18, 17, 26, 39),
    "nile": (20, -3, 53, 33),
    "world": (-179, -57, 180, 80),
}


@dataclass(frozen=True, slots=True)
class Dot:
    """``count`` events at one place; a ``province`` is drawn as a ring, since its point is only its middle."""

    longitude: float
    latitude: float
    count: int
    quad: int
    title: str
    address: str
    province: bool = False


@dataclass(frozen=True, slots=True)
class Shade:
    """``count`` events of which only the country is told; ``middle`` stands in for countries too small to draw."""

    country: str
    count: int
    title: str
    address: str
    middle: Point | None = None


def has_borders() -> bool:
    """Whether the package was built with the world's borders."""
    return bool(_borders())


@functools.cache
def _borders() -> Mapping[str, Sequence[Sequence[float]]]:
    if not _BORDERS.is_file():
        return {}
    told = json.loads(_BORDERS.read_text(encoding="utf-8"))
    return {
        code: [[value / told["steps"] for value in ring] for ring in rings] for code, rings in told["borders"].items()
    }


def world(shades: Sequence[Shade], dots: Sequence[Dot], *, region: str, label: str) -> Markup:
    """The map of a region (a key of REGIONS); links lead to the events."""
    box = REGIONS[region]
    project, height = _projection(box)
    by_country = {shade.country: shade for shade in shades}
    most = max((shade.count for shade in shades), default=1)
    drawn = [_country(code, rings, by_country.get(code), most, project, box) for code, rings in _borders().items()]
    small = [_small(shade, most, project) for shade in shades if shade.country not in _borders()]
    largest = max((dot.count for dot in dots), default=1)
    dots = [dot for dot in dots if _inside(dot.longitude, dot.latitude, box)]
    points = [_dot(dot, largest, project) for dot in sorted(dots, key=lambda dot: (not dot.province, -dot.count))]
    return element(
        "svg",
        element("title", label),
        *drawn,
        *small,
        *points,
        class_="chart map",
        id="map",
        viewBox=f"0 0 {_WIDTH:.0f} {height:.0f}",
        role="group",
        aria_label=label,
    )


def _inside(longitude: float, latitude: float, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= longitude <= box[2] and box[1] <= latitude <= box[3]


def _projection(box: tuple[float, float, float, float]) -> tuple[Callable[[float, float], Point], float]:
    """Miller's cylindrical projection of the box into the drawing, and the drawing's height."""
    west, south, east, north = box
    scale = _WIDTH / (east - west)
    top = _miller(north)

    def project(longitude: float, latitude: float) -> Point:
        return (longitude - west) * scale, (top - _miller(latitude)) * scale

    return project, (top - _miller(south)) * scale


def _miller(latitude: float) -> float:
    """Northing of a latitude, in degrees of longitude."""
    return math.degrees(1.25 * math.log(math.tan(math.pi / 4 + 0.4 * math.radians(latitude))))


def _country(
    code: str,
    rings: Sequence[Sequence[float]],
    shade: Shade | None,
    most: int,
    project: Callable[[float, float], Point],
    box: tuple[float, float, float, float],
) -> Markup:
    near = [ring for ring in rings if _touches(ring, box)]
    if not near:
        return Markup("")
    path = " ".join(_path(ring, project) for ring in near)
    step = f" c{_step(shade.count, most)}" if shade else ""
    drawn = element("path", d=path, class_=f"land{step}")
    return linked(shade.address, shade.title, drawn) if shade else drawn


def _touches(ring: Sequence[float], box: tuple[float, float, float, float]) -> bool:
    longitudes, latitudes = ring[::2], ring[1::2]
    return (
        min(longitudes) <= box[2]
        and max(longitudes) >= box[0]
        and min(latitudes) <= box[3]
        and max(latitudes) >= box[1]
    )


def _path(ring: Sequence[float], project: Callable[[float, float], Point]) -> str:
    points = [project(x, y) for x, y in zip(ring[::2], ring[1::2], strict=True)]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _step(count: int, most: int) -> int:
    return max(1, math.ceil(_SHADES * math.sqrt(count / most)))


def _small(shade: Shade, most: int, project: Callable[[float, float], Point]) -> Markup:
    """A country too small for the borders: a dashed square, which no dot can be taken for."""
    if shade.middle is None:
        return Markup("")
    x, y = project(*shade.middle)
    square = element("rect", x=x - 6, y=y - 6, width=12, height=12, class_=f"small c{_step(shade.count, most)}")
    return linked(shade.address, shade.title, square)


def _dot(dot: Dot, largest: int, project: Callable[[float, float], Point]) -> Markup:
    x, y = project(dot.longitude, dot.latitude)
    radius = 3.5 + (_RADIUS - 3.5) * math.sqrt(dot.count / largest)
    kind = f"province f{dot.quad} s{dot.quad}" if dot.province else f"dot f{dot.quad}"
    circle = element("circle", cx=x, cy=y, r=radius + 6 if dot.province else radius, class_=kind)
    return linked(dot.address, dot.title, circle)
