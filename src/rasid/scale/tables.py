"""Rows of the store's tables as Arrow tables, with the columns of ``schema.sql``."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from typing import Any

import duckdb
import pyarrow as pa

from rasid.scale import meeting
from rasid.store.rows import arrow_schema

# What merging writes, and what it makes of each article beside.
OF_EVENTS = ("events", "event_parties", "merges")
OF_ARTICLES = ("reports", "parties", "attributions", "search")
OF_ALL = ("links", "actors", "actor_names")


def schema_sql() -> str:
    """The statements that make the store's tables."""
    return resources.files("rasid.store").joinpath("schema.sql").read_text(encoding="utf-8")


@functools.cache
def _schemas() -> Mapping[str, pa.Schema]:
    with contextlib.closing(duckdb.connect()) as connection:
        connection.execute(schema_sql())
        return {name: arrow_schema(connection, name) for name in (*OF_EVENTS, *OF_ARTICLES, *OF_ALL)}


def arrow(name: str, rows: Iterable[Sequence[Any]]) -> pa.Table:
    """``rows`` as the table ``name``."""
    return meeting.arrow(list(rows), _schemas()[name])
