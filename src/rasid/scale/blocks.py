"""Articles in blocks: the unit that is coded, written and committed as one."""

from __future__ import annotations

import dataclasses
import hashlib
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rasid.scale.coding import Item

SIZE = 1_000  # articles; less than a minute of one core's work, which is what a kill costs


@dataclass(frozen=True, slots=True)
class Block:
    """``items`` in the order in which they were read; ``first`` is the number of the first of them in the whole input.

    ``digest`` names the block by all that decides its outcomes: the items, and what codes them.
    """

    first: int
    items: tuple[Item, ...]
    digest: str


def blocks(items: Iterable[Item], made_by: str, *, size: int = SIZE) -> Iterator[Block]:
    """``items`` cut into blocks of ``size``; ``made_by`` tells version, tables and models."""
    waiting, first = iter(items), 0
    while found := tuple(itertools.islice(waiting, size)):
        yield Block(first, found, _digest(found, f"{made_by} {first}"))
        first += len(found)


def _digest(items: tuple[Item, ...], made_by: str) -> str:
    whole = hashlib.sha256(made_by.encode())
    for item in items:
        told = "\0".join(repr(getattr(item, cell.name)) for cell in dataclasses.fields(item))
        whole.update(f"{type(item).__name__}\0{told}\n".encode("utf-8", "backslashreplace"))
    return whole.hexdigest()[:24]
