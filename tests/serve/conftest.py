"""A desk over a small store, for each test its own copy."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from rasid import store
from rasid.serve.app import create
from rasid.serve.settings import Settings
from tests.serve import news

HERE = "http://127.0.0.1:8642"
MakeDesk = Callable[..., TestClient]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return news.fill(tmp_path_factory.mktemp("desk") / "news.duckdb")


@pytest.fixture(scope="session")
def _copied(filled: Path) -> Path:
    """What tests copy: the shared desk holds the other one open."""
    return Path(shutil.copy(filled, filled.with_name("copied.duckdb")))


@pytest.fixture(scope="session")
def _shared(filled: Path, _copied: Path) -> Iterator[store.Store]:
    with store.open(filled) as opened:
        yield opened


@pytest.fixture(scope="session")
def _app(_shared: store.Store) -> FastAPI:
    return create(_shared, Settings(reviewer="Mona"))


@pytest.fixture
def reading(_app: FastAPI) -> TestClient:
    """A visitor of the shared desk, for tests that change nothing."""
    return TestClient(_app, base_url=HERE)


@pytest.fixture
def path(_copied: Path, tmp_path: Path) -> Path:
    """A store of one's own."""
    return Path(shutil.copy(_copied, tmp_path / "news.duckdb"))


@pytest.fixture
def make_desk(path: Path) -> Iterator[MakeDesk]:
    """Makes a client of a desk with the given settings."""
    opened: list[store.Store] = []

    def make(*, base: str = HERE, **settings: Any) -> TestClient:
        found = store.open(path, read_only=bool(settings.get("read_only")))
        opened.append(found)
        return TestClient(create(found, Settings(reviewer="Mona", **settings)), base_url=base)

    yield make
    for one in opened:
        one.close()


@pytest.fixture
def desk(make_desk: MakeDesk) -> TestClient:
    return make_desk()


def token(client: TestClient, page: str = "/review") -> str:
    """The token of the session's forms."""
    found = re.search(r'name="token" value="([^"]+)"', client.get(page).text)
    assert found
    return found[1]


def send(client: TestClient, page: str = "/review", **fields: Any) -> Any:
    """Send a correction as a page's form does; gives the page that follows."""
    return client.post("/judge", data={"token": token(client, page), "next": "/events", **fields})


def event_id(client: TestClient, kind: str) -> str:
    """The id of the only event of a type."""
    (found,) = client.get("/v1/events", params={"type": kind}).json()["events"]
    return str(found["id"])


def report_id(client: TestClient, kind: str) -> str:
    """The id of the first report of the only event of a type."""
    return str(client.get(f"/v1/events/{event_id(client, kind)}").json()["reports"][0]["id"])
