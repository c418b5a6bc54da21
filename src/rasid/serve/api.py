"""The REST API: reading events by the same filters as the pages, coding a text, taking judgements."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from fastapi.responses import Response, StreamingResponse

import rasid
from rasid import store as stores
from rasid.serve import bearers, data, data_parties, data_reports, exporting, filters
from rasid.serve.access import Coder, Judge, Reader
from rasid.serve.api_models import (
    ActorRow,
    Article,
    Counted,
    Event,
    Events,
    EventWithReports,
    Group,
    JudgementIn,
    JudgementOut,
    PlaceRow,
    Problem,
    Report,
    State,
    Text,
    Value,
)
from rasid.serve.data import LARGEST_PAGE
from rasid.serve.data_reports import Told
from rasid.store import queries, views
from rasid.store.filters import Filters

_REFUSED: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": text}
    for status, text in (
        (400, "A filter, order or cursor that cannot be"),
        (401, "No key, or an unknown one"),
        (403, "The key lacks the scope, or the desk is read-only"),
    )
}
_MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "Not in the store"}}
router = APIRouter(responses=_REFUSED)


class Asked:
    """The filters of a call; the same names as in the addresses of the pages."""

    def __init__(
        self,
        request: Request,
        from_: Annotated[str | None, Query(alias="from", description="First day, as 2025-10-03")] = None,
        to: Annotated[str | None, Query(description="Last day")] = None,
        type: Annotated[list[str] | None, Query(description="PLOVER types")] = None,  # noqa: A002
        quad: Annotated[list[str] | None, Query(description="Quad classes 1 to 4")] = None,
        status: Annotated[list[str] | None, Query(description="reported, future, hypothetical, negation")] = None,
        mode: Annotated[list[str] | None, Query(description="PLOVER modes")] = None,
        context: Annotated[list[str] | None, Query(description="PLOVER contexts")] = None,
        actor: Annotated[str | None, Query(description="Code (SYRMIL), its beginning, id or part of a name")] = None,
        recipient: Annotated[str | None, Query(description="The same for who it is done to")] = None,
        party: Annotated[str | None, Query(description="The same for either side")] = None,
        place: Annotated[str | None, Query(description="Part of the place's name")] = None,
        country: Annotated[list[str] | None, Query(description="Where it happened: codes or names")] = None,
        bbox: Annotated[str | None, Query(description="west,south,east,north in degrees")] = None,
        publisher: Annotated[str | None, Query(description="Part of a publisher's name")] = None,
        stance: Annotated[str | None, Query(description="states, confirms, denies, claims")] = None,
        min_sources: Annotated[str | None, Query(description="Independent sources, at least")] = None,
        min_confidence: Annotated[str | None, Query(description="Confidence from 0 to 1, at least")] = None,
        reviewed: Annotated[str | None, Query(description="yes or no")] = None,
        q: Annotated[str | None, Query(description="Words of the sentences, in any spelling")] = None,
    ) -> None:
        self.filters: Filters = filters.read(request.query_params.multi_items())


Wanted = Annotated[Asked, Depends()]
Limit = Annotated[int, Query(ge=1, le=LARGEST_PAGE)]
Order = Literal["date", "published", "confidence", "sources", "killed"]
Facet = Annotated[str, Path(json_schema_extra={"enum": list(views.FACETS)})]
By = Annotated[list[str], Query(min_length=1, max_length=4, description=f"Of {', '.join(views.GROUPS)}")]
Form = Annotated[str, Path(json_schema_extra={"enum": list(exporting.formats())})]


@router.get("/health")
def health(caller: Reader) -> State:
    """Whether the desk answers, and what it holds."""
    store = caller.desk.reader()
    return State(
        rasid=rasid.__version__,
        events=data.one(store, "SELECT count(*) FROM events"),
        articles=data.one(store, "SELECT count(*) FROM articles"),
        read_only=caller.desk.read_only,
    )


@router.get("/events")
def events(
    caller: Reader,
    wanted: Wanted,
    order: Order = "date",
    limit: Limit = 100,
    after: Annotated[str | None, Query(description="The field next of the page before", max_length=500)] = None,
) -> Events:
    """A page of the events that fit; ``next`` leads on."""
    found = data.page(caller.desk, wanted.filters, order, limit, after)
    return Events(events=[Event.model_validate(row) for row in found.events], next=found.next)


_STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {exporting.media(n): {} for n in exporting.formats()}}}


@router.get("/events.{form}", response_class=StreamingResponse, responses=_STREAM)
def exported(
    caller: Reader,
    wanted: Wanted,
    form: Form,
    limit: Annotated[int | None, Query(ge=1)] = None,
) -> StreamingResponse:
    """All events that fit, as a stream in the format that the address ends in (jsonl, csv, parquet, plover, ...)."""
    if form not in exporting.formats():
        raise HTTPException(400, f"{form!r} is no format; choose one of {', '.join(exporting.formats())}")
    pieces = exporting.written(caller.desk.reader().cursor(), wanted.filters, form=form, limit=limit)
    return StreamingResponse(pieces, media_type=exporting.media(form))


@router.get("/count")
def count(caller: Reader, wanted: Wanted) -> Counted:
    """How many events fit."""
    return Counted(events=data.count(caller.desk, wanted.filters))


@router.get("/facets/{field}")
def facet(caller: Reader, wanted: Wanted, field: Facet, limit: Annotated[int, Query(ge=1, le=500)] = 50) -> list[Value]:
    """Values of a field with how many events have them; the filter on the field itself is set aside."""
    found = data.facet(caller.desk, wanted.filters, field, limit)
    return [Value(value=item.value, events=item.events) for item in found]


@router.get("/aggregate")
def aggregate(caller: Reader, wanted: Wanted, by: By) -> list[Group]:
    """Numbers for each combination of the groups ``by`` (day, month, type, country, dyad, ...)."""
    found = data.aggregate(caller.desk, wanted.filters, tuple(by))
    return [Group.model_validate(dict(row)) for row in found]


@router.get("/events/{name}", responses=_MISSING)
def event(caller: Reader, name: str) -> EventWithReports:
    """One event with its reports."""
    store = caller.desk.reader()
    found = queries.event(store, name).to_pylist()[0]
    reports = [_report(told) for told in data_reports.told(store, name)]
    return EventWithReports(event=Event.model_validate(found), reports=reports)


def _report(told: Told) -> Report:
    row = told.row
    reasons = json.loads(row["merge_reasons"]) if row["merge_reasons"] else []
    names = ("id", "article", "publisher", "published", "sentence", "judged", "merge_score")
    return Report(**{name: row[name] for name in names}, merge_reasons=reasons, event=dict(told.event))


@router.get("/articles/{name:path}", responses=_MISSING)
def article(caller: Reader, name: str) -> Article:
    """One article with its text and its reports."""
    store = caller.desk.reader()
    found = queries.article(store, name).to_pylist()[0]
    reports = [_report(told) for told in data_reports.of_article(store, name)]
    names = ("id", "url", "publisher", "published", "title", "language", "copy_of")
    return Article(**{name: found[name] for name in names}, text=data_reports.text_of(found), reports=reports)


@router.get("/actors")
def actors(caller: Reader, name: Annotated[str, Query(max_length=100)] = "", limit: Limit = 100) -> list[ActorRow]:
    """Named actors by how many events they are in."""
    found = data_parties.actors(caller.desk, name.replace("\0", ""), limit)
    return [ActorRow.model_validate(dict(row)) for row in found]


@router.get("/places")
def places(
    caller: Reader,
    name: Annotated[str, Query(min_length=1, max_length=200, description="In Arabic, in any spelling, or English")],
    country: Annotated[str | None, Query(description="Three letters", max_length=3)] = None,
) -> list[PlaceRow]:
    """The gazetteer's places of a name, likeliest first: what the place of a judgement may be set to."""
    found = [entry for entry in bearers.bearers(name) if not country or entry.country == country.upper()]
    return [PlaceRow(**{**bearers.known(entry), "country": entry.country or None}) for entry in found]


