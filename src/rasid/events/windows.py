"""Cutting a document into windows for the encoder: sentences to code, with title and sentence before as context.

The title is repeated because names stand there in full; the sentence before, because a third of the hidden parties
("from" in the codebook) stand in it.
"""

from __future__ import annotations

import bisect
import functools
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.records import Sentence

# A window holds whole sentences up to this many tokens of its own: fewer repeat the context more often, more cost more
# in attention. 160 is fastest on bulk news.
_OWN_TOKENS = 160
_MAX_SENTENCE = 192
_TITLE_TOKENS = 20
_BEFORE_TOKENS = 40
# How much of what stands before an event's sentence is searched for its parties, time and place, beside the title.
_EARLIER = 40
_CACHE = 1 << 12  # sentences by place and length: those of a hundred articles
_sentence = operator.attrgetter("sentence")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a window's token comes from, and whether the window codes it (or only looks at it)."""

    sentence: int
    token: int
    own: bool


def windows(sentences: Sequence[Sentence]) -> Iterator[tuple[Slot, ...]]:
    """Windows that together own each token of ``sentences`` exactly once, in order."""
    pending: list[Slot] = []
    first = 0
    for sentence in sentences:
        slots = list(_slots(sentence.index, len(sentence.tokens), own=True))
        if pending and len(pending) + len(slots) > _OWN_TOKENS:
            yield (*_context(sentences, first), *pending)
            pending, first = [], sentence.index
        while len(slots) > _MAX_SENTENCE:
            yield (*_context(sentences, first), *pending, *slots[:_MAX_SENTENCE])
            pending, slots = [], slots[_MAX_SENTENCE:]
        pending += slots
    if pending:
        yield (*_context(sentences, first), *pending)


def _context(sentences: Sequence[Sentence], first: int) -> list[Slot]:
    """The title and the last tokens of the sentence before sentence ``first``."""
    if first == 0:
        return []
    found: list[Slot] = []
    if sentences[0].is_title and first > 1:
        found = [*_slots(0, len(sentences[0].tokens), own=False)[:_TITLE_TOKENS]]
    return [*found, *_slots(first - 1, len(sentences[first - 1].tokens), own=False)[-_BEFORE_TOKENS:]]


@functools.lru_cache(maxsize=_CACHE)
def _slots(sentence: int, size: int, *, own: bool) -> tuple[Slot, ...]:
    """The slots of a sentence of ``size`` tokens."""
    return tuple(Slot(sentence, i, own) for i in range(size))


def scope(slots: Sequence[Slot], first: int) -> list[int]:
    """Numbers of the slots in which the arguments of an event at slot ``first`` are sought: its sentence, what stands
    shortly before, and the title. It halves the cost against searching the whole window and loses 4% of the parties.
    """
    sentence = slots[first].sentence
    start, end = (side(slots, sentence, key=_sentence) for side in (bisect.bisect_left, bisect.bisect_right))
    title = bisect.bisect_right(slots, 0, hi=start, key=_sentence)
    return [*range(min(title, _TITLE_TOKENS)), *range(max(title, start - _EARLIER), start), *range(start, end)]
