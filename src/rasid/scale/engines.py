"""What codes the blocks of a data set: processes of this machine, or the actors of a Ray cluster."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator

from rasid.scale.blocks import Block
from rasid.scale.coding import Outcome, Setup, coded
from rasid.scale.dataset import Commit, Target

# Blocks in, committable blocks out, in any order.
Engine = Callable[[Iterator[Block], Target, Setup], Iterator[Commit]]


def local(blocks: Iterator[Block], target: Target, setup: Setup, *, jobs: int = 1) -> Iterator[Commit]:
    """Codes in ``jobs`` processes of this machine; this one writes."""
    begun: deque[Block] = deque()

    def items() -> Iterator[object]:
        for block in blocks:
            begun.append(block)
            yield from block.items

    outcomes: Iterator[Outcome] = coded(items(), jobs=jobs, repeated=setup.repeated)  # type: ignore[arg-type]
    while (first := next(outcomes, None)) is not None:
        block = begun.popleft()
        rest: Iterable[Outcome] = itertools.islice(outcomes, len(block.items) - 1)
        yield target.write(block, [first, *rest])
