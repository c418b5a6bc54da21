"""Changing text while keeping, for every character, the way back to the source."""

from __future__ import annotations

import functools
from array import array
from collections.abc import Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """Characters ``[start, end)`` become ``text``.

    With ``joins`` a dropped stretch belongs to the character before it (a diacritic to its letter); without it, to
    none (a direction mark).
    """

    start: int
    end: int
    text: str
    kind: str
    joins: bool = False


class Mapped(NamedTuple):
    """A text in which character ``i`` stands for the source characters ``[starts[i], ends[i])``."""

    text: str
    starts: array[int]
    ends: array[int]


@functools.lru_cache(maxsize=4)
def _numbers(size: int) -> array[int]:
    return array("i", range(size))


def _range(start: int, end: int) -> array[int]:
    """``start`` .. ``end - 1``, copied from one prepared run: the common case must cost no loop."""
    size = 1 << max(16, end.bit_length())
    return _numbers(size)[start:end]


def unchanged(text: str) -> Mapped:
    """``text`` where every character stands for itself."""
    return Mapped(text, _range(0, len(text)), _range(1, len(text) + 1))


def apply(mapped: Mapped, edits: Sequence[Edit]) -> Mapped:
    """``mapped`` after ``edits``, which must be sorted by start and must not overlap.

    A stretch replaced by as many characters maps one to one; in any other replacement each new character stands
    for the whole stretch.
    """
    if not edits:
        return mapped
    text, old_starts, old_ends = mapped
    pieces: list[str] = []
    starts, ends = array("i"), array("i")
    at = 0
    for start, end, new, _, joins in edits:
        if start > at:
            pieces.append(text[at:start])
            starts.extend(old_starts[at:start])
            ends.extend(old_ends[at:start])
        at = end
        if new:
            pieces.append(new)
            _extend(starts, ends, mapped, start, end, len(new))
        elif joins and ends:
            ends[-1] = old_ends[end - 1]
    pieces.append(text[at:])
    starts.extend(old_starts[at:])
    ends.extend(old_ends[at:])
    return Mapped("".join(pieces), starts, ends)


def _extend(starts: array[int], ends: array[int], mapped: Mapped, start: int, end: int, size: int) -> None:
    if size == end - start:
        starts.extend(mapped.starts[start:end])
        ends.extend(mapped.ends[start:end])
    else:
        starts.extend([mapped.starts[start]] * size)
        ends.extend([mapped.ends[end - 1]] * size)
