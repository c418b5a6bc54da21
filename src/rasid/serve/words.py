"""The interface's words in Arabic and English: texts, names of codes, countries and parties."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rasid import data

LANGUAGES = ("ar", "en")
_FOLDER = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; call it with a key of ``tables/interface.tsv``."""

    language: str

    @property
    def direction(self) -> str:
        """Reading direction: rtl or ltr."""
        return "rtl" if self.language == "ar" else "ltr"

    @property
    def other(self) -> str:
        """The other language."""
        return "en" if self.language == "ar" else "ar"

    def __call__(self, key: str, **values: object) -> str:
        """The text for ``key`` with ``{name}`` filled in. Raises KeyError for an unknown key."""
        return _interface()[key, self.language].format(**values)

    def label(self, kind: str, code: object) -> str:
        """What a code means; the code itself where no table knows it."""
        return _labels().get((kind, str(code), self.language), str(code))

    def country(self, code: str | None) -> str:
        """Name of a country or group by its three letters."""
        if not code:
            return ""
        known = _countries().get(code)
        return known[self.language] if known else self.label("group", code)

    def party(self, code: str) -> str:
        """A party's code in words: ``SYRMIL`` is Syria, armed forces."""
        sectors = [self.label("sector", code[at : at + 3]) for at in range(3, len(code), 3)]
        comma = "، " if self.language == "ar" else ", "
        return comma.join([self.country(code[:3]), *sectors])

    def number(self, value: float | None) -> str:
        """A number with its thousands told apart."""
        if value is None:
            return ""
        return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


@functools.cache
def words(language: str) -> Words:
    """The words of ``language`` (ar or en; any other gives English)."""
    return Words(language if language in LANGUAGES else "en")


def _rows(name: str) -> list[dict[str, str]]:
    lines = (_FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    header, *rest = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [dict(zip(header, cells, strict=True)) for cells in rest]


@functools.cache
def _interface() -> Mapping[tuple[str, str], str]:
    return {(row["key"], language): row[language] for row in _rows("interface") for language in LANGUAGES}


@functools.cache
def _labels() -> Mapping[tuple[str, str, str], str]:
    return {(row["kind"], row["code"], language): row[language] for row in _rows("labels") for language in LANGUAGES}


@functools.cache
def _countries() -> Mapping[str, Mapping[str, str]]:
    rows = data.table("countries")
    return {row["iso3"]: {"en": row["name_en"], "ar": row["names"].split("|")[0]} for row in rows}


def codes(kind: str) -> tuple[str, ...]:
    """All codes of a kind (type, status, quad, mode, ...) in the table's order."""
    return tuple(row["code"] for row in _rows("labels") if row["kind"] == kind)


def countries() -> tuple[str, ...]:
    """Codes of all countries."""
    return tuple(_countries())
