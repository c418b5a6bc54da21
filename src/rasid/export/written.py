"""What a writer gets: the coded record together with the text that its offsets point into."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from rasid.export.coded import coded
from rasid.export.shapes import ActorShape, ArticleShape, CodedShape, EventShape, SpanShape
from rasid.records import Document


@dataclass(frozen=True, slots=True)
class Telling:
    """One report of an event: who tells it, in which sentence, and why it counts to the event.

    ``sentence`` is the number of the sentence within the article (the title is 0 when there is one), ``quote`` its
    text, ``length`` the article's in characters; ``score`` and ``reasons`` say why the report is in the event.
    """

    article: ArticleShape
    event: EventShape
    sentence: int
    quote: str
    length: int
    score: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """An event of a store, made of its reports; days as 2025-10-03, tolls as lowest and highest number told."""

    id: str
    reports: int
    sources: int
    publishers: tuple[str, ...]
    first_published: str | None
    last_published: str | None
    reviewed: bool
    killed: tuple[int | None, int | None]
    injured: tuple[int | None, int | None]
    arrested: tuple[int | None, int | None]
    line_ar: str
    line_en: str
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A coded record, the article's text, and the offset at which each sentence starts.

    With ``merged`` the record holds the one event of a store under the article that tells it best; the spans of its
    parties then count in the article that each comes from.
    """

    record: CodedShape
    text: str
    starts: tuple[int, ...]
    merged: Merged | None = None

    def quote(self, span: SpanShape) -> str:
        """The text of a span on one line."""
        return " ".join(self.text[span["start"] : span["end"]].split())

    def sentence_number(self, span: SpanShape) -> int:
        """Number of the sentence that holds the span; the title is sentence 0 when there is one."""
        return max(bisect.bisect_right(self.starts, span["start"]) - 1, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One event, or one pair of actor and recipient of it, on the way into a table."""

    written: Written
    event: EventShape
    actors: tuple[ActorShape, ...]
    recipients: tuple[ActorShape, ...]

    @property
    def actor(self) -> ActorShape | None:
        return self.actors[0] if self.actors else None

    @property
    def recipient(self) -> ActorShape | None:
        return self.recipients[0] if self.recipients else None

    @property
    def merged(self) -> Merged | None:
        return self.written.merged

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """The reports of the event; outside a store the one that was coded."""
        return self.merged.tellings if self.merged else (_telling(self.written, self.event),)


def _telling(item: Written, event: EventShape) -> Telling:
    span = event["sentence"]
    return Telling(item.record["article"], event, item.sentence_number(span), item.quote(span), len(item.text))


def written(document: Document) -> Written:
    """The coded record of a document, with its text."""
    starts = tuple(sentence.start for sentence in document.sentences or ())
    return Written(coded(document), document.article.text, starts)


def rows(item: Written) -> Iterator[Row]:
    """One row for each event."""
    for event in item.record["events"]:
        yield Row(item, event, tuple(event["actors"]), tuple(event["recipients"]))


def pairs(item: Written) -> Iterator[Row]:
    """One row for each pair of actor and recipient; where a side is not told, the other stands alone."""
    for event in item.record["events"]:
        for actor, recipient in itertools.product(_alone(event["actors"]), _alone(event["recipients"])):
            yield Row(item, event, actor, recipient)


def _alone(actors: list[ActorShape]) -> list[tuple[ActorShape, ...]]:
    return [(actor,) for actor in actors] or [()]
