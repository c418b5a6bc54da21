"""Cutting clean text into tokens."""

from __future__ import annotations

import functools
import re
from array import array
from collections.abc import Sequence

from rasid.records import Analysis, Token
from rasid.words.clitics import analyses
from rasid.words.fold import fold

# Arabic letters with their marks; Latin words; numbers with inner separators; any other visible character alone.
_TOKEN = re.compile(
    r"[\u0621-\u065F\u066E-\u06D3\u06FA-\u06FF\uFB50-\uFDFF\uFE70-\uFEFC\u0640\u0670]+"
    r"|[A-Za-z\u00C0-\u024F]+"
    r"|[0-9\u0660-\u0669\u06F0-\u06F9]+(?:[.,:٫٬][0-9\u0660-\u0669\u06F0-\u06F9]+)*"
    r"|\S"
)
_CACHE = 1 << 16


def tokenize(text: str, starts: Sequence[int] | None = None, ends: Sequence[int] | None = None) -> tuple[Token, ...]:
    """Tokens of clean ``text``; ``starts``/``ends`` give each character's source offsets (default: its own)."""
    return tokens_of(text, 0, len(text), _own(starts, text, 0), _own(ends, text, 1))


def tokens_of(text: str, first: int, last: int, starts: Sequence[int], ends: Sequence[int]) -> tuple[Token, ...]:
    """Tokens of ``text[first:last]`` with source offsets."""
    found = []
    for match in _TOKEN.finditer(text, first, last):
        surface = match.group()
        a, b = match.span()
        found.append(Token(starts[a], ends[b - 1], surface, *_read(surface)))
    return tuple(found)


@functools.lru_cache(maxsize=_CACHE)
def _read(surface: str) -> tuple[str, tuple[Analysis, ...]]:
    """Folded form and cuts of a word as it is written."""
    folded = fold(surface)
    return folded, analyses(folded)


def _own(offsets: Sequence[int] | None, text: str, step: int) -> Sequence[int]:
    return offsets if offsets is not None else array("l", range(step, len(text) + step))
