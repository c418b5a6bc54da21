"""Whether the reports stand as the coded records and the judgements make them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import cast

import duckdb

from rasid.export.shapes import CodedShape
from rasid.store import judgements
from rasid.store.judged import judged_events
from rasid.store.judgements import Judged
from rasid.store.naming import named
from rasid.store.rows import ArticleRow, ReportRow, report_row

_BATCH = 500


def differences(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Ids of reports that differ from what replaying gives, that are missing, or that are too many."""
    judged = Judged(judgements.read(connection))
    last = 0
    query = f"SELECT * FROM articles WHERE number > ? ORDER BY number LIMIT {_BATCH}"
    while found := connection.execute(query, [last]).fetchall():
        articles = [ArticleRow(*row) for row in found]
        last = articles[-1].number
        yield from _differing(_expected(articles, judged), _standing(connection, articles))


def _expected(articles: Iterable[ArticleRow], judged: Judged) -> Iterator[ReportRow]:
    for row in articles:
        record = cast("CodedShape", json.loads(row.coded))
        for item in judged_events(record, row.article.text, judged.of(row.id)):
            yield report_row(row.id, row.run, item.event, id=item.report, judged=item.judged)


def _standing(connection: duckdb.DuckDBPyConnection, articles: Iterable[ArticleRow]) -> Iterator[ReportRow]:
    with named(connection, [article.id for article in articles]):
        found = connection.execute("SELECT r.* FROM reports AS r SEMI JOIN wanted AS w ON r.article = w.id").fetchall()
    return map(ReportRow._make, found)


def _differing(expected: Iterable[ReportRow], standing: Iterable[ReportRow]) -> Iterator[str]:
    one, other = {row.id: row for row in expected}, {row.id: row for row in standing}
    yield from sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