@router.post("/code", responses={422: {"model": Problem}, 413: {"model": Problem}})
def code(caller: Coder, text: Text) -> Response:
    """The coded record of a text (docs/schema/coded-1.json). Nothing is stored."""
    from rasid import export, pipeline
    from rasid.records import Article as Coded

    body = text.text.encode("utf-8", "replace").decode("utf-8")
    title = text.title.encode("utf-8", "replace").decode("utf-8") if text.title else None
    told = Coded(text.id, title, body, publisher=text.publisher, published=text.published)
    with caller.desk.coding:
        document = next(iter(pipeline.code([told])))
    record = json.dumps(export.coded(document), ensure_ascii=False)
    return Response(record.encode("utf-8", "backslashreplace"), media_type="application/json")


@router.post("/judgements", status_code=201, responses={422: {"model": Problem}, 413: {"model": Problem}})
def judge(caller: Judge, judgement: JudgementIn) -> list[JudgementOut]:
    """Take a judgement. When this answers, it is on disk and takes effect."""
    if caller.desk.read_only:
        raise HTTPException(403, "this desk is read-only")
    asked = stores.Judgement(caller.name, stores.What(judgement.what), judgement.target, judgement.value, judgement.why)
    return [_told(item) for item in caller.desk.judge([asked])]


def _told(item: stores.Judgement) -> JudgementOut:
    return JudgementOut(id=item.id, at=item.at, who=item.who, what=item.what, target=item.target, why=item.why)


@router.get("/judgements")
def judgements(caller: Reader, limit: Limit = 100) -> list[JudgementOut]:
    """The newest judgements."""
    found = data_reports.latest(caller.desk.reader(), limit=limit)
    return [JudgementOut(id=d.id, at=d.at, who=d.who, what=d.what, target=d.target, why=d.why) for d in found]


@router.get("/gold", response_class=StreamingResponse, responses={200: {"content": {"application/x-ndjson": {}}}})
def gold(caller: Reader, partial: bool = False) -> StreamingResponse:
    """Judged articles as gold records, one JSON object a line."""
    found = exporting.gold(caller.desk.reader().cursor(), partial=partial)
    lines = (json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n" for record in found)
    return StreamingResponse(lines, media_type="application/x-ndjson")
