"""Tables that a query joins with: ids held in memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator

import duckdb
import pyarrow as pa


@contextlib.contextmanager
def named(connection: duckdb.DuckDBPyConnection, ids: Iterable[str], *, as_table: str = "wanted") -> Iterator[None]:
    """Inside, ``as_table`` is a table of ``ids`` with the one column ``id``."""
    connection.register(as_table, pa.table({"id": pa.array(list(ids), pa.string())}))
    try:
        yield
    finally:
        with contextlib.suppress(duckdb.Error):  # the transaction has failed, and its error is on its way
            connection.unregister(as_table)
