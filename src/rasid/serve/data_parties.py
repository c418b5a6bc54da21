"""Reading who deals with whom, actors and places."""

from __future__ import annotations

import dataclasses
import datetime
from dataclasses import dataclass
from typing import Any

from rasid import data as tables
from rasid.serve.data import Row, condition, one, rows, tuples
from rasid.serve.desk import Desk, cached
from rasid.store.filters import Filters, bare


@dataclass(frozen=True, slots=True)
class Dyad:
    """``events`` in which ``actor`` acts on ``recipient`` (codes), by quad class; ``before`` in the period before."""

    actor: str
    recipient: str
    events: int
    quads: tuple[int, int, int, int]
    before: int | None = None

    @property
    def quad(self) -> int:
        """The class that most of the events are of."""
        return max((1, 2, 3, 4), key=lambda quad: self.quads[quad - 1])


# The sides of the events, each code once.
_SIDES = """
    WITH found AS MATERIALIZED (SELECT e.id, e.quad FROM events AS e WHERE {where}),
    one AS (SELECT DISTINCT p.event, {level} AS code FROM event_parties AS p WHERE {one} AND {named}),
    other AS (SELECT DISTINCT p.event, {level} AS code FROM event_parties AS p WHERE {other} AND {named})
    SELECT one.code, other.code, count(*) AS n, {quads}
    FROM one JOIN other USING (event) JOIN found ON found.id = one.event
    WHERE one.code {unlike} other.code
    GROUP BY one.code, other.code HAVING n >= ? ORDER BY n DESC, one.code, other.code LIMIT ?
"""
_NAMED = "p.code <> '' AND NOT starts_with(p.code, '---')"
_AMONG = " AND p.event IN (SELECT id FROM found)"
_LEVELS = {"party": "left(p.code, 6)", "country": "left(p.code, 3)"}
_QUADS = ", ".join(f"count(*) FILTER (found.quad = {quad})" for quad in (1, 2, 3, 4))


@dataclass(frozen=True, slots=True)
class _Sides:
    """Conditions on both parties of a pair, and how their codes must differ."""

    one: str
    other: str
    unlike: str


def _pairs(desk: Desk, filters: Filters, level: str, sides: _Sides, bounds: tuple[int, int]) -> list[Dyad]:
    """Pairs of codes; ``bounds`` are the least events of a pair, and the most pairs."""
    where, values = condition(desk, filters)
    sql = _SIDES.format(
        where=where,
        level=_LEVELS[level],
        one=sides.one,
        other=sides.other,
        unlike=sides.unlike,
        named=_NAMED if where == "TRUE" else _NAMED + _AMONG,
        quads=_QUADS,
    )
    found = tuples(desk.reader(), sql, [*values, *bounds])
    return [Dyad(first, second, n, (a, b, c, d)) for first, second, n, a, b, c, d in found]


@cached
def dyads(desk: Desk, filters: Filters, level: str, least: int, limit: int) -> tuple[Dyad, ...]:
    """The strongest pairs of actor and recipient, by ``level``: party (country and first sector) or country."""
    sides = _Sides("p.role = 'actor'", "p.role = 'recipient'", "<>")
    return tuple(_pairs(desk, filters, level, sides, (least, limit)))


@cached
def mutual(desk: Desk, filters: Filters, level: str, least: int, limit: int) -> tuple[Dyad, ...]:
    """Pairs that deal with each other in whatever direction, talks without host and guest included."""
    return tuple(_pairs(desk, filters, level, _Sides("TRUE", "TRUE", "<"), (least, limit)))


def with_change(desk: Desk, filters: Filters, found: tuple[Dyad, ...]) -> tuple[Dyad, ...]:
    """The dyads with their events in the equally long period before; as they are where no period is chosen."""
    if filters.since is None or filters.until is None or not found:
        return found
    length = filters.until - filters.since + datetime.timedelta(days=1)
    earlier = dataclasses.replace(filters, since=filters.since - length, until=filters.until - length)
    before = {(dyad.actor, dyad.recipient): dyad.events for dyad in dyads(desk, earlier, "party", 1, 2000)}
    return tuple(dataclasses.replace(dyad, before=before.get((dyad.actor, dyad.recipient), 0)) for dyad in found)


@cached
def actors(desk: Desk, text: str, limit: int) -> tuple[Row, ...]:
    """Named actors by how many events they are in; ``text`` is part of a name or a code's beginning."""
    phrase, code = bare(text), text.strip().upper()
    found = [
        row
        for row in _all_actors(desk)
        if (code and row["code"].startswith(code)) or any(phrase in bare(name) for name in row["names"])
    ]
    return tuple({key: value for key, value in row.items() if key != "names"} for row in found[:limit])


