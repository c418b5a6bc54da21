"""Events of an article coded again keep the ids they had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rasid.export.shapes import CodedShape, EventShape

_SAME_TYPE = 1.0


def keep_ids(new: CodedShape, old: Sequence[EventShape], *, same_text: bool) -> CodedShape:
    """``new`` with the ids of those events in ``old`` whose triggers they share.

    In the same text triggers are the same when they overlap, best when the types agree, too; in a changed text,
    where offsets tell nothing, when their words and types agree, in order.
    """
    likenesses = _overlaps if same_text else _same_words
    pairs = sorted(likenesses(new["events"], old), key=lambda pair: (-pair[0], pair[1], pair[2]))
    ids: dict[int, str] = {}
    taken: set[int] = set()
    for _, fresh, former in pairs:
        if fresh not in ids and former not in taken:
            ids[fresh] = old[former]["id"]
            taken.add(former)
    events = _renamed(new["events"], ids, {event["id"] for event in old})
    return {**new, "events": events}


def _overlaps(new: Sequence[EventShape], old: Sequence[EventShape]) -> Iterator[tuple[float, int, int]]:
    for fresh, one in enumerate(new):
        for former, other in enumerate(old):
            common = _common(one, other)
            if common > 0:
                yield common + _SAME_TYPE * (one["type"] == other["type"]), fresh, former


def _common(one: EventShape, other: EventShape) -> float:
    """Characters that both triggers cover over those that either does."""
    first, second = one["trigger"], other["trigger"]
    common = min(first["end"], second["end"]) - max(first["start"], second["start"])
    return common / (max(first["end"], second["end"]) - min(first["start"], second["start"])) if common > 0 else 0.0


def _same_words(new: Sequence[EventShape], old: Sequence[EventShape]) -> Iterator[tuple[float, int, int]]:
    for fresh, one in enumerate(new):
        for former, other in enumerate(old):
            if one["trigger"]["text"] == other["trigger"]["text"] and one["type"] == other["type"]:
                yield -abs(one["trigger"]["start"] - other["trigger"]["start"]), fresh, former


def _renamed(events: Sequence[EventShape], ids: dict[int, str], used: set[str]) -> list[EventShape]:
    """The events with ``ids``; one that keeps its own is set apart from the ids that were in use before."""
    used = set(used)
    renamed: list[EventShape] = []
    for at, event in enumerate(events):
        name = ids.get(at) or _free(event["id"], used)
        used.add(name)
        renamed.append({**event, "id": name})
    return renamed


def _free(name: str, used: set[str]) -> str:
    candidate, count = name, 1
    while candidate in used:
        count += 1
        candidate = f"{name}-{count}"
    return candidate
