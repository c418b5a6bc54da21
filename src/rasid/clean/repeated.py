"""Lines that recur across a publisher's articles, learned in a first pass: what no table can foresee.

Datelines and bylines recur, too, but tell where a report comes from; they are not learned.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rasid.clean.datelines import tells_source
from rasid.records import Article
from rasid.words.fold import fold

_MIN_ARTICLES = 5  # articles that carry the line; news never repeats a sentence so often, but a slogan of the page does
_MIN_SHARE = 0.02  # of the publisher's articles, so that a common subheading of a large archive is not taken
_MAX_CHARS = 200
_MAX_LINES = 200_000  # counted at a time; the rare half is dropped beyond it, which keeps memory near 30 MB


class RepeatedLine(NamedTuple):
    """A line that recurs: whose, how often, and the line itself."""

    publisher: str
    articles: int
    line: str


class Repeated:
    """Counts lines by publisher. ``learn`` first, then ask with ``in``, by publisher and line."""

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._articles: Counter[str] = Counter()
        self._shown: dict[int, tuple[str, str]] = {}

    def learn(self, articles: Iterable[Article]) -> Repeated:
        """Count the lines of ``articles``; gives itself back."""
        for article in articles:
            publisher = article.publisher or ""
            self._articles[publisher] += 1
            for line in {line.strip() for line in article.body.split("\n") if 1 < len(line.strip()) <= _MAX_CHARS}:
                self._count(publisher, line)
            if len(self._counts) > _MAX_LINES:
                self._prune()
        return self

    def _count(self, publisher: str, line: str) -> None:
        mark = _mark(publisher, line)
        self._counts[mark] += 1
        if self._counts[mark] == _MIN_ARTICLES and not tells_source(line):
            self._shown[mark] = (publisher, line)

    def _prune(self) -> None:
        kept = self._counts.most_common(_MAX_LINES // 2)
        self._counts = Counter(dict(kept))
        self._shown = {mark: line for mark, line in self._shown.items() if mark in self._counts}

    @property
    def size(self) -> int:
        """Lines that are being counted."""
        return len(self._counts)

    def has(self, publisher: str | None, line: str) -> bool:
        """True when ``line`` recurs across the publisher's articles."""
        if len(line) > _MAX_CHARS or not self._shown:
            return False
        return self._recurs(_mark(publisher or "", line), publisher or "")

    def _recurs(self, mark: int, publisher: str) -> bool:
        count = self._counts[mark] if mark in self._shown else 0
        return count >= _MIN_ARTICLES and count >= _MIN_SHARE * self._articles[publisher]

    def report(self) -> Iterator[RepeatedLine]:
        """The lines learned, the most frequent first."""
        found = [
            RepeatedLine(publisher, self._counts[mark], line)
            for mark, (publisher, line) in self._shown.items()
            if self._recurs(mark, publisher)
        ]
        yield from sorted(found, key=lambda line: (-line.articles, line.publisher, line.line))


def _mark(publisher: str, line: str) -> int:
    key = f"{publisher}\n{' '.join(fold(line).split())}"
    return int.from_bytes(hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=8).digest(), "big")
