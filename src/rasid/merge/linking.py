"""Planned events and what became of them."""

from __future__ import annotations

import collections
import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rasid.data import table
from rasid.merge.blocking import pairs
from rasid.merge.naming import order
from rasid.merge.profile import Profile, profile
from rasid.merge.reasons import reasons
from rasid.merge.records import Known, Link, Told
from rasid.merge.scoring import log_odds
from rasid.records import Status
from rasid.words.fold import fold

REPORTED, CANCELLED = "planned_reported", "planned_cancelled"
_SPOKESMEN = 4  # reports of an event that are compared, the first ones


@dataclass(frozen=True, slots=True)
class _Voice:
    """A report that speaks for its event; ``kind`` is None for one of a planned event."""

    event: str
    kind: str | None
    told: Told


def links(events: Sequence[Known]) -> tuple[Link, ...]:
    """Links from planned events to those that report, deny or cancel them, at most one of each kind, in order of ids.

    An event is planned, reported or denied as most of its reports have it. The target is never told of before the plan.
    """
    voices = [voice for event in sorted(events, key=lambda event: event.id) for voice in _voices(event)]
    profiles = [profile(_as_done(voice.told)) for voice in voices]
    best: dict[tuple[str, str], tuple[float, str, tuple[str, ...]]] = {}
    for a, b in pairs(profiles):
        plan, other = (a, b) if voices[a].kind is None else (b, a)
        kind = voices[other].kind
        if voices[plan].kind is not None or kind is None or order(voices[other].told) < order(voices[plan].told):
            continue
        odds = log_odds(profiles[plan], _of_type(profiles[other], voices[plan].told.type, kind))
        key = (voices[plan].event, kind)
        if odds > 0 and odds > best.get(key, (0.0,))[0]:
            best[key] = (odds, voices[other].event, reasons(profiles[other], profiles[plan]))
    return tuple(Link(source, best[source, kind][1], kind, best[source, kind][2]) for source, kind in sorted(best))


def _voices(event: Known) -> list[_Voice]:
    reports = sorted(event.reports, key=order)
    counted = collections.Counter(told.status for told in reports)
    status = max(counted, key=lambda status: (counted[status], status.value))
    if status is Status.FUTURE:
        kind = None
    elif status is Status.NEGATION or any(_cancels(told) for told in reports):
        kind = CANCELLED
    elif status is Status.REPORTED:
        kind = REPORTED
    else:
        return []
    spoken = [told for told in reports if told.status is status][:_SPOKESMEN]
    return [_Voice(event.id, kind, told) for told in spoken]


def _as_done(told: Told) -> Told:
    """The report as if it told of a done act, so that status does not count."""
    return replace(told, status=Status.REPORTED)


def _of_type(other: Profile, plan_type: str, kind: str) -> Profile:
    """A cancellation is of type REJECT or SANCTION; it is compared as if it were of the plan's type."""
    if kind != CANCELLED or other.told.type == plan_type:
        return other
    return replace(other, told=replace(other.told, type=plan_type))


def _cancels(told: Told) -> bool:
    return not told.trigger.isdisjoint(_cancellations())


@functools.cache
def _cancellations() -> frozenset[str]:
    return frozenset(word.removeprefix("ال") for row in table("merge_cancellations") for word in [fold(row["word"])])
