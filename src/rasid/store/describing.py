"""What a store holds and what made it, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from rasid.store.meta import get_meta
from rasid.store.opening import Store

_COUNTED = ("articles", "reports", "events", "actors", "judgements", "rejected")
_DAYS = "SELECT min(published), max(published), count(*) FILTER (copy_of IS NOT NULL) FROM articles"
_LAST = """
SELECT id, started, finished, command, rasid, lexicon_digest, models_digest FROM runs ORDER BY id DESC LIMIT 1
"""


def described(store: Store) -> Iterator[str]:
    """Lines for people: schema, counts, days, the last run, and what waits to be done."""
    with store.reading() as connection:
        yield f"schema {get_meta(connection, 'schema')}, made {get_meta(connection, 'created')}"
        for table in _COUNTED:
            yield f"{table} {_number(store, f'SELECT count(*) FROM {table}')}"
        first, last, copies = connection.execute(_DAYS).fetchone() or (None, None, 0)
        if first is not None:
            yield f"published {first} to {last}, {copies} copies of other articles"
        waiting = _number(store, "SELECT count(*) FROM unmerged")
        if waiting:
            yield f"{waiting} reports wait to be merged: a run was cut short; run rasid ingest again"
        run = connection.execute(_LAST).fetchone()
    if run is not None:
        yield _run(*run)


def _run(number: int, started: object, finished: object, command: str, rasid: str, lexicon: str, models: str) -> str:
    end = f"finished {finished:%Y-%m-%d %H:%M}" if finished else "not finished"
    by = f"Rasid {rasid}, tables {lexicon}, models {models}"
    return f"last run {number} ({command}), started {started:%Y-%m-%d %H:%M} UTC, {end}, by {by}"


def _number(store: Store, query: str) -> int:
    row = store.connection.execute(query).fetchone()
    return int(row[0]) if row else 0
