"""Windows of documents with their numbers, padded together for the models."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rasid.events.decode import Found
from rasid.events.features import Rows, features, first_tokens
from rasid.events.model import Floats, Ints
from rasid.events.vocabulary import IDS_PER_TOKEN, ids_of
from rasid.events.windows import Slot, scope, windows
from rasid.records import Document, Token

_AND = "و"
_LIST_MARKS = frozenset({"،", ",", "و", "؛", "(", "/"})


@dataclass(frozen=True)
class Window:
    """A window of document number ``document``: ids (T, 8) and features (T, F)."""

    document: int
    slots: tuple[Slot, ...]
    tokens: tuple[Token, ...]
    ids: Ints
    features: Rows

    @functools.cached_property
    def opens(self) -> tuple[bool, ...]:
        """For each token, whether a new phrase of a list can start at it: after a comma, or with «و»."""
        before = ("", *(token.fold for token in self.tokens))
        return tuple(
            token.analyses[0].proclitic.startswith(_AND) or last in _LIST_MARKS
            for token, last in zip(self.tokens, before, strict=False)
        )


@dataclass(frozen=True)
class Scope:
    """The part of a window that is searched for the arguments of ``trigger``, which counts tokens within it.

    ``at`` are the numbers of its tokens in the whole window.
    """

    window: Window
    trigger: Found
    at: tuple[int, ...]

    @property
    def start(self) -> int:
        """Source offset of the trigger."""
        return self.window.tokens[self.trigger.first].start


@dataclass(frozen=True)
class Batch:
    """Padded windows: ids (B, T, 8), features (B, T, F), present (B, T)."""

    ids: Ints
    features: Rows
    present: Floats


def cut(document: Document, number: int = 0) -> Iterator[Window]:
    """The windows of ``document`` with their numbers."""
    sentences = document.sentences or ()
    tokens = [token for sentence in sentences for token in sentence.tokens]
    ids, rows, first = ids_of(tokens), features(document), first_tokens(sentences)
    for slots in windows(sentences):
        at = [first[slot.sentence] + slot.token for slot in slots]
        own = rows[at]
        own[:, 0] = [slot.own for slot in slots]
        own[:, 1] = [slot.token == 0 for slot in slots]
        yield Window(number, slots, tuple([tokens[i] for i in at]), ids[at], own)


def narrowed(window: Window, trigger: Found) -> Scope:
    """Where the arguments of ``trigger`` are sought."""
    at = scope(window.slots, trigger.first)
    slots, tokens = tuple([window.slots[i] for i in at]), tuple([window.tokens[i] for i in at])
    first, last = at.index(trigger.first), at.index(trigger.last)
    part = Window(window.document, slots, tokens, window.ids[at], window.features[at])
    return Scope(part, dataclasses.replace(trigger, first=first, last=last), tuple(at))


def padded(group: Sequence[Window]) -> Batch:
    """One batch of ``group``; padding is 0 everywhere."""
    length = max(len(window.slots) for window in group)
    ids = np.zeros((len(group), length, IDS_PER_TOKEN), np.int64)
    rows = np.zeros((len(group), length, group[0].features.shape[1]), np.float32)
    present = np.zeros((len(group), length), np.float32)
    for i, window in enumerate(group):
        size = len(window.slots)
        ids[i, :size], rows[i, :size], present[i, :size] = window.ids, window.features, 1
    return Batch(ids, rows, present)
