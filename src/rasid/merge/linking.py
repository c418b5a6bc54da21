"""Planned events and what became of them."""

from __future__ import annotations

import collections
import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

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
class Voice:
    """A report that speaks for its event; ``kind`` is None for one of a planned event."""

    event: str
    kind: str | None
    told: Told


def links(events: Sequence[Known]) -> tuple[Link, ...]:
    """Links from planned events to those that report, deny or cancel them, at most one of each kind, in order of ids.

    An event is planned, reported or denied as most of its reports have it. The target is never told of before the plan.
    """
    heard = [voice for event in sorted(events, key=lambda event: event.id) for voice in voices(event)]
    profiles = [as_done(voice) for voice in heard]
    best: dict[tuple[str, str], Candidate] = {}
    for a, b in pairs(profiles):
        found = candidate((heard[a], profiles[a]), (heard[b], profiles[b]))
        if found is not None:
            key = (found.link.source, found.link.kind)
            if key not in best or found.odds > best[key].odds:
                best[key] = found
    return tuple(best[key].link for key in sorted(best))


class Candidate(NamedTuple):
    """A link that two voices speak for, with its log-odds; of one source and kind the likeliest counts."""

    odds: float
    link: Link


def candidate(first: tuple[Voice, Profile], second: tuple[Voice, Profile]) -> Candidate | None:
    """The link between the events of two voices; None when they are no plan and outcome, or hardly of one act.

    Each voice comes with its :func:`as_done`.
    """
    (plan, planned), (other, done) = (first, second) if first[0].kind is None else (second, first)
    kind = other.kind
    if plan.kind is not None or kind is None or order(other.told) < order(plan.told):
        return None
    odds = log_odds(planned, _of_type(done, plan.told.type, kind))
    return Candidate(odds, Link(plan.event, other.event, kind, reasons(done, planned))) if odds > 0 else None


def voices(event: Known) -> list[Voice]:
    """The reports that speak for the event, the first ones; none when it is neither planned, reported nor denied."""
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
    return [Voice(event.id, kind, told) for told in spoken]


def as_done(voice: Voice) -> Profile:
    """The report as if it told of a done act, so that status does not count."""
    return profile(replace(voice.told, status=Status.REPORTED))


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
