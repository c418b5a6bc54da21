"""One row of an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb


def first(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """The first row, None when there is none. DuckDB holds a connection busy until its answer is fetched to the end."""
    found = connection.execute(query, list(values)).fetchall()
    return tuple(found[0]) if found else None


def number(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[Any] = ()) -> int:
    """The one number that the query asks for; 0 when there is none."""
    found = first(connection, query, values)
    return int(found[0]) if found and found[0] is not None else 0
