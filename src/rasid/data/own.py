"""A user's own tables: rows that add to the package's, or take the place of those of the same name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from rasid.errors import LexiconError

Row = dict[str, str]
Numbered = tuple[int, Row]

# Columns by which a row is known; every other table goes by its first column.
_KEYS = {"places": ("names", "iso3")}
# Columns that hold one of the words that the package's own table uses there.
_CLOSED = frozenset(
    {"kind", "office", "type", "origin", "match", "class", "calendar", "stance", "pos", "status", "side"}
)
_SECTORS = frozenset({"sector", "sectors"})
_COUNTRIES = frozenset({"country", "iso3", "country_default"})
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "---"})
_DAY = re.compile(r"(\d{4}(-\d{2}(-\d{2})?)?)?")
_NUMBER = re.compile(r"(-?\d+(\.\d+)?)?")
_NUMBERS = frozenset({"lat", "lon"})
_DAYS = frozenset({"from", "to"})
_SHOWN = 30

Package = Callable[[str], tuple[Row, ...]]


def check_folder(folder: Path, known: Sequence[str]) -> None:
    """Raises LexiconError when the folder is missing, or holds no table or one that the package does not have."""
    if not folder.is_dir():
        raise LexiconError(str(folder), 0, "-", "no such folder; name one that holds tables such as persons.tsv")
    tables = sorted(folder.glob("*.tsv"))
    if not tables:
        raise LexiconError(str(folder), 0, "-", f"holds no table; allowed are {_listed(known)}, each ending in .tsv")
    for path in tables:
        if path.stem not in known:
            raise LexiconError(path.name, 0, "-", f"no such table; allowed are {_listed(known)}")


def merged(name: str, own: Sequence[Numbered], package: Package) -> tuple[Row, ...]:
    """The package's rows without those that the user's replace, then the user's, blank where they leave a column out.

    A row replaces all rows of the same first cell (places: of the same first name and country). Raises LexiconError
    for a column or value that is not allowed.
    """
    shipped = package(name)
    columns = tuple(shipped[0])
    file = f"{name}.tsv"
    for number, row in own:
        _check(file, number, row, columns=columns, shipped=shipped, package=package)
    full = [{column: row.get(column, "") for column in columns} for _, row in own]
    replaced = {_key(name, row) for row in full}
    return (*(row for row in shipped if _key(name, row) not in replaced), *full)


def _key(name: str, row: Row) -> tuple[str, ...]:
    """What a row is known by: the first of the alternatives in each of its key columns."""
    columns = _KEYS.get(name) or (next(iter(row)),)
    return tuple(row[column].split("|")[0].strip() for column in columns)


def _check(
    file: str, number: int, row: Row, *, columns: Sequence[str], shipped: Sequence[Row], package: Package
) -> None:
    for column, cell in row.items():
        if column not in columns:
            raise LexiconError(file, number, column, f"no such column; allowed are {_listed(columns)}")
        allowed = _allowed(column, cell, shipped, package)
        if allowed:
            raise LexiconError(file, number, column, f"{cell!r} is not allowed; {allowed}")
    first = next(iter(columns))
    if not row.get(first):
        raise LexiconError(file, number, first, "must not be blank: the row is known by it")


def _allowed(column: str, cell: str, shipped: Sequence[Row], package: Package) -> str:
    """What may stand in the column, when the cell breaks it; blank when the cell is right."""
    if column in _CLOSED:
        values = {row[column] for row in shipped}
        return "" if cell in values else f"allowed are {_listed(sorted(values - {''}))}"
    if column in _SECTORS or column == "code":
        return _sectors(column, cell, package)
    if column in _COUNTRIES:
        return "" if not cell or cell in _countries(package) or column == "iso3" else _COUNTRY
    if column in _DAYS:
        return (
            "" if _DAY.fullmatch(cell) else "write a year (2011), month (2011-03) or day (2011-03-15), or leave blank"
        )
    if column in _NUMBERS:
        return "" if _NUMBER.fullmatch(cell) else "write degrees as a number (33.51)"
    return ""


_COUNTRY = f"write a country as in countries.tsv (SYR), or one of {', '.join(sorted(_BODIES))}"


def _sectors(column: str, cell: str, package: Package) -> str:
    words = re.findall(".{1,3}", cell) if column == "code" else cell.split()
    if column == "code":
        if not words or words[0] not in _countries(package):
            return f"{_COUNTRY}, followed by sectors"
        words = words[1:]
    known = [row["sector"] for row in package("sectors")]
    return "" if set(words) <= set(known) else f"allowed sectors are {_listed(known)}"


def _countries(package: Package) -> frozenset[str]:
    return frozenset(row["iso3"] for row in package("countries")) | _BODIES


def _listed(values: Sequence[str]) -> str:
    shown = ", ".join(values[:_SHOWN])
    return shown if len(values) <= _SHOWN else f"{shown} …"
