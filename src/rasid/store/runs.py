"""The log of runs: what made which values, and how far a run came."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import duckdb

from rasid.store.asking import number
from rasid.store.digests import Made


@dataclass(frozen=True, slots=True)
class Counts:
    """What a run did so far."""

    read: int = 0
    coded: int = 0
    merged: int = 0
    rejected: int = 0


def start(connection: duckdb.DuckDBPyConnection, command: str, made: Made) -> int:
    """Write down that a run starts; gives its number."""
    run = number(connection, "SELECT max(id) FROM runs") + 1
    values = [run, _now(), command, made.rasid, made.lexicon, made.models]
    connection.execute(
        "INSERT INTO runs (id, started, command, rasid, lexicon_digest, models_digest) VALUES (?, ?, ?, ?, ?, ?)",
        values,
    )
    return run


def update(connection: duckdb.DuckDBPyConnection, run: int, counts: Counts, *, finished: bool = False) -> None:
    """Write down how far the run has come."""
    values = [counts.read, counts.coded, counts.merged, counts.rejected, _now() if finished else None, run]
    connection.execute(
        'UPDATE runs SET "read" = ?, coded = ?, merged = ?, rejected = ?, finished = ? WHERE id = ?', values
    )


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
