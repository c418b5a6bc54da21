"""Server-sent events: new events as they come into the store."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from rasid.serve.access import Reader
from rasid.serve.api_models import Event
from rasid.serve.data import Row
from rasid.serve.desk import Desk
from rasid.store import queries
from rasid.store.filters import Filters

router = APIRouter()
_LOOK = 2.0  # seconds between two looks at the store
_PING = 20.0  # seconds after which silence is broken, so that proxies keep the line open
_MOST = 100  # new events told at a look


@router.get("/stream", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": {}}}})
async def stream(
    request: Request,
    caller: Reader,
    seconds: Annotated[float | None, Query(gt=0, le=86_400, description="End after so long")] = None,
) -> StreamingResponse:
    """New events as they are stored, each as ``event: event`` with its JSON; the line stays open."""
    lines = _told(request, caller.desk, seconds)
    return StreamingResponse(lines, media_type="text/event-stream", headers={"x-accel-buffering": "no"})


async def _told(request: Request, desk: Desk, seconds: float | None) -> AsyncIterator[str]:
    known = set(await run_in_threadpool(_ids, desk))
    end = time.monotonic() + seconds if seconds else None
    spoken = time.monotonic()
    yield "retry: 5000\n\n"
    while not await request.is_disconnected():
        for row in await run_in_threadpool(_new, desk, known):
            spoken = time.monotonic()
            yield f"event: event\nid: {row['id']}\ndata: {Event.model_validate(row).model_dump_json()}\n\n"
        if time.monotonic() - spoken > _PING:
            spoken = time.monotonic()
            yield ": still here\n\n"
        if end is not None and time.monotonic() >= end:
            return
        await asyncio.sleep(_LOOK if end is None else max(0.0, min(_LOOK, end - time.monotonic())))


def _ids(desk: Desk) -> Sequence[str]:
    """The ids of the events published last; new ones come among them."""
    found = queries.events(desk.reader(), Filters(), order="published", limit=_MOST)
    return [str(name) for name in found["id"].to_pylist()]


def _new(desk: Desk, known: set[str]) -> list[Row]:
    found = queries.events(desk.reader(), Filters(), order="published", limit=_MOST).to_pylist()
    fresh = [row for row in found if row["id"] not in known]
    known.update(row["id"] for row in fresh)
    return list(fresh)
