"""Sentences and articles with their marks, as pages and notebooks show them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from rasid.serve import corrections
from rasid.serve.data import Row, rows
from rasid.serve.data_reports import Told
from rasid.serve.highlight import Mark, event_marks, marked
from rasid.serve.words import Words
from rasid.store import Store, search, views

_SHOWN = ("trigger", "actor", "recipient", "time", "place", "attribution")


@dataclass(frozen=True, slots=True)
class Card:
    """A report on a page: its sentence with marks, why it is in its event, and a digest of what is shown."""

    told: Told
    sentence: Markup
    reasons: tuple[str, ...]
    seen: str

    @property
    def row(self) -> Row:
        return self.told.row

    @property
    def event(self) -> Any:
        return self.told.event


def labels(w: Words) -> Mapping[str, str]:
    """The short labels of the marks in one language."""
    return {role: w.label("role", role) for role in _SHOWN}


def card(told: Told, w: Words) -> Card:
    """A report with its sentence marked."""
    start = told.row["sentence_start"]
    marks = [
        Mark(mark.start - start, mark.end - start, mark.role, mark.tag, mark.note)
        for mark in event_marks(told.event, labels(w))
        if mark.start >= start
    ]
    reasons = _reasons(told.row["merge_reasons"])
    return Card(told, marked(told.sentence, marks), reasons, corrections.seen(told.event))


def _reasons(text: str | None) -> tuple[str, ...]:
    found = json.loads(text) if text else []
    return tuple(str(reason) for reason in found)


def whole(text: str, reports: Iterable[Told], aside: Iterable[Mapping[str, Any]], w: Words, anchor: Any) -> Markup:
    """An article's text with the marks of all its reports; ``anchor`` gives the id of a report's card."""
    marks = [mark for told in reports for mark in event_marks(told.event, labels(w), target=anchor(told.id))]
    marks += [Mark(span["start"], span["end"], "aside", "", f"{w('set_aside')}: {span['reason']}") for span in aside]
    return marked(text, marks)


def hits(store: Store, events: Sequence[Row], text: str | None) -> Mapping[str, Markup]:
    """For each event the first sentence that the search found, with the words marked."""
    if not text or not events:
        return {}
    query = search.parse(text)
    sql = views.reports("m.event IN (SELECT unnest(?::VARCHAR[]))")
    found: dict[str, Markup] = {}
    for row in rows(store, sql, [[event["id"] for event in events]]):
        spans = search.highlights(row["sentence"], query)
        if spans and row["of_event"] not in found:
            marks = [Mark(span.start, span.end, "search") for span in spans]
            found[row["of_event"]] = marked(row["sentence"], marks)
    return found
