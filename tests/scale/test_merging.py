"""A data set that is merged part by part has the events that one process makes."""

from __future__ import annotations

import dataclasses
import datetime
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from rasid import merge, read, store
from rasid.demo import NEWS
from rasid.errors import OutputError, WorkerError
from rasid.merge.blocking import pairs
from rasid.merge.clustering import EDGE, Scores
from rasid.merge.naming import order
from rasid.merge.profile import profile
from rasid.read import linked
from rasid.records import Article, Rejected
from rasid.scale import engines, labour, tables
from rasid.scale.area import Area, Done
from rasid.scale.dataset import Target
from rasid.scale.merging import MANIFEST, Merged, Now, merge_set
from rasid.scale.parts import lots
from rasid.scale.run import build
from rasid.scale.settling import settled
from rasid.scale.steps import Settled, Task
from tests.store import news

TABLES = (*tables.OF_EVENTS, *tables.OF_ARTICLES, *tables.OF_ALL)
_OWN = {"reports": "* EXCLUDE (run)", "search": "word, sentence"}  # data sets number runs and articles in their way


def coded(folder: Path, items: Sequence[Article | Rejected], *, size: int = 16) -> str:
    build(linked(items), Target(str(folder)), engines.local, size=size)
    return str(folder)


def of_set(address: str, made: Merged, table: str, columns: str | None = None) -> list[str]:
    files = Area(address).quoted([path for path in made.files if path.startswith(f"merged/{table}/")])
    sql = f"SELECT {columns or _OWN.get(table, '*')} FROM read_parquet({files}, hive_partitioning = false)"
    return sorted(map(repr, duckdb.connect().execute(sql).fetchall()))


def of_store(path: Path, table: str, columns: str | None = None) -> list[str]:
    with store.open(path, read_only=True) as opened:
        found = opened.connection.execute(f"SELECT {columns or _OWN.get(table, '*')} FROM {table}").fetchall()
    return sorted(map(repr, found))


def ingested(path: Path, items: Sequence[Article | Rejected]) -> Path:
    with store.open(path) as opened:
        store.ingest(opened, items, command="test")
    return path


@pytest.mark.usefixtures("stand_in")
@pytest.mark.parametrize("size", [7, 40, 10_000])
def test_the_tables_are_those_of_a_store(tmp_path: Path, planned: list[Article], size: int) -> None:
    items = [*news.news(50), *planned]
    address = coded(tmp_path / "set", items)
    made = merge_set(address, labour.local, size=size)
    kept = ingested(tmp_path / "news.duckdb", items)
    for table in TABLES:
        assert of_set(address, made, table) == of_store(kept, table), table
    assert made.links == 1
    assert (made.reports, made.events) == (len(of_store(kept, "reports")), len(of_store(kept, "events")))


@pytest.mark.usefixtures("stand_in")
def test_files_are_parted_by_month_and_nothing_else_is_left(tmp_path: Path) -> None:
    made = merge_set(coded(tmp_path / "set", news.news(20)), labour.local, size=10)
    found = {str(path.relative_to(tmp_path / "set")) for path in (tmp_path / "set" / "merged").rglob("*.*")}
    assert found == {*made.files, MANIFEST}
    assert all(
        f"/{table}/month=2031-07/" in path for table in tables.OF_EVENTS for path in found if f"/{table}/" in path
    )


class Killed(Exception):
    """What ends a run in these tests."""


def killed_after(count: int, seen: list[str]) -> Any:
    """Does ``count`` tasks of each step but the first, then ends the run."""

    def engine(address: str, tasks: Sequence[Task]) -> Iterator[Done]:
        for at, done in enumerate(labour.local(address, tasks)):
            if at == count and tasks[0].step != "articles":
                raise Killed
            seen.append(done.task)
            yield done

    return engine


@pytest.mark.usefixtures("stand_in")
def test_a_run_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    items = news.news(40)
    address, seen = coded(tmp_path / "set", items), list[str]()
    for _ in range(20):
        try:
            made = merge_set(address, killed_after(1, seen), size=20)
        except Killed:
            continue
        break
    assert len(seen) == len(set(seen)) > 10
    whole = coded(tmp_path / "whole", items)
    assert made.files == merge_set(whole, labour.local, size=20).files
    for path in made.files:
        assert (tmp_path / "set" / path).read_bytes() == (tmp_path / "whole" / path).read_bytes()


