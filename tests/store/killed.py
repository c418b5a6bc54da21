"""Ingests the made-up news and kills itself at a point: run as a program by test_interrupted.

    killed.py STORE POINT COUNT

POINT is ``append`` (before the COUNTth writing of rows), ``commit`` (right before the COUNTth commit), ``committed``
(right after it), or ``judged`` (right after a judgement was taken).
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import sys
from collections.abc import Callable, Iterator
from typing import Any

import duckdb

from rasid import pipeline, store
from rasid.store import rows
from rasid.store.opening import Store
from tests.store import coder, news


def main(path: str, point: str, count: int) -> None:
    pipeline.code = coder.code
    calls = itertools.count(1)

    def strike(here: str) -> None:
        if here == point and next(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)

    rows.append = _watched(rows.append, strike)
    Store.transaction = _transaction(strike)  # type: ignore[method-assign, assignment]
    with store.open(path) as opened:
        if point == "judged":
            report = opened.connection.execute("SELECT min(id) FROM reports").fetchone()
            store.judge(opened, store.Judgement("Mona", store.What.REJECT, (report or ("",))[0], why="a drill"))
            strike("judged")
        store.ingest(opened, news.news(), command="test")


def _watched(append: Callable[..., None], strike: Callable[[str], None]) -> Callable[..., None]:
    def watched(*arguments: Any) -> None:
        strike("append")
        append(*arguments)

    return watched


def _transaction(strike: Callable[[str], None]) -> Callable[[Store], Any]:
    whole = Store.transaction

    @contextlib.contextmanager
    def transaction(self: Store) -> Iterator[duckdb.DuckDBPyConnection]:
        with whole(self) as connection:
            yield connection
            strike("commit")
        strike("committed")

    return transaction


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
