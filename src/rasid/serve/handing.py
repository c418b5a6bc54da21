"""Handing articles over to a running desk, part by part."""

from __future__ import annotations

import dataclasses
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import httpx

from rasid.errors import RasidError
from rasid.records import Article, Rejected
from rasid.serve.beside import Running, client_of
from rasid.store import Summary
from rasid.store.ingesting import Reason

_BODY = 768 << 10  # bytes of articles sent together; the desk takes 1 MiB
_ITEMS = 500
_TRIES, _PAUSE = 120, 5.0  # while another program hands articles over; seconds
_BUSY = 503
_COUNTS = ("read", "coded", "changed", "recoded", "skipped", "copies", "reports", "merged")


class HandingError(RasidError):
    """The desk did not take what was sent to it."""


def hand_over(
    desk: Running,
    items: Iterable[Article | Rejected],
    *,
    command: str,
    source: str | None = None,
    watch: Callable[[Summary], None] | None = None,
) -> Summary:
    """Send articles and rejected inputs to the desk, which codes and stores them; gives what it did.

    Each part is stored when the next is sent, so that the same call takes up the work of one that was cut short.
    Raises HandingError when the desk is gone or refuses.
    """
    begun, summary = time.monotonic(), Summary(0)
    with client_of(desk) as client:
        for part in _parts(items):
            done = _sent(client, {**part, "command": command, "source": source})
            summary = dataclasses.replace(_added(summary, done), seconds=time.monotonic() - begun)
            if watch:
                watch(summary)
    return summary


def _parts(items: Iterable[Article | Rejected]) -> Iterator[dict[str, Any]]:
    """Bodies that are small enough, an article that is larger by itself alone in its own."""
    part: dict[str, list[Any]] = {"articles": [], "rejected": []}
    size = 0
    for item in items:
        told = _plain(item)
        weight = len(json.dumps(told, ensure_ascii=False).encode("utf-8", "replace"))
        if size and (size + weight > _BODY or sum(map(len, part.values())) >= _ITEMS):
            yield part
            part, size = {"articles": [], "rejected": []}, 0
        part["articles" if isinstance(item, Article) else "rejected"].append(told)
        size += weight
    if size:
        yield part


def _plain(item: Article | Rejected) -> dict[str, Any]:
    told = dataclasses.asdict(item)
    return {**told, "published": str(told["published"])} if told.get("published") else told


def _sent(client: httpx.Client, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the desk did with one part. Waits while it is busy with another program's."""
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
    for _ in range(_TRIES):
        try:
            answer = client.post("/v1/articles", content=content, headers={"content-type": "application/json"})
        except httpx.HTTPError as error:
            raise HandingError(
                f"the desk at {client.base_url} went away ({error}); run the same command again, nothing stored is lost"
            ) from error
        if answer.status_code != _BUSY:
            break
        time.sleep(_PAUSE)
    if answer.status_code != httpx.codes.CREATED:
        raise HandingError(f"the desk at {client.base_url} refused ({answer.status_code}): {_detail(answer)}")
    told: Mapping[str, Any] = answer.json()
    return told


def _detail(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        return answer.text[:200]


def _added(summary: Summary, done: Mapping[str, Any]) -> Summary:
    reasons = Counter({reason.code: reason.inputs for reason in summary.rejected})
    reasons.update({reason["code"]: reason["inputs"] for reason in done["rejected"]})
    counts = {name: getattr(summary, name) + done[name] for name in _COUNTS}
    rejected = tuple(Reason(code, inputs) for code, inputs in sorted(reasons.items()))
    return dataclasses.replace(summary, run=done["run"], rejected=rejected, **counts)
