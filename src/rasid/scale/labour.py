"""Who does the tasks of a merging: this process, several of this machine, or a Ray cluster."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasid import data
from rasid.errors import WorkerError
from rasid.scale.area import Done
from rasid.scale.steps import Task, work
from rasid.scale.workers import in_order


def local(address: str, tasks: Sequence[Task], *, jobs: int = 1) -> Iterator[Done]:
    """Does the tasks in ``jobs`` processes of this machine; one: in this process."""
    if jobs == 1:
        yield from (work(address, task) for task in tasks)
        return
    start = functools.partial(_started, address, data.in_use())
    yield from in_order(([task] for task in tasks), start, jobs=jobs, lost=_lost)


def _started(address: str, lexicon: Path | None) -> functools.partial[list[Done]]:
    data.use(lexicon)
    return functools.partial(_all, address)


def _all(address: str, tasks: Sequence[Task]) -> list[Done]:
    return [work(address, task) for task in tasks]


def _lost(task: Task) -> Done:
    raise WorkerError(f"a process ended over {task.name}; give it more memory or smaller parts (--part)")


@dataclass(frozen=True, slots=True)
class OnRay:
    """Does the tasks on the Ray cluster that is connected, ``workers`` at a time; those of a lost node again."""

    workers: int

    def __call__(self, address: str, tasks: Sequence[Task]) -> Iterator[Done]:
        """What the tasks wrote, as they are done."""
        import ray

        remote: Any = ray.remote(num_cpus=1, max_retries=3)(_one)
        waiting = iter(tasks)
        busy: list[Any] = []
        while True:
            while len(busy) < self.workers and (task := next(waiting, None)) is not None:
                busy.append(remote.remote(address, data.in_use(), task))
            if not busy:
                return
            for answer in ray.wait(busy, num_returns=1)[0]:
                busy.remove(answer)
                yield ray.get(answer)


def _one(address: str, lexicon: Path | None, task: Task) -> Done:
    data.use(lexicon)
    return work(address, task)
