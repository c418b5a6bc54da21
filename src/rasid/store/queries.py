"""What the store knows, as Arrow tables: events by filters, page by page, their counts, facets and aggregates.

    found = queries.events(news, Filters(types=("ASSAULT",), countries=("SYR",)), limit=50)
    rest = queries.events(news, Filters(...), limit=50, after=queries.cursor(found))
    weekly = queries.aggregate(news, Filters(since=day), ("dyad", "week"))

``to_pandas()`` of a table and ``polars.from_arrow(table)`` give data frames.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import datetime
import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from rasid.errors import QueryError
from rasid.store import views
from rasid.store.failures import told
from rasid.store.filters import Clause, Filters, clause
from rasid.store.opening import Store

# What the pages are ordered by, the greatest first; events without it come last.
ORDERS: Mapping[str, str] = {
    "date": "coalesce(e.\"first\", DATE '0001-01-01')",
    "published": "coalesce(e.last_published, DATE '0001-01-01')",
    "confidence": "e.confidence",
    "sources": "e.sources",
    "killed": "coalesce(e.killed_high, e.killed_low, -1)",
}
_TYPES: Mapping[str, str] = {
    "date": "DATE",
    "published": "DATE",
    "confidence": "DOUBLE",
    "sources": "INTEGER",
    "killed": "INTEGER",
}
_COLUMNS: Mapping[str, str] = {
    "date": "first",
    "published": "last_published",
    "confidence": "confidence",
    "sources": "sources",
    "killed": "killed_high",
}
_NOTHING: Mapping[str, object] = {"date": "0001-01-01", "published": "0001-01-01", "killed": -1}


class _Known:
    """The names that the store holds."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def names(self, sql: str) -> list[tuple[str | None, ...]]:
        columns = [column.to_pylist() for column in ask(self.store, sql, ()).columns]
        return list(zip(*columns, strict=True))


class _Key(NamedTuple):
    order: str
    value: object
    id: str


def events(
    store: Store, filters: Filters, *, order: str = "date", limit: int | None = None, after: str | None = None
) -> pa.Table:
    """The events that the filters ask for, with the columns of the table ``events`` and their parties.

    ``actors`` and ``recipients`` are lists of codes, ``actor_names`` and ``recipient_names`` of the best known names.
    ``limit`` is the size of the page, ``after`` the :func:`cursor` of the page before.
    Raises QueryError for an order, limit or cursor that does not fit.
    """
    key = _check_page(order, limit, after)
    asked = clause(filters, _Known(store))
    sql = f"SELECT e.id FROM events AS e WHERE {asked.sql}"
    values = list(asked.values)
    if key is not None:
        value = f"CAST(? AS {_TYPES[order]})"
        sql += f" AND ({ORDERS[order]} < {value} OR ({ORDERS[order]} = {value} AND e.id > ?))"
        values += [key.value, key.value, key.id]
    sql += f" ORDER BY {ORDERS[order]} DESC, e.id"
    if limit is not None:
        sql += f" LIMIT {limit}"
    return ask(store, _WITH_PARTIES.format(page=sql, order=ORDERS[order]), values)


_WITH_PARTIES = """
WITH page AS MATERIALIZED ({page}),
parties AS (
  SELECT p.event, p.role, list(p.code) AS codes, list(coalesce(p.name_en, p.name, '')) AS names
  FROM event_parties AS p WHERE p.event IN (SELECT id FROM page) GROUP BY p.event, p.role
)
SELECT e.*,
  coalesce(a.codes, []) AS actors, coalesce(a.names, []) AS actor_names,
  coalesce(r.codes, []) AS recipients, coalesce(r.names, []) AS recipient_names
FROM events AS e
LEFT JOIN parties AS a ON a.event = e.id AND a.role = 'actor'
LEFT JOIN parties AS r ON r.event = e.id AND r.role = 'recipient'
WHERE e.id IN (SELECT id FROM page)
ORDER BY {order} DESC, e.id
"""


def cursor(page: pa.Table, *, order: str = "date") -> str | None:
    """What to give as ``after`` for the page behind ``page``; None behind an empty one."""
    _check_order(order)
    if not page.num_rows:
        return None
    value = page[_COLUMNS[order]][-1].as_py()
    if order == "killed" and value is None:  # "at least 10" has no highest number
        value = page["killed_low"][-1].as_py()
    plain = value.isoformat() if isinstance(value, datetime.date) else value
    key = [order, _NOTHING[order] if plain is None else plain, page["id"][-1].as_py()]
    return base64.urlsafe_b64encode(json.dumps(key, ensure_ascii=False).encode()).decode()


def _check_page(order: str, limit: int | None, after: str | None) -> _Key | None:
    _check_order(order)
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 1):
        raise QueryError(f"limit: {limit!r} must be a whole number from 1")
    if after is None:
        return None
    try:
        key = _Key(*json.loads(base64.urlsafe_b64decode(after)))
    except (binascii.Error, ValueError, TypeError) as error:
        raise QueryError(f"after: {after!r} is no cursor; give what the page before returned") from error
    if key.order != order:
        raise QueryError(f"after: the cursor is of the order {key.order!r}, but {order!r} is asked for")
    return key


