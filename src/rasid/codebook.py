"""The ontology: PLOVER types, modes, contexts and sectors, and how they go over into CAMEO (tables in ``lexicon/``)."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasid import data
from rasid.records import Status


@dataclass(frozen=True, slots=True)
class Type:
    """One of the 16 PLOVER types. ``score`` is the PLOVER manual's value on -10 (conflict) to +10 (cooperation)."""

    name: str
    quad: int
    score: float
    needs_recipient: bool
    future: str
    modes: tuple[str, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Cameo:
    """A CAMEO code with its Goldstein value, on -10 (conflict) to +10 (cooperation)."""

    code: str
    goldstein: float
    name: str


@dataclass(frozen=True, slots=True)
class _Row:
    mode: str
    context: str
    status: str
    cameo: Cameo

    def fits(self, modes: Sequence[str], contexts: Sequence[str], status: str) -> bool:
        return self.mode in ("", *modes) and self.context in ("", *contexts) and self.status in ("", status)

    @property
    def rank(self) -> tuple[bool, bool, bool, float]:
        """The more of status, mode and context a row names, the better; then the stronger value wins."""
        return bool(self.status), bool(self.mode), bool(self.context), abs(self.cameo.goldstein)


@functools.cache
def types() -> Mapping[str, Type]:
    """The 16 types by name, in the order of the codebook."""
    return {row["type"]: _type(row) for row in data.table("plover")}


def _type(row: Mapping[str, str]) -> Type:
    return Type(
        name=row["type"],
        quad=int(row["quad"]),
        score=float(row["score"]),
        needs_recipient=row["recipient"] == "yes",
        future=row["future"],
        modes=tuple(filter(None, row["modes"].split("|"))),
        meaning=row["meaning"],
    )


@functools.cache
def contexts() -> tuple[str, ...]:
    """PLOVER's 37 contexts."""
    return tuple(row["context"] for row in data.table("contexts"))


@functools.cache
def sectors() -> Mapping[str, str]:
    """Sector code to the name that ICEWS files use for it."""
    return {row["sector"]: row["icews"] for row in data.table("sectors")}


def plover_type(type_name: str, status: Status) -> str:
    """The type under PLOVER's own rule for acts to come: a future CONSULT is an AGREE, a future RETREAT a CONCEDE."""
    return types()[type_name].future if status is Status.FUTURE else type_name


def cameo(type_name: str, modes: Sequence[str], *, contexts: Sequence[str] = (), status: Status) -> Cameo:
    """The CAMEO code of an act: the most specific row of ``lexicon/cameo.tsv`` that fits.

    Raises KeyError for a type that PLOVER does not have.
    """
    return _cameo(type_name, tuple(modes), tuple(contexts), str(status))


@functools.lru_cache(maxsize=4096)
def _cameo(type_name: str, modes: tuple[str, ...], contexts: tuple[str, ...], status: str) -> Cameo:
    fitting = (row for row in _rows()[type_name] if row.fits(modes, contexts, status))
    return max(fitting, key=lambda row: row.rank).cameo


@functools.cache
def _rows() -> Mapping[str, tuple[_Row, ...]]:
    rows: dict[str, list[_Row]] = {name: [] for name in types()}
    for row in data.table("cameo"):
        code = Cameo(row["cameo"], float(row["goldstein"]), row["cameo_name"])
        rows[row["type"]].append(_Row(row["mode"], row["context"], row["status"], code))
    return {name: tuple(found) for name, found in rows.items()}


@functools.cache
def cameo_names() -> Mapping[str, str]:
    """CAMEO code to what it stands for."""
    return {row["cameo"]: row["cameo_name"] for row in data.table("cameo")}
