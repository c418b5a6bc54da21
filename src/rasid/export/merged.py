"""An event of a store as one JSON object, with all its reports: nothing that the store knows of it is lost."""

from __future__ import annotations

from typing import TypedDict

import rasid
from rasid.export.shapes import SCHEMA, ArticleShape, CodedShape, EventShape
from rasid.export.written import Merged


class RangeShape(TypedDict):
    low: int | None
    high: int | None


class ReportShape(TypedDict):
    """``score`` and ``reasons`` say why the report is in the event."""

    article: ArticleShape
    event: EventShape
    quote: str
    score: float
    reasons: list[str]


class MergedShape(TypedDict):
    """``event`` has the fields of a coded event; spans of its parties count in the article that each comes from."""

    rasid: str
    schema: int
    id: str
    event: EventShape
    killed: RangeShape
    injured: RangeShape
    arrested: RangeShape
    sources: int
    publishers: list[str]
    first_published: str | None
    last_published: str | None
    reviewed: bool
    line_ar: str
    line_en: str
    reports: list[ReportShape]


def merged_event(merged: Merged, record: CodedShape) -> MergedShape:
    """The object of one event."""
    return {
        "rasid": rasid.__version__,
        "schema": SCHEMA,
        "id": merged.id,
        "event": record["events"][0],
        "killed": _range(merged.killed),
        "injured": _range(merged.injured),
        "arrested": _range(merged.arrested),
        "sources": merged.sources,
        "publishers": list(merged.publishers),
        "first_published": merged.first_published,
        "last_published": merged.last_published,
        "reviewed": merged.reviewed,
        "line_ar": merged.line_ar,
        "line_en": merged.line_en,
        "reports": [
            {
                "article": told.article,
                "event": told.event,
                "quote": told.quote,
                "score": told.score,
                "reasons": list(told.reasons),
            }
            for told in merged.tellings
        ],
    }


def _range(told: tuple[int | None, int | None]) -> RangeShape:
    return {"low": told[0], "high": told[1]}
