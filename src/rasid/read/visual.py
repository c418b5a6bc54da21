"""Arabic lines of a PDF put back into reading order.

A PDF draws glyphs from left to right, so that a line comes out with its runs in the wrong order, or with its letters
turned round, according to the program that wrote it. The commonest words and the full stops tell which.
"""

from __future__ import annotations

import re

from rasid.data import table
from rasid.words.fold import fold

_COMMON = next(frozenset(row["words"].split("|")) for row in table("languages") if row["code"] == "ar")
_RIGHT = "\u0600-\u065f\u066a-\u06ef\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc"
_WORD = re.compile(f"[{_RIGHT}]+")
_LEFT = "0-9A-Za-z\u0660-\u0669"
_LEFT_RUN = re.compile(rf"[{_LEFT}](?:[{_LEFT}.,:/%@&'+_-]*[{_LEFT}%])?(?: +[A-Za-z][A-Za-z.]*)*")
_STOPS = ".،؛:؟!"


def ordered(text: str) -> str:
    """``text`` in reading order; text that is in order already comes back as it is."""
    lines = text.split("\n")
    if _known(text[::-1]) > 2 * _known(text):
        lines = [_turned(line) for line in lines]
    if _stops_first(lines):
        lines = [_swapped(line) for line in lines]
    return "\n".join(lines)


def _known(text: str) -> int:
    """Number of words that are common Arabic ones."""
    return sum(fold(word) in _COMMON for word in _WORD.findall(text))


def _runs(line: str) -> list[str]:
    """``line`` cut before and after each run that is read from left to right (numbers, Latin)."""
    cuts: list[str] = []
    at = 0
    for match in _LEFT_RUN.finditer(line):
        cuts.extend((line[at : match.start()], match.group()))
        at = match.end()
    return [*cuts, line[at:]]


def _turned(line: str) -> str:
    """Arabic runs with their letters turned round."""
    return _joined([run if at % 2 else run[::-1] for at, run in enumerate(_runs(line))])


def _joined(runs: list[str]) -> str:
    """Runs as one line, with a space where two words would grow together."""
    line = ""
    for run in runs:
        grown = line[-1:].isalnum() and run[:1].isalnum()
        line += f" {run}" if grown else run
    return " ".join(line.split())


def _swapped(line: str) -> str:
    """Runs in reverse order; the stop that was drawn leftmost goes behind."""
    runs = list(reversed(_runs(line)))
    runs[-1] = runs[-1].lstrip(" ")
    stop = re.match(rf"[{_STOPS}]+", runs[-1]) if _WORD.search(line) else None
    if stop:
        runs[-1] = f"{runs[-1][stop.end() :].rstrip(' ')}{stop.group()}"
    return _joined(runs)


def _stops_first(lines: list[str]) -> bool:
    """True when more Arabic lines begin with a stop than end in one."""
    arabic = [line.strip() for line in lines if _WORD.search(line)]
    return sum(line[0] in _STOPS for line in arabic) > sum(line[-1] in _STOPS for line in arabic)
