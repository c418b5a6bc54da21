"""The unfolded trigger tables as they lie in compiled files, and back."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any

from rasid import data
from rasid.data import as_json, compiled
from rasid.events.triggers_lexicon import Lexicon, Node, Reading, Row, Unfolded, unfolded

_LIGHT = "light"


@functools.cache
def lexicon() -> Lexicon:
    """The trigger tables. Raises LexiconError for a row with an impossible root, form or weight."""
    rows = compiled("trigger-rows", lambda: _rows(_made()), _row)

    def of_words(_: str, numbers: bytes) -> tuple[Row, ...]:
        return tuple(rows[str(number)] for number in json.loads(numbers))

    def node(_: str, told: bytes) -> Node:
        return _node(json.loads(told))

    def _node(told: Any) -> Node:
        own, following = told
        return Node([rows[str(number)] for number in own], {int(word): _node(below) for word, below in following})

    made = Lexicon(
        compiled("trigger-forms", lambda: _forms(_made()), _readings),
        compiled("trigger-words", lambda: _words(_made()), of_words),
        compiled("trigger-phrases", lambda: _phrases(_made()), node),
        frozenset(compiled("trigger-light", lambda: _light(_made()), _numbers)[_LIGHT]),
    )
    _made.cache_clear()
    return made


@functools.cache
def _made() -> Unfolded:
    return unfolded(data.table("triggers"))


def _rows(made: Unfolded) -> Iterator[tuple[str, bytes]]:
    found: dict[int, Row] = {}
    for rows in made.words.values():
        found.update((row.number, row) for row in rows)
    for node in made.phrases.values():
        found.update((row.number, row) for row in _below(node))
    for number, row in sorted(found.items()):
        traps = sorted(row.traps)
        told = (number, row.lemma, row.type, row.modes, row.weight, row.recipient, traps, row.trap_phrases)
        yield str(number), as_json(told)


def _below(node: Node) -> Iterator[Row]:
    yield from node.rows
    for one in node.following.values():
        yield from _below(one)


def _row(_: str, told: bytes) -> Row:
    number, lemma, type_, modes, weight, recipient, traps, phrases = json.loads(told)
    return Row(number, lemma, type_, tuple(modes), weight, tuple(recipient), frozenset(traps), tuple(phrases))


def _forms(made: Unfolded) -> Iterator[tuple[str, bytes]]:
    for form, readings in made.forms.items():
        yield form, as_json([number for reading in readings for number in (reading.word, reading.voice)])


def _readings(_: str, told: bytes) -> tuple[Reading, ...]:
    numbers = json.loads(told)
    return tuple(map(Reading, numbers[::2], numbers[1::2]))


def _words(made: Unfolded) -> Iterator[tuple[str, bytes]]:
    return ((str(word), as_json([row.number for row in rows])) for word, rows in made.words.items())


def _phrases(made: Unfolded) -> Iterator[tuple[str, bytes]]:
    return ((str(word), as_json(_told(node))) for word, node in made.phrases.items())


def _told(node: Node) -> list[object]:
    return [[row.number for row in node.rows], [[word, _told(below)] for word, below in node.following.items()]]


def _light(made: Unfolded) -> Iterator[tuple[str, bytes]]:
    yield _LIGHT, as_json(sorted(made.light))


def _numbers(_: str, told: bytes) -> list[int]:
    numbers: list[int] = json.loads(told)
    return numbers
