"""From pairs to events: the surest pair first, and two groups join only when they agree on the whole."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from rasid.merge.profile import Profile
from rasid.merge.records import Ruling
from rasid.merge.scoring import Model, log_odds

# A pair opens a merge when it is likelier than not; the groups join when their agreement is above LINK.
EDGE = 0.0
LINK = 0.0
_BARRED = -8.0  # what a pair that can never be one counts for in a mean
_SPOKESMEN = 8  # of a large group so many reports are compared, so that cost stays linear


class Scores:
    """Log-odds of pairs of one list of profiles, each reckoned once."""

    def __init__(self, profiles: Sequence[Profile], model: Model = Model.MERGE) -> None:
        self._profiles = profiles
        self._model = model
        self._known: dict[tuple[int, int], float] = {}

    def of(self, a: int, b: int) -> float:
        """Log-odds of the pair of indexes."""
        pair = (a, b) if a < b else (b, a)
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = log_odds(self._profiles[a], self._profiles[b], self._model)
        return found


class Groups:
    """A partition of indexes that grows by joining; groups that must stay apart never join."""

    def __init__(self, size: int) -> None:
        self.group = list(range(size))
        self.members = [[index] for index in range(size)]
        self._apart: list[set[int]] = [set() for _ in range(size)]

    def keep_apart(self, a: int, b: int) -> None:
        """Forbid the groups of ``a`` and ``b`` to join; without effect when they are one already."""
        first, second = self.group[a], self.group[b]
        if first != second:
            self._apart[first].add(second)
            self._apart[second].add(first)

    def may_join(self, a: int, b: int) -> bool:
        """False when both are in one group, or a ruling keeps their groups apart."""
        first, second = self.group[a], self.group[b]
        return first != second and second not in self._apart[first]

    def join(self, a: int, b: int) -> None:
        """Make one group of two; the larger takes the smaller in."""
        first, second = sorted((self.group[a], self.group[b]), key=lambda group: (-len(self.members[group]), group))
        for index in self.members[second]:
            self.group[index] = first
        self.members[first] += self.members[second]
        self.members[second] = []
        for other in self._apart[second]:
            self._apart[other].discard(second)
            self._apart[other].add(first)
            self._apart[first].add(other)
        self._apart[second] = set()

    def listed(self) -> list[list[int]]:
        """The groups, members in order, by first member."""
        return sorted(sorted(members) for members in self.members if members)


def rule(groups: Groups, rulings: Sequence[Ruling], number: dict[str, int]) -> None:
    """Carry out the rulings on reports that are known; of two that contradict each other, the later one counts."""
    for ruling in reversed(rulings):
        first, second = number.get(ruling.first), number.get(ruling.second)
        if first is None or second is None or first == second:
            continue
        if not ruling.together:
            groups.keep_apart(first, second)
        elif groups.may_join(first, second):
            groups.join(first, second)


def cluster(groups: Groups, edges: Iterable[tuple[int, int]], scores: Scores) -> None:
    """Join groups along ``edges``, the surest first; ties are settled by index."""
    sure = [(-scores.of(a, b), a, b) for a, b in edges]
    for _odds, a, b in sorted(edge for edge in sure if edge[0] < -EDGE):
        if groups.may_join(a, b) and agreement(groups, a, b, scores) > LINK:
            groups.join(a, b)


def agreement(groups: Groups, a: int, b: int, scores: Scores) -> float:
    """How well the groups of ``a`` and ``b`` agree, as log-odds: half the best pair, half the mean of all."""
    first = _spokesmen(groups.members[groups.group[a]], a)
    second = _spokesmen(groups.members[groups.group[b]], b)
    found = [max(scores.of(x, y), _BARRED) for x in first for y in second]
    return (max(found) + math.fsum(found) / len(found)) / 2


def _spokesmen(members: Sequence[int], asked: int) -> list[int]:
    """All members of a small group; of a large one those spread evenly over it, and ``asked``."""
    if len(members) <= _SPOKESMEN:
        return list(members)
    ranked = sorted(members)
    step = len(ranked) / (_SPOKESMEN - 1)
    return sorted({ranked[int(at * step)] for at in range(_SPOKESMEN - 1)} | {asked})


def sure_of(index: int, others: Sequence[int], scores: Scores) -> tuple[float, int]:
    """Mean log-odds of a member with (spokesmen of) the others, and the one it is likeliest to go with."""
    found = [(max(scores.of(index, other), _BARRED), -other) for other in _spokesmen(others, others[0])]
    return sum(odds for odds, _ in found) / len(found), -max(found)[1]
