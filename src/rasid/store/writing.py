"""Coded articles into the tables, inside the caller's transaction: new, changed, recoded and judged ones alike."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

import duckdb

from rasid import merge
from rasid.export.shapes import CodedShape, EventShape
from rasid.records import Article, Rejected
from rasid.store import rows, told
from rasid.store.actors import actors_of, renew
from rasid.store.asking import number
from rasid.store.identity import Stored
from rasid.store.judged import JudgedEvent, judged_events, telling
from rasid.store.judgements import Judged
from rasid.store.naming import named
from rasid.store.recoding import keep_ids
from rasid.store.wordlist import Word


@dataclass(frozen=True, slots=True)
class Arriving:
    """An article as it is to be stored; ``former`` is what stood there before, if anything."""

    article: Article
    record: CodedShape
    words: tuple[Word, ...]
    source: str | None
    former: Stored | None

    @property
    def same_text(self) -> bool:
        """True when the text that stands in the store is this one."""
        return self.former is not None and self.former.sha256 == self.article.sha256


def write(connection: duckdb.DuckDBPyConnection, batch: Sequence[Arriving], *, run: int, judged: Judged) -> int:
    """Store a batch; gives the number of reports in it. New articles get the next free numbers."""
    former = [item for item in batch if item.former is not None]
    batch = _with_kept_ids(connection, batch) if former else batch
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    numbers = list(_numbers(connection, batch))
    if former:
        _supersede(connection, [item for item in former if not item.same_text], now)
        _delete_articles(connection, [item.article.id for item in former])
    articles = [_article_row(item, number, run, now) for item, number in zip(batch, numbers, strict=True)]
    rows.append(connection, "articles", articles)
    _write_words(connection, batch, numbers)
    return write_reports(connection, articles, judged, fresh=not former)


def _numbers(connection: duckdb.DuckDBPyConnection, batch: Sequence[Arriving]) -> Iterator[int]:
    last = number(connection, "SELECT max(number) FROM articles")
    for item in batch:
        last += item.former is None
        yield last if item.former is None else item.former.number


def _with_kept_ids(connection: duckdb.DuckDBPyConnection, batch: Sequence[Arriving]) -> list[Arriving]:
    with named(connection, [item.article.id for item in batch]):
        found = connection.execute("SELECT id, coded FROM articles SEMI JOIN wanted USING (id)").fetchall()
    old = {name: cast("CodedShape", json.loads(coded))["events"] for name, coded in found}
    return [_kept(item, old.get(item.article.id, [])) for item in batch]


def _kept(item: Arriving, old: Sequence[EventShape]) -> Arriving:
    record = keep_ids(item.record, old, same_text=item.same_text) if old else item.record
    return Arriving(item.article, record, item.words, item.source, item.former)


def _supersede(connection: duckdb.DuckDBPyConnection, changed: Sequence[Arriving], now: datetime.datetime) -> None:
    """Keep the former texts of changed articles, and take their words out of the search."""
    texts = [
        (old.id, old.sha256, old.title, old.body, old.published, old.run, now)
        for item in changed
        if (old := item.former) is not None
    ]
    rows.append(connection, "superseded", texts)
    if changed:
        numbers = [item.former.number for item in changed if item.former is not None]
        connection.execute("DELETE FROM search WHERE article IN (SELECT unnest(?))", [numbers])


def _delete_articles(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> None:
    with named(connection, ids):
        connection.execute("DELETE FROM articles WHERE id IN (SELECT id FROM wanted)")


def _article_row(item: Arriving, number: int, run: int, now: datetime.datetime) -> rows.ArticleRow:
    article = item.article
    return rows.ArticleRow(
        article.id,
        article.url,
        article.publisher,
        article.published,
        article.published_by,
        article.published_reliability,
        article.title,
        article.body,
        article.language,
        article.sha256,
        article.copy_of,
        item.source,
        run,
        item.former.ingested if item.former else now,
        rows.dumped(item.record),
        number,
    )


def _write_words(connection: duckdb.DuckDBPyConnection, batch: Sequence[Arriving], numbers: Sequence[int]) -> None:
    found = (
        (word.word, number, word.sentence)
        for item, number in zip(batch, numbers, strict=True)
        if not item.same_text
        for word in item.words
    )
    rows.append(connection, "search", found)


def write_reports(
    connection: duckdb.DuckDBPyConnection, articles: Sequence[rows.ArticleRow], judged: Judged, *, fresh: bool
) -> int:
    """Make the reports of stored articles anew from their coded records and the judgements; gives their number.

    ``fresh`` says that none of the articles has reports yet.
    """
    before: set[str] = set() if fresh else _reports_of(connection, [article.id for article in articles])
    actors = actors_of(connection, before) if before else set()
    _delete_reports(connection, before)
    reports: list[rows.ReportRow] = []
    parties: list[rows.PartyRow] = []
    attributions: list[rows.AttributionRow] = []
    light: list[tuple[str, str, rows.Day]] = []
    for row in articles:
        record = cast("CodedShape", json.loads(row.coded))
        text = row.article.text
        events = judged_events(record, text, judged.of(row.id))
        reports.extend(_report(row, item) for item in events)
        parties.extend(party for item in events for party in rows.party_rows(item.report, item.event))
        attributions.extend(said for item in events for said in rows.attribution_rows(item.report, item.event))
        light.extend(_light({**record, "events": telling(events)}, text))
    rows.append(connection, "reports", reports)
    rows.append(connection, "parties", parties)
    rows.append(connection, "attributions", attributions)
    rows.append(connection, "told", ((name, packed) for name, packed, _ in light))
    rows.append(connection, "unmerged", ((name, day) for name, _, day in light))
    forget(connection, before - {name for name, _, _ in light})
    if actors:
        renew(connection, actors)
    return len(light)


def _report(row: rows.ArticleRow, item: JudgedEvent) -> rows.ReportRow:
    return rows.report_row(row.id, row.run, item.event, id=item.report, judged=item.judged)


def _light(record: CodedShape, text: str) -> Iterable[tuple[str, str, rows.Day]]:
    return ((light.id, told.packed(light), light.published) for light in merge.from_coded(record, text))


_OF_REPORTS = ("parties", "attributions", "told", "unmerged")


def _reports_of(connection: duckdb.DuckDBPyConnection, articles: Sequence[str]) -> set[str]:
    with named(connection, articles):
        found = connection.execute("SELECT id FROM reports WHERE article IN (SELECT id FROM wanted)").fetchall()
    return {name for (name,) in found}


def _delete_reports(connection: duckdb.DuckDBPyConnection, reports: set[str]) -> None:
    if not reports:
        return
    with named(connection, reports):
        connection.execute("DELETE FROM reports WHERE id IN (SELECT id FROM wanted)")
        for table in _OF_REPORTS:
            connection.execute(f"DELETE FROM {table} WHERE report IN (SELECT id FROM wanted)")


def forget(connection: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> None:
    """Take reports out of their events; what is left of these is merged anew, and empty events go."""
    gone = list(reports)
    if not gone:
        return
    with named(connection, gone):
        found = connection.execute("SELECT DISTINCT event FROM merges SEMI JOIN wanted ON report = id").fetchall()
        connection.execute("DELETE FROM merges WHERE report IN (SELECT id FROM wanted)")
    with named(connection, (event for (event,) in found)):
        connection.execute(_STAYING)
        connection.execute(_EMPTY)
    with named(connection, _ids(connection, "SELECT event FROM emptied")):
        delete_events(connection)
    connection.execute("DROP TABLE emptied")


_STAYING = """
INSERT INTO unmerged
SELECT r.id, a.published
FROM merges AS m JOIN reports AS r ON m.report = r.id JOIN articles AS a ON r.article = a.id
WHERE m.event IN (SELECT id FROM wanted) AND m.report NOT IN (SELECT report FROM unmerged)
"""
_EMPTY = """
CREATE TEMP TABLE emptied AS SELECT id AS event FROM wanted WHERE id NOT IN (SELECT event FROM merges)
"""
_OF_EVENTS = ("event_parties", "merges")


def delete_events(connection: duckdb.DuckDBPyConnection) -> None:
    """Delete the events that the table ``wanted`` names, with all that hangs on them."""
    connection.execute("DELETE FROM events WHERE id IN (SELECT id FROM wanted)")
    for table in _OF_EVENTS:
        connection.execute(f"DELETE FROM {table} WHERE event IN (SELECT id FROM wanted)")
    connection.execute(
        "DELETE FROM links WHERE source_event IN (SELECT id FROM wanted) OR target_event IN (SELECT id FROM wanted)"
    )


def _ids(connection: duckdb.DuckDBPyConnection, query: str) -> list[str]:
    return [name for (name,) in connection.execute(query).fetchall()]


def write_rejected(
    connection: duckdb.DuckDBPyConnection, items: Sequence[Rejected], *, stored: Sequence[str], run: int
) -> None:
    """Keep rejected inputs with their reasons; those that could be read by now (ids in ``stored``) are taken off."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    known = set(connection.execute("SELECT id, source, code, reason FROM rejected").fetchall()) if items else set()
    fresh = [item for item in items if (item.id, item.source, item.code, item.reason) not in known]
    with named(connection, [*stored, *(item.id for item in fresh)]):
        connection.execute("DELETE FROM rejected WHERE id IN (SELECT id FROM wanted)")
    rows.append(connection, "rejected", ((item.id, item.source, item.code, item.reason, run, now) for item in fresh))
