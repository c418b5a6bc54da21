"""What a store holds and what made it, in a few lines."""

from __future__ import annotations

from collections.abc import Iterator

from rasid.store.asking import first, number
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
            yield f"{table} {number(connection, f'SELECT count(*) FROM {table}')}"
        earliest, latest, copies = first(connection, _DAYS) or (None, None, 0)
        if earliest is not None:
            yield f"published {earliest} to {latest}, {copies} copies of other articles"
        waiting = number(connection, "SELECT count(*) FROM unmerged")
        if waiting:
            yield f"{waiting} reports wait to be merged: a run was cut short; run rasid ingest again"
        run = first(connection, _LAST)
    if run is not None:
        yield _run(*run)


def _run(run: int, started: object, finished: object, command: str, rasid: str, lexicon: str, models: str) -> str:
    end = f"finished {finished:%Y-%m-%d %H:%M}" if finished else "not finished"
    by = f"Rasid {rasid}, tables {lexicon}, models {models}"
    return f"last run {run} ({command}), started {started:%Y-%m-%d %H:%M} UTC, {end}, by {by}"
