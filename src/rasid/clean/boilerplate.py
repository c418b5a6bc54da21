"""Lines that belong to the page and not to the report: widgets, share bars, copyright lines, begging."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rasid.clean.layout import Line
from rasid.data import table
from rasid.records import SetAside
from rasid.words.fold import fold

BLANKED = frozenset(
    ("widget", "share_bar", "photo_credit", "related", "copyright", "subscription", "separator", "repeated", "foreign")
)
_WORD = re.compile(r"[^\W_]+")
_ARABIC = re.compile("[ء-ي]")
_FOREIGN_WORD = re.compile(r"[^\W\d_]{2,}")
_MIN_FOREIGN = 4  # words; shorter lines are names, agencies and addresses
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$")
_LEAD = re.compile(r"\s*(?:[:：\-–—(|/]|$)")
_MAX_CHARS = 220  # a longer line is a paragraph of the report, whatever it begins with
_END_CHARS = 60
_MAX_HEADLINE = 110  # characters of a line in a box of related news
_MAX_RELATED = 6  # lines of such a box
_STOPS = (".", "،", "؛", '."', ".»", ".”")


class Rule(NamedTuple):
    """Folded words of a known line, how they must match, and the reason code."""

    words: tuple[str, ...]
    match: str
    reason: str


class Rules(NamedTuple):
    """The rules of ``lexicon/boilerplate.tsv`` by first word (for ``end``: by last), longest first."""

    first: dict[str, tuple[Rule, ...]]
    last: dict[str, tuple[Rule, ...]]
    bags: tuple[tuple[frozenset[str], str], ...]


@functools.cache
def _rules() -> Rules:
    first: dict[str, list[Rule]] = {}
    last: dict[str, list[Rule]] = {}
    bags: list[tuple[frozenset[str], str]] = []
    for row in table("boilerplate"):
        words = tuple(_words(row["phrase"]))
        if row["match"] == "all":
            bags.append((frozenset(words), row["reason"]))
        elif row["match"] == "end":
            last.setdefault(words[-1], []).append(Rule(words, row["match"], row["reason"]))
        else:
            first.setdefault(words[0], []).append(Rule(words, row["match"], row["reason"]))
    return Rules(_longest_first(first), _longest_first(last), tuple(bags))


def _longest_first(grouped: dict[str, list[Rule]]) -> dict[str, tuple[Rule, ...]]:
    return {word: tuple(sorted(rules, key=lambda rule: -len(rule.words))) for word, rules in grouped.items()}


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text).lower())


def find(lines: Sequence[Line], *, wrapped: bool, learned: Callable[[str], bool] | None = None) -> list[SetAside]:
    """Stretches to set aside, in order; ``learned`` tells of a line whether it recurs across the publisher's articles.

    In text that is not ``wrapped``, short lines without a stop below a "read also" line are set aside with it.
    """
    found: list[SetAside] = []
    box = 0  # lines that may still belong to the open box of related news
    for line in lines:
        span = _in_line(line) or _other(line, learned)
        if span is not None:
            found.append(span)
            box = _MAX_RELATED if span.reason == "related" and _is_bare(line.text) and not wrapped else 0
        elif box and len(line.text) <= _MAX_HEADLINE and not line.text.endswith(_STOPS):
            found.append(SetAside(line.start, line.end, "related"))
            box -= 1
        else:
            box = 0
    return found


def _is_bare(line: str) -> bool:
    """True for a heading of a box ("read also:"), below which the headlines follow."""
    return len(line) < 30 and (line.endswith(":") or len(line.split()) <= 3)


def _in_line(line: Line) -> SetAside | None:
    text = line.text
    if len(text) <= _MAX_CHARS:
        reason = _whole(text)
        if reason:
            return SetAside(line.start, line.end, reason)
    return _at_end(line)


def _other(line: Line, learned: Callable[[str], bool] | None) -> SetAside | None:
    """A line that was learned, or one in another script that is long enough to be a sentence."""
    if learned is not None and learned(line.text):
        return SetAside(line.start, line.end, "repeated")
    if _ARABIC.search(line.text) or len(_FOREIGN_WORD.findall(line.text)) < _MIN_FOREIGN:
        return None
    return SetAside(line.start, line.end, "foreign")


def _whole(text: str) -> str | None:
    """Reason to set the whole line aside."""
    match = _WORD.search(text)
    if match is None:
        return "separator"
    rules = _rules().first.get(fold(match.group()).lower())
    if rules:
        words = _words(text)
        for rule in rules:
            if tuple(words[: len(rule.words)]) == rule.words and _fits(rule, text, words):
                return rule.reason
    if _ADDRESS.match(text):
        return "share_bar"
    return _bag(text)


def _fits(rule: Rule, text: str, words: list[str]) -> bool:
    if rule.match == "start" or len(words) == len(rule.words):
        return True
    return rule.match == "lead" and bool(_LEAD.match(text, _end_of(text, len(rule.words))))


def _end_of(text: str, count: int) -> int:
    """Where the first ``count`` words of ``text`` end."""
    end = 0
    for _, match in zip(range(count), _WORD.finditer(text), strict=False):
        end = match.end()
    return end


def _bag(text: str) -> str | None:
    if len(text) > 120:
        return None
    words = _words(text)
    for bag, reason in _rules().bags:
        if len(words) > 1 and bag.issuperset(words):
            return reason
    return None


def _at_end(line: Line) -> SetAside | None:
    """A known phrase that follows the last sentence without a line end."""
    rules = _rules().last.get(fold(line.text.rsplit(" ", 1)[-1].strip(" .:")).lower())
    if rules is None:
        return None
    tail = line.text[-_END_CHARS:]
    words = list(_WORD.finditer(tail))
    for rule in rules:
        size = len(rule.words)
        if tuple(fold(word.group()).lower() for word in words[-size:]) == rule.words:
            return SetAside(line.end - len(tail) + words[-size].start(), line.end, rule.reason)
    return None
