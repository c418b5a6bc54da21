"""New reports against standing events: which events change, and how."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from rasid.merge.blocking import pairs
from rasid.merge.clustering import EDGE, Groups, Scores, cluster, rule, sure_of
from rasid.merge.naming import Named, named, order
from rasid.merge.profile import profile
from rasid.merge.reasons import ALONE, RULED, reasons
from rasid.merge.records import Joined, Known, Member, Reach, Ruling, Told
from rasid.merge.scoring import probability

_REACH = datetime.timedelta(days=3)  # windows farther apart meet in no block


def join(new: Sequence[Told], existing: Sequence[Known] = (), rulings: Sequence[Ruling] = ()) -> tuple[Joined, ...]:
    """The events that ``new`` and ``rulings`` make or change, in order of their ids.

    ``existing`` are the standing events near one of ``reach(new)``, each with all its reports; a report that is told
    anew (same id) takes the place of the old one. ``rulings`` win over everything, the later over the earlier.
    Only events that a new report or a ruling touches are taken up again. An existing event that is not returned stays
    as it is, unless another one names it as ``absorbed``.
    """
    desk = _Desk(new, existing)
    active = desk.active(rulings)
    groups = Groups(len(desk.told))
    rule(groups, rulings, desk.number)
    cluster(groups, pairs(desk.profiles, among=sorted(active)), desk.scores)
    return desk.changed(groups, active, rulings)


def join_along(reports: Sequence[Told], edges: Iterable[tuple[str, str]]) -> tuple[Joined, ...]:
    """The events of ``reports``, none of which stands in one, where it is known which pairs may open a merge.

    ``edges`` are pairs of ids: those with log-odds above EDGE among the pairs that meet in the blocks of all reports.
    Reports that no chain of edges connects to others come to the same events by themselves as among all others: so that
    parts can be joined apart from each other.
    """
    desk = _Desk(reports, ())
    groups = Groups(len(desk.told))
    cluster(groups, ((desk.number[first], desk.number[second]) for first, second in edges), desk.scores)
    return desk.changed(groups, desk.new, ())


def reach(new: Sequence[Told]) -> tuple[Reach, ...]:
    """The spans of days, apart from one another and in order, for which ``join`` needs the standing events.

    An event is near a span when the days it happened on, or those on which its reports were published, meet it.
    """
    spans: list[Reach] = []
    for first, last in sorted(_spans(new)):
        if spans and first <= spans[-1].last + datetime.timedelta(days=1):
            spans[-1] = Reach(spans[-1].first, max(spans[-1].last, last))
        else:
            spans.append(Reach(first, last))
    return tuple(spans)


def _spans(new: Iterable[Told]) -> Iterable[tuple[datetime.date, datetime.date]]:
    for told in new:
        if told.published is not None:
            yield told.published - _REACH, told.published + _REACH
        window = profile(told).window
        if window is not None:
            yield window[0] - _REACH, window[1] + _REACH


class _Desk:
    """All reports at hand, in an order that does not depend on how they arrived."""

    def __init__(self, new: Sequence[Told], existing: Sequence[Known]) -> None:
        fresh = {told.id: told for told in new}
        known = {told.id: told for event in existing for told in event.reports}
        self.told = sorted((known | fresh).values(), key=order)
        self.number = {told.id: index for index, told in enumerate(self.told)}
        self.profiles = [profile(told) for told in self.told]
        self.scores = Scores(self.profiles)
        self.new = frozenset(self.number[name] for name in fresh)
        self.existing = existing
        self.event = {self.number[told.id]: event.id for event in existing for told in event.reports}
        self.before = {event.id: frozenset(told.id for told in event.reports) for event in existing}

    def active(self, rulings: Sequence[Ruling]) -> frozenset[int]:
        """New reports, and all reports of the events that they or a ruling touch."""
        met = pairs(self.profiles, new=self.new)
        near = (
            {index for pair in met if self.scores.of(*pair) > EDGE for index in pair} | self.new | self._ruled(rulings)
        )
        touched = {self.event[index] for index in near if index in self.event}
        return frozenset(index for index in self.event if self.event[index] in touched) | self.new

    def _ruled(self, rulings: Sequence[Ruling]) -> set[int]:
        """Reports whose ruling does not hold yet, or is on a new report."""
        found: set[int] = set()
        for ruling in rulings:
            pair = [self.number[name] for name in (ruling.first, ruling.second) if name in self.number]
            events = {self.event.get(index) for index in pair}
            if len(pair) == 2 and ((len(events) == 1) != ruling.together or not self.new.isdisjoint(pair)):
                found.update(pair)
        return found

    def changed(self, groups: Groups, active: frozenset[int], rulings: Sequence[Ruling]) -> tuple[Joined, ...]:
        """The events that the groups of ``active`` make, without those that stand as they are."""
        listed = [members for members in groups.listed() if not active.isdisjoint(members)]
        names = named([[self.told[index] for index in members] for members in listed], self.standing(active))
        joined = (self.joined(name, members, rulings) for name, members in zip(names, listed, strict=True))
        return tuple(sorted((event for event in joined if self.changes(event)), key=lambda event: event.id))

    def standing(self, active: frozenset[int]) -> list[Known]:
        """The existing events that are taken up again."""
        touched = {self.event[index] for index in active if index in self.event}
        return [event for event in self.existing if event.id in touched]

    def joined(self, name: Named, members: Sequence[int], rulings: Sequence[Ruling]) -> Joined:
        """The event of ``members``, each with its score and reasons."""
        ruled = {frozenset((ruling.first, ruling.second)) for ruling in rulings if ruling.together}
        found = tuple(self._member(index, members, ruled) for index in members)
        return Joined(name.id, found, min(member.score for member in found), name.absorbed)

    def _member(self, index: int, members: Sequence[int], ruled: set[frozenset[str]]) -> Member:
        told = self.told[index].id
        others = [other for other in members if other != index]
        if not others:
            return Member(told, 1.0, ALONE)
        partners = [other for other in others if frozenset((told, self.told[other].id)) in ruled]
        if partners:
            return Member(told, 1.0, (f"{RULED} ({', '.join(self.told[other].id for other in partners)})",))
        odds, nearest = sure_of(index, others, self.scores)
        return Member(told, round(probability(odds), 4), reasons(self.profiles[index], self.profiles[nearest]))

    def changes(self, event: Joined) -> bool:
        """True unless the event stands with the same reports, none of them told anew."""
        same = self.before.get(event.id) == frozenset(event.reports)
        return not same or any(self.number[name] in self.new for name in event.reports)
