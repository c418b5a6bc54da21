"""A run killed at any point and started again ends in the same store as one that was left in peace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rasid import store
from tests.store import news

ROOT = Path(__file__).parents[2]
KILLED = Path(__file__).with_name("killed.py")


@pytest.fixture
def undisturbed(tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    path = tmp_path / "whole.duckdb"
    take_up(path)
    return news.contents(path)


def take_up(path: Path) -> None:
    """Ingest the news, or what is left of it."""
    with store.open(path) as opened:
        store.ingest(opened, news.news(), command="test")


def run(path: Path, point: str, count: int) -> int:
    """Exit status of a run that kills itself at a point."""
    folders = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    told = subprocess.run(
        [sys.executable, str(KILLED), str(path), point, str(count)],
        env={**os.environ, "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert told.returncode in (0, -signal.SIGKILL), told.stderr
    return told.returncode


POINTS = [
    ("append", 1),  # in the first batch
    ("append", 22),  # among the last articles, or while events are written
    ("commit", 3),
    ("committed", 2),  # between two batches
    ("committed", 4),  # all articles are there, none is merged
    ("committed", 5),  # merged, words not yet in order
]


@pytest.mark.slow
@pytest.mark.parametrize(("point", "count"), POINTS)
def test_killed_and_started_again(
    path: Path, undisturbed: dict[str, list[tuple[object, ...]]], point: str, count: int
) -> None:
    assert run(path, point, count) == -signal.SIGKILL
    take_up(path)
    found = news.contents(path)
    for table, rows in undisturbed.items():
        assert found[table] == rows, table
    assert store.check(path) == ()


def test_the_kill_leaves_work_undone(path: Path, undisturbed: dict[str, list[tuple[object, ...]]]) -> None:
    """Else the test above would prove nothing."""
    run(path, "committed", 2)
    found = news.contents(path)
    assert 0 < len(found["articles"]) < len(undisturbed["articles"])
    assert found["events"] == []
    assert found["unmerged"]


def test_killed_twice(path: Path, undisturbed: dict[str, list[tuple[object, ...]]]) -> None:
    run(path, "committed", 2)
    run(path, "append", 3)
    take_up(path)
    assert news.contents(path) == undisturbed


def test_a_judgement_survives_the_kill_right_after_it(filled: Path) -> None:
    assert run(filled, "judged", 1) == -signal.SIGKILL
    with store.open(filled, read_only=True) as opened:
        taken = opened.connection.execute("SELECT who, what, target, why FROM judgements").fetchall()
        judged = opened.connection.execute("SELECT id FROM reports WHERE judged = 'reject'").fetchall()
    assert [(who, what, why) for who, what, _, why in taken] == [("Mona", "reject", "a drill")]
    assert judged == [(taken[0][2],)]
    assert store.check(filled) == ()


def counted(path: Path, query: str) -> int:
    with store.open(path, read_only=True) as opened:
        row = opened.connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def test_nothing_is_stored_twice(filled: Path) -> None:
    before = news.contents(filled)
    with store.open(filled) as opened:
        told = store.ingest(opened, news.news(40), command="test")
    assert news.contents(filled) == before
    assert (told.coded, told.skipped, told.merged) == (0, 41, 0)
    assert counted(filled, "SELECT count(*) FROM runs") == 2
