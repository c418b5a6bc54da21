"""A store that a Ray cluster coded for is the store that one process makes."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from rasid import read, store
from rasid.demo import NEWS
from rasid.records import Article, Rejected
from rasid.scale.coding import Setup
from rasid.store.coding import Coder, Here, Outcome, Wait, ready
from tests import made
from tests.store import news

ARTICLES = [article for article in read.articles([str(NEWS)]) if isinstance(article, Article)][:6]


class Ahead:
    """Codes in this process, three batches ahead of what is waited for."""

    ahead = 3

    def __init__(self) -> None:
        self.begun = 0

    def begin(self, articles: Sequence[Article]) -> Wait:
        self.begun += 1
        done = ready(articles)
        return lambda: done


def ingested(path: Path, coder: Coder, *lots: Sequence[Article | Rejected]) -> store.Summary:
    with store.open(path) as opened:
        for items in lots:
            told = store.ingest(opened, items, command="test", coder=coder)
    return told


@pytest.mark.usefixtures("hand_coded")
def test_batches_may_be_begun_ahead(tmp_path: Path) -> None:
    items: list[Article | Rejected] = [Article(f"a{at}", made.TITLE, made.BODY) for at in range(200)]
    changed = Article("a3", made.TITLE, f"{made.BODY} وانتهى.", url="https://fajr.example/a3")
    items += [Rejected("gone", "missing", "no such file", "gone.txt"), changed, items[4]]
    ahead = Ahead()
    ingested(tmp_path / "ahead.duckdb", ahead, items)
    ingested(tmp_path / "here.duckdb", Here(), items)
    assert ahead.begun > ahead.ahead
    assert news.contents(tmp_path / "ahead.duckdb") == news.contents(tmp_path / "here.duckdb")
    assert store.check(tmp_path / "ahead.duckdb") == ()


@pytest.mark.usefixtures("hand_coded")
def test_an_article_that_cannot_be_coded_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = made.code

    def failing(articles: Sequence[Article], **more: object) -> object:
        if any(article.id == "bad" for article in articles):
            raise ZeroDivisionError
        return whole(articles)

    monkeypatch.setattr("rasid.pipeline.code", failing)
    told = ingested(tmp_path / "news.duckdb", Here(), [made.ARTICLE, Article("bad", made.TITLE, made.BODY)])
    assert [(reason.code, reason.inputs) for reason in told.rejected] == [("crashed", 1)]
    assert told.coded == 1


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """One Ray for all tests of this file."""
    pytest.importorskip("ray", reason="extra scale")
    from rasid.scale.cluster import connected

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        with connected(None):
            yield


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_the_cluster_makes_the_same_store(tmp_path: Path) -> None:
    from rasid.scale.lending import Helpers

    ingested(tmp_path / "ray.duckdb", Helpers(Setup(), 1), ARTICLES[:4], ARTICLES)
    ingested(tmp_path / "here.duckdb", Here(), ARTICLES[:4], ARTICLES)
    there = news.contents(tmp_path / "ray.duckdb")
    assert there["reports"]
    assert there == news.contents(tmp_path / "here.duckdb")


@pytest.mark.slow
@pytest.mark.usefixtures("cluster")
def test_an_article_that_kills_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from rasid.scale import lending

    class Mortal:
        """An actor that one article kills."""

        def __init__(self, setup: Setup) -> None:
            self.setup = setup

        def code(self, articles: Sequence[Article]) -> list[Outcome]:
            if any(article.id == "deadly" for article in articles):
                os._exit(1)
            return [Rejected(article.id, "seen", "came through", article.id) for article in articles]

    monkeypatch.setattr(lending, "Helper", Mortal)
    coder = lending.Helpers(Setup(), 1)
    names = ("one", "deadly", "two")
    waits = [
        coder.begin([Article(name, None, made.BODY) for name in names]),
        coder.begin([Article("three", None, "x")]),
    ]
    found = [outcome for wait in waits for outcome in wait()]
    assert [(outcome.id, outcome.code) for outcome in found if isinstance(outcome, Rejected)] == [
        ("one", "seen"),
        ("deadly", "crashed"),
        ("two", "seen"),
        ("three", "seen"),
    ]


def test_several_code_for_a_store_only_on_ray(tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from rasid.cli import app

    told = CliRunner().invoke(app, ["ingest", str(NEWS), "--store", str(tmp_path / "news.duckdb"), "--jobs", "4"])
    assert told.exit_code == 2
    assert "add --engine ray" in told.output
