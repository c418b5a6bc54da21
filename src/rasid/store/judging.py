"""Taking a judgement: checked, written to the log, applied to reports and events, and safe on disk when it returns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import duckdb

from rasid.errors import JudgementError
from rasid.export.shapes import CodedShape
from rasid.records import Article
from rasid.store import editing, judgements, wordlist
from rasid.store.asking import first
from rasid.store.judged import JudgedEvent, judged_events, report_id
from rasid.store.judgements import Judged, Judgement, What
from rasid.store.merging import merge_days
from rasid.store.naming import named
from rasid.store.opening import Store
from rasid.store.rows import ArticleRow
from rasid.store.writing import write_reports


def judge(store: Store, judgement: Judgement) -> tuple[Judgement, ...]:
    """Take ``judgement``; gives it back as it stands in the log (several, when an event of several reports is judged).

    Raises JudgementError, and changes nothing, when its target is not in the store or its value is not allowed.
    """
    with store.transaction() as connection:
        taken = tuple(judgements.write(connection, item) for item in _whole(connection, judgement))
        touched = {article for item in taken for article in _articles(connection, item)}
        _apply(connection, sorted(touched))
    return taken


def _whole(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> list[Judgement]:
    """The judgement with all in its value that replaying needs, one for each report that it is about."""
    if not judgement.who:
        raise JudgementError("a judgement needs the name of who decided; set who")
    if judgement.what is What.UNDO:
        return [_undo(connection, judgement)]
    if judgement.what is What.SPLIT:
        return [_split(connection, judgement)]
    if judgement.what is What.JOIN:
        return [_join(connection, judgement)]
    if judgement.what is What.ADD:
        return [_add(connection, judgement)]
    reports = [judgement.target]
    if judgement.what in (What.ACCEPT, What.REJECT) and not _exists(connection, "reports", judgement.target):
        reports = _reports_of(connection, judgement.target)
    return [_about(connection, judgement, report) for report in reports]


def _about(connection: duckdb.DuckDBPyConnection, judgement: Judgement, report: str) -> Judgement:
    """A judgement about one report, with the event as it stands now."""
    row, item = _report(connection, report)
    value: dict[str, Any] = {"article": row.id, "report": report, "event": item.event}
    if judgement.what is What.SET:
        told = judgement.value
        if not {"field", "value"} <= told.keys():
            raise JudgementError('the value of "set" is {"field": ..., "value": ...}')
        editing.changed(item.event, told["field"], told["value"], text=row.article.text)
        value |= {"field": told["field"], "value": told["value"]}
    return _with(judgement, report, value)


def _report(connection: duckdb.DuckDBPyConnection, report: str) -> tuple[ArticleRow, JudgedEvent]:
    found = first(connection, "SELECT article FROM reports WHERE id = ?", [report])
    if not found:
        raise JudgementError(f"{report!r} is no report in this store; rasid events lists them")
    row = _article(connection, found[0])
    judged = Judged(judgements.read(connection)).of(row.id)
    events = judged_events(cast("CodedShape", json.loads(row.coded)), row.article.text, judged)
    return row, next(item for item in events if item.report == report)


def _article(connection: duckdb.DuckDBPyConnection, name: str) -> ArticleRow:
    found = first(connection, "SELECT * FROM articles WHERE id = ?", [name])
    if not found:
        raise JudgementError(f"{name!r} is no article in this store")
    return ArticleRow(*found)


def _add(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> Judgement:
    row = _article(connection, judgement.target)
    text = row.article.text
    name = f"{row.id}#{judgements.next_id(connection)}"
    event = editing.added(row.id, judgement.value, id=name, text=text)
    event = {**event, "sentence": _sentence(row.article, event["trigger"]["start"])}
    value = {"article": row.id, "report": report_id(row.id, event), "event": event}
    return _with(judgement, row.id, value)


def _sentence(article: Article, offset: int) -> Any:
    """Span of the sentence that holds ``offset``."""
    document = wordlist.read([article])[0]
    sentence = (document.sentences or ())[document.sentence_at(offset)]
    return {"start": sentence.start, "end": sentence.end}


def _split(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> Judgement:
    """The reports that go, and those that they are never to stand with."""
    members = _reports_of(connection, judgement.target)
    moved = [report for report in members if report in set(judgement.value.get("reports", ()))]
    rest = [report for report in members if report not in moved]
    if not moved or not rest:
        raise JudgementError(f'"reports" of a split of {judgement.target} names some of {", ".join(members)}, not all')
    return _with(judgement, judgement.target, {"reports": moved, "rest": rest})


def _join(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> Judgement:
    events = [judgement.target, *judgement.value.get("events", ())]
    reports = [report for event in dict.fromkeys(events) for report in _reports_of(connection, event)]
    if len(set(events)) == 1:
        raise JudgementError(f'"events" of a join names the events that {judgement.target} is the same as')
    return _with(judgement, judgement.target, {"events": events, "reports": reports})


def _undo(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> Judgement:
    if judgement.target not in judgements.standing(judgements.read(connection)):
        raise JudgementError(f"{judgement.target!r} is no judgement that holds; it is not there, or undone already")
    return _with(judgement, judgement.target, {})


def _with(judgement: Judgement, target: str, value: Mapping[str, Any]) -> Judgement:
    return Judgement(judgement.who, judgement.what, target, value, judgement.why)


def _exists(connection: duckdb.DuckDBPyConnection, table: str, name: str) -> bool:
    return first(connection, f"SELECT 1 FROM {table} WHERE id = ?", [name]) is not None


def _reports_of(connection: duckdb.DuckDBPyConnection, event: str) -> list[str]:
    found = connection.execute("SELECT report FROM merges WHERE event = ? ORDER BY report", [event]).fetchall()
    if not found:
        raise JudgementError(f"{event!r} is no event in this store; rasid events lists them")
    return [report for (report,) in found]


def _articles(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> Iterable[str]:
    """The articles whose reports a judgement touches."""
    if judgement.what is What.UNDO:
        undone = next(item for item in judgements.read(connection) if item.id == judgement.target)
        return _articles(connection, undone)
    if judgement.what in (What.SPLIT, What.JOIN):
        with named(connection, [*judgement.value["reports"], *judgement.value.get("rest", ())]):
            found = connection.execute("SELECT DISTINCT article FROM reports SEMI JOIN wanted USING (id)").fetchall()
        return [article for (article,) in found]
    return [judgement.value["article"]]


def _apply(connection: duckdb.DuckDBPyConnection, articles: Sequence[str]) -> None:
    """Make the reports of the articles anew, and merge them."""
    with named(connection, articles):
        found = connection.execute("SELECT * FROM articles SEMI JOIN wanted USING (id) ORDER BY number").fetchall()
    write_reports(connection, [ArticleRow(*row) for row in found], Judged(judgements.read(connection)), fresh=False)
    days = [day for (day,) in connection.execute("SELECT DISTINCT published FROM unmerged").fetchall()]
    merge_days(connection, days)
