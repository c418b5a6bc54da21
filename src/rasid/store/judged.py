"""A coded record with the judgements about it applied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from rasid.export.shapes import CodedShape, EventShape, SpanShape
from rasid.store import editing
from rasid.store.judgements import Judgement, What

Spanned = TypeVar("Spanned", bound=SpanShape)


class JudgedEvent(NamedTuple):
    """An event of an article under its report id; ``judged`` is a person's word: None, set, add, accept or reject."""

    report: str
    event: EventShape
    judged: str | None = None


def report_id(article: str, event: EventShape) -> str:
    """The id of the report that an event of the article's record becomes."""
    return f"{article}:{event['id']}"


def judged_events(record: CodedShape, text: str, judgements: Sequence[Judgement]) -> tuple[JudgedEvent, ...]:
    """The events of ``record`` as people left them, in order of the text.

    An event that a person judged stays, even where the machine no longer finds it, while the text tells it.
    """
    article = record["article"]["id"]
    events = {report_id(article, event): JudgedEvent(report_id(article, event), event) for event in record["events"]}
    for judgement in judgements:
        name = judgement.value["report"]
        standing = events.get(name) or _kept(name, judgement, text)
        if standing is not None:
            events[name] = _applied(standing, judgement, text)
    return tuple(sorted(events.values(), key=lambda item: (item.event["trigger"]["start"], item.report)))


def _kept(report: str, judgement: Judgement, text: str) -> JudgedEvent | None:
    """The event as it was when it was judged; None for a rejected one, or when the text has changed under it."""
    event: EventShape = judgement.value["event"]
    if judgement.what is What.REJECT or not _quotes(event["trigger"], event["trigger"]["text"], text):
        return None
    if event["sentence"]["end"] > len(text):
        return None
    return JudgedEvent(report, editing.cleared(event, text))


def _quotes(span: SpanShape, phrase: str, text: str) -> bool:
    return text[span["start"] : span["end"]] == phrase


def _applied(item: JudgedEvent, judgement: Judgement, text: str) -> JudgedEvent:
    if judgement.what is What.SET:
        event = editing.changed(item.event, judgement.value["field"], judgement.value["value"], text=text)
        return JudgedEvent(item.report, event, item.judged or What.SET.value)
    return JudgedEvent(item.report, item.event, judgement.what.value)


def telling(events: Iterable[JudgedEvent]) -> list[EventShape]:
    """The events that are ones in people's eyes."""
    return [item.event for item in events if item.judged != What.REJECT.value]
