"""A merged data set is asked, exported and served as the store of the same articles, for reading only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from rasid import cli_opening, store
from rasid.errors import OutputError, QueryError, StoreError
from rasid.export.stored import stored
from rasid.read import linked
from rasid.records import Article
from rasid.scale import engines, labour
from rasid.scale.dataset import Target
from rasid.scale.merging import MANIFEST, merge_set
from rasid.scale.opening import dataset
from rasid.scale.run import build
from rasid.serve.app import create
from rasid.serve.settings import Settings
from rasid.store import Store, queries
from rasid.store.filters import Filters
from tests.store import news

FILTERS = (
    Filters(),
    Filters(types=("ASSAULT",), countries=("SYR",)),
    Filters(text="الجيش"),
    Filters(text='"بلدة النور"'),
    Filters(actor="TUNMIL", minimum_sources=2),
    Filters(place="المرسى", publisher="الرواق"),
)
HERE = "http://127.0.0.1:8642"
PAGES = "/ /events /events?q=الجيش /timeline /network /map /places /actors /sources /review /articles/a-3".split()


@pytest.fixture
def folder(tmp_path: Path, stand_in: None, planned: list[Article]) -> Path:
    """A data set, merged in parts."""
    address = str(tmp_path / "set")
    build(linked([*news.news(40), *planned]), Target(address), engines.local, size=16)
    merge_set(address, labour.local, size=30)
    return tmp_path / "set"


@pytest.fixture
def merged(folder: Path) -> Iterator[Store]:
    with cli_opening.opened(folder) as found:
        yield found


@pytest.fixture
def kept(tmp_path: Path, stand_in: None, planned: list[Article]) -> Iterator[Store]:
    """The store of the same articles."""
    with store.open(tmp_path / "news.duckdb") as opened:
        store.ingest(opened, [*news.news(40), *planned], command="test")
    with store.open(tmp_path / "news.duckdb", read_only=True) as found:
        yield found


def test_queries_answer_as_on_a_store(merged: Store, kept: Store) -> None:
    for filters in FILTERS:
        found = queries.events(merged, filters)
        assert found.equals(queries.events(kept, filters)), filters
        assert queries.count(merged, filters) == queries.count(kept, filters) == found.num_rows
        for field in ("type", "actor", "publisher", "month"):
            assert queries.facets(merged, filters, field).equals(queries.facets(kept, filters, field))
        days = [queries.aggregate(one, filters, ("day", "dyad")) for one in (merged, kept)]
        assert days[0].equals(days[1])
    assert queries.count(merged, Filters(text="الجيش")) > 0


def test_an_event_is_shown_with_its_reports(merged: Store, kept: Store) -> None:
    name = queries.events(kept, Filters(), limit=1).column("id")[0].as_py()
    assert queries.event(merged, name).equals(queries.event(kept, name))
    dropped = ["run"]
    assert queries.reports(merged, name).drop_columns(dropped).equals(queries.reports(kept, name).drop_columns(dropped))
    article, other = (queries.article(one, "a-3").to_pylist()[0] for one in (merged, kept))
    own = {"run", "ingested", "number", "source"}
    assert {cell: value for cell, value in article.items() if cell not in own} == {
        cell: value for cell, value in other.items() if cell not in own
    }


def test_events_are_exported_as_from_a_store(merged: Store, kept: Store) -> None:
    found, there = (list(stored(one, Filters(), order="date", limit=None)) for one in (merged, kept))
    assert found
    assert [item.record for item in found] == [item.record for item in there]


def test_tables_have_the_columns_and_types_of_a_store(merged: Store, kept: Store) -> None:
    names = [name for (name,) in kept.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
    for name in names:
        columns = [
            [(column, kind) for column, kind, *_ in one.connection.execute(f"DESCRIBE {name}").fetchall()]
            for one in (merged, kept)
        ]
        assert columns[0] == columns[1], name


def test_own_queries_read_the_data_set_and_nothing_else(merged: Store, tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(QueryError, match="Cannot access file"):
        queries.select(merged, f"SELECT * FROM read_csv('{other}')")
    with pytest.raises(QueryError, match="only one SELECT"):
        queries.select(merged, "DROP VIEW events")
    assert queries.select(merged, "SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 43}]


def test_the_desk_shows_it_and_takes_no_corrections(merged: Store, kept: Store) -> None:
    desks = [TestClient(create(one, Settings(read_only=True)), base_url=HERE) for one in (merged, kept)]
    for page in PAGES:
        answers = [desk.get(page) for desk in desks]
        assert [answer.status_code for answer in answers] == [200, 200], page
    name = queries.events(kept, Filters(), limit=1).column("id")[0].as_py()
    line = queries.event(kept, name).column("line_en")[0].as_py()
    assert line in desks[0].get(f"/events/{name}").text
    assert desks[0].get("/v1/events").json() == desks[1].get("/v1/events").json()
    assert desks[0].post("/judge").status_code == 403


def test_a_data_set_is_not_written(folder: Path) -> None:
    with pytest.raises(StoreError, match="judgements need a store"):
        cli_opening.opened(folder, read_only=False)
    with dataset(str(folder)) as found, pytest.raises(StoreError):
        store.judge(found, store.Judgement("Mona", store.What.REJECT, "a-3:1", why="a drill"))


def test_what_is_not_merged_as_it_is_now_is_not_opened(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no whole data set"):
        cli_opening.opened(tmp_path)
    build(linked(news.news(41)), Target(str(folder)), engines.local, size=16)
    with pytest.raises(StoreError, match=r"holds other articles .* rasid merge"):
        cli_opening.opened(folder)
    (folder / MANIFEST).unlink()
    with pytest.raises(StoreError, match="not merged yet"):
        cli_opening.opened(folder)


def test_a_file_that_is_gone_is_told_of(folder: Path) -> None:
    next((folder / "merged" / "events").rglob("*.parquet")).unlink()
    with pytest.raises(OutputError, match=r"cannot be read .*merge it again"):
        cli_opening.opened(folder)


def test_it_may_lie_on_any_file_system(stand_in: None) -> None:
    build(linked(news.news(20)), Target("memory://news/merged-set"), engines.local, size=16)
    merge_set("memory://news/merged-set", labour.local, size=20)
    with cli_opening.opened(Path("memory://news/merged-set")) as found:
        assert queries.count(found, Filters(text="الجيش")) > 0
        assert queries.select(found, "SELECT count(*) AS n FROM articles").to_pylist() == [{"n": 20}]


def test_articles_of_one_id_are_told_apart(tmp_path: Path, stand_in: None) -> None:
    other = Article("a-1", "عنوان آخر", f"{news.sentence(3)} ولا شيء غيره هنا", publisher="الرواق", published=news.DAY)
    build([news.article(1), news.article(2), news.article(2), other], Target(str(tmp_path)), engines.local)
    merge_set(str(tmp_path), labour.local)
    with cli_opening.opened(tmp_path) as found:
        ids = [row["id"] for row in queries.select(found, "SELECT id FROM articles ORDER BY number").to_pylist()]
    assert ids[:2] == ["a-1", "a-2"]
    assert len(ids) == 3
    assert ids[2].startswith("a-1-")
