"""From a token to the numbers the encoder reads: ids of its form, stem and proclitics, and hashed affixes."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rasid.data import compiled
from rasid.events.memo import PerForm
from rasid.records import Token

# Rows 0, 1, 2 of each table are padding, unknown and mask.
_UNKNOWN = 1
_HASH_ROWS = 20_000
IDS_PER_TOKEN = 8
_CACHE = 1 << 16
_TABLES = ("forms", "stems", "proclitics")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Row numbers of the embedding tables, by folded form, stem and proclitic chain."""

    forms: Mapping[str, int]
    stems: Mapping[str, int]
    proclitics: Mapping[str, int]

    def ids(self, token: Token) -> tuple[int, ...]:
        """Eight row numbers: form, stem, proclitic, and five affix hashes."""
        cut = token.analyses[0]
        return (
            self.forms.get(token.fold, _UNKNOWN),
            self.stems.get(cut.stem, _UNKNOWN),
            self.proclitics.get(cut.proclitic, _UNKNOWN),
            *_affixes(token.fold, cut.stem),
        )


def _packed(token: Token) -> bytes:
    return np.array(vocabulary().ids(token), np.int64).tobytes()


_packed_ids: PerForm[bytes] = PerForm(_packed)


@functools.lru_cache(maxsize=_CACHE)
def _affixes(form: str, stem: str) -> tuple[int, ...]:
    grams = ("<" + form[:2], "<" + stem[:3], "<" + stem[:4], form[-2:] + ">", form[-3:] + ">")
    return tuple(1 + zlib.crc32(gram.encode("utf-8")) % (_HASH_ROWS - 1) for gram in grams)


def ids_of(tokens: Sequence[Token]) -> NDArray[np.int64]:
    """The row numbers of ``tokens`` in the shipped vocabulary: (T, 8), read-only."""
    return np.frombuffer(b"".join(map(_packed_ids, tokens)), np.int64).reshape(-1, IDS_PER_TOKEN)


@functools.cache
def vocabulary() -> Vocabulary:
    """The vocabulary that the shipped models were trained with."""
    return Vocabulary(*(compiled(f"vocabulary-{key}", functools.partial(_rows, key), _row) for key in _TABLES))


def _rows(key: str) -> Iterator[tuple[str, bytes]]:
    raw = json.loads(resources.files("rasid.models").joinpath("vocabulary.json").read_bytes())
    return ((form, str(row).encode()) for row, form in enumerate(raw[key]))


def _row(_: str, number: bytes) -> int:
    return int(number)
