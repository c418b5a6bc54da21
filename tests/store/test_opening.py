"""Opening: made if missing, migrated if old, refused with advice otherwise."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from rasid import store
from rasid.errors import (
    JudgementError,
    NotAStore,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreMissing,
    StoreNewer,
    StoreOutdated,
)
from rasid.store import opening, rows, wordlist
from tests.store import news

ROOT = Path(__file__).parents[2]
SCHEMAS = Path(__file__).parent / "schemas"
OLDER = [int(path.stem) for path in SCHEMAS.glob("*.sql")]


def elsewhere(program: str, *arguments: str) -> str:
    """What a program in another process prints."""
    folders = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    told = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *arguments],
        env={**os.environ, "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=True,
        timeout=200,
    )
    return told.stdout.strip()


def test_a_new_store_is_made_with_all_tables(path: Path) -> None:
    with store.open(path) as opened:
        assert opening.schema_of(opened.connection) == store.SCHEMA
        for table, row in TABLES:
            assert tuple(rows.arrow_schema(opened.connection, table).names) == row._fields, table


TABLES = (
    ("articles", rows.ArticleRow),
    ("reports", rows.ReportRow),
    ("parties", rows.PartyRow),
    ("attributions", rows.AttributionRow),
    ("events", rows.EventRow),
    ("event_parties", rows.EventPartyRow),
)


def test_a_store_opened_again_keeps_what_it_holds(filled: Path) -> None:
    before = news.contents(filled)
    store.open(filled).close()
    assert news.contents(filled) == before
    assert before["articles"]


def test_every_older_schema_is_at_hand() -> None:
    assert sorted(OLDER) == list(range(1, store.SCHEMA))


def layout(connection: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    query = "SELECT table_name, column_name, data_type, is_nullable FROM duckdb_columns() ORDER BY ALL"
    return connection.execute(query).fetchall()


def older(path: Path, version: int, filled: Path) -> None:
    """A store of an older version, with the content of ``filled`` as that version kept it."""
    with duckdb.connect(str(path)) as connection:
        connection.execute((SCHEMAS / f"{version}.sql").read_text(encoding="utf-8"))
        tables = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        connection.execute(f"ATTACH '{filled}' AS filled (READ_ONLY)")
        for table in tables:
            connection.execute(f"INSERT INTO {table} BY NAME SELECT {_columns(connection, table)} FROM filled.{table}")
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(version)])
        connection.execute("DETACH filled")


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    return ", ".join(f'"{row[0]}"' for row in connection.execute(f"DESCRIBE {table}").fetchall())


@pytest.mark.parametrize("version", OLDER)
def test_migration_from_every_older_version(path: Path, filled: Path, tmp_path: Path, version: int) -> None:
    old = tmp_path / "old.duckdb"
    older(old, version, filled)
    with store.open(old) as opened:
        assert opening.schema_of(opened.connection) == store.SCHEMA
        wordlist.tidy(opened)
        found = layout(opened.connection)
    with store.open(tmp_path / "fresh.duckdb") as fresh:
        assert found == layout(fresh.connection)
    assert news.contents(old) == news.contents(filled)
    assert store.check(old) == ()


def test_migrate_tells_the_former_schema(filled: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.duckdb"
    older(old, 1, filled)
    assert store.migrate(old) == 1
    assert store.migrate(old) == store.SCHEMA


def test_a_failed_migration_changes_nothing(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "old.duckdb"
    older(old, 1, filled)

    def failing(connection: duckdb.DuckDBPyConnection) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rasid.store.migrations.FILLS", {2: failing})
    with pytest.raises(KeyboardInterrupt):
        store.open(old)
    with duckdb.connect(str(old)) as connection:
        assert opening.schema_of(connection) == 1
        assert "search" not in {name for (name,) in connection.execute("SHOW TABLES").fetchall()}


def set_schema(path: Path, version: int) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema'", [str(version)])


def test_a_newer_store_is_left_alone(filled: Path) -> None:
    set_schema(filled, store.SCHEMA + 1)
    with pytest.raises(StoreNewer, match="upgrade Rasid"):
        store.open(filled)


def test_an_older_store_is_not_read_without_migration(filled: Path) -> None:
    set_schema(filled, 1)
    with pytest.raises(StoreOutdated, match="rasid store migrate"):
        store.open(filled, read_only=True)


def test_reading_what_is_not_there(path: Path) -> None:
    with pytest.raises(StoreMissing, match="rasid ingest"):
        store.open(path, read_only=True)
    assert not path.exists()


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="folder"):
        store.open(tmp_path / "nowhere" / "news.duckdb")


def as_text(path: Path) -> None:
    path.write_text("id,title\n1,خبر\n" * 2000, encoding="utf-8")


def as_database(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE sales (day DATE)")


def as_folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize("make", [as_text, as_database, as_folder])
def test_a_file_of_another_kind(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    with pytest.raises(NotAStore, match=r"name another file|name a file"):
        store.open(path)


@pytest.mark.parametrize("share", [0.0005, 0.3, 0.9])
def test_a_file_cut_short(filled: Path, share: float) -> None:
    whole = filled.read_bytes()
    filled.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(StoreDamaged, match="backup"):
        store.check(filled)


def test_a_changed_block_is_found(filled: Path) -> None:
    whole = bytearray(filled.read_bytes())
    for at in range(len(whole) // 3, len(whole) // 3 + 300_000):
        whole[at] ^= 0x5A
    filled.write_bytes(whole)
    with pytest.raises(StoreDamaged, match="backup"):
        store.check(filled)


OPEN = """
    import sys
    from rasid import store
    from rasid.errors import StoreError
    try:
        store.open(sys.argv[1], read_only=sys.argv[2] == "read").close()
        print("opened")
    except StoreError as error:
        print(type(error).__name__, error)
