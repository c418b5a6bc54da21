"""What a writer gets: the coded record together with the text that its offsets point into."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from rasid.export.coded import coded
from rasid.export.shapes import ActorShape, CodedShape, EventShape, SpanShape
from rasid.records import Document


@dataclass(frozen=True, slots=True)
class Written:
    """A coded record, the article's text, and the offset at which each sentence starts."""

    record: CodedShape
    text: str
    starts: tuple[int, ...]

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
