"""The shuffle: members with the blocks they stand in, dealt out by block; then the pairs, dealt out by first member.

Members are reports, or the voices of events. A member has a number: its home (the task that wrote it) in the upper
bits, then its place there, and one bit for a plan. So the number tells where the member's record lies.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from rasid.merge import Told
from rasid.merge.blocking import keys, likeness_order, meeting
from rasid.merge.profile import Profile
from rasid.scale.area import Area, Written
from rasid.store.told import unpacked

_HOME_BITS = 33  # of the place in the home, and the bit of a plan
_DIGEST = 16  # bytes of a block's name: no two blocks are taken for one
_AT_A_TIME = 1_000
_BETWEEN = "\x01"  # sorts before all that words are made of
RECORDS = pa.schema([("n", pa.int64()), ("record", pa.string())])
_KEYS = pa.schema([("key", pa.binary(_DIGEST)), ("n", pa.int64()), ("rank", pa.string())])
_PAIRS = pa.schema([("a", pa.int64()), ("b", pa.int64())])


@dataclass(frozen=True, slots=True)
class Member:
    """Who stands in blocks: a numbered record, ready to be compared."""

    n: int
    profile: Profile


def number(home: int, place: int, *, plan: bool = False) -> int:
    """The number of the member at ``place`` of its home."""
    return (home << _HOME_BITS) + (place << 1) + plan


def home(n: int) -> int:
    """The home of the member ``n``."""
    return n >> _HOME_BITS


def write_keys(area: Area, folder: str, task: str, members: Iterable[Member], parts: int) -> list[Written]:
    """The blocks of each member, dealt out to ``parts`` files by block."""
    dealt: list[list[tuple[bytes, int, str]]] = [[] for _ in range(parts)]
    for member in members:
        rank = _rank(member.profile)
        for key in set(keys(member.profile)):
            name = hashlib.blake2b(repr(key).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
            dealt[int.from_bytes(name[:8], "big") % parts].append((name, member.n, rank))
    return [
        area.write(f"{folder}/part={part}/{task}.parquet", arrow(sorted(rows), _KEYS))
        for part, rows in enumerate(dealt)
        if rows
    ]


def _rank(profile: Profile) -> str:
    """likeness_order as one string, which sorts alike."""
    kind, place, heavy, published, name = likeness_order(profile)
    first, second, *_ = (*heavy, "", "")
    cells = (kind, place, first, second, published.isoformat(), name)
    return _BETWEEN.join(cells).encode("utf-8", "backslashreplace").decode()


def write_pairs(
    area: Area, folder: str, task: str, paths: Sequence[str], *, homes: int, parts: int, mixed: bool
) -> list[Written]:
    """The pairs that meet in the blocks of one part, dealt out to ``parts`` files by the home of the first member.

    ``mixed`` keeps only pairs of a plan and something else.
    """
    first, second = _pairs(area, paths)
    if mixed:
        kept = (first & 1) != (second & 1)
        first, second = first[kept], second[kept]
    part = (first >> _HOME_BITS) * parts // max(homes, 1)
    return [
        area.write(
            f"{folder}/part={number}/{task}.parquet",
            pa.table([first[part == number], second[part == number]], schema=_PAIRS),
        )
        for number in np.unique(part).tolist()
    ]


def _pairs(area: Area, paths: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Each pair once, lower number first, in order."""
    listed = np.fromiter(itertools.chain.from_iterable(_met(area, paths)), np.int64).reshape(-1, 2)
    listed.sort(axis=1)
    listed = listed[np.lexsort((listed[:, 1], listed[:, 0]))]
    fresh = np.ones(len(listed), bool)
    fresh[1:] = (listed[1:] != listed[:-1]).any(axis=1)
    return listed[fresh, 0], listed[fresh, 1]


def _met(area: Area, paths: Sequence[str]) -> Iterator[tuple[int, int]]:
    if not paths:
        return
    read = f"read_parquet({area.quoted(paths)}, hive_partitioning = false)"
    with area.connection() as connection:
        connection.execute(f"SELECT list(n ORDER BY rank) FROM {read} GROUP BY key HAVING count(*) > 1")
        while blocks := connection.fetchmany(_AT_A_TIME):
            for (ranked,) in blocks:
                yield from meeting(ranked)


def pairs_of(area: Area, paths: Sequence[str], *, size: int) -> Iterator[list[tuple[int, int]]]:
    """The pairs of one part, each once, some at a time and in order."""
    if not paths:
        return
    with area.connection() as connection:
        read = f"read_parquet({area.quoted(paths)}, hive_partitioning = false)"
        connection.execute(f"SELECT DISTINCT a, b FROM {read} ORDER BY a, b")
        while found := connection.fetchmany(size):
            yield found


def records(area: Area, folder: str, wanted: Iterable[int]) -> dict[int, Told]:
    """The records of members, read from the files of their homes."""
    numbers = pa.table([pa.array(sorted(wanted), pa.int64())], names=["n"])
    homes = sorted({home(n) for n in numbers.column("n").to_pylist()})
    paths = [f"{folder}/{one}.parquet" for one in homes]
    found = area.query("SELECT n, record FROM {files} SEMI JOIN wanted USING (n)", paths, wanted=numbers)
    return {n: unpacked(record) for n, record in found}


def arrow(rows: Sequence[Sequence[object]], schema: pa.Schema) -> pa.Table:
    """Rows as a table of ``schema``."""
    columns = zip(*rows, strict=True) if rows else [()] * len(schema)
    return pa.table([pa.array(cells, kind) for cells, kind in zip(columns, schema.types, strict=True)], schema=schema)
