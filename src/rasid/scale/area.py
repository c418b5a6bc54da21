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
        with self._reaching(address):
            self.files, self.root = fsspec.core.url_to_fs(address)

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
        with self._reaching(full):
            self.files.makedirs(full.rsplit("/", 1)[0], exist_ok=True)
            self.files.pipe_file(full, data)

    def get(self, path: str) -> bytes | None:
        """The bytes at ``path``, None when nothing is there."""
        full = f"{self.root}/{path}"
        with self._reaching(full):
            return bytes(self.files.cat_file(full)) if self.files.exists(full) else None

    def listed(self, folder: str) -> list[str]:
        """Paths of all files below ``folder``, in order."""
        with self._reaching(f"{self.address}/{folder}"), contextlib.suppress(FileNotFoundError):
            return sorted(map(self._relative, self.files.find(f"{self.root}/{folder}")))
        return []

    def matching(self, pattern: str) -> list[str]:
        """Paths of the files that ``pattern`` fits, in order."""
        with self._reaching(f"{self.address}/{pattern}"), contextlib.suppress(FileNotFoundError):
            return sorted(map(self._relative, self.files.glob(f"{self.root}/{pattern}")))
        return []

    def remove(self, path: str) -> None:
        """Removes a file, or a folder with all that is in it."""
        full = f"{self.root}/{path}"
        with self._reaching(full):
            if self.files.exists(full):
                self.files.rm(full, recursive=True)

    def full(self, path: str) -> str:
        """The address of the file at ``path``."""
        return str(self.files.unstrip_protocol(f"{self.root}/{path}"))

    def _relative(self, path: str) -> str:
        return path[len(self.root) :].lstrip("/")

    @contextlib.contextmanager
    def _reaching(self, what: str) -> Iterator[None]:
        """Whatever a file system's driver fails with (they have errors of their own) is told as an OutputError."""
        try:
            yield
        except Exception as error:
            told = f"{what}: cannot be reached ({error}); check the address, the rights and the room there"
            raise OutputError(told) from error

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
        named = [f"{self.root}/{path}" if self.local else self.full(path) for path in paths]
        return "[" + ", ".join("'" + name.replace("'", "''") + "'" for name in named) + "]"

    @contextlib.contextmanager
    def connection(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """DuckDB in memory, which reads these files."""
        with self.asking(), contextlib.closing(connect(self)) as connection:
            connection.execute(f"SET memory_limit = '{_MEMORY}'")
            yield connection

    @contextlib.contextmanager
    def asking(self) -> Iterator[None]:
        """Errors of DuckDB about these files become OutputError."""
        try:
            yield
        except duckdb.Error as error:
            told = f"{self.address}: cannot be read ({str(error).splitlines()[0]})"
            raise OutputError(f"{told}; code or merge it again if a file is damaged or gone") from error

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
