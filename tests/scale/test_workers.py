"""Processes give results in order, whatever happens to one of them."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from rasid.errors import LexiconError, WorkerError
from rasid.scale.workers import in_order

ROOT = Path(__file__).parents[2]
DEADLY = 13
# Prints the ids of its processes, then works without end.
ENDLESS = """
import itertools, os, time
from rasid.scale.workers import in_order
from tests.scale.test_workers import pids

if __name__ == "__main__":
    for pid in in_order(([n] for n in itertools.count()), pids, jobs=2, lost=int):
        print(pid, flush=True)
"""


def doubling() -> Callable[[Sequence[int]], list[int]]:
    return lambda items: [2 * item for item in items]


def slow_at_first() -> Callable[[Sequence[int]], list[int]]:
    def work(items: Sequence[int]) -> list[int]:
        time.sleep(0.2 if 0 in items else 0)
        return list(items)

    return work


def deadly() -> Callable[[Sequence[int]], list[int]]:
    def work(items: Sequence[int]) -> list[int]:
        if DEADLY in items:
            os.kill(os.getpid(), signal.SIGKILL)
        return [2 * item for item in items]

    return work


def pids() -> Callable[[Sequence[int]], list[int]]:
    return lambda items: [os.getpid() for _ in items]


def dying() -> Callable[[Sequence[int]], list[int]]:
    os._exit(3)


def untabled() -> Callable[[Sequence[int]], list[int]]:
    raise LexiconError("own.tsv", 2, "type", "no such type")


def batches(count: int, size: int = 3) -> Iterator[list[int]]:
    numbers = iter(range(count))
    while batch := list(itertools.islice(numbers, size)):
        yield batch


def test_results_come_in_the_order_of_the_items() -> None:
    assert list(in_order(batches(20), slow_at_first, jobs=2, lost=int)) == list(range(20))
    assert list(in_order(batches(1), doubling, jobs=2, lost=int)) == [0]
    assert list(in_order(batches(0), doubling, jobs=2, lost=int)) == []


def test_an_item_that_kills_its_process_costs_nothing_else() -> None:
    found = list(in_order(batches(20), deadly, jobs=2, lost=lambda item: -item))
    assert found == [-DEADLY if item == DEADLY else 2 * item for item in range(20)]


def test_processes_end_when_results_are_no_longer_wanted() -> None:
    found = in_order(batches(1000), doubling, jobs=2, lost=int)
    assert next(found) == 0
    assert multiprocessing.active_children()
    found.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_no_more_is_read_than_is_worked_on() -> None:
    read = 0

    def counted() -> Iterator[list[int]]:
        nonlocal read
        for batch in batches(1000, 1):
            read += 1
            yield batch

    found = in_order(counted(), doubling, jobs=2, lost=int)
    taken = [next(found) for _ in range(50)]
    assert read <= len(taken) + 4
    found.close()  # type: ignore[attr-defined]


def test_a_process_that_cannot_begin_ends_the_run() -> None:
    with pytest.raises(WorkerError, match="exit status 3"):
        list(in_order(batches(20), dying, jobs=2, lost=int))
    assert not multiprocessing.active_children()


def test_what_cannot_be_loaded_is_told() -> None:
    with pytest.raises(WorkerError, match=r"own\.tsv, line 2"):
        list(in_order(batches(20), untabled, jobs=2, lost=int))


def test_ctrl_c_ends_all_processes(tmp_path: Path) -> None:
    script = tmp_path / "endless.py"
    script.write_text(ENDLESS, encoding="utf-8")
    known = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT)))}
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=known, start_new_session=True
    ) as process:
        assert process.stdout is not None
        seen = {int(process.stdout.readline()) for _ in range(50)}
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=20)
    assert process.returncode != 0
    assert seen
    for pid in seen:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
