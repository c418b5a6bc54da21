"""Opening the store: made if missing, brought up to date if old, refused with advice otherwise."""

from __future__ import annotations

import contextlib
import datetime
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import duckdb

import rasid
from rasid.errors import NotAStore, StoreMissing, StoreNewer, StoreOutdated
from rasid.store import migrations
from rasid.store.asking import first
from rasid.store.failures import told

SCHEMA = 2
_FOLDER = Path(__file__).parent
# Held by DuckDB for its buffers; Python, models and tables take about 500 MB besides.
_MEMORY = "1GB"
_THREADS = 4  # at most; more gain little on these queries and cost memory each


class Store:
    """An open store. ``connection`` is DuckDB's; closing is the caller's (or ``with``)."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        path: Path,
        *,
        read_only: bool,
        writing: threading.RLock | None = None,
    ) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self._writing = writing or threading.RLock()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All that is written inside is kept together, or not at all when an exception leaves the block.

        Threads that write to one store wait for one another here, so that none fails for another's changes.
        """
        with self._writing, self.reading():
            yield self.connection

    @contextlib.contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """What is read inside is of one moment; errors of DuckDB become StoreError."""
        with told(self.path):
            self.connection.begin()
            try:
                yield self.connection
            except BaseException:
                self._give_up()
                raise
            self.connection.commit()

    def _give_up(self) -> None:
        with contextlib.suppress(duckdb.Error):  # a failed commit has ended the transaction already
            self.connection.rollback()

    def cursor(self) -> Store:
        """The same store for another thread."""
        return Store(self.connection.cursor(), self.path, read_only=self.read_only, writing=self._writing)

    def close(self) -> None:
        """Let go of the file."""
        with told(self.path):
            self.connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open(  # noqa: A001 - read as store.open
    path: str | os.PathLike[str], *, read_only: bool = False, memory: str = _MEMORY, threads: int | None = None
) -> Store:
    """The store at ``path``: made if missing, and brought up to the present schema.

    ``memory`` bounds DuckDB's buffers ("1GB"), ``threads`` the cores it uses.
    Raises StoreMissing, StoreNewer, StoreOutdated (only for ``read_only``), StoreLocked, StoreDamaged, NotAStore.
    """
    path = Path(path)
    if read_only and not path.exists():
        raise StoreMissing(f"{path}: does not exist; make it with: rasid ingest SOURCE --store {path}")
    connection = connect(path, read_only=read_only, memory=memory, threads=threads)
    try:
        with told(path):
            _fit(connection, path, read_only)
    except BaseException:
        connection.close()
        raise
    return Store(connection, path, read_only=read_only)


def migrate(path: str | os.PathLike[str]) -> int:
    """Bring the store at ``path`` up to the present schema; gives the schema it had. Raises StoreError."""
    path = Path(path)
    if not path.exists():
        raise StoreMissing(f"{path}: does not exist")
    with contextlib.closing(connect(path, read_only=True)) as connection, told(path):
        _require_meta(connection, path)
        before = schema_of(connection)
    open(path).close()
    return before


def connect(
    path: Path, *, read_only: bool = False, memory: str = _MEMORY, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """A bare connection with Rasid's settings. Raises StoreError."""
    cores = threads or min(os.cpu_count() or 1, _THREADS)
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": cores,
        "preserve_insertion_order": False,
    }
    with told(path):
        connection = duckdb.connect(str(path), read_only=read_only, config=settings)
        connection.execute("SET enable_progress_bar = false")
        return connection


def _fit(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    tables = _tables(connection)
    if not tables and not read_only:
        _create(connection)
        return
    _require_meta(connection, path)
    version = schema_of(connection)
    if version > SCHEMA:
        raise StoreNewer(f"{path}: a newer Rasid made it (schema {version}, this one knows {SCHEMA}); upgrade Rasid")
    if version < SCHEMA and read_only:
        raise StoreOutdated(f"{path}: has the older schema {version}; bring it up to date: rasid store migrate {path}")
    if version < SCHEMA:
        migrations.bring_up(connection, version, SCHEMA)


def _tables(connection: duckdb.DuckDBPyConnection) -> set[str]:
    return {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}


def _require_meta(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    if "meta" not in _tables(connection):
        raise NotAStore(f"{path}: is a database, but no Rasid store; name another file with --store")


def schema_of(connection: duckdb.DuckDBPyConnection) -> int:
    """The version of the schema that the store has; 0 when it does not say."""
    row = first(connection, "SELECT value FROM meta WHERE key = 'schema'")
    return int(row[0]) if row else 0


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    connection.execute((_FOLDER / "schema.sql").read_text(encoding="utf-8"))
    now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    values = [("schema", str(SCHEMA)), ("created", now), ("rasid", rasid.__version__)]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", values)
    connection.commit()
