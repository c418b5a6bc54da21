"""The engine on a Ray cluster: an actor for each core, models loaded once in each.

Ray's core is used and not Ray Data: ids and copies depend on the order of the articles, so one process reads, numbers
and links them as a single-process run does, and hands out whole blocks; Ray Data would read the files in an order of
its own. What costs the time, coding and writing, is done by the actors.
"""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import ray
import ray.exceptions

from rasid.errors import WorkerError
from rasid.records import Rejected
from rasid.scale.blocks import Block
from rasid.scale.coding import BATCH, Outcome, Setup, lost, started
from rasid.scale.dataset import Commit, Target

# A node may die under any block; a block that has seen so many actors die is looked into, item by item.
DEATHS = 3
_AHEAD = 1  # blocks that wait beside those in work, so that no actor waits for the reader


class Coder:
    """An actor: codes a block and writes its files."""

    def __init__(self, setup: Setup) -> None:
        self._work = started(setup)

    def ready(self) -> None:
        """Answers when tables and models can be loaded."""
        self._work([])

    def code(self, block: Block, address: str, deadly: frozenset[int]) -> Commit:
        """Files of the block; the items numbered in ``deadly`` are not tried."""
        outcomes: list[Outcome] = []
        for start in range(0, len(block.items), BATCH):
            places = range(start, min(start + BATCH, len(block.items)))
            done = iter(self._work([block.items[at] for at in places if at not in deadly]))
            outcomes += (lost(block.items[at]) if at in deadly else next(done) for at in places)
        return Target(address).write(block, outcomes)

    def probe(self, block: Block, at: int) -> None:
        """Codes one item, to see whether it kills the actor."""
        self._work([block.items[at]])


@dataclass(slots=True, eq=False)
class _Task:
    """A block on its way; ``next`` is the item to probe while looking for what kills, else None."""

    block: Block
    deaths: int = 0
    deadly: set[int] = field(default_factory=set)
    next: int | None = None

    def died(self) -> None:
        """An actor died over it."""
        self.deaths += 1
        if self.next is not None:
            self.deadly.add(self.next)
            self._go_on()
        elif self.deaths >= DEATHS:
            self.next = next(at for at, item in enumerate(self.block.items) if not isinstance(item, Rejected))

    def probed(self) -> None:
        """The item did no harm."""
        self._go_on()

    def _go_on(self) -> None:
        at = (self.next or 0) + 1
        self.next = at if at < len(self.block.items) else None
        self.deaths = 0 if self.next is None else self.deaths


class Cluster:
    """A connection to a Ray cluster: the one at ``address``, else one that is started on this machine.

    ``workers`` actors code at the same time; 0: one for each core of the cluster.
    """

    def __init__(self, address: str | None = None, *, workers: int = 0) -> None:
        self._address = address
        self._workers = workers

    def __call__(self, blocks: Iterator[Block], target: Target, setup: Setup) -> Iterator[Commit]:
        """Codes all blocks; commits come as blocks are done.

        Raises WorkerError when no cluster is there or its actors cannot load what they need.
        """
        with connected(self._address):
            yield from _Run(blocks, target, setup, self._workers or cores()).commits()


@contextlib.contextmanager
def connected(address: str | None) -> Iterator[None]:
    """Inside, Ray is at hand: the cluster at ``address``, else one that is started on this machine.

    Raises WorkerError when no cluster is there, and in place of what tasks and actors fail with.
    """
    # A cluster of this machine alone is not open to the network.
    own: dict[str, Any] = {} if address else {"include_dashboard": False, "_node_ip_address": "127.0.0.1"}
    try:
        ray.init(address=address or "local", log_to_driver=False, **own)
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise WorkerError(f"no Ray cluster at {address or 'this machine'}: {error}") from error
    try:
        yield
    except ray.exceptions.RayTaskError as error:
        raise WorkerError(f"work on the cluster failed: {error.cause}") from error
    finally:
        ray.shutdown()


def cores() -> int:
    """Cores of the cluster that is connected."""
    cluster: Any = ray
    return max(int(cluster.cluster_resources().get("CPU", 1)), 1)


class _Run:
    def __init__(self, blocks: Iterator[Block], target: Target, setup: Setup, workers: int) -> None:
        self._blocks = blocks
        self._target = target
        self._setup = setup
        self._waiting: deque[_Task] = deque()
        self._busy: dict[Any, tuple[Any, _Task | None]] = {}  # answer to come: who gives it, on what
        self._idle: list[Any] = []
        self._make: Any = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Coder)
        for _ in range(workers):
            self._hire()

    def commits(self) -> Iterator[Commit]:
        while True:
            self._read_ahead()
            self._hand_out()
            if not self._waiting and not any(task for _, task in self._busy.values()):
                return
            for answer in ray.wait(list(self._busy), num_returns=1)[0]:
                actor, task = self._busy.pop(answer)
                commit = self._heard(answer, actor, task)
                if commit is not None:
                    yield commit

    def _read_ahead(self) -> None:
        while len(self._waiting) < len(self._idle) + _AHEAD and (block := next(self._blocks, None)) is not None:
            self._waiting.append(_Task(block))

    def _hire(self) -> None:
        actor = self._make.remote(self._setup)
        self._busy[actor.ready.remote()] = actor, None

    def _hand_out(self) -> None:
        while self._idle and self._waiting:
            actor, task = self._idle.pop(), self._waiting.popleft()
            if task.next is None:
                answer = actor.code.remote(task.block, self._target.address, frozenset(task.deadly))
            else:
                answer = actor.probe.remote(task.block, task.next)
            self._busy[answer] = actor, task

    def _heard(self, answer: Any, actor: Any, task: _Task | None) -> Commit | None:
        """What an actor answers; a dead one is replaced, and its task goes to whoever is free first."""
        try:
            found: Commit | None = ray.get(answer)
        except (ray.exceptions.RayActorError, ray.exceptions.WorkerCrashedError, ray.exceptions.ObjectLostError):
            self._hire()
            if task is not None:
                task.died()
                self._waiting.appendleft(task)
            return None
        self._idle.append(actor)
        if task is not None and task.next is not None:
            task.probed()
            self._waiting.appendleft(task)
        return found