@pytest.mark.usefixtures("stand_in")
def test_what_is_merged_is_not_merged_again(tmp_path: Path) -> None:
    address, told = coded(tmp_path / "set", news.news(10)), list[Now]()
    first = merge_set(address, labour.local)
    coded(tmp_path / "set", news.news(10))
    assert merge_set(address, labour.local, told=told.append) == first
    assert all((tmp_path / "set" / path).exists() for path in first.files)
    assert told == []
    coded(tmp_path / "set", news.news(12))
    again = merge_set(address, labour.local, told=told.append)
    assert again.run != first.run
    assert again.articles > first.articles
    assert not list((tmp_path / "set" / "merged").rglob(f"{first.run}*"))


def test_what_is_not_whole_is_not_merged(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no whole data set"):
        merge_set(str(tmp_path), labour.local)


@pytest.mark.usefixtures("stand_in")
def test_articles_of_one_id_are_settled_as_in_a_store(tmp_path: Path) -> None:
    first, second = news.article(1), news.article(2)
    version = dataclasses.replace(first, body=f"{first.body} {news.sentence(9)}")
    other = Article("a-1", "عنوان آخر", f"{news.sentence(3)} ولا شيء غيره هنا", publisher="الرواق", published=news.DAY)
    items = [first, second, second, other, version, first]
    address = coded(tmp_path / "set", items, size=2)
    paths = [file.path for block in Target(address).blocks() for file in block.files if "articles/" in file.path]
    found = settled(Area(address), paths)
    assert Settled(2, None) in found
    assert sum(item.id is not None for item in found) == 1
    kept = ingested(tmp_path / "news.duckdb", items)
    made = merge_set(address, labour.local)  # the stand-in puts the article's first id into those of events
    assert of_set(address, made, "reports", "article, trigger_start") == of_store(
        kept, "reports", "article, trigger_start"
    )


def test_lots_hold_what_is_connected() -> None:
    found = list(lots(range(10), [(0, 9), (9, 5), (3, 2)], size=3))
    assert found == [[0, 5, 9], [1, 2, 3], [4, 6, 7], [8]]
    assert list(lots([], [], size=3)) == []


@pytest.mark.usefixtures("stand_in")
def test_parts_joined_along_edges_are_joined_as_all_together() -> None:
    told = [item for number in range(30) for item in news_told(number)]
    ordered = sorted(told, key=order)
    profiles = [profile(item) for item in ordered]
    scores = Scores(profiles)
    edges = [(a, b) for a, b in pairs(profiles) if scores.of(a, b) > EDGE]
    corefs = [(ordered.index(a), ordered.index(b)) for a in told for b in told if a.article == b.article and a is not b]
    parts = list(lots(range(len(ordered)), [*edges, *corefs], size=1))
    found = [
        event
        for part in parts
        for event in merge.join_along(
            [ordered[at] for at in part], [(ordered[a].id, ordered[b].id) for a, b in edges if a in part]
        )
    ]
    assert tuple(sorted(found, key=lambda event: event.id)) == merge.join(told)


def news_told(number: int) -> Sequence[merge.Told]:
    day = news.DAY + datetime.timedelta(days=4 * (number % 3))
    shared = frozenset({"انفجار", f"بلدة{number % 5}"})
    return [
        merge.Told(f"a{number}:{at}", f"a{number}", f"p{number % 4}", day, type="ASSAULT", words=shared)
        for at in (1, 2)
    ]


def test_a_process_that_dies_is_told_of() -> None:
    with pytest.raises(WorkerError, match="smaller parts"):
        labour._lost(Task("pairs", "pairs-000001", "run", "folder", ()))


@pytest.mark.slow
def test_the_command_merges_as_a_store_does(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rasid.cli"]
    address = str(tmp_path / "set")
    subprocess.run([*command, "code", str(NEWS), "--engine", "local", "--block", "9", "-o", address], check=True)
    subprocess.run([*command, "merge", address, "--part", "100", "--jobs", "2"], check=True)
    kept = ingested(tmp_path / "news.duckdb", list(read.articles([str(NEWS)])))
    made = merge_set(address, labour.local)
    for table in TABLES:
        assert of_set(address, made, table) == of_store(kept, table), table


@pytest.mark.slow
@pytest.mark.usefixtures("stand_in")
def test_a_cluster_merges_the_same(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="extra scale")
    from rasid.scale.cluster import connected

    here, there = coded(tmp_path / "here", news.news(30)), coded(tmp_path / "there", news.news(30))
    made = merge_set(here, labour.local, size=20)
    with connected(None):
        assert merge_set(there, labour.OnRay(1), size=20).files == made.files
    for path in made.files:
        assert (tmp_path / "here" / path).read_bytes() == (tmp_path / "there" / path).read_bytes()
