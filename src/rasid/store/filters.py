"""Which events are asked for: the filters, checked when they are made, and their SQL."""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from rasid import codebook, data
from rasid.errors import QueryError
from rasid.records import Stance, Status
from rasid.store import search
from rasid.words.fold import fold

QUADS = (1, 2, 3, 4)
_STATUSES = tuple(status.value for status in Status)
_STANCES = tuple(stance.value for stance in Stance)
# A country or group code, then sectors (CODEBOOK, section 4); --- where no country is known.
_CODE = re.compile(r"(?:[A-Z]{3}|---)(?:[A-Z]{3})*")


class Box(NamedTuple):
    """A part of the map in degrees (WGS84). ``west`` may be greater than ``east``: it then crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> Box:
        """The box written as ``west,south,east,north``. Raises QueryError."""
        try:
            west, south, east, north = (float(part) for part in text.split(","))
        except ValueError as error:
            raise QueryError(f"box {text!r}: write west,south,east,north in degrees, as in 42,36,44,37") from error
        return cls(west, south, east, north)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the events must fulfil, all of it; what is empty or None asks for nothing.

    ``since`` and ``until`` are days, both within: an event counts whose interval touches them; an undated one does not.
    ``types`` are the acts as told; ``actor``, ``recipient`` and ``party`` (either) take a code or the beginning of one
    (SYR, SYRMIL), a sector (MIL), a country, an actor's id, or part of a name in either script. ``place`` is part of a
    place's name. ``countries`` are where it happened: codes or names. ``publisher`` is part of the name of one that
    tells of it, ``stance`` that of a source. ``text`` is searched in the sentences that tell of it
    (:mod:`rasid.store.search`). Of several ``types``, ``quads``, ``statuses``, ``countries``, ``modes`` or ``contexts``
    one must fit.
    Raises QueryError for a value that cannot be asked for.
    """

    since: datetime.date | None = None
    until: datetime.date | None = None
    types: tuple[str, ...] = ()
    quads: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()
    actor: str | None = None
    recipient: str | None = None
    party: str | None = None
    place: str | None = None
    box: Box | None = None
    countries: tuple[str, ...] = ()
    publisher: str | None = None
    stance: str | None = None
    minimum_sources: int | None = None
    minimum_confidence: float | None = None
    reviewed: bool | None = None
    text: str | None = None
    modes: tuple[str, ...] = ()
    contexts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_days(self.since, self.until)
        _among("types", self.types, codebook.types())
        _among("quads", self.quads, QUADS)
        _among("statuses", self.statuses, _STATUSES)
        _among("modes", self.modes, _modes())
        _among("contexts", self.contexts, codebook.contexts())
        if self.stance is not None:
            _among("stance", (self.stance,), _STANCES)
        object.__setattr__(self, "countries", tuple(_country(name) for name in _tuple("countries", self.countries)))
        for field in ("actor", "recipient", "party", "place", "publisher"):
            _check_phrase(field, getattr(self, field))
        _check_box(self.box)
        _within("minimum_sources", self.minimum_sources, 1, None)
        _within("minimum_confidence", self.minimum_confidence, 0, 1)
        if self.text is not None:
            search.parse(self.text)


def _check_days(since: object, until: object) -> None:
    for field, day in (("since", since), ("until", until)):
        if day is not None and (not isinstance(day, datetime.date) or isinstance(day, datetime.datetime)):
            raise QueryError(f"{field}: {day!r} is no day; give a datetime.date")
    if isinstance(since, datetime.date) and isinstance(until, datetime.date) and since > until:
        raise QueryError(f"since: {since} is after until, {until}; exchange them")


def _tuple(field: str, values: object) -> tuple[Any, ...]:
    if isinstance(values, str) or not isinstance(values, tuple):
        raise QueryError(f"{field}: {values!r} must be a tuple of values")
    return values


def _among(field: str, values: object, allowed: Iterable[object]) -> None:
    allowed = tuple(allowed)
    for value in _tuple(field, values):
        if value not in allowed:
            raise QueryError(f"{field}: {value!r} is unknown; allowed are {', '.join(map(str, allowed))}")


