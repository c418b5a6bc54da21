"""From coded records to the light records that merging compares."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rasid import data
from rasid.merge.profile import weight
from rasid.merge.records import Days, Party, Spot, Told
from rasid.records import Status, Token
from rasid.words import tokenize
from rasid.words.fold import fold

if TYPE_CHECKING:
    from rasid.export.shapes import ActorShape, CodedShape, EventShape, PlaceShape, TimeShape

_SHORTEST = 2
_ARTICLE = "ال"
_NEAR = 60  # characters on either side of the trigger; words that are cut there fall away
_LEAD = 400  # characters of the article that tell its story: title and first sentence


def from_coded(record: CodedShape, text: str) -> tuple[Told, ...]:
    """The reports of one coded article; ``text`` is Article.text, which the record's offsets count."""
    story = content_words(text[:_LEAD])
    return tuple(_told(record, event, text, story) for event in record["events"])


def content_words(text: str) -> frozenset[str]:
    """Folded stems of the words and numbers in ``text``, without the most frequent."""
    return frozenset(token.stem for token in tokenize(text) if is_content(token))


def act_words(trigger: str) -> frozenset[str]:
    """Stems of the trigger's words, and the words whole without the article: «لقاء» is not taken for «ل» and «قاء»."""
    tokens = [token for token in tokenize(trigger) if is_content(token)]
    return frozenset(form for token in tokens for form in (token.stem, token.fold.removeprefix(_ARTICLE)))


def _told(record: CodedShape, event: EventShape, text: str, story: frozenset[str]) -> Told:
    article = record["article"]
    sentence = event["sentence"]
    return Told(
        id=f"{article['id']}:{event['id']}",
        article=article["id"],
        publisher=article["publisher"],
        published=_day(article["published"]),
        copy_of=article["copy_of"],
        agency=_agency(record),
        type=event["type"],
        modes=tuple(event["modes"]),
        status=Status(event["status"]),
        historical=event["historical"],
        parties=(*_parties("actor", event["actors"]), *_parties("recipient", event["recipients"])),
        days=_days(event["time"]),
        place=_spot(event["place"]),
        killed=event["killed"],
        injured=event["injured"],
        arrested=event["arrested"],
        trigger=act_words(event["trigger"]["text"]),
        near=content_words(_around(text, event)),
        words=content_words(text[sentence["start"] : sentence["end"]]),
        story=story,
        coref=event["coref"],
        sentence=sentence["start"],
    )


def _agency(record: CodedShape) -> str | None:
    """The one agency of the dateline; records of older versions have no dateline."""
    sources = record.get("dateline", {"sources": []})["sources"]
    named = {source["id"] for source in sources if source["id"] in _agencies()}
    return named.pop() if len(named) == 1 else None


@functools.cache
def _agencies() -> frozenset[str]:
    return frozenset(row["id"] for row in data.table("media") if row["kind"] == "agency")


def _around(text: str, event: EventShape) -> str:
    """The sentence's text close to the trigger, in whole words."""
    sentence, trigger = event["sentence"], event["trigger"]
    first = max(sentence["start"], trigger["start"] - _NEAR)
    last = min(sentence["end"], trigger["end"] + _NEAR)
    before = text[first : trigger["start"]]
    after = text[trigger["end"] : last]
    if first > sentence["start"]:
        before = before.partition(" ")[2]
    if last < sentence["end"]:
        after = after.rpartition(" ")[0]
    return f"{before}{text[trigger['start'] : trigger['end']]}{after}"


def _parties(role: str, actors: Sequence[ActorShape]) -> Iterator[Party]:
    for actor in actors:
        yield Party(
            role=role,
            code=actor["code"],
            id=actor["id"],
            country=actor["country"],
            sectors=tuple(actor["sectors"]),
            words=content_words(f"{actor['text']} {actor['name'] or ''}"),
        )


def _days(time: TimeShape | None) -> Days | None:
    if time is None:
        return None
    first, last = _day(time["first"]), _day(time["last"])
    return Days(first, last, time["precision"]) if first and last else None


def _spot(place: PlaceShape | None) -> Spot | None:
    if place is None:
        return None
    return Spot(
        name=fold(place["name"] or place["text"]),
        country=place["country"],
        admin1=place["admin1"],
        latitude=place["latitude"],
        longitude=place["longitude"],
        precision=place["precision"],
    )


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def is_content(token: Token) -> bool:
    """True for words and numbers that are not among the most frequent few hundred, which tell nothing apart."""
    stem = token.stem
    return len(stem) >= _SHORTEST and stem[0].isalnum() and weight(stem) > 0
