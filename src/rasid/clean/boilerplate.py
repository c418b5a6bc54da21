"""Lines that belong to the page and not to the report: widgets, share bars, copyright lines, begging."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import NamedTuple

from rasid.clean.layout import Line
from rasid.data import table
from rasid.records import SetAside
from rasid.words.fold import fold

_WORD = re.compile(r"\w+")
_MAX_WORDS = 25  # a longer line is a paragraph of the report, whatever it begins with


class Rule(NamedTuple):
    """Folded words of a known line, how they must match, and the reason code."""

    words: tuple[str, ...]
    match: str
    reason: str


@functools.cache
def _rules() -> dict[str, tuple[Rule, ...]]:
    """The rules of ``lexicon/boilerplate.tsv`` by the word a line must begin with, longest first."""
    grouped: dict[str, list[Rule]] = {}
    for row in table("boilerplate"):
        words = tuple(_WORD.findall(fold(row["phrase"].lower())))
        grouped.setdefault(words[0], []).append(Rule(words, row["match"], row["reason"]))
    return {first: tuple(sorted(rules, key=lambda r: -len(r.words))) for first, rules in grouped.items()}


def find(lines: Iterable[Line]) -> list[SetAside]:
    """Stretches to set aside, in order."""
    found = []
    for line in lines:
        reason = _reason(line.text)
        if reason:
            found.append(SetAside(line.start, line.end, reason))
    return found


def _reason(line: str) -> str | None:
    if len(line) > 250:
        return None
    words = tuple(_WORD.findall(fold(line.lower())))
    if not words or len(words) > _MAX_WORDS:
        return None
    for rule in _rules().get(words[0], ()):
        size = len(rule.words)
        if words[:size] == rule.words and (rule.match == "start" or len(words) == size):
            return rule.reason
    return None
