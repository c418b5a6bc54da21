"""Copies of an article that came earlier: the same words, or nearly the same. They are linked, not dropped."""

from __future__ import annotations

import enum
import hashlib
import re
from typing import NamedTuple

from rensa import RMinHash, RMinHashLSH

from rasid.records import Article
from rasid.words.fold import fold

_WORD = re.compile(r"[^\W_]+")
_SHINGLE = 4  # words; three join unrelated market reports, six lose lightly edited wires
_PERMUTATIONS = 128
_BANDS = 32  # four rows to a band: finds 0.99 of the pairs at similarity 0.6
_THRESHOLD = 0.6  # estimated share of common shingles: wires with a new lead have 0.65 to 0.9, other stories under 0.2
_MIN_WORDS = 12  # shorter texts (headlines) are compared whole only
_SEED = 20


class CopyKind(enum.StrEnum):
    """How alike two articles are."""

    EXACT = "exact"
    NEAR = "near"


class Copy(NamedTuple):
    """The earlier article that this one repeats, and how alike they are (0 to 1)."""

    of: str
    kind: CopyKind
    similarity: float


class Copies:
    """Articles seen so far; about 3 KB of memory for each."""

    def __init__(self) -> None:
        self._whole: dict[bytes, int] = {}
        self._ids: list[str] = []
        self._sketches: dict[int, RMinHash] = {}
        self._index = RMinHashLSH(threshold=_THRESHOLD, num_perm=_PERMUTATIONS, num_bands=_BANDS)

    def find(self, article: Article) -> Copy | None:
        """The earliest article that ``article`` repeats, if any; ``article`` is remembered in either case."""
        words = _WORD.findall(fold(article.text))
        number = len(self._ids)
        self._ids.append(article.id)
        digest = hashlib.blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=12).digest()
        earlier = self._whole.setdefault(digest, number)
        if earlier != number:
            return Copy(self._ids[earlier], CopyKind.EXACT, 1.0)
        return self._near(words, number) if len(words) >= _MIN_WORDS else None

    def _near(self, words: list[str], number: int) -> Copy | None:
        sketch = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
        sketch.update([" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)])
        alike = [(key, sketch.jaccard(self._sketches[key])) for key in sorted(self._index.query(sketch))]
        self._index.insert(number, sketch)
        self._sketches[number] = sketch
        found = next(((key, share) for key, share in alike if share >= _THRESHOLD), None)
        return Copy(self._ids[found[0]], CopyKind.NEAR, round(found[1], 3)) if found else None
