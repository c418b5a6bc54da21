"""``rasid watch`` from the feed to the store."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest
from typer.testing import CliRunner

from rasid import store
from rasid.cli import app
from tests.store import coder
from tests.watch.server import Reply, page, rss, running


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are coded by the stand-in."""
    monkeypatch.setattr("rasid.pipeline.code", coder.code)


@pytest.fixture
def server():
    with running() as started:
        yield started


@pytest.fixture
def feeds(server, tmp_path):
    items = [(f"لقاء وزاري {n}", f"{server.address}/news/{n}") for n in range(3)]
    server.put("/feed", Reply(rss(*items), headers={"etag": '"1"'}))
    for n in range(3):
        server.put(f"/news/{n}", Reply(page(f"لقاء وزاري {n}")))
    path = tmp_path / "feeds.toml"
    dead = '[[feed]]\nurl = "http://127.0.0.1:9/feed"\n'
    head = "[watch]\nhost_seconds = 0.01\n[[feed]]\n"
    path.write_text(f'{head}url = "{server.address}/feed"\n{dead}', encoding="utf-8")
    return path


def watch(feeds, path):
    return CliRunner().invoke(app, ["watch", str(feeds), "--store", str(path), "--once"])


def stored(path):
    with store.open(path, read_only=True) as opened:
        return opened.connection.execute("SELECT url, source FROM articles ORDER BY url").fetchall()


def test_once_twice_and_after_the_wait(server, feeds, tmp_path):
    path = tmp_path / "news.duckdb"
    first = watch(feeds, path)
    assert first.exit_code == 0, first.output
    assert "3 new" in first.stdout
    assert "127.0.0.1:9" in first.stderr
    assert watch(feeds, path).stdout == ""
    with store.open(path) as opened:
        opened.connection.execute("UPDATE feeds SET due = '2020-01-01'")
    assert "nothing new" in watch(feeds, path).stdout
    assert server.last("/feed")["if-none-match"] == '"1"'
    addresses = [f"{server.address}/news/{n}" for n in range(3)]
    assert stored(path) == [(address, f"{server.address}/feed") for address in addresses]


def test_a_store_that_was_watched_is_sound_and_can_be_copied(feeds, tmp_path):
    path, copy = tmp_path / "news.duckdb", tmp_path / "copy.duckdb"
    watch(feeds, path)
    assert CliRunner().invoke(app, ["store", "check", str(path)]).exit_code == 0
    store.backup(path, copy)
    with store.open(copy, read_only=True) as opened:
        assert opened.connection.execute("SELECT count(*) FROM feed_entries").fetchone() == (3,)


def test_it_goes_on_until_it_is_told_to_end(feeds, tmp_path):
    path = tmp_path / "news.duckdb"

    def end():
        for _ in range(200):
            time.sleep(0.05)
            if path.exists() and not path.with_name(path.name + ".wal").exists():
                break
        os.kill(os.getpid(), signal.SIGTERM)

    former = signal.getsignal(signal.SIGTERM)
    thread = threading.Thread(target=end)
    thread.start()
    result = CliRunner().invoke(app, ["watch", str(feeds), "--store", str(path)])
    thread.join()
    assert result.exit_code == 0
    assert signal.getsignal(signal.SIGTERM) == former
    assert len(stored(path)) == 3


def test_mistakes_in_the_file_are_told_in_one_line(tmp_path):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text("[[feed]]\n", encoding="utf-8")
    result = watch(feeds, tmp_path / "news.duckdb")
    assert result.exit_code == 2
    assert result.stderr.startswith("rasid: ")
    assert not (tmp_path / "news.duckdb").exists()
