"""Checking, copying and describing a store."""

from __future__ import annotations

import threading
from pathlib import Path

import duckdb
import pytest

from rasid import store
from rasid.errors import OutputError, StoreLocked, StoreMissing
from rasid.store import copying
from rasid.store.describing import described
from rasid.store.expecting import expected
from tests.store import news
from tests.store.test_opening import elsewhere

# What is done to a store behind Rasid's back, and words of the fault that must be found.
HARM = [
    ("UPDATE reports SET trigger_text = 'x' WHERE id = (SELECT min(id) FROM reports)", "trigger_text"),
    ('UPDATE parties SET "start" = "start" + 1 WHERE report = (SELECT min(report) FROM parties)', "parties: text"),
    ("UPDATE articles SET body = body || '.' WHERE id = 'a-3'", "sha256"),
    ("DELETE FROM articles WHERE id = 'a-3'", "reports.article"),
    ("DELETE FROM merges WHERE report = (SELECT min(report) FROM merges)", "in no event"),
    ("DELETE FROM events WHERE id = (SELECT min(id) FROM events)", "merges.event"),
    ("UPDATE events SET reports = reports + 1 WHERE id = (SELECT min(id) FROM events)", "number of its reports"),
    ("UPDATE events SET sources = 0 WHERE id = (SELECT min(id) FROM events)", "sources"),
    ("INSERT INTO events SELECT * FROM events LIMIT 1", "events.id is not unique"),
    ("INSERT INTO articles SELECT * FROM articles LIMIT 1", "articles.id is not unique"),
    ("INSERT INTO links VALUES ('nobody', 'nothing', 'planned_reported', '[]')", "links.source_event"),
    ("DELETE FROM actors", "parties.actor"),
    ("DELETE FROM runs", "articles.run"),
    ("UPDATE reports SET type = 'AID' WHERE id = (SELECT min(id) FROM reports)", "record and judgements"),
    ("UPDATE reports SET judged = 'accept' WHERE id = (SELECT min(id) FROM reports)", "record and judgements"),
    ('UPDATE events SET "first" = DATE \'2040-01-01\' WHERE "first" IS NOT NULL', "first day after the last"),
    ("INSERT INTO search VALUES ('كلمه', 999999, 0)", "search.article"),
]


def test_a_sound_store_has_no_faults(filled: Path) -> None:
    assert store.check(filled) == ()


@pytest.mark.parametrize(("harm", "words"), HARM)
def test_harm_is_found(filled: Path, harm: str, words: str) -> None:
    with duckdb.connect(str(filled)) as connection:
        connection.execute(harm)
    found = [fault.what for fault in store.check(filled)]
    assert any(words in what for what in found), found


def test_checking_changes_nothing(filled: Path) -> None:
    before = filled.read_bytes()
    store.check(filled)
    assert filled.read_bytes() == before


def test_a_copy_holds_the_same(filled: Path, tmp_path: Path) -> None:
    copy = store.backup(filled, tmp_path / "copy.duckdb")
    assert news.contents(copy) == news.contents(filled)
    assert store.check(copy) == ()


def test_a_copy_from_an_open_store(filled: Path, tmp_path: Path) -> None:
    with store.open(filled) as opened:
        copy = store.backup(opened, tmp_path / "copy.duckdb")
        opened.connection.execute("SELECT 1")
    assert news.contents(copy) == news.contents(filled)


def test_a_file_that_exists_is_not_written_over(filled: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("kept")
    with pytest.raises(OutputError, match="name another file"):
        store.backup(filled, other)
    assert other.read_text() == "kept"


def test_nothing_to_copy(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        store.backup(tmp_path / "none.duckdb", tmp_path / "copy.duckdb")
    assert list(tmp_path.iterdir()) == []


COPY = """
    import sys
    from rasid import store
    for n in range(4):
        copy = store.backup(sys.argv[1], f"{sys.argv[2]}/copy-{n}.duckdb")
        faults = store.check(copy)
        with store.open(copy, read_only=True) as opened:
            print(opened.connection.execute("SELECT count(*) FROM articles").fetchone()[0], *faults)
"""


def test_copies_made_by_another_process_while_news_comes_in(filled: Path, tmp_path: Path) -> None:
    told: list[str] = []
    with store.open(filled) as opened:
        copier = threading.Thread(target=lambda: told.append(elsewhere(COPY, str(filled), str(tmp_path))))
        copier.start()
        at = 100
        while copier.is_alive():
            store.ingest(opened, [news.article(at)], command="test")
            at += 1
        copier.join()
    sizes = [int(line) for line in told[0].splitlines()]
    assert len(sizes) == 4
    assert sizes == sorted(sizes)
    assert sizes[-1] > 41, "nothing came in while copies were made"


def test_a_writer_that_never_rests_is_told_of(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = iter(range(1000))
    monkeypatch.setattr(copying, "_header", lambda path: next(headers))
    with pytest.raises(StoreLocked, match="try again"):
        copying._copy_bytes(filled, tmp_path / "part")


def test_describing(filled: Path) -> None:
    with store.open(filled, read_only=True) as opened:
        lines = list(described(opened))
    assert lines[0].startswith(f"schema {store.SCHEMA}")
    assert "articles 41" in lines
    assert "reports 82" in lines
    assert any("last run 1 (test)" in line and "finished" in line for line in lines)


def test_what_is_expected(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n{}\n{}\n")
    (tmp_path / "b.txt").write_text("x")
    assert expected([str(tmp_path)]) == 4
    (tmp_path / "c.warc.gz").write_bytes(b"x")
    assert expected([str(tmp_path)]) is None
    assert expected(["-"]) is None