@cached
def _all_actors(desk: Desk) -> list[Row]:
    sql = """
        WITH counted AS (
            SELECT actor, count(DISTINCT event) AS events FROM event_parties WHERE actor IS NOT NULL GROUP BY actor
        ), named AS (SELECT actor, list(text) AS texts FROM actor_names GROUP BY actor)
        SELECT a.*, c.events, list_concat([coalesce(a.name, ''), coalesce(a.name_en, '')], n.texts) AS names
        FROM actors AS a JOIN counted AS c ON c.actor = a.id LEFT JOIN named AS n ON n.actor = a.id
        ORDER BY c.events DESC, a.id
    """
    return rows(desk.reader(), sql)


@cached
def actor(desk: Desk, name: str) -> Row | None:
    """One actor with the phrases that named it; None when unknown."""
    found = rows(desk.reader(), "SELECT * FROM actors WHERE id = ?", [name])
    if not found:
        return None
    sql = "SELECT text, reports FROM actor_names WHERE actor = ? ORDER BY reports DESC, text LIMIT 60"
    return {**found[0], "names": rows(desk.reader(), sql, [name])}


def terms(name: str) -> list[Row]:
    """A person's offices with their years, newest first (``lexicon/offices.tsv``)."""
    held = [row for row in tables.table("offices") if row["person_id"] == name]
    return sorted(held, key=lambda row: row["from"], reverse=True)


@cached
def partners(desk: Desk, name: str, role: str, limit: int) -> tuple[Row, ...]:
    """Codes on the other side of the events in which an actor stands on side ``role``."""
    other = "recipient" if role == "actor" else "actor"
    sql = """
        SELECT o.code, count(DISTINCT o.event) AS events FROM event_parties AS p JOIN event_parties AS o USING (event)
        WHERE p.actor = ? AND p.role = ? AND o.role = ? AND o.code <> ''
        GROUP BY ALL ORDER BY events DESC, o.code LIMIT ?
    """
    return tuple(rows(desk.reader(), sql, [name, role, other, limit]))


@cached
def places(desk: Desk, filters: Filters, limit: int) -> tuple[Row, ...]:
    """Places of the events with how many, and the quad class that most of them are of."""
    where, values = condition(desk, filters)
    counts = ", ".join(f"count(*) FILTER (e.quad = {quad})" for quad in (1, 2, 3, 4))
    sql = f"""
        WITH found AS (
            SELECT e.place_name AS name, any_value(e.place_name_en) AS name_en, e.country,
                e.place_precision AS "precision", any_value(e.admin1) AS admin1, any_value(e.latitude) AS latitude,
                any_value(e.longitude) AS longitude, e.geonames_id, count(*) AS events, [{counts}] AS quads
            FROM events AS e WHERE e.place_precision IS NOT NULL AND {where}
            GROUP BY e.place_name, e.country, e.place_precision, e.geonames_id
            ORDER BY events DESC, name LIMIT ?
        )
        SELECT * EXCLUDE (quads), list_position(quads, list_max(quads)) AS quad FROM found ORDER BY events DESC, name
    """
    return tuple(rows(desk.reader(), sql, [*values, limit]))


_AT = "{0}place_name = ? AND coalesce({0}country, '') = ?"


@cached
def places_named(desk: Desk, name: str, country: str) -> tuple[Row, ...]:
    """The spots of one name in a country (a city, the province around it), each with how many events."""
    sql = f"""
        SELECT e.place_name AS name, any_value(e.place_name_en) AS name_en, e.country,
            e.place_precision AS "precision", any_value(e.latitude) AS latitude,
            any_value(e.longitude) AS longitude, e.geonames_id, count(*) AS events
        FROM events AS e WHERE {_AT.format("e.")}
        GROUP BY e.place_name, e.country, e.place_precision, e.geonames_id ORDER BY events DESC, "precision"
    """
    return tuple(rows(desk.reader(), sql, [name, country]))


@cached
def place_names(desk: Desk, name: str, country: str) -> tuple[Row, ...]:
    """The phrases that named a place, with how many reports."""
    sql = f"""
        SELECT place_text AS text, count(*) AS reports FROM reports
        WHERE {_AT.format("")} AND place_text IS NOT NULL GROUP BY text ORDER BY reports DESC, text LIMIT 60
    """
    return tuple(rows(desk.reader(), sql, [name, country]))


@cached
def country_only(desk: Desk, filters: Filters) -> tuple[Row, ...]:
    """Countries with the events of which nothing finer than the country is told."""
    where, values = condition(desk, filters)
    sql = f"""
        SELECT e.country, count(*) AS events FROM events AS e
        WHERE e.country IS NOT NULL AND (e.place_precision = 'country' OR e.latitude IS NULL) AND {where}
        GROUP BY e.country ORDER BY events DESC
    """
    return tuple(rows(desk.reader(), sql, values))


@cached
def placeless(desk: Desk, filters: Filters) -> int:
    """How many events have no place at all."""
    where, values = condition(desk, filters)
    sql = f"SELECT count(*) FROM events AS e WHERE e.country IS NULL AND e.latitude IS NULL AND {where}"
    found: Any = one(desk.reader(), sql, values)
    return int(found or 0)
