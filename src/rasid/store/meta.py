"""Single values that the store keeps about itself."""

from __future__ import annotations

import duckdb

from rasid.store.asking import first


def get_meta(connection: duckdb.DuckDBPyConnection, key: str) -> str | None:
    """The value of ``key``, None when it was never set."""
    row = first(connection, "SELECT value FROM meta WHERE key = ?", [key])
    return str(row[0]) if row else None


def set_meta(connection: duckdb.DuckDBPyConnection, key: str, value: str) -> None:
    """Set ``key`` to ``value``."""
    connection.execute("DELETE FROM meta WHERE key = ?", [key])
    connection.execute("INSERT INTO meta VALUES (?, ?)", [key, value])