def _check_phrase(field: str, phrase: object) -> None:
    if phrase is not None and (not isinstance(phrase, str) or not phrase.strip()):
        raise QueryError(f"{field}: {phrase!r} holds no words; leave it out or name one")


def _check_box(box: Box | None) -> None:
    if box is None:
        return
    if not (isinstance(box, tuple) and len(box) == len(Box._fields)):
        raise QueryError(f"box: {box!r} must have west, south, east and north")
    west, south, east, north = box
    if not (-180 <= west <= 180 and -180 <= east <= 180):
        raise QueryError(f"box: west {west} and east {east} must lie between -180 and 180")
    if not -90 <= south <= north <= 90:
        raise QueryError(f"box: south {south} must not lie above north {north}, both between -90 and 90")


def _within(field: str, value: float | None, low: float, high: float | None) -> None:
    if value is None:
        return
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or value < low
        or (high is not None and value > high)
    ):
        told = f"at least {low}" if high is None else f"between {low} and {high}"
        raise QueryError(f"{field}: {value!r} must be a number of {told}")


def _modes() -> tuple[str, ...]:
    return tuple(dict.fromkeys(mode for kind in codebook.types().values() for mode in kind.modes))


def _country(name: object) -> str:
    code = country_code(name) if isinstance(name, str) else None
    if code is None:
        raise QueryError(
            f"countries: {name!r} is no country; give its ISO 3166-1 code (SYR) or its name (سوريا, Syria)"
        )
    return code


def country_code(name: str) -> str | None:
    """ISO 3166-1 alpha-3 of a code or a name in either script; None where there is no such country."""
    return _country_names().get(fold(name).strip().casefold())


@functools.cache
def _country_names() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in data.table("countries"):
        for name in (row["iso3"], row["name_en"], *row["names"].split("|")):
            found.setdefault(fold(name).casefold(), row["iso3"])
    return found


class Clause(NamedTuple):
    """A condition on ``events AS e`` with ``?`` for its values."""

    sql: str
    values: tuple[Any, ...]


class Names(Protocol):
    """The names that a store holds, each once; they are folded and compared here, which SQL does slowly."""

    def names(self, sql: str) -> Sequence[Sequence[str | None]]:
        """Rows of an SQL query for names."""


def clause(filters: Filters, known: Names) -> Clause:
    """The condition that the filters stand for; TRUE when nothing is asked."""
    parts = [
        *_on_days(filters),
        *_on_lists(filters),
        *(_on_parties(field, getattr(filters, field), known) for field in _ROLES if getattr(filters, field)),
        *_on_place(filters, known),
        *_on_telling(filters, known),
    ]
    sql = " AND ".join(part.sql for part in parts) or "TRUE"
    return Clause(sql, tuple(value for part in parts for value in part.values))


def _on_days(filters: Filters) -> Iterable[Clause]:
    if filters.since is not None:
        yield Clause('e."last" >= ?', (filters.since,))
    if filters.until is not None:
        yield Clause('e."first" <= ?', (filters.until,))


def _on_lists(filters: Filters) -> Iterable[Clause]:
    columns = (("type", filters.types), ("quad", filters.quads), ("status", filters.statuses))
    for column, values in (*columns, ("country", filters.countries)):
        if values:
            yield Clause(f"e.{column} IN ({', '.join('?' * len(values))})", tuple(values))
    for column, values in (("modes", filters.modes), ("contexts", filters.contexts)):
        if values:
            yield Clause(f"list_has_any(e.{column}, ?)", (list(values),))


_ROLES: Mapping[str, str] = {"actor": "p.role = 'actor' AND ", "recipient": "p.role = 'recipient' AND ", "party": ""}
_AMONG = "IN (SELECT unnest(?::VARCHAR[]))"


