"""The API's way into the store: articles that other programs read, coded and stored by the desk."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel, ConfigDict, Field

from rasid import records
from rasid.serve.access import Ingester
from rasid.serve.api_models import Name, Problem
from rasid.serve.desk import Busy

_MOST = 2000
Line = Annotated[str, Field(max_length=2000)]
router = APIRouter(
    responses={
        401: {"model": Problem, "description": "No key, or an unknown one"},
        403: {"model": Problem, "description": "The key lacks the scope, or the desk is read-only"},
        413: {"model": Problem},
        422: {"model": Problem},
        503: {"model": Problem, "description": "The desk is busy with articles of another program"},
    }
)


class ArticleIn(BaseModel):
    """An article as it was read; the same fields as rasid.records.Article."""

    model_config = ConfigDict(extra="forbid")
    id: Name
    title: Line | None = None
    body: str
    url: Line | None = None
    publisher: Line | None = None
    published: datetime.date | None = Field(None, description="Day in the publisher's own zone.")
    language: str = Field("ar", max_length=20)
    published_by: str | None = Field(None, max_length=50, description="How that day was found.")
    published_reliability: float | None = Field(None, ge=0, le=1)
    copy_of: Name | None = None


class RejectedIn(BaseModel):
    """An input that could not be read."""

    model_config = ConfigDict(extra="forbid")
    id: Line
    code: Name
    reason: Line
    source: Line = ""


class ArticlesIn(BaseModel):
    """Articles to be stored, and inputs that were rejected; ``command`` and ``source`` tell where they come from."""

    model_config = ConfigDict(extra="forbid")
    articles: list[ArticleIn] = Field([], max_length=_MOST)
    rejected: list[RejectedIn] = Field([], max_length=_MOST)
    command: str = Field("api", max_length=500)
    source: Line | None = None


class ReasonOut(BaseModel):
    """How many inputs were rejected for one reason."""

    code: str
    inputs: int


class Ingested(BaseModel):
    """What became of the articles (rasid.store.Summary)."""

    run: int
    read: int
    coded: int
    changed: int
    recoded: int
    skipped: int
    copies: int
    reports: int
    merged: int
    rejected: list[ReasonOut]


@router.post("/articles", status_code=201)
def take(caller: Ingester, sent: ArticlesIn) -> Ingested:
    """Code articles into the store and merge their events. What is stored already is skipped."""
    if caller.desk.read_only:
        raise HTTPException(403, "this desk is read-only")
    articles = [records.Article(**dict(item)) for item in sent.articles]
    rejected = [records.Rejected(**dict(item)) for item in sent.rejected]
    try:
        done = caller.desk.ingest([*articles, *rejected], command=sent.command, source=sent.source)
    except Busy as error:
        raise HTTPException(503, str(error), {"retry-after": "5"}) from error
    reasons = [ReasonOut(code=reason.code, inputs=reason.inputs) for reason in done.rejected]
    return Ingested(**{**dataclasses.asdict(done), "rejected": reasons})
