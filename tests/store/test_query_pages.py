"""Pages, counts, aggregates, facets, single rows and own SQL."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid import store
from rasid.errors import QueryError
from rasid.store import Store, queries
from rasid.store.filters import Filters
from tests.store import news, query_news


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with query_news.opened(tmp_path_factory.mktemp("asked")) as found:
        yield found


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("many") / "news.duckdb"
    with query_news.coded_by_the_stand_in(), store.open(path) as filling:
        store.ingest(filling, news.news(20), command="test")
        again = 'SELECT events.* REPLACE (id || n AS id, "first" + n::INTEGER AS "first", n % 4 AS sources,'
        again += " n % 3 AS killed_low, NULL AS killed_high)"
        filling.connection.execute(f"INSERT INTO events {again} FROM events, range(20) AS r(n)")
        filling.connection.execute('UPDATE events SET "first" = NULL, "last" = NULL WHERE type = \'REJECT\'')
    with store.open(path, read_only=True) as found:
        yield found


@pytest.mark.parametrize("order", queries.ORDERS)
def test_pages_hold_every_event_once_in_order(many: Store, order: str) -> None:
    whole = queries.events(many, Filters(), order=order)["id"].to_pylist()
    paged: list[str] = []
    after = None
    while (page := queries.events(many, Filters(), order=order, limit=7, after=after)).num_rows:
        paged += page["id"].to_pylist()
        after = queries.cursor(page, order=order)
    assert len(whole) > 21
    assert paged == whole
    assert len(set(paged)) == queries.count(many, Filters())


def test_undated_events_come_last(many: Store) -> None:
    days = queries.events(many, Filters())["first"].to_pylist()
    undated = days.count(None)
    assert 0 < undated < len(days)
    assert days[-undated:] == [None] * undated
    assert days[:-undated] == sorted(days[:-undated], reverse=True)


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ("order: 'size' is unknown; allowed are date", {"order": "size"}),
        ("limit: 0 must be a whole number", {"limit": 0}),
        ("after: 'xyz' is no cursor", {"after": "xyz"}),
    ],
)
def test_pages_that_cannot_be_given(opened: Store, message: str, told: dict[str, object]) -> None:
    with pytest.raises(QueryError, match=message):
        queries.events(opened, Filters(), **told)  # type: ignore[arg-type]


def test_a_cursor_of_another_order_is_refused(opened: Store) -> None:
    after = queries.cursor(queries.events(opened, Filters(), limit=1))
    with pytest.raises(QueryError, match="the cursor is of the order 'date', but 'sources' is asked for"):
        queries.events(opened, Filters(), order="sources", after=after)


def test_an_empty_page_has_no_cursor(opened: Store) -> None:
    assert queries.cursor(queries.events(opened, Filters(text="غرناطة"))) is None


def test_events_carry_their_parties(opened: Store) -> None:
    (raid,) = queries.events(opened, Filters(types=("ASSAULT",))).to_pylist()
    assert (raid["actors"], raid["recipients"]) == (["SYRMIL"], ["IRQCVL"])
    assert (raid["actor_names"], raid["recipient_names"]) == (["SYR army"], ["مدنيون"])


def test_dyads_by_week(opened: Store) -> None:
    found = queries.aggregate(opened, Filters(since=datetime.date(2031, 6, 1)), ("dyad", "week")).to_pylist()
    told = [(row["actor"], row["recipient"], row["week"], row["events"], row["conflict"]) for row in found]
    assert told == [
        ("EGY", "---", datetime.date(2031, 7, 14), 1, 1),
        ("IRQ", "---", datetime.date(2031, 6, 30), 1, 0),
        ("SYR", "IRQ", datetime.date(2031, 6, 30), 1, 1),
    ]
    scores = queries.events(opened, Filters(since=datetime.date(2031, 6, 1)))["score"].to_pylist()
    assert sorted(row["mean_score"] for row in found) == sorted(scores)


def test_numbers_add_up(many: Store) -> None:
    for by in (("type",), ("month", "type"), ("country",), ("quad", "status")):
        found = queries.aggregate(many, Filters(), by)
        assert sum(found["events"].to_pylist()) == queries.count(many, Filters())


def test_two_actors_of_one_country_are_one_event_of_it(path: Path) -> None:
    query_news.fill(path)
    with store.open(path) as opened:
        raid = "(SELECT id FROM events WHERE type = 'ASSAULT')"
        opened.connection.execute(
            f"INSERT INTO event_parties SELECT {raid}, 'actor', 'SYRGOV', 'SYR', ['GOV'], NULL, 'الحكومة', NULL"
        )
    with store.open(path, read_only=True) as opened:
        found = queries.aggregate(opened, Filters(types=("ASSAULT",)), ("dyad",)).to_pylist()
        assert [(row["actor"], row["events"]) for row in found] == [("SYR", 1)]


def test_groups_that_are_unknown(opened: Store) -> None:
    with pytest.raises(QueryError, match="by: 'mood' is unknown; allowed are day, week"):
        queries.aggregate(opened, Filters(), ("mood",))
    with pytest.raises(QueryError, match=r"by: .* must name one or more"):
        queries.aggregate(opened, Filters(), ())


@pytest.mark.parametrize("field", ["type", "country", "publisher", "actor", "actor_country", "month", "quad"])
def test_facets_count_the_events_asked_for(opened: Store, field: str) -> None:
    found = queries.facets(opened, Filters(), field).to_pylist()
    assert found == sorted(found, key=lambda row: (-row["events"], row["value"]))
    assert sum(row["events"] for row in found) >= 3
    few = queries.facets(opened, Filters(types=("ASSAULT",)), field).to_pylist()
    assert [row["events"] for row in few] == [1]


def test_facets_of_what_is_no_field(opened: Store) -> None:
    with pytest.raises(QueryError, match="field: 'mood' is unknown"):
        queries.facets(opened, Filters(), "mood")


def test_an_event_with_its_reports(opened: Store) -> None:
    (raid,) = queries.events(opened, Filters(types=("ASSAULT",)))["id"].to_pylist()
    assert queries.event(opened, raid)["type"].to_pylist() == ["ASSAULT"]
    (told,) = queries.reports(opened, raid).to_pylist()
    assert told["sentence"].startswith("قصف الجيش السوري")
    assert told["parties"][0]["code"] == "SYRMIL"
    assert told["attributions"][0]["text"] == "وكالة الفجر"
    assert told["publisher"] == "الضفاف"
    assert queries.article(opened, "raid")["title"].to_pylist() == ["خبر raid"]


def test_what_is_not_there_is_named(opened: Store) -> None:
    with pytest.raises(QueryError, match="event 'x' is not in the store"):
        queries.event(opened, "x")
    with pytest.raises(QueryError, match="article 'x' is not in the store"):
        queries.article(opened, "x")


@pytest.mark.parametrize(
    "sql", ["SELECT count(*) AS n FROM events", "WITH e AS (FROM events) SELECT count(*) AS n FROM e"]
)
def test_own_sql(opened: Store, sql: str) -> None:
    assert queries.select(opened, sql)["n"].to_pylist() == [4]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM events",
        "SELECT 1; DROP TABLE events",
        "COPY events TO 'out.csv'",
        "ATTACH 'other.duckdb'",
        "SET threads = 1",
        "SELECT * FROM read_csv('/etc/hostname')",
        "INSTALL fts",
        "SELECT nothing FROM nowhere",
        "no sql at all",
    ],
)
def test_own_sql_only_reads_and_only_the_store(opened: Store, sql: str) -> None:
    with pytest.raises(QueryError):
        queries.select(opened, sql)
    assert queries.count(opened, Filters()) == 4


def test_own_sql_wants_a_store_opened_for_reading(path: Path) -> None:
    with store.open(query_news.fill(path)) as opened, pytest.raises(QueryError, match="read_only=True"):
        queries.select(opened, "SELECT 1")


def test_tables_become_data_frames(opened: Store) -> None:
    found = queries.events(opened, Filters())
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    assert len(found.to_pandas()) == len(polars.from_arrow(found)) == 4
    assert {pandas.__name__, polars.__name__} <= set(sys.modules)