def _check_order(order: str) -> None:
    if order not in ORDERS:
        raise QueryError(f"order: {order!r} is unknown; allowed are {', '.join(ORDERS)}")


def count(store: Store, filters: Filters) -> int:
    """How many events the filters ask for."""
    asked = clause(filters, _Known(store))
    found = ask(store, f"SELECT count(*) AS events FROM events AS e WHERE {asked.sql}", asked.values)
    return int(found["events"][0].as_py())


def facets(store: Store, filters: Filters, field: str, *, limit: int = 50) -> pa.Table:
    """The values of ``field`` among the events, with the number of events, the most frequent first.

    Columns ``value`` (text) and ``events``. An event counts once for each of its values. Raises QueryError.
    """
    if field not in views.FACETS:
        raise QueryError(f"field: {field!r} is unknown; allowed are {', '.join(views.FACETS)}")
    asked = clause(filters, _Known(store))
    return ask(store, views.facet(field, asked.sql, limit), asked.values)


def aggregate(store: Store, filters: Filters, by: Sequence[str]) -> pa.Table:
    """Numbers for each combination of the columns ``by`` (see :data:`rasid.store.views.GROUPS`).

    Columns: those of ``by`` (``dyad`` gives ``actor`` and ``recipient``, countries), ``events``, ``mean_score``
    (Goldstein), ``cooperation`` and ``conflict`` (events of quad 1 and 2, 3 and 4), ``reports``, ``sources``,
    ``killed_low`` and ``killed_high`` (sums). Undated events have no day. Raises QueryError.
    """
    if not by or isinstance(by, str):
        raise QueryError(f"by: {by!r} must name one or more of {', '.join(views.GROUPS)}")
    for name in by:
        if name not in views.GROUPS:
            raise QueryError(f"by: {name!r} is unknown; allowed are {', '.join(views.GROUPS)}")
    asked = clause(filters, _Known(store))
    return ask(store, views.aggregate(tuple(dict.fromkeys(by)), asked.sql), asked.values)


def event(store: Store, name: str) -> pa.Table:
    """The event with this id, one row as :func:`events` gives them. Raises QueryError when there is none."""
    page = "SELECT e.id FROM events AS e WHERE e.id = ?"
    found = ask(store, _WITH_PARTIES.format(page=page, order=ORDERS["date"]), (name,))
    return _one(found, "event", name)


def article(store: Store, name: str) -> pa.Table:
    """The article with this id, one row with the columns of ``articles``. Raises QueryError when there is none."""
    return _one(ask(store, "SELECT * FROM articles WHERE id = ?", (name,)), "article", name)


def reports(store: Store, of_event: str) -> pa.Table:
    """The reports of an event, in order of publication: the columns of ``reports``, of their article, and why here.

    Beside these ``publisher``, ``published``, ``url``, ``title``, ``copy_of``, ``sentence`` (its text), the lists
    ``parties`` and ``attributions``, and ``merge_score`` and ``merge_reasons``.
    """
    return ask(store, views.reports("m.event = ?"), (of_event,))


def _one(found: pa.Table, kind: str, name: str) -> pa.Table:
    if not found.num_rows:
        raise QueryError(f"{kind} {name!r} is not in the store")
    return found


def ask(store: Store, sql: str, values: Sequence[Any]) -> pa.Table:
    """What Rasid's own SQL gives, with ``?`` for ``values``. Raises StoreError."""
    with told(store.path), contextlib.closing(store.connection.cursor()) as own:
        table: pa.Table = own.sql(sql, params=list(values)).to_arrow_table()
        return table


def select(store: Store, sql: str) -> pa.Table:
    """What one SELECT of the user's own gives. The store is not changed, and no other file is touched.

    Raises QueryError for any other statement, or one that DuckDB cannot run.
    """
    try:
        statements = store.connection.extract_statements(sql)
    except duckdb.Error as error:
        raise QueryError(f"the query cannot be read: {_first_line(error)}") from error
    allowed = (duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN)
    if len(statements) != 1 or statements[0].type not in allowed:
        raise QueryError("only one SELECT (or WITH, FROM, DESCRIBE, SUMMARIZE, SHOW, EXPLAIN) can be run")
    if not store.read_only:
        raise QueryError("own queries are run only on a store that is opened with read_only=True")
    try:
        with contextlib.closing(store.connection.cursor()) as own:
            own.execute("SET enable_external_access = false")  # for the whole process; it cannot be turned on again
            table: pa.Table = own.sql(sql).to_arrow_table()
    except duckdb.Error as error:
        raise QueryError(f"the query cannot be run: {_first_line(error)}") from error
    return table


def _first_line(error: duckdb.Error) -> str:
    return " ".join(str(error).split("\n\n")[0].split())


__all__ = [
    "ORDERS",
    "Clause",
    "Filters",
    "aggregate",
    "article",
    "count",
    "cursor",
    "event",
    "events",
    "facets",
    "reports",
    "select",
]
