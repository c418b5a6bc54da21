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


_DYADS = """
    WITH found AS (SELECT e.id, e.quad FROM events AS e WHERE {where}),
    sides AS (
        SELECT DISTINCT f.id, f.quad, p.role, {level} AS code FROM found AS f JOIN event_parties AS p ON p.event = f.id
        WHERE p.code <> '' AND NOT starts_with(p.code, '---')
    )
    SELECT a.code, b.code, count(*) AS n, {quads}
    FROM sides AS a JOIN sides AS b ON a.id = b.id AND b.role = 'recipient' AND a.role = 'actor' AND a.code <> b.code
    GROUP BY ALL HAVING n >= ? ORDER BY n DESC, 1, 2 LIMIT ?
"""
_LEVELS = {"party": "left(p.code, 6)", "country": "left(p.code, 3)"}


@cached
def dyads(desk: Desk, filters: Filters, level: str, least: int, limit: int) -> tuple[Dyad, ...]:
    """The strongest pairs of actor and recipient, by ``level``: party (country and first sector) or country."""
    where, values = condition(desk, filters)
    quads = ", ".join(f"count(*) FILTER (a.quad = {quad})" for quad in (1, 2, 3, 4))
    sql = _DYADS.format(where=where, level=_LEVELS[level], quads=quads)
    found = tuples(desk.reader(), sql, [*values, least, limit])
    return tuple(Dyad(actor, recipient, n, tuple(told)) for actor, recipient, n, *told in found)


def with_change(desk: Desk, filters: Filters, found: tuple[Dyad, ...]) -> tuple[Dyad, ...]:
    """The dyads with their events in the equally long period before; as they are where no period is chosen."""
    if filters.since is None or filters.until is None or not found:
        return found
    length = filters.until - filters.since + datetime.timedelta(days=1)
    earlier = dataclasses.replace(filters, since=filters.since - length, until=filters.until - length)
    before = {(dyad.actor, dyad.recipient): dyad.events for dyad in dyads(desk, earlier, "party", 1, 2000)}
    return tuple(dataclasses.replace(dyad, before=before.get((dyad.actor, dyad.recipient), 0)) for dyad in found)


@cached
def mutual(desk: Desk, filters: Filters, level: str, least: int, limit: int) -> tuple[Dyad, ...]:
    """Pairs that deal with each other in whatever direction, talks without host and guest included."""
    where, values = condition(desk, filters)
    quads = ", ".join(f"count(DISTINCT a.id) FILTER (a.quad = {quad})" for quad in (1, 2, 3, 4))
    sql = _DYADS.format(where=where, level=_LEVELS[level], quads=quads)
    sql = sql.replace("b.role = 'recipient' AND a.role = 'actor' AND a.code <> b.code", "a.code < b.code")
    sql = sql.replace("count(*) AS n", "count(DISTINCT a.id) AS n")
    found = tuples(desk.reader(), sql, [*values, least, limit])
    return tuple(Dyad(one_, other, n, tuple(told)) for one_, other, n, *told in found)


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
    """Places of the events with how many, finest first among equals."""
    where, values = condition(desk, filters)
    sql = f"""
        SELECT e.place_name AS name, any_value(e.place_name_en) AS name_en, e.country, e.place_precision AS "precision",
            any_value(e.admin1) AS admin1, e.latitude, e.longitude, e.geonames_id, count(*) AS events,
            mode(e.quad) AS quad
        FROM events AS e WHERE e.place_precision IS NOT NULL AND {where}
        GROUP BY e.place_name, e.country, e.place_precision, e.latitude, e.longitude, e.geonames_id
        ORDER BY events DESC, name LIMIT ?
    """
    return tuple(rows(desk.reader(), sql, [*values, limit]))


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
