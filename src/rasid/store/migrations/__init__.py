"""From one schema to the next. ``NNN.sql`` changes the tables, ``FILLS`` computes what SQL cannot.

Each step is one transaction: it is done whole or not at all, and is taken up where it ended.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb

Fill = Callable[[duckdb.DuckDBPyConnection], None]


def _fill_search(connection: duckdb.DuckDBPyConnection) -> None:
    from rasid.store.wordlist import fill  # needs the word stage, which opening a store does not

    fill(connection)


FILLS: dict[int, Fill] = {2: _fill_search}


def bring_up(connection: duckdb.DuckDBPyConnection, version: int, wanted: int) -> None:
    """Take the store from schema ``version`` to ``wanted``, step by step."""
    for step in range(version + 1, wanted + 1):
        connection.begin()
        try:
            connection.execute((Path(__file__).parent / f"{step:03}.sql").read_text(encoding="utf-8"))
            if step in FILLS:
                FILLS[step](connection)
            connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(step)])
        except BaseException:
            connection.rollback()
            raise
        connection.commit()
