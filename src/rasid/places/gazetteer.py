"""The gazetteer: folded Arabic names to places of the world.

Two files built by ``training/places.py``: ``places.tsv.gz`` holds one entry a line, ``place_names.tsv.gz`` one folded
name a line with the numbers of its entries. Lines are parsed when they are first asked for.
"""

from __future__ import annotations

import functools
import gzip
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources

from rasid.data import compiled
from rasid.errors import ModelError

_EARTH_KM = 6371.0
_CACHE = 1 << 14


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. ``weight`` is its population or a stand-in for it; coordinates are WGS84 degrees or None.

    ``own`` marks the rows of ``lexicon/places.tsv`` and the countries; ``within`` is the English name of the holder.
    """

    name: str
    name_en: str
    country: str
    admin1: str
    kind: str
    precision: str
    latitude: float | None
    longitude: float | None
    weight: int
    geonames_id: int | None
    own: bool
    within: str


@dataclass(frozen=True, slots=True)
class Named:
    """All places of one name, likeliest first. A ``bound`` name is a place only with further evidence."""

    entries: tuple[Entry, ...]
    bound: bool


@dataclass(frozen=True)
class Gazetteer:
    """Names and entries as they lie in the files (entries by their number), with what is needed to walk several words
    and the country entries."""

    entries: Mapping[str, Entry]
    names: Mapping[str, str]
    longest: Mapping[str, int]  # first word of a name of several words: the most words such a name has
    countries: Mapping[str, Entry]  # by ISO 3166-1 alpha-3 code


def _read(name: str) -> list[str]:
    try:
        packed = resources.files("rasid.data").joinpath(name).read_bytes()
    except FileNotFoundError as error:
        raise ModelError(f"{name} is missing; reinstall Rasid or run training/places.py") from error
    return gzip.decompress(packed).decode("utf-8").splitlines()


@functools.cache
def gazetteer() -> Gazetteer:
    """The shipped gazetteer."""
    return Gazetteer(
        compiled("places-entries", _numbered, _entry),
        compiled("places-names", _names, lambda _, use: use.decode("utf-8")),
        compiled("places-longest", _longest, lambda _, words: int(words)),
        compiled("places-countries", _countries, _entry),
    )


def _numbered() -> Iterator[tuple[str, bytes]]:
    return ((str(number), line.encode("utf-8")) for number, line in enumerate(_read("places.tsv.gz")))


def _names() -> Iterator[tuple[str, bytes]]:
    for line in _read("place_names.tsv.gz"):
        name, _, rest = line.partition("\t")
        yield name, rest.encode("utf-8")


def _longest() -> Iterator[tuple[str, bytes]]:
    longest: dict[str, int] = {}
    for line in _read("place_names.tsv.gz"):
        first, *others = line.partition("\t")[0].split(" ")
        if others:
            longest[first] = max(longest.get(first, 0), len(others) + 1)
    return ((first, str(words).encode()) for first, words in longest.items())


def _countries() -> Iterator[tuple[str, bytes]]:
    lines = (line for line in _read("places.tsv.gz") if "\tcountry\tcountry\t" in line)
    return ((line.split("\t")[2], line.encode("utf-8")) for line in lines)


@functools.lru_cache(maxsize=_CACHE)
def named(name: str) -> Named | None:
    """Places of the folded ``name``, or None."""
    rest = gazetteer().names.get(name)
    if not rest or rest.endswith("x"):
        return None
    numbers, _, use = rest.partition("\t")
    entries = gazetteer().entries
    return Named(tuple(entries[number] for number in numbers.split(",")), use == "b")


def is_blocked(form: str) -> bool:
    """True for a form that looks like a clitic and a name but is a word of its own."""
    return gazetteer().names.get(form, "").endswith("x")


def by_country() -> Mapping[str, Entry]:
    """Country entries by ISO 3166-1 alpha-3 code."""
    return gazetteer().countries


def _entry(_: str, line: bytes) -> Entry:
    name, name_en, country, admin1, kind, precision, lat, lon, weight, number, own, within = (
        line.decode("utf-8").split("\t")
    )
    return Entry(
        name, name_en, country, admin1, kind, precision, float(lat) if lat else None, float(lon) if lon else None,
        int(weight), int(number) if number else None, own == "o", within,
    )  # fmt: skip


def distance_km(a: Entry, b: Entry) -> float:
    """Great-circle distance; infinite when one of them has no coordinates."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return math.inf
    p, q = math.radians(a.latitude), math.radians(b.latitude)
    turn = math.radians(b.longitude - a.longitude)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(turn / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(1.0, h)))
