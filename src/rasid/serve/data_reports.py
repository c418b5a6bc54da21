"""Reading one event with its reports, one article with its marks, and what people decided."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from rasid.errors import QueryError
from rasid.export.shapes import EventShape
from rasid.serve.data import Row, rows
from rasid.store import Store, queries, views


@dataclass(frozen=True, slots=True)
class Told:
    """A report: its row, the event it tells of in the shape of the coded record, and the sentence's text."""

    row: Row
    event: EventShape

    @property
    def id(self) -> str:
        return cast(str, self.row["id"])

    @property
    def sentence(self) -> str:
        return cast(str, self.row["sentence"])


@dataclass(frozen=True, slots=True)
class Decision:
    """A judgement as the log has it, and whether it holds."""

    id: str
    at: Any
    who: str
    what: str
    target: str
    report: str | None
    field: str | None
    value: str
    why: str
    holds: bool


def told(store: Store, event: str) -> tuple[Told, ...]:
    """The reports of an event, in order of publication."""
    return tuple(_told(row) for row in queries.reports(store, event).to_pylist())


def of_article(store: Store, article: str) -> tuple[Told, ...]:
    """The reports in an article in order of the text, without those that people rejected."""
    found = rows(store, views.reports("r.article = ?"), [article])
    return tuple(sorted((_told(row) for row in found), key=lambda item: item.row["trigger_start"]))


def report(store: Store, name: str) -> Told:
    """One report. Raises QueryError when it is not there, or is rejected."""
    found = rows(store, views.reports("r.id = ?"), [name])
    if not found:
        raise QueryError(f"report {name!r} is not in the store, or was rejected")
    return _told(found[0])


def rejected_in(store: Store, article: str) -> list[Row]:
    """The reports of an article that people said are no events."""
    sql = "SELECT id, type, trigger_text, trigger_start FROM reports WHERE article = ? AND judged = 'reject'"
    return rows(store, sql, [article])


def _told(row: Row) -> Told:
    return Told(row, shape(row))


def shape(row: Row) -> EventShape:
    """A report's row, with its parties and attributions, as an event of a coded record."""
    sides: dict[str, list[Any]] = {"actor": [], "recipient": []}
    for party in row["parties"]:
        sides[party["role"]].append({key: value for key, value in party.items() if key != "role"})
    event = {
        "id": row["event"],
        "sentence": {"start": row["sentence_start"], "end": row["sentence_end"]},
        "trigger": {"start": row["trigger_start"], "end": row["trigger_end"], "text": row["trigger_text"]},
        "actors": sides["actor"],
        "recipients": sides["recipient"],
        "time": _time(row),
        "place": _place(row),
        "attribution": [dict(said) for said in row["attributions"]],
        "evidence": json.loads(row["evidence"]),
    }
    return cast(EventShape, {**{name: row[name] for name in _PLAIN}, **event})


_PLAIN = (
    *("type", "modes", "status", "historical", "plover", "cameo", "quad", "score", "contexts", "confidence"),
    *("killed", "injured", "arrested", "coref"),
)


def _time(row: Row) -> Row | None:
    if row["time_text"] is None and row["edtf"] is None:
        return None
    span = {"start": row["time_start"], "end": row["time_end"], "text": row["time_text"]}
    days = {name: row[name].isoformat() if row[name] else None for name in ("first", "last")}
    told = {name: row[name] for name in ("edtf", "precision", "calendar", "anchor")}
    return {**span, **told, **days, "reason": row["time_reason"]}


def _place(row: Row) -> Row | None:
    if row["place_text"] is None and row["place_name"] is None and row["country"] is None:
        return None
    span = {"start": row["place_start"], "end": row["place_end"], "text": row["place_text"]}
    names = {"name": row["place_name"], "name_en": row["place_name_en"], "precision": row["place_precision"]}
    plain = {name: row[name] for name in ("country", "admin1", "latitude", "longitude", "geonames_id")}
    return {**span, **names, **plain, "reason": row["place_reason"] or ""}


def text_of(row: Row) -> str:
    """The article's text as its offsets count it: title, blank line, body."""
    return f"{row['title']}\n\n{row['body']}" if row["title"] else cast(str, row["body"])


_DECISIONS = """
    WITH undone AS (SELECT target AS id FROM judgements WHERE what = 'undo')
    SELECT j.id, j."at", j.who, j.what, j.target, j.value ->> 'report' AS report, j.value ->> 'field' AS field,
        CAST(j.value -> 'value' AS VARCHAR) AS value, j.why, j.id NOT IN (SELECT id FROM undone) AS holds
    FROM judgements AS j WHERE {condition} ORDER BY length(j.id) DESC, j.id DESC LIMIT ?
"""
_ABOUT = """
    j.target IN (SELECT unnest(?::VARCHAR[])) OR j.value ->> 'report' IN (SELECT unnest(?::VARCHAR[]))
    OR list_has_any(CAST(j.value -> 'reports' AS VARCHAR[]), ?::VARCHAR[])
"""


def decisions(store: Store, targets: Sequence[str], *, limit: int = 200) -> tuple[Decision, ...]:
    """The judgements about any of the reports, events or articles, newest first."""
    names = list(targets)
    found = rows(store, _DECISIONS.format(condition=_ABOUT), [names, names, names, limit])
    return _readable(found)


def latest(store: Store, *, limit: int, who: str | None = None) -> tuple[Decision, ...]:
    """The newest judgements, of one person or of all."""
    condition, values = ("j.who = ?", [who]) if who else ("TRUE", [])
    return _readable(rows(store, _DECISIONS.format(condition=condition), [*values, limit]))


def _readable(found: Iterable[Row]) -> tuple[Decision, ...]:
    return tuple(Decision(**{**row, "value": row["value"] or ""}) for row in found)


def links(store: Store, event: str) -> list[Row]:
    """Events that this one announced, fulfilled or cancelled."""
    sql = """
        SELECT l.kind, e.id, e.line_ar, e.line_en, e.first FROM links AS l
        JOIN events AS e ON e.id = CASE WHEN l.source_event = ? THEN l.target_event ELSE l.source_event END
        WHERE l.source_event = ? OR l.target_event = ?
    """
    return rows(store, sql, [event, event, event])


@dataclass(frozen=True, slots=True)
class Variants:
    """A figure that the reports give differently: each value with the publishers that give it."""

    field: str
    values: tuple[tuple[str, tuple[str, ...]], ...]


_FIGURES = (
    ("killed", "killed"),
    ("injured", "injured"),
    ("arrested", "arrested"),
    ("conflict_dates", "edtf"),
    ("conflict_places", "place_name"),
)


def conflicts(reports: Sequence[Told]) -> tuple[Variants, ...]:
    """The fields in which the reports of one event differ: toll, date, place."""
    found = []
    for field, column in _FIGURES:
        values: dict[str, dict[str, None]] = {}
        for item in reports:
            if item.row[column]:
                values.setdefault(item.row[column], {})[item.row["publisher"] or "–"] = None
        if len(values) > 1:
            found.append(Variants(field, tuple((text, tuple(names)) for text, names in values.items())))
    return tuple(found)
