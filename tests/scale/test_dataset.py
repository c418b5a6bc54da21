"""A data set holds every article once, however often the run that makes it is cut off."""

from __future__ import annotations

import datetime
import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow.parquet
import pytest

from rasid import export, scale
from rasid.errors import OutputError
from rasid.records import Article, Rejected
from rasid.scale import engines
from rasid.scale.blocks import Block, blocks
from rasid.scale.coding import Item, Setup
from rasid.scale.dataset import Commit, Target
from rasid.scale.run import Summary, build
from tests import made

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.usefixtures("hand_coded")


def article(number: int, month: int | None = 1) -> Article:
    day = datetime.date(2025, month, 3) if month else None
    return Article(f"a{number}", made.TITLE, made.BODY, publisher="الفجر", published=day)


ITEMS: list[Item] = [
    *(article(number, number % 3 + 1) for number in range(7)),
    Rejected("gone", "missing", "no such file", "gone.txt"),
    *(article(number, None) for number in range(7, 10)),
]


def run(folder: Path, items: list[Item] = ITEMS, engine: engines.Engine = engines.local) -> Summary:
    return build(items, Target(str(folder)), engine, size=4)


def lines_of_one_run(folder: Path) -> list[bytes]:
    path = folder / "lines.jsonl"
    with path.open("wb") as sink:
        writer = export.open_writer("jsonl", sink)
        for outcome in scale.coded(ITEMS):
            if isinstance(outcome, Rejected):
                writer.reject(export.rejected(outcome))
            else:
                writer.write(outcome)
        writer.close()
    return path.read_bytes().splitlines(keepends=True)


def cut_off(blocks: Iterator[Block], target: Target, setup: Setup) -> Iterator[Commit]:
    """An engine that is killed after one block, having written the files of all."""
    yield from list(engines.local(blocks, target, setup))[:1]
    raise KeyboardInterrupt


def backwards(blocks: Iterator[Block], target: Target, setup: Setup) -> Iterator[Commit]:
    """An engine whose blocks are done in the opposite order."""
    yield from reversed(list(engines.local(blocks, target, setup)))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_lines_are_those_of_a_single_run(tmp_path: Path) -> None:
    summary = run(tmp_path / "set")
    assert (summary.blocks, summary.found, summary.coded, summary.rejected) == (3, 0, 10, 1)
    assert list(Target(str(tmp_path / "set")).lines()) == lines_of_one_run(tmp_path)


def test_a_run_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "cut", engine=cut_off)
    with pytest.raises(OutputError, match="no whole data set"):
        Target(str(tmp_path / "cut")).blocks()
    assert run(tmp_path / "cut").found == 1
    run(tmp_path / "whole")
    assert files(tmp_path / "cut") == files(tmp_path / "whole")


def test_the_order_in_which_blocks_are_done_does_not_matter(tmp_path: Path) -> None:
    run(tmp_path / "one")
    run(tmp_path / "other", engine=backwards)
    assert files(tmp_path / "one") == files(tmp_path / "other")


def test_nothing_is_coded_twice(tmp_path: Path) -> None:
    run(tmp_path)
    before = files(tmp_path)
    assert run(tmp_path).found == 3
    assert files(tmp_path) == before


def test_a_manifest_that_was_cut_off_does_not_count(tmp_path: Path) -> None:
    run(tmp_path)
    before = files(tmp_path)
    torn = next(path for path in (tmp_path / "_manifest").iterdir() if path.stem != "done")
    torn.write_bytes(torn.read_bytes()[:40])
    assert run(tmp_path).found == 2
    assert files(tmp_path) == before


def test_blocks_of_an_input_that_has_changed_go(tmp_path: Path) -> None:
    run(tmp_path)
    changed = [*ITEMS[:-1], article(99, 5)]
    assert run(tmp_path, changed).found == 2
    ids = [json.loads(line)["article"]["id"] for line in Target(str(tmp_path)).lines()]
    assert ids == [item.id for item in changed]
    assert len(list(tmp_path.glob("articles/month=undated/*"))) == 2


def test_files_lie_by_month_of_publication_and_are_what_the_manifest_tells(tmp_path: Path) -> None:
    run(tmp_path)
    months = {path.name for path in (tmp_path / "articles").iterdir()}
    assert months == {"month=2025-01", "month=2025-02", "month=2025-03", "month=undated"}
    for commit in Target(str(tmp_path)).blocks():
        for file in commit.files:
            assert pyarrow.parquet.read_metadata(tmp_path / file.path).num_rows == file.rows
    counted = "count(*), count(DISTINCT id), sum(events)"
    found = duckdb.execute(f"SELECT {counted} FROM '{tmp_path}/articles/*/*.parquet'").fetchall()
    assert found == [(11, 11, 20)]
    assert duckdb.execute(f"SELECT count(*) FROM '{tmp_path}/events/*/*.parquet'").fetchall() == [(20,)]


def test_digests_of_blocks_tell_items_and_makers_apart() -> None:
    one = [block.digest for block in blocks(ITEMS, "made", size=4)]
    assert len(set(one)) == 3
    assert [block.digest for block in blocks(ITEMS, "made", size=4)] == one
    assert set(one).isdisjoint(block.digest for block in blocks(ITEMS, "made otherwise", size=4))
    longer = [*ITEMS[:-1], article(9, 1)]
    assert [block.digest for block in blocks(longer, "made", size=4)][:2] == one[:2]


def test_a_data_set_lies_on_any_file_system() -> None:
    target = Target("memory://news/set")
    build(ITEMS, target, engines.local, size=4)
    assert len(list(target.lines())) == len(ITEMS)
    with pytest.raises(OutputError, match="cannot be reached"):
        Target("nowhere://news")


@pytest.mark.slow
def test_several_processes_write_the_same_files(tmp_path: Path) -> None:
    news = [str(ROOT / "src" / "rasid" / "demo" / "news.jsonl"), "--engine", "local", "--block", "5"]
    known = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for jobs in ("1", "2"):
        command = [sys.executable, "-m", "rasid.cli", "code", *news, "--jobs", jobs, "-o", str(tmp_path / jobs)]
        subprocess.run(command, check=True, capture_output=True, env=known)
    assert files(tmp_path / "1") == files(tmp_path / "2")


@pytest.mark.slow
def test_a_ray_cluster_writes_the_same_files(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="extra scale")
    news = [str(ROOT / "src" / "rasid" / "demo" / "news.jsonl"), "--block", "5"]
    known = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}
    for engine in ("local", "ray"):
        command = [sys.executable, "-m", "rasid.cli", "code", *news, "--engine", engine, "-o", str(tmp_path / engine)]
        subprocess.run(command, check=True, capture_output=True, env=known, timeout=600)
    assert files(tmp_path / "local") == files(tmp_path / "ray")


def test_engines_are_told_what_the_run_knows(tmp_path: Path) -> None:
    seen: list[Setup] = []

    def looking(blocks: Iterator[Block], target: Target, setup: Setup) -> Iterator[Commit]:
        seen.append(setup)
        return functools.partial(engines.local, jobs=1)(blocks, target, setup)

    run(tmp_path, engine=looking)
    assert seen == [Setup()]
