"""The shapes of the coded record (docs/schema/coded-1.json), field for field."""

from __future__ import annotations

from typing import TypedDict

SCHEMA = 1


class SpanShape(TypedDict):
    start: int
    end: int


class TriggerShape(SpanShape):
    text: str


class ActorShape(TriggerShape):
    name: str | None
    name_en: str | None
    id: str | None
    title: str | None
    country: str | None
    sectors: list[str]
    code: str


class TimeShape(TriggerShape):
    """``first`` and ``last`` are the first and the last day covered; ``reason`` says why a value is missing."""

    edtf: str | None
    first: str | None
    last: str | None
    precision: str
    calendar: str
    anchor: str | None
    reason: str | None


class PlaceShape(TriggerShape):
    name: str | None
    name_en: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    precision: str | None
    reason: str


class AttributionShape(TriggerShape):
    code: str
    stance: str


class EvidenceShape(SpanShape):
    by: str
    value: str
    score: float


class EventShape(TypedDict):
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
    confidence: float
    sentence: SpanShape
    trigger: TriggerShape
    actors: list[ActorShape]
    recipients: list[ActorShape]
    time: TimeShape | None
    place: PlaceShape | None
    attribution: list[AttributionShape]
    killed: str | None
    injured: str | None
    arrested: str | None
    coref: int
    evidence: list[EvidenceShape]


class ArticleShape(TypedDict):
    """``published_by`` says how the day was found, ``copy_of`` names the earlier article that this one repeats."""

    id: str
    url: str | None
    publisher: str | None
    published: str | None
    title: str | None
    language: str | None
    sha256: str | None
    published_by: str | None
    published_reliability: float | None
    copy_of: str | None


class SetAsideShape(SpanShape):
    reason: str


class RepairShape(SpanShape):
    kind: str


class PassageShape(SpanShape):
    language: str


class DatelineShape(TypedDict):
    """Where the report comes from and which agency or medium it is taken from, by its dateline and byline."""

    places: list[PlaceShape]
    sources: list[ActorShape]


class CodedShape(TypedDict):
    """One coded article."""

    rasid: str
    schema: int
    article: ArticleShape
    dateline: DatelineShape
    events: list[EventShape]
    mentions: list[ActorShape]
    times: list[TimeShape]
    places: list[PlaceShape]
    set_aside: list[SetAsideShape]
    repairs: list[RepairShape]
    passages: list[PassageShape]


class ReasonShape(TypedDict):
    code: str
    reason: str


class RejectedShape(TypedDict):
    """One input that could not be coded."""

    rasid: str
    schema: int
    article: ArticleShape
    rejected: ReasonShape
