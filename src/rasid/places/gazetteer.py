"""The gazetteer: folded Arabic names to places of the world.

Two files built by ``training/places.py``: ``places.tsv.gz`` holds one entry a line, ``place_names.tsv.gz`` one folded
name a line with the numbers of its entries. The user's own rows (``places.tsv`` of the folder given by ``--lexicon``)
stand before them, the entries built of a GeoNames dump (rasid.places.dump) behind them. Lines are parsed when they are
first asked for.
"""

from __future__ import annotations

import functools
import gzip
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from rasid.data import compiled, dumps, theirs
from rasid.errors import LexiconError, ModelError
from rasid.places.kinds import PRECISION, WEIGHT
from rasid.words.fold import fold

_EARTH_KM = 6371.0
_CACHE = 1 << 14
# Stands behind a name of a dump's line that is a place only with further evidence.
NAMES_MARK = "*"
_DUMP_CELLS = 13


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
    lines = (*_read("places.tsv.gz"), *(line.rpartition("\t")[0] for line in _added_lines()))
    return ((str(number), line.encode("utf-8")) for number, line in enumerate(lines))


def _names() -> Iterator[tuple[str, bytes]]:
    added = _added(len(_read("places.tsv.gz")))
    for line in _read("place_names.tsv.gz"):
        name, _, rest = line.partition("\t")
        numbers, tab, use = rest.partition("\t")
        if use != "x" and name in added:
            more = added.pop(name)
            numbers, use = ",".join((*more.own, numbers, *more.others)), use if not more.own or more.bound else ""
        yield name, f"{numbers}{tab}{use}".encode()
    for name, more in added.items():
        yield name, f"{','.join((*more.own, *more.others))}\t{'b' if more.bound else ''}".encode()


@dataclass(slots=True)
class _Added:
    """Numbers of the entries that a name gets: the user's own, those of a dump; whether the name is bound."""

    own: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    bound: bool = False


def _added(first: int) -> dict[str, _Added]:
    """Names that the user's rows and dumps bring, the dump's entries heaviest first."""
    found: dict[str, _Added] = {}
    weights: dict[str, int] = {}
    for number, line in enumerate(_added_lines(), first):
        cells = line.split("\t")
        weights[str(number)] = int(cells[8])
        for name in cells[-1].split("|"):
            more = found.setdefault(name.removesuffix(NAMES_MARK), _Added(bound=name.endswith(NAMES_MARK)))
            (more.own if cells[10] else more.others).append(str(number))
    for more in found.values():
        more.others.sort(key=lambda number: -weights[number])
    return found


@functools.cache
def _added_lines() -> tuple[str, ...]:
    """The user's own rows and those of a dump: the cells of an entry, then its folded names."""
    return (*map(_own_line, theirs("places")), *(line for path in dumps() for line in _lines_of(path)))


def _own_line(row: Mapping[str, str]) -> str:
    names = [name.strip() for name in row["names"].split("|")]
    marked = "|".join(fold(name) + NAMES_MARK * bool(row["needs"]) for name in names)
    weight, precision = row["weight"] or str(WEIGHT.get(row["kind"], 0)), PRECISION.get(row["kind"], "exact")
    country = row["iso3"].strip("-")
    place = (row["lat"], row["lon"], weight, "", "o", row["within"])
    return "\t".join((names[0], row["name_en"], country, "", row["kind"], precision, *place, marked))


def _lines_of(path: Path) -> list[str]:
    try:
        lines = gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise LexiconError(path.name, 0, "-", f"is damaged ({error}); build it again: rasid places build") from error
    for number, line in enumerate(lines, 1):
        if line.count("\t") != _DUMP_CELLS - 1:
            raise LexiconError(path.name, number, "-", "is not of this version; build it again: rasid places build")
    return lines


def numbers_known() -> frozenset[int]:
    """GeoNames numbers of the shipped entries."""
    numbers = (line.split("\t")[9] for line in _read("places.tsv.gz"))
    return frozenset(int(number) for number in numbers if number)


def _longest() -> Iterator[tuple[str, bytes]]:
    longest: dict[str, int] = {}
    added = (name.removesuffix(NAMES_MARK) for line in _added_lines() for name in line.split("\t")[-1].split("|"))
    for name in (*(line.partition("\t")[0] for line in _read("place_names.tsv.gz")), *added):
        first, *others = name.split(" ")
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
