"""The tables' names as a trie over folded words, compiled: a place in it is read when a text leads there."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from rasid.data import as_json, compiled
from rasid.names.entries import Entry, Sort, Words, all_entries


@dataclass(frozen=True, slots=True)
class Node:
    """Where the words of ``path`` (with single spaces) lead: what they call, and with which words longer names go on.

    ``following`` is None at the root, from which every word is tried.
    """

    path: str
    entries: tuple[Entry, ...]
    following: frozenset[str] | None

    def step(self, word: str) -> Node | None:
        """Where one word more leads."""
        if self.following is None:
            return _nodes().get(word)
        return _nodes().get(f"{self.path} {word}") if word in self.following else None


ROOT = Node("", (), None)


def order(entry: Entry) -> tuple[bool, bool, Sort]:
    """Where one phrase calls several entries, the lowest wins."""
    return entry.sort is Sort.GIVEN, entry.doubtful, entry.sort


@functools.cache
def _nodes() -> Mapping[str, Node]:
    entries = compiled("names-entries", _entries, _entry)

    def node(path: str, told: bytes) -> Node:
        following, numbers = json.loads(told)
        return Node(path, tuple(entries[str(number)] for number in numbers), frozenset(following))

    made = compiled("names-trie", _paths, node)
    _called.cache_clear()
    return made


@functools.cache
def _called() -> dict[Words, tuple[Entry, ...]]:
    """Every word sequence with what it calls, best first."""
    found: dict[Words, tuple[Entry, ...]] = {}
    for words, entry in all_entries():
        called = found.get(words, ())
        if words and entry not in called:
            found[words] = tuple(sorted((*called, entry), key=order))
    return found


def _numbers() -> dict[Entry, int]:
    numbers: dict[Entry, int] = {}
    for entries in _called().values():
        for entry in entries:
            numbers.setdefault(entry, len(numbers))
    return numbers


def _entries() -> Iterator[tuple[str, bytes]]:
    return ((str(number), as_json(_cells(entry))) for entry, number in _numbers().items())


def _paths() -> Iterator[tuple[str, bytes]]:
    numbers, called = _numbers(), _called()
    inner: dict[Words, dict[str, None]] = {}
    for words in called:
        for size in range(1, len(words)):
            inner.setdefault(words[:size], {})[words[size]] = None
    for words in dict.fromkeys((*called, *inner)):
        told = [*inner.get(words, ())], [numbers[entry] for entry in called.get(words, ())]
        yield " ".join(words), as_json(told)


# Fields of an Entry that JSON does not keep as they are.
_RESTORED: Mapping[str, Callable[[Any], object]] = {"sort": Sort, "sectors": tuple, "heads": frozenset}


def _cells(entry: Entry) -> tuple[object, ...]:
    values = (getattr(entry, cell.name) for cell in fields(Entry))
    return tuple(sorted(value) if isinstance(value, frozenset) else value for value in values)


def _entry(_: str, told: bytes) -> Entry:
    cells = dict(zip((cell.name for cell in fields(Entry)), json.loads(told), strict=True))
    return Entry(**cells | {name: restored(cells[name]) for name, restored in _RESTORED.items()})
