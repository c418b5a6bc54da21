"""The tags that the entity model gives, one scheme for each annotation it learned from, and the best tag sequence."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_NEVER = -1e4


@dataclass(frozen=True)
class Scheme:
    """The kinds of one data set; its tags are O, then B-kind and I-kind of each kind in order."""

    name: str
    kinds: tuple[str, ...]

    @functools.cached_property
    def tags(self) -> tuple[str, ...]:
        return ("O", *(f"{mark}-{kind}" for kind in self.kinds for mark in "BI"))

    def row(self, tag: str) -> int:
        """Row of a tag; kinds that the scheme does not know are outside."""
        return self.tags.index(tag) if tag in self.tags else 0

    @functools.cached_property
    def allowed(self) -> Floats:
        """(tags, tags): 0 where the second may follow the first, else a large negative number."""
        rows = np.zeros((len(self.tags), len(self.tags)), np.float32)
        for column in range(2, len(self.tags), 2):
            rows[:, column] = _NEVER
            rows[[column - 1, column], column] = 0
        return rows


ANER = Scheme("anercorp", ("PERS", "LOC", "ORG", "MISC"))
WOJOOD = Scheme("wojood", ("PERS", "ORG", "GPE", "LOC", "FAC", "OCC", "NORP", "EVENT"))
PARTIES = Scheme("parties", ("PARTY", "PLACE", "SOURCE"))
SCHEMES = (ANER, WOJOOD, PARTIES)


def best(scores: Floats, follows: Floats, scheme: Scheme) -> list[int]:
    """The tag sequence of highest sum (Viterbi) for scores (T, tags) and transition scores (tags, tags)."""
    moves = follows + scheme.allowed
    total = scores[0].copy()
    total[2::2] = _NEVER  # nothing begins inside
    back: list[Floats] = []
    for row in scores[1:]:
        paths = total[:, None] + moves
        back.append(paths.argmax(0))
        total = paths.max(0) + row
    found = [int(total.argmax())]
    for pointers in reversed(back):
        found.append(int(pointers[found[-1]]))
    return found[::-1]


def spans(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First, last (exclusive) and kind of each entity, read as conlleval does: an I without its B begins one."""
    start, kind = 0, ""
    for at, tag in enumerate((*tags, "O")):
        mark, _, this = tag.partition("-")
        if kind and (mark != "I" or this != kind):
            yield start, at, kind
            kind = ""
        if mark != "O" and not kind:
            start, kind = at, this
