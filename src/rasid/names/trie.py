"""The tables' names as a trie over folded words, compiled: a place in it is read when a text leads there."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rasid.data import as_json, compiled
from rasid.names.entries import Entry, Sort, Words, all_entries


@dataclass(frozen=True, slots=True)
class Node:
    """Where the words of ``path`` (with single spaces) lead: what they call, and whether longer names go on."""

    path: str
    entries: tuple[Entry, ...]
    goes_on: bool

    def step(self, word: str) -> Node | None:
        """Where one word more leads."""
        return _nodes().get(f"{self.path} {word}" if self.path else word) if self.goes_on else None


ROOT = Node("", (), goes_on=True)


def order(entry: Entry) -> tuple[bool, bool, Sort]:
    """Where one phrase calls several entries, the lowest wins."""
    return entry.sort is Sort.GIVEN, entry.doubtful, entry.sort


@functools.cache
def _nodes() -> Mapping[str, Node]:
    entries = compiled("names-entries", _entries, _entry)

    def node(path: str, told: bytes) -> Node:
        goes_on, numbers = json.loads(told)
        return Node(path, tuple(entries[str(number)] for number in numbers), bool(goes_on))

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
    inner = dict.fromkeys(words[:size] for words in called for size in range(1, len(words)))
    for words in dict.fromkeys((*called, *inner)):
        yield " ".join(words), as_json((int(words in inner), [numbers[entry] for entry in called.get(words, ())]))


def _cells(entry: Entry) -> tuple[object, ...]:
    return (
        entry.sort, entry.country, entry.sectors, entry.kind, entry.name, entry.name_en, entry.id, entry.opens,
        entry.doubtful, entry.plural, entry.broken, entry.first, sorted(entry.heads),
    )  # fmt: skip


def _entry(_: str, told: bytes) -> Entry:
    sort, country, sectors, *rest = json.loads(told)
    rest[-1] = frozenset(rest[-1])
    return Entry(Sort(sort), country, tuple(sectors), *rest)