def _on_parties(field: str, asked: str, known: Names) -> Clause:
    fits = _party(asked.strip(), known)
    return Clause(f"e.id IN (SELECT p.event FROM event_parties AS p WHERE {_ROLES[field]}{fits.sql})", fits.values)


def _party(asked: str, known: Names) -> Clause:
    country = country_code(asked)
    if country is not None:
        return Clause("starts_with(p.code, ?)", (country,))
    if asked in codebook.sectors():
        return Clause("list_contains(p.sectors, ?)", (asked,))
    if _CODE.fullmatch(asked):
        return Clause("starts_with(p.code, ?)", (asked,))
    phrase = bare(asked)
    actors = {row[0] for row in known.names(_ACTORS) if row[0] and (row[0] == asked or _holds(row[1:], phrase))}
    unknown = {row[0] for row in known.names(_UNKNOWN) if row[0] and _holds(row, phrase)}
    return Clause(
        f"(p.actor {_AMONG} OR p.actor IS NULL AND p.name {_AMONG})",
        (sorted(actors), sorted(unknown)),
    )


_ACTORS = "SELECT id, name, name_en FROM actors UNION ALL SELECT actor, text, NULL FROM actor_names"
_UNKNOWN = "SELECT DISTINCT name, name_en FROM event_parties WHERE actor IS NULL AND name IS NOT NULL"
_PLACES = "SELECT DISTINCT place_name, place_name_en, admin1 FROM events"
_PUBLISHERS = "SELECT DISTINCT publisher FROM articles WHERE publisher IS NOT NULL"


def _holds(names: Sequence[str | None], phrase: str) -> bool:
    """True when the folded phrase begins at a word of one of the names."""
    return any(name is not None and phrase in bare(name) for name in names)


def _on_place(filters: Filters, known: Names) -> Iterable[Clause]:
    if filters.place is not None:
        phrase = bare(filters.place)
        columns = ("place_name", "place_name_en", "admin1")
        told = zip(*known.names(_PLACES), strict=True)
        found = [sorted({name for name in names if name and phrase in bare(name)}) for names in told]
        fits = [(column, names) for column, names in zip(columns, found, strict=False) if names]
        sql = " OR ".join(f"e.{column} {_AMONG}" for column, _ in fits)
        yield Clause(f"({sql or 'FALSE'})", tuple(names for _, names in fits))
    if filters.box is not None:
        west, south, east, north = filters.box
        crossing = "(e.longitude >= ? OR e.longitude <= ?)"
        across = "e.longitude BETWEEN ? AND ?" if west <= east else crossing
        yield Clause(f"e.latitude BETWEEN ? AND ? AND {across}", (south, north, west, east))


def _on_telling(filters: Filters, known: Names) -> Iterable[Clause]:
    if filters.publisher is not None:
        phrase = bare(filters.publisher)
        names = [row[0] for row in known.names(_PUBLISHERS) if _holds(row, phrase)]
        yield Clause("list_has_any(e.publishers, ?::VARCHAR[])", (names,))
    if filters.stance is not None:
        said = "SELECT s.report FROM attributions AS s WHERE s.stance = ?"
        yield Clause(f"e.id IN (SELECT m.event FROM merges AS m WHERE m.report IN ({said}))", (filters.stance,))
    if filters.minimum_sources is not None:
        yield Clause("e.sources >= ?", (filters.minimum_sources,))
    if filters.minimum_confidence is not None:
        yield Clause("e.confidence >= ?", (filters.minimum_confidence,))
    if filters.reviewed is not None:
        yield Clause("e.reviewed = ?", (filters.reviewed,))
    if filters.text is not None:
        yield Clause(*search.events_with(search.parse(filters.text)))


@functools.lru_cache(maxsize=1 << 17)
def bare(phrase: str) -> str:
    """The phrase as it is looked for in names: folded, each word without its article, a space before the first."""
    plain = "".join(letter for letter in unicodedata.normalize("NFD", phrase) if not unicodedata.combining(letter))
    words = fold(plain).casefold().replace("-", " ").split()
    return "".join(f" {word.removeprefix('ال') or word}" for word in words)
