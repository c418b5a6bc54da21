"""Stores for the tests: made by the stand-in coder."""

from pathlib import Path

import pytest

from rasid import store
from tests.store import coder, news


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are coded by the stand-in."""
    monkeypatch.setattr("rasid.pipeline.code", coder.code)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


@pytest.fixture
def filled(path: Path) -> Path:
    """A store of some articles, closed."""
    with store.open(path) as opened:
        store.ingest(opened, news.news(40), command="test")
    return path
