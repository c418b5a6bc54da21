"""Processes that work on batches; results come back in order, and a process that dies costs one item at most."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Generic, TypeVar

from rasid.errors import RasidError, WorkerError

In = TypeVar("In")
Out = TypeVar("Out")
Work = Callable[[Sequence[In]], list[Out]]

# Batches read ahead for each process: one in work, one waiting. What is done out of order is held back among them.
_AHEAD = 2
_PATIENCE = 5.0  # seconds for a process to end by itself


@dataclass(frozen=True, slots=True)
class _Ready:
    """A process has loaded what it needs."""


@dataclass(frozen=True, slots=True)
class _Failed:
    """Work cannot go on in any process: tables or models cannot be loaded."""

    reason: str


@dataclass(slots=True, eq=False)
class _Batch(Generic[In, Out]):
    """A batch on its way: parts that still have to be worked on, and results so far."""

    parts: deque[Sequence[In]]
    results: list[Out] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class _Worker(Generic[In, Out]):
    """A process, the pipe to it, and the batch it works on."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    batch: _Batch[In, Out] | None = None


def in_order(
    batches: Iterator[Sequence[In]], start: Callable[[], Work[In, Out]], *, jobs: int, lost: Callable[[In], Out]
) -> Iterator[Out]:
    """The results of all batches, item by item, in order.

    Each of ``jobs`` processes calls ``start`` once and then what it gave for each batch. When a process dies, another
    takes its place and works on the items of the batch one at a time; for the item that kills again, ``lost`` gives
    the result. At most two batches for each process are held in memory.
    Raises WorkerError when processes die before they have begun, or when ``start`` or the work raises a RasidError.
    """
    pool = _Pool(start, jobs=jobs, lost=lost)
    with contextlib.closing(pool):
        window: deque[_Batch[In, Out]] = deque()
        while True:
            while len(window) < _AHEAD * jobs and (items := next(batches, None)) is not None:
                window.append(_Batch(deque([items])))
                pool.take(window[-1])
            if not window:
                return
            while window and not window[0].parts:
                yield from window.popleft().results
            if window:
                pool.go_on()


class _Pool(Generic[In, Out]):
    def __init__(self, start: Callable[[], Work[In, Out]], *, jobs: int, lost: Callable[[In], Out]) -> None:
        self._start = start
        self._lost = lost
        # A forked copy of a process with threads (ONNX Runtime, Arrow) may hang; a new one does not.
        self._context = multiprocessing.get_context("spawn")
        self._waiting: deque[_Batch[In, Out]] = deque()
        self._workers: list[_Worker[In, Out]] = []
        self._jobs = jobs

    def take(self, batch: _Batch[In, Out]) -> None:
        """Work on the batch when its turn comes; a process is started for it where there may be one more."""
        self._waiting.append(batch)
        if len(self._workers) < self._jobs:
            self._workers.append(self._new())
        self._hand_out()

    def go_on(self) -> None:
        """Wait until a process has something to tell, and hand out what waits."""
        told = wait([worker.pipe for worker in self._workers])
        for worker in [worker for worker in self._workers if worker.pipe in told]:
            try:
                message = worker.pipe.recv()
            except (EOFError, OSError):
                self._replace(worker)
            else:
                self._hear(worker, message)
        self._hand_out()

    def close(self) -> None:
        """End all processes, whatever they do."""
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self._workers.clear()

    def _new(self) -> _Worker[In, Out]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._start), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)

    def _hand_out(self) -> None:
        for worker in self._workers:
            if worker.ready and worker.batch is None and self._waiting:
                worker.batch = self._waiting.popleft()
                self._send(worker)

    def _send(self, worker: _Worker[In, Out]) -> None:
        if worker.batch is None:
            return
        with contextlib.suppress(OSError):  # it has died; reading from it will tell
            worker.pipe.send(worker.batch.parts[0])

    def _hear(self, worker: _Worker[In, Out], message: object) -> None:
        if isinstance(message, _Failed):
            raise WorkerError(message.reason)
        if isinstance(message, _Ready):
            worker.ready = True
        elif worker.batch is not None and isinstance(message, list):
            worker.batch.results += message
            worker.batch.parts.popleft()
            if worker.batch.parts:
                self._send(worker)
            else:
                worker.batch = None

    def _replace(self, dead: _Worker[In, Out]) -> None:
        """Another process for one that died; its batch goes on, item by item, without the one that killed it."""
        dead.process.join()
        dead.pipe.close()
        if not dead.ready:
            raise WorkerError(
                f"a process ended before it could begin (exit status {dead.process.exitcode}); "
                "a program that uses rasid.scale starts it under if __name__ == '__main__', or take --jobs 1"
            )
        batch = dead.batch
        self._workers[self._workers.index(dead)] = self._new()
        if batch is None:
            return
        items = batch.parts.popleft()
        if len(items) > 1:
            batch.parts.extendleft([item] for item in reversed(items))
        else:
            batch.results += map(self._lost, items)
        if batch.parts:
            self._waiting.appendleft(batch)


def _serve(pipe: Connection, start: Callable[[], Work[In, Out]]) -> None:
    """The life of a process: load, then work on what comes until the other side has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the first process ends the others
    try:
        work = start()
        pipe.send(_Ready())
        while True:
            pipe.send(work(pipe.recv()))
    except RasidError as error:
        pipe.send(_Failed(str(error)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
