"""Copies of an article that came earlier: the same words, or nearly the same. They are linked, not dropped."""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rensa import RMinHash, RMinHashLSH

from rasid.records import Article, Rejected
from rasid.words.fold import fold

_WORD = re.compile(r"[^\W_]+")
_SHINGLE = 4  # words; three join unrelated market reports, six lose lightly edited wires
_PERMUTATIONS = 128
_BANDS = 32  # four rows to a band: finds 0.99 of the pairs at similarity 0.6
_THRESHOLD = 0.6  # estimated share of common shingles: wires with a new lead have 0.65 to 0.9, other stories under 0.2
_MIN_WORDS = 12  # shorter texts (headlines) are compared whole only
_SEED = 20
_KEPT = 10_000  # articles; two such lots at most, 80 MB: syndicated copies stand days apart, not years


class CopyKind(enum.StrEnum):
    """How alike two articles are."""

    EXACT = "exact"
    NEAR = "near"


class Copy(NamedTuple):
    """The first article of a chain of copies, and how like this one is to the nearest of them (0 to 1)."""

    of: str
    kind: CopyKind
    similarity: float


class _Seen:
    """Some thousands of articles in a row: the first id of each chain by digest, and the sketches by number."""

    def __init__(self) -> None:
        self.whole: dict[bytes, str] = {}
        self.sketches: dict[int, tuple[RMinHash, str]] = {}
        self.index = RMinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS, num_bands=_BANDS)

    def nearest(self, sketch: RMinHash) -> Copy | None:
        """The earliest article whose likeness reaches the threshold."""
        for number in sorted(self.index.query(sketch)):
            known, first = self.sketches[number]
            share = sketch.jaccard(known)
            if share >= _THRESHOLD:
                return Copy(first, CopyKind.NEAR, round(share, 3))
        return None


class Copies:
    """The last articles seen, ``kept`` to twice ``kept`` of them, at about 4 KB of memory each."""

    def __init__(self, *, kept: int = _KEPT) -> None:
        self._kept = kept
        self._number = 0
        self._older, self._newer = _Seen(), _Seen()

    def find(self, article: Article) -> Copy | None:
        """What ``article`` repeats, if anything; it is remembered in either case."""
        if self._number % self._kept == 0:
            self._older, self._newer = self._newer, _Seen()
        self._number += 1
        words = _WORD.findall(fold(article.text))
        digest = hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=12).digest()
        first = self._older.whole.get(digest) or self._newer.whole.get(digest)
        if first is not None:
            self._newer.whole[digest] = first
            return Copy(first, CopyKind.EXACT, 1.0)
        found = self._near(words, article.id) if len(words) >= _MIN_WORDS else None
        self._newer.whole[digest] = found.of if found else article.id
        return found

    def _near(self, words: list[str], name: str) -> Copy | None:
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update([" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)])
        found = self._older.nearest(sketch) or self._newer.nearest(sketch)
        self._newer.index.insert(self._number, sketch)
        self._newer.sketches[self._number] = (sketch, found.of if found else name)
        return found


def linked(items: Iterable[Article | Rejected]) -> Iterator[Article | Rejected]:
    """``items`` in their order, ``copy_of`` filled in each article that repeats an earlier one."""
    copies = Copies()
    for item in items:
        found = copies.find(item) if isinstance(item, Article) else None
        yield dataclasses.replace(item, copy_of=found.of) if found and isinstance(item, Article) else item
