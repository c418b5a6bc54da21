"""Whether a store is whole: readable to its last block, ids unique, rows belonging together, spans quoting the text."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from rasid.store.opening import open as open_store
from rasid.store.replaying import differences

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is not as it must be: what, in how many rows, and some of their ids."""

    what: str
    rows: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Check:
    """A query for the ids of rows that are wrong."""

    what: str
    query: str


def _unique(table: str, column: str) -> _Check:
    query = f"SELECT {column} FROM {table} GROUP BY {column} HAVING count(*) > 1"
    return _Check(f"{table}.{column} is not unique", query)


def _known(table: str, column: str, owner: str, key: str = "id") -> _Check:
    name = table.split()[-1]
    query = f"SELECT {column} FROM {table} ANTI JOIN {owner} AS o ON {name}.{column} = o.{key}"
    return _Check(f"{name}.{column} is not in {owner}", f"{query} WHERE {column} IS NOT NULL")


def _span(table: str, prefix: str, text: str, key: str) -> _Check:
    """Offsets of ``table`` must quote the text of their article."""
    start, end = f't."{prefix}start"', f't."{prefix}end"'
    article = "t.article" if table == "reports" else "(SELECT article FROM reports AS r WHERE r.id = t.report)"
    whole = "CASE WHEN coalesce(a.title, '') = '' THEN a.body ELSE a.title || chr(10) || chr(10) || a.body END"
    query = f"""
        SELECT t.{key} FROM {table} AS t JOIN articles AS a ON a.id = {article}
        WHERE {start} IS NOT NULL AND array_slice({whole}, {start} + 1, {end}) IS DISTINCT FROM t.{text}
    """
    return _Check(f"{table}: {text} is not what stands at its place in the article", query)


_CHECKS = (
    _unique("articles", "id"),
    _unique("articles", "number"),
    _unique("reports", "id"),
    _unique("events", "id"),
    _unique("judgements", "id"),
    _unique("merges", "report"),
    _unique("told", "report"),
    _unique("runs", "id"),
    _unique("actors", "id"),
    _known("articles", "run", "runs"),
    _known("reports", "article", "articles"),
    _known("parties", "report", "reports"),
    _known("(SELECT * FROM parties SEMI JOIN merges USING (report)) AS parties", "actor", "actors"),
    _known("attributions", "report", "reports"),
    _known("told", "report", "reports"),
    _known("unmerged", "report", "told", "report"),
    _known("merges", "report", "told", "report"),
    _known("merges", "event", "events"),
    _known("events", "id", "merges", "event"),
    _known("event_parties", "event", "events"),
    _known("links", "source_event", "events"),
    _known("links", "target_event", "events"),
    _known("actor_names", "actor", "actors"),
    _known("search", "article", "articles", "number"),
    _span("reports", "trigger_", "trigger_text", "id"),
    _span("reports", "time_", "time_text", "id"),
    _span("reports", "place_", "place_text", "id"),
    _span("parties", "", "text", "report"),
    _span("attributions", "", "text", "report"),
    _Check(
        "told report is in no event and not waiting to be merged",
        "SELECT report FROM told ANTI JOIN merges USING (report) ANTI JOIN unmerged USING (report)",
    ),
    _Check(
        "events.reports is not the number of its reports",
        """
        SELECT e.id FROM events AS e
        JOIN (SELECT event, count(*) AS n FROM merges GROUP BY event) AS m ON m.event = e.id
        WHERE m.n <> e.reports
            AND e.id NOT IN (SELECT event FROM merges SEMI JOIN unmerged USING (report))
        """,
    ),
    _Check("events: sources outnumber reports", "SELECT id FROM events WHERE sources NOT BETWEEN 1 AND reports"),
    _Check(
        "first day after the last",
        """
        SELECT id FROM events WHERE "first" > "last" OR first_published > last_published
        UNION ALL SELECT id FROM reports WHERE "first" > "last"
        """,
    ),
    _Check(
        "articles.sha256 is not that of the text",
        """
        SELECT id FROM articles WHERE sha256 <> sha256(
            CASE WHEN coalesce(title, '') = '' THEN body ELSE title || chr(10) || chr(10) || body END)
        """,
    ),
)


def check(path: str | os.PathLike[str]) -> tuple[Fault, ...]:
    """All that is wrong with the store at ``path``; empty when it is whole. Nothing is changed.

    Raises StoreError when it cannot be opened or read at all.
    """
    with open_store(Path(path), read_only=True) as store, store.reading() as connection:
        found = [fault for item in _CHECKS if (fault := _fault(connection, item)) is not None]
        replayed = list(itertools.islice(differences(connection), 1000))
    if replayed:
        found.append(Fault("reports are not what record and judgements give", len(replayed), _some(replayed)))
    return tuple(found)


def _fault(connection: duckdb.DuckDBPyConnection, item: _Check) -> Fault | None:
    ids = [str(row[0]) for row in connection.execute(item.query).fetchall()]
    return Fault(item.what, len(ids), _some(sorted(ids))) if ids else None


def _some(ids: list[str]) -> tuple[str, ...]:
    return tuple(ids[:_SHOWN])


def lines(faults: tuple[Fault, ...]) -> Iterator[str]:
    """The faults for people, one a line."""
    for fault in faults:
        yield f"{fault.what}: {fault.rows} ({', '.join(fault.examples)}{' …' if fault.rows > _SHOWN else ''})"
