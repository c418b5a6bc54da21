"""Build step: the world's borders for the desk's map, taken from a package that carries Natural Earth (public domain).

Natural Earth's 1:110m countries lie in the wheels of pyogrio as ``naturalearth_lowres``. Only the outlines are taken,
rounded to a twentieth of a degree; nothing of pyogrio itself is used or shipped.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_FOLDER = Path(__file__).parent / "src" / "rasid" / "serve" / "assets"
_SOURCE = "tests/fixtures/naturalearth_lowres/naturalearth_lowres"
_HEADER = 100  # bytes before the first record of a shapefile
_STEPS = 20  # a twentieth of a degree, 5 km: finer than the data
# Natural Earth gives these no ISO code.
_CODES = {"France": "FRA", "Norway": "NOR", "Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}


class BordersHook(BuildHookInterface):  # type: ignore[type-arg]
    """Writes ``src/rasid/serve/assets/borders.json`` before the wheel is put together, for editable installs too."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before building."""
        if not write_borders():
            self.app.display_warning("pyogrio is not at hand: the desk's map will have no borders")


def write_borders() -> bool:
    """Write the borders; False when the package that carries them is not installed."""
    found = importlib.util.find_spec("pyogrio")
    if found is None or not found.submodule_search_locations:
        return False
    source = Path(found.submodule_search_locations[0]) / _SOURCE
    if not source.with_suffix(".shp").is_file():
        return False
    names, codes = _columns(source.with_suffix(".dbf").read_bytes(), ("name", "iso_a3"))
    shapes = _rings(source.with_suffix(".shp").read_bytes())
    borders: dict[str, list[list[int]]] = {}
    for name, code, rings in zip(names, codes, shapes, strict=True):
        borders.setdefault(_CODES.get(name, code), []).extend(rings)
    _FOLDER.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"steps": _STEPS, "borders": borders}, separators=(",", ":"))
    (_FOLDER / "borders.json").write_text(text + "\n", encoding="utf-8")
    return True


def _columns(table: bytes, wanted: tuple[str, ...]) -> list[list[str]]:
    """Columns of a dBASE table by name."""
    count, header, length = struct.unpack_from("<IHH", table, 4)
    places, at = {}, 1
    for start in range(32, header - 1, 32):
        name = table[start : start + 11].split(b"\0")[0].decode("ascii")
        places[name] = (at, table[start + 16])
        at += table[start + 16]
    rows = [table[header + n * length : header + (n + 1) * length] for n in range(count)]
    return [[_cell(row, *places[name]) for row in rows] for name in wanted]


def _cell(row: bytes, at: int, width: int) -> str:
    return row[at : at + width].decode("latin-1").strip(" \0")


def _rings(shapes: bytes) -> Iterator[list[list[int]]]:
    """For each polygon its rings; a ring is longitude, latitude, longitude, ... in steps."""
    at = _HEADER
    while at < len(shapes):
        (words,) = struct.unpack_from(">i", shapes, at + 4)
        yield _polygon(shapes, at + 8)
        at += 8 + words * 2


def _polygon(shapes: bytes, at: int) -> list[list[int]]:
    parts, points = struct.unpack_from("<ii", shapes, at + 36)
    starts = [*struct.unpack_from(f"<{parts}i", shapes, at + 44), points]
    values = struct.unpack_from(f"<{points * 2}d", shapes, at + 44 + parts * 4)
    steps = [round(value * _STEPS) for value in values]
    return [steps[start * 2 : end * 2] for start, end in itertools.pairwise(starts)]