"""


@pytest.mark.parametrize("mode", ["read", "write"])
def test_another_process_is_told_who_holds_the_store(filled: Path, mode: str) -> None:
    with store.open(filled):
        told = elsewhere(OPEN, str(filled), mode)
    assert told.startswith("StoreLocked")
    assert f"process {os.getpid()}" in told
    assert "rasid store backup" in told


def test_readers_share_a_store(filled: Path) -> None:
    with store.open(filled, read_only=True):
        assert elsewhere(OPEN, str(filled), "read") == "opened"


def test_the_same_process_is_told_that_it_has_it_open(filled: Path) -> None:
    with store.open(filled), pytest.raises(StoreLocked, match="close it there"):
        store.open(filled, read_only=True)


FULL = """
    import resource, signal, sys
    from rasid import pipeline, store
    from rasid.errors import StoreError
    from tests.store import coder, news
    pipeline.code = coder.code
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with store.open(sys.argv[1]) as opened:
        size = int(sys.argv[2])
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        try:
            store.ingest(opened, news.news(), command="test")
            print("stored")
        except StoreError as error:
            print(type(error).__name__, error)
"""


@pytest.mark.skipif(not hasattr(os, "getpgid"), reason="needs limits on the size of files")
def test_a_full_disk_loses_nothing(filled: Path) -> None:
    """The limit on the file's size stands for the end of the disk."""
    before = news.contents(filled)
    told = elsewhere(FULL, str(filled), str(64 * 1024))
    assert told.startswith(StoreFull.__name__)
    assert "nothing stored is lost" in told
    after = news.contents(filled)
    assert {row[0] for row in before["articles"]} <= {row[0] for row in after["articles"]}
    assert store.check(filled) == ()


def test_all_errors_of_the_store_are_store_errors() -> None:
    kinds = (StoreMissing, StoreNewer, StoreOutdated, StoreLocked, StoreDamaged, NotAStore, StoreFull, JudgementError)
    assert all(issubclass(kind, StoreError) for kind in kinds)
