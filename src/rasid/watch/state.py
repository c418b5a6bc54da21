"""What is remembered of each feed between two askings and over restarts: two tables beside the store's own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import duckdb

from rasid.watch.fetch import NO_MARK, Mark

_TABLES = """
CREATE TABLE IF NOT EXISTS feeds (
    url VARCHAR PRIMARY KEY,
    moved VARCHAR,               -- where it went for good
    etag VARCHAR,
    modified VARCHAR,
    asked TIMESTAMP,             -- UTC, as all times here
    due TIMESTAMP,
    failures INTEGER NOT NULL,   -- in a row
    reason VARCHAR               -- of the last failure
);
CREATE TABLE IF NOT EXISTS feed_entries (
    feed VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    stamp VARCHAR NOT NULL,
    tries INTEGER NOT NULL,      -- of fetching its page in vain; 0 when it is stored
    seen TIMESTAMP NOT NULL,
    PRIMARY KEY (feed, key)
);
"""
# Days after which an entry that the feed no longer shows is forgotten.
_KEPT_DAYS = 60


@dataclass(frozen=True, slots=True)
class State:
    """How it stands with a feed."""

    url: str
    moved: str | None = None
    mark: Mark = NO_MARK
    asked: datetime.datetime | None = None
    due: datetime.datetime | None = None
    failures: int = 0
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry that was dealt with: its version, and how often its page was fetched in vain (0: it is stored)."""

    stamp: str
    tries: int = 0


class Memory:
    """The two tables. Made when they are missing; read and written by one thread."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute(_TABLES)

    def state(self, url: str) -> State:
        """What is known of a feed; nothing is for a new one."""
        row = self._connection.execute(
            "SELECT moved, etag, modified, asked, due, failures, reason FROM feeds WHERE url = ?", [url]
        ).fetchone()
        if row is None:
            return State(url)
        moved, etag, modified, *rest = row
        return State(url, moved, Mark(etag, modified), *rest)

    def seen(self, url: str) -> dict[str, Seen]:
        """The entries of a feed that were dealt with, by key."""
        rows = self._connection.execute("SELECT key, stamp, tries FROM feed_entries WHERE feed = ?", [url]).fetchall()
        return {key: Seen(stamp, tries) for key, stamp, tries in rows}

    def keep(self, state: State, seen: Mapping[str, Seen], shown: Iterable[str]) -> None:
        """Write down how a feed stands, the entries dealt with now, and that it still shows the keys in ``shown``."""
        now = state.asked
        mark = state.mark
        values = [state.url, state.moved, mark.etag, mark.modified, now, state.due, state.failures, state.reason]
        self._connection.begin()
        try:
            self._connection.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)
            self._connection.execute(
                "UPDATE feed_entries SET seen = ? WHERE feed = ? AND list_contains(?, key)",
                [now, state.url, list(shown)],
            )
            for key, entry in seen.items():
                self._connection.execute(
                    "INSERT OR REPLACE INTO feed_entries VALUES (?, ?, ?, ?, ?)",
                    [state.url, key, entry.stamp, entry.tries, now],
                )
            if now is not None:
                old = now - datetime.timedelta(days=_KEPT_DAYS)
                self._connection.execute("DELETE FROM feed_entries WHERE feed = ? AND seen < ?", [state.url, old])
            self._connection.commit()
        except BaseException:
            self._connection.rollback()
            raise
