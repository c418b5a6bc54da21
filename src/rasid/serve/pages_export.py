"""Downloads: chosen events in any format, gold records, suggested lexicon rows."""

from __future__ import annotations

import json
from collections.abc import Iterator

from fastapi import APIRouter, HTTPException
from fastapi.responses import StreamingResponse

from rasid.serve import exporting
from rasid.serve.view import Visitor

router = APIRouter()


@router.get("/export")
def export(view: Visitor) -> StreamingResponse:
    """The events that fit the filters, or those ticked, in the format asked for."""
    name = view.asked("format", "jsonl")
    if name not in exporting.formats():
        raise HTTPException(400, f"{name!r} is no format; choose one of {', '.join(exporting.formats())}")
    ids = view.request.query_params.getlist("id")
    pieces = exporting.written(view.store.cursor(), view.filters, ids=ids, form=name)
    return saved(pieces, exporting.file_name(name), exporting.media(name))


def saved(pieces: Iterator[bytes], name: str, media: str) -> StreamingResponse:
    """An answer that a browser saves as a file."""
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(pieces, media_type=media, headers=headers)


@router.get("/export/gold")
def gold(view: Visitor) -> StreamingResponse:
    """Corrected articles as gold records."""
    found = exporting.gold(view.store.cursor(), partial=view.asked("partial") == "yes")
    lines = (json.dumps(record, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n" for record in found)
    return saved(lines, "rasid-gold.jsonl", "application/x-ndjson")


@router.get("/export/lexicon")
def lexicon(view: Visitor) -> StreamingResponse:
    """What corrections suggest for the tables."""
    lines = (line.encode("utf-8", "replace") for line in exporting.lexicon(view.store.cursor()))
    return saved(lines, "rasid-suggested.tsv", "text/tab-separated-values; charset=utf-8")
