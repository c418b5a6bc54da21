"""Stores for the tests: made by the stand-in coder."""

import shutil
from pathlib import Path

import pytest

from rasid import store
from tests.store import coder, news


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are coded by the stand-in."""
    monkeypatch.setattr("rasid.pipeline.code", coder.code)


@pytest.fixture(scope="session")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of forty articles, made once; tests get copies."""
    path = tmp_path_factory.mktemp("forty") / "news.duckdb"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rasid.pipeline.code", coder.code)
        with store.open(path) as opened:
            store.ingest(opened, news.news(40), command="test")
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.duckdb"


@pytest.fixture
def filled(path: Path, forty: Path) -> Path:
    """A store of forty articles, closed."""
    shutil.copyfile(forty, path)
    return path
