"""From articles to a whole data set; a run that was cut off goes on where it stood."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rasid import data, events
from rasid.clean import Repeated
from rasid.scale.blocks import SIZE, Block, blocks
from rasid.scale.coding import Item, Setup
from rasid.scale.dataset import Commit, Target
from rasid.scale.engines import Engine
from rasid.store.digests import made


@dataclass(frozen=True, slots=True)
class Summary:
    """What a data set holds, and how many of its blocks were there before."""

    blocks: int = 0
    found: int = 0
    coded: int = 0
    rejected: int = 0
    events: int = 0

    def plus(self, commit: Commit, *, found: bool) -> Summary:
        """With one block more."""
        return Summary(
            self.blocks + 1,
            self.found + found,
            self.coded + commit.coded,
            self.rejected + commit.rejected,
            self.events + commit.events,
        )


def build(
    items: Iterable[Item],
    target: Target,
    engine: Engine,
    *,
    repeated: Repeated | None = None,
    size: int = SIZE,
    told: Callable[[Summary], None] = lambda _: None,
) -> Summary:
    """Codes ``items`` (linked, in order) into a data set; blocks that are committed are not coded again.

    The result depends on the items and on what codes them alone, not on the engine, its workers, or how often the run
    was cut off. ``told`` hears of each block.
    Raises OutputError when it cannot be written, WorkerError when the engine cannot work.
    """
    known = target.committed()
    order: list[str] = []
    found: list[Commit] = []

    def missing() -> Iterator[Block]:
        for block in blocks(items, str(made(repeated)), size=size):
            order.append(block.digest)
            if block.digest in known:
                found.append(known[block.digest])
            else:
                yield block

    summary = Summary()
    for commit in engine(missing(), target, Setup(data.in_use(), repeated, events.in_use())):
        target.commit(commit)
        summary = summary.plus(commit, found=False)
        told(summary)
    for commit in found:
        summary = summary.plus(commit, found=True)
    target.finish(order)
    return summary
