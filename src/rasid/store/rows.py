"""Coded records to rows of the tables. Fields stand in the order of the columns in ``schema.sql``."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import duckdb
import pyarrow as pa

from rasid.export.shapes import ActorShape, EventShape
from rasid.records import Article

Day = datetime.date | None


class ArticleRow(NamedTuple):
    id: str
    url: str | None
    publisher: str | None
    published: Day
    published_by: str | None
    published_reliability: float | None
    title: str | None
    body: str
    language: str
    sha256: str
    copy_of: str | None
    source: str | None
    run: int
    ingested: datetime.datetime
    coded: str
    number: int

    @property
    def article(self) -> Article:
        """The article as it was read."""
        return Article(
            id=self.id,
            title=self.title,
            body=self.body,
            url=self.url,
            publisher=self.publisher,
            published=self.published,
            language=self.language,
            published_by=self.published_by,
            published_reliability=self.published_reliability,
            copy_of=self.copy_of,
        )


class ReportRow(NamedTuple):
    id: str
    article: str
    run: int
    event: str
    type: str
    modes: list[str]
    status: str
    historical: bool
    plover: str
    cameo: str
    quad: int
    score: float
    contexts: list[str]
    confidence: float
    sentence_start: int
    sentence_end: int
    trigger_start: int
    trigger_end: int
    trigger_text: str
    time_start: int | None
    time_end: int | None
    time_text: str | None
    edtf: str | None
    first: Day
    last: Day
    precision: str | None
    calendar: str | None
    anchor: str | None
    time_reason: str | None
    place_start: int | None
    place_end: int | None
    place_text: str | None
    place_name: str | None
    place_name_en: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    place_precision: str | None
    place_reason: str | None
    killed: str | None
    injured: str | None
    arrested: str | None
    coref: int
    evidence: str
    judged: str | None


class PartyRow(NamedTuple):
    report: str
    role: str
    n: int
    start: int | None
    end: int | None
    text: str | None
    name: str | None
    name_en: str | None
    actor: str | None
    title: str | None
    country: str | None
    sectors: list[str]
    code: str


class AttributionRow(NamedTuple):
    report: str
    n: int
    start: int | None
    end: int | None
    text: str | None
    code: str
    stance: str


class EventRow(NamedTuple):
    id: str
    type: str
    modes: list[str]
    status: str
    historical: bool
    plover: str
    cameo: str
    quad: int
    score: float
    contexts: list[str]
    first: Day
    last: Day
    edtf: str | None
    precision: str | None
    place_name: str | None
    place_name_en: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    place_precision: str | None
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    arrested_low: int | None
    arrested_high: int | None
    confidence: float
    reports: int
    sources: int
    publishers: list[str]
    first_published: Day
    last_published: Day
    reviewed: bool
    line_ar: str
    line_en: str


class EventPartyRow(NamedTuple):
    event: str
    role: str
    code: str
    country: str | None
    sectors: list[str]
    actor: str | None
    name: str | None
    name_en: str | None


def report_row(article: str, run: int, event: EventShape, *, id: str, judged: str | None) -> ReportRow:  # noqa: A002
    """The row of one event of a coded record."""
    values = (
        id,
        article,
        run,
        event["id"],
        event["type"],
        event["modes"],
        event["status"],
        event["historical"],
        event["plover"],
        event["cameo"],
        event["quad"],
        event["score"],
        event["contexts"],
        event["confidence"],
        event["sentence"]["start"],
        event["sentence"]["end"],
        event["trigger"]["start"],
        event["trigger"]["end"],
        event["trigger"]["text"],
        *_time(event),
        *_place(event),
        event["killed"],
        event["injured"],
        event["arrested"],
        event["coref"],
        dumped(event["evidence"]),
        judged,
    )
    return ReportRow._make(values)


def _time(event: EventShape) -> tuple[Any, ...]:
    time = event["time"]
    if time is None:
        return (None,) * 10
    days = (day(time["first"]), day(time["last"]))
    told = (time["precision"], time["calendar"], time["anchor"], time["reason"])
    return (time["start"], time["end"], time["text"], time["edtf"], *days, *told)


def _place(event: EventShape) -> tuple[Any, ...]:
    place = event["place"]
    if place is None:
        return (None,) * 12
    return (
        place["start"],
        place["end"],
        place["text"],
        place["name"],
        place["name_en"],
        place["country"],
        place["admin1"],
        place["latitude"],
        place["longitude"],
        place["geonames_id"],
        place["precision"],
        place["reason"],
    )


def party_rows(report: str, event: EventShape) -> Iterator[PartyRow]:
    """The rows of an event's actors and recipients."""
    for role, actors in (("actor", event["actors"]), ("recipient", event["recipients"])):
        for n, actor in enumerate(actors):
            yield _party(report, role, n, actor)


def _party(report: str, role: str, n: int, actor: ActorShape) -> PartyRow:
    return PartyRow(
        report,
        role,
        n,
        actor["start"],
        actor["end"],
        actor["text"],
        actor["name"],
        actor["name_en"],
        actor["id"],
        actor["title"],
        actor["country"],
        actor["sectors"],
        actor["code"],
    )


def attribution_rows(report: str, event: EventShape) -> Iterator[AttributionRow]:
    """The rows of who tells it."""
    for n, said in enumerate(event["attribution"]):
        yield AttributionRow(report, n, said["start"], said["end"], said["text"], said["code"], said["stance"])


def day(value: str | None) -> Day:
    """The day written as 2025-10-03."""
    return datetime.date.fromisoformat(value) if value else None


def dumped(value: object) -> str:
    """JSON on one line, with Arabic as it is; equal values give equal texts."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def append(connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write ``rows`` at the end of ``table``, by way of Arrow."""
    rows = list(rows)
    if not rows:
        return
    schema = arrow_schema(connection, table)
    columns = [pa.array(values, kind) for values, kind in zip(zip(*rows, strict=True), schema.types, strict=True)]
    append_table(connection, table, pa.Table.from_arrays(columns, schema=schema))


def append_table(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    """Write an Arrow table, whose columns stand as in ``table``, at its end."""
    connection.register("arriving", rows)
    connection.execute(f"INSERT INTO {table} SELECT * FROM arriving")
    connection.unregister("arriving")


def arrow_schema(connection: duckdb.DuckDBPyConnection, table: str) -> pa.Schema:
    """The columns of ``table`` as Arrow types; JSON is text."""
    columns = connection.execute(f"DESCRIBE {table}").fetchall()
    return pa.schema([pa.field(name, _ARROW[kind]) for name, kind, *_ in columns])


_ARROW = {
    "VARCHAR": pa.string(),
    "JSON": pa.string(),
    "VARCHAR[]": pa.list_(pa.string()),
    "INTEGER": pa.int32(),
    "TINYINT": pa.int8(),
    "DOUBLE": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": pa.timestamp("us"),
}
