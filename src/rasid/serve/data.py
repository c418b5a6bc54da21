"""Reading events from the store for pages and API, kept until the store changes."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from rasid.serve.desk import Desk, cached
from rasid.store import Store, queries
from rasid.store.filters import Clause, Filters, clause

Row: TypeAlias = Mapping[str, Any]
LARGEST_PAGE = 1000
_BARS = 400  # slots of time that one chart may have


@dataclass(frozen=True, slots=True)
class Page:
    """Some events in order, and the cursor that goes on after them (None at the end)."""

    events: tuple[Row, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many events have a value."""

    value: str
    events: int


def rows(store: Store, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """The answer to a query, each row by its column names."""
    with contextlib.closing(store.connection.cursor()) as own:
        answer = own.execute(sql, list(values))
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def tuples(store: Store, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """The answer to a query, each row as it stands."""
    with contextlib.closing(store.connection.cursor()) as own:
        return own.execute(sql, list(values)).fetchall()


def one(store: Store, sql: str, values: Sequence[Any] = ()) -> Any:
    """The only value of a query's first row; None without a row."""
    found = tuples(store, sql, values)
    return found[0][0] if found else None


class _Known:
    """The names in the store, kept until it changes."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def names(self, sql: str) -> Sequence[Sequence[str | None]]:
        return self.desk.kept(("names", sql), lambda: tuples(self.desk.reader(), sql))


def condition(desk: Desk, filters: Filters) -> Clause:
    """The condition on ``events AS e`` that the filters stand for."""
    return clause(filters, _Known(desk))


@cached
def page(desk: Desk, filters: Filters, order: str, limit: int, after: str | None) -> Page:
    """Events that fit, with their parties. Raises QueryError."""
    found = queries.events(desk.reader(), filters, order=order, limit=limit + 1, after=after)
    more = found.num_rows > limit
    shown = found.slice(0, limit)
    return Page(tuple(shown.to_pylist()), queries.cursor(shown, order=order) if more else None)


@cached
def count(desk: Desk, filters: Filters) -> int:
    """How many events fit."""
    return queries.count(desk.reader(), filters)


# The filter that is set aside while its own values are counted, so that more of them can be chosen.
_OWN: Mapping[str, Mapping[str, Any]] = {
    "quad": {"quads": ()},
    "type": {"types": ()},
    "status": {"statuses": ()},
    "country": {"countries": ()},
    "publisher": {"publisher": None},
    "reviewed": {"reviewed": None},
    "mode": {"modes": ()},
    "context": {"contexts": ()},
}


@cached
def facet(desk: Desk, filters: Filters, field: str, limit: int = 40) -> tuple[Count, ...]:
    """Values of ``field`` with how many events have them, the filter on the field itself set aside."""
    asked = dataclasses.replace(filters, **_OWN.get(field, {}))
    found = queries.facets(desk.reader(), asked, field, limit=limit)
    return tuple(Count(row["value"], row["events"]) for row in found.to_pylist())


@cached
def aggregate(desk: Desk, filters: Filters, by: tuple[str, ...]) -> tuple[Row, ...]:
    """Numbers of events grouped (rasid.store.queries.aggregate)."""
    return tuple(queries.aggregate(desk.reader(), filters, by).to_pylist())


@dataclass(frozen=True, slots=True)
class Slot:
    """Events of quad classes 1 to 4 from ``first`` to ``last``."""

    first: datetime.date
    last: datetime.date
    counts: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of some events, None when none has a day."""

    first: datetime.date | None
    last: datetime.date | None

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1 if self.first and self.last else 0


# Days before the first and after the last publication that a chart shows when no period is chosen.
_BEFORE, _AFTER = 31, 31


@cached
def span(desk: Desk, filters: Filters) -> Span:
    """The days to show: the chosen period, and around the days of publication where none is chosen.

    Plans far ahead and memories far back would leave the days that the news is about too narrow to see.
    """
    asked = condition(desk, filters)
    sql = f"""
        SELECT greatest(min(e."first"), min(e.first_published) - {_BEFORE}),
            least(max(e."first"), max(e.last_published) + {_AFTER})
        FROM events AS e WHERE {asked.sql}
    """
    ((first, last),) = tuples(desk.reader(), sql, asked.values)
    told = Span(filters.since or first, filters.until or last)
    return told if told.days > 0 else Span(None, None)


@cached
def over_time(desk: Desk, filters: Filters, unit: str) -> tuple[Slot, ...]:
    """Events by ``unit`` (day, week, month or year) and quad class, empty slots included.

    An event stands where its days begin; one that is told by the month or year only is left out of finer slots.
    """
    told = span(desk, filters)
    if told.first is None or told.last is None:
        return ()
    asked = condition(desk, filters)
    sums = ", ".join(f"count(f.quad) FILTER (f.quad = {quad})" for quad in (1, 2, 3, 4))
    sql = f"""
        WITH slots AS (
            SELECT unnest(generate_series(date_trunc('{unit}', ?::DATE), ?::DATE, INTERVAL 1 {unit}))::DATE AS slot
        ), found AS (
            SELECT date_trunc('{unit}', e."first")::DATE AS slot, e.quad FROM events AS e
            WHERE e."last" - e."first" < {_LENGTHS[unit]} AND {asked.sql}
        )
        SELECT slots.slot, (slots.slot + INTERVAL 1 {unit} - INTERVAL 1 day)::DATE, {sums}
        FROM slots LEFT JOIN found AS f ON f.slot = slots.slot GROUP BY ALL ORDER BY slots.slot DESC LIMIT {_BARS}
    """
    found = tuples(desk.reader(), sql, [told.first, told.last, *asked.values])
    return tuple(Slot(first, last, (a, b, c, d)) for first, last, a, b, c, d in reversed(found))


# Days that an event may cover to stand in one slot.
_LENGTHS = {"day": 4, "week": 8, "month": 32, "year": 367}
UNITS = tuple(_LENGTHS)


def unit_for(told: Span) -> str:
    """The slot that gives a readable number of bars."""
    for unit, most in (("day", 100), ("week", 500), ("month", 3000)):
        if told.days <= most:
            return unit
    return "year"
