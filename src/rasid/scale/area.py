"""Files of Parquet below a data set: written by tasks, read with DuckDB, counted only when the driver says so."""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import duckdb
import fsspec.core
import pyarrow as pa
import pyarrow.parquet

from rasid.errors import OutputError

# Held by DuckDB in one task; what does not fit goes to the temporary folder.
_MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Written:
    """A file of Parquet and its rows; ``path`` is relative to the data set."""

    path: str
    rows: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a task wrote."""

    task: str
    files: tuple[Written, ...]


class Area:
    """The files below ``address``, a path or an address that fsspec knows (s3://bucket/news).

    Raises OutputError when the file system cannot be reached or written.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            self.files, self.root = fsspec.core.url_to_fs(address)
        except (ValueError, ImportError, OSError) as error:
            raise OutputError(f"{address}: cannot be reached ({error}); check the address and the rights") from error

    @property
    def local(self) -> bool:
        """True for a folder of this machine."""
        return "file" in self.files.protocol

    def write(self, path: str, table: pa.Table) -> Written:
        """Writes a table to ``path``; equal tables give equal bytes."""
        sink = io.BytesIO()
        pyarrow.parquet.write_table(table, sink, compression="zstd")
        self.put(path, sink.getvalue())
        return Written(path, table.num_rows)

    def put(self, path: str, data: bytes) -> None:
        """Writes bytes to ``path``."""
        full = f"{self.root}/{path}"
        try:
            self.files.makedirs(full.rsplit("/", 1)[0], exist_ok=True)
            self.files.pipe_file(full, data)
        except OSError as error:
            raise OutputError(f"{full}: cannot be written ({error}); free room or change its rights") from error

    def get(self, path: str) -> bytes | None:
        """The bytes at ``path``, None when nothing is there."""
        full = f"{self.root}/{path}"
        return bytes(self.files.cat_file(full)) if self.files.exists(full) else None

    def listed(self, folder: str) -> list[str]:
        """Paths of all files below ``folder``, in order."""
        try:
            found = self.files.find(f"{self.root}/{folder}")
        except FileNotFoundError:
            return []
        return sorted(path[len(self.root) :].lstrip("/") for path in found)

    def remove(self, path: str) -> None:
        """Removes a file, or a folder with all that is in it."""
        full = f"{self.root}/{path}"
        if self.files.exists(full):
            self.files.rm(full, recursive=True)

    def commit(self, folder: str, done: Done) -> None:
        """From now on the task counts as done."""
        self.put(f"{folder}/{done.task}.json", json.dumps(asdict(done)).encode())

    def committed(self, folder: str) -> dict[str, Done]:
        """The tasks that are done, by name; a note that was cut off counts as none."""
        found: dict[str, Done] = {}
        for path in self.listed(folder):
            done = _read(self.get(path) or b"") if path.endswith(".json") else None
            if done is not None:
                found[done.task] = done
        return found

    def quoted(self, paths: Sequence[str]) -> str:
        """``paths`` as a list that stands in DuckDB's SQL."""
        full = [f"{self.root}/{path}" for path in paths]
        named = full if self.local else [self.files.unstrip_protocol(path) for path in full]
        return "[" + ", ".join("'" + name.replace("'", "''") + "'" for name in named) + "]"

    @contextlib.contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """DuckDB in memory, which reads these files."""
        with contextlib.closing(connect(self)) as connection:
            connection.execute(f"SET memory_limit = '{_MEMORY}'")
            yield connection

    def query(self, sql: str, paths: Sequence[str], **tables: pa.Table) -> list[tuple[Any, ...]]:
        """Rows of ``sql``, in which ``{files}`` stands for the files at ``paths``; none when there are no paths."""
        if not paths:
            return []
        with self.connection() as connection:
            for name, table in tables.items():
                connection.register(name, table)
            read = f"read_parquet({self.quoted(paths)}, hive_partitioning = false)"
            return connection.execute(sql.format(files=read)).fetchall()


def connect(area: Area) -> duckdb.DuckDBPyConnection:
    """DuckDB in memory, on one core, that reads the files of ``area`` and spills to a folder of its own."""
    connection = duckdb.connect(config={"threads": 1, "temp_directory": _spill()})
    connection.execute("SET enable_progress_bar = false")
    if not area.local:
        connection.register_filesystem(area.files)
    return connection


@functools.cache
def _spill() -> str:
    """A folder for this process alone: what users ask for in SQL may read DuckDB's temporary folder, too."""
    folder = tempfile.mkdtemp(prefix="rasid-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _read(data: bytes) -> Done | None:
    try:
        cells = json.loads(data)
        return Done(cells["task"], tuple(Written(**file) for file in cells["files"]))
    except (ValueError, KeyError, TypeError):
        return None
