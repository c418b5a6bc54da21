"""What the API takes and gives."""

from __future__ import annotations

import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Name = Annotated[str, Field(min_length=1, max_length=300)]


class Event(BaseModel):
    """One event, merged from its reports."""

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
    first: datetime.date | None
    last: datetime.date | None
    edtf: str | None
    precision: str | None
    place_name: str | None
    place_name_en: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    place_precision: str | None
    killed_low: int | None
    killed_high: int | None
    injured_low: int | None
    injured_high: int | None
    arrested_low: int | None
    arrested_high: int | None
    confidence: float
    reports: int
    sources: int
    publishers: list[str]
    first_published: datetime.date | None
    last_published: datetime.date | None
    reviewed: bool
    line_ar: str
    line_en: str
    actors: list[str]
    actor_names: list[str]
    recipients: list[str]
    recipient_names: list[str]


class Events(BaseModel):
    """A page of events; ``next`` is the cursor for the page after it, null at the end."""

    events: list[Event]
    next: str | None


class Report(BaseModel):
    """One mention in one article; offsets count characters of the article's text, title and blank line first."""

    id: str
    article: str
    publisher: str | None
    published: datetime.date | None
    sentence: str
    judged: str | None
    merge_score: float | None
    merge_reasons: list[str]
    event: dict[str, Any] = Field(description="The event as in the coded record (docs/schema/coded-1.json).")


class EventWithReports(BaseModel):
    """One event with all its reports."""

    event: Event
    reports: list[Report]


class Article(BaseModel):
    """One article with its text and its reports."""

    id: str
    url: str | None
    publisher: str | None
    published: datetime.date | None
    title: str | None
    text: str
    language: str
    copy_of: str | None
    reports: list[Report]


class Value(BaseModel):
    """How many events have a value."""

    value: str
    events: int


class Counted(BaseModel):
    """How many events fit."""

    events: int


class ActorRow(BaseModel):
    """A named actor."""

    id: str
    name: str | None
    name_en: str | None
    country: str | None
    sectors: list[str]
    code: str
    events: int


class PlaceRow(BaseModel):
    """A place of the gazetteer; its fields are those of a place that a judgement sets."""

    name: str
    name_en: str | None
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    precision: str


class Group(BaseModel):
    """Numbers of the events of one group; the fields it is grouped by stand beside them."""

    model_config = ConfigDict(extra="allow")
    events: int
    mean_score: float | None
    cooperation: int
    conflict: int
    reports: int
    sources: int


class Text(BaseModel):
    """A text to be coded; nothing of it is stored."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1, max_length=200_000, description="The body, in Arabic.")
    title: str | None = Field(None, max_length=2000)
    published: datetime.date | None = Field(None, description="From which relative dates are reckoned.")
    publisher: str | None = Field(None, max_length=300)
    id: Name = "posted"


class JudgementIn(BaseModel):
    """A decision (see rasid.store.Judgement for the targets and values)."""

    model_config = ConfigDict(extra="forbid")
    what: Literal["set", "add", "accept", "reject", "split", "join", "undo"]
    target: Name = Field(description="Id of a report, article (add), event (split, join) or judgement (undo).")
    value: dict[str, Any] = {}
    why: str = Field("", max_length=2000)


class JudgementOut(BaseModel):
    """A decision as it stands in the log; it is on disk."""

    id: str
    at: datetime.datetime | None
    who: str
    what: str
    target: str
    why: str


class Problem(BaseModel):
    """What was wrong, and what to do."""

    detail: str


class State(BaseModel):
    """Whether the desk answers, and what it holds."""

    rasid: str
    events: int
    articles: int
    read_only: bool
