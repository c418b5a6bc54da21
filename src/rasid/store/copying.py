"""A consistent copy of the store, also while another program writes to it."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

import duckdb

from rasid.errors import OutputError, StoreDamaged, StoreLocked, StoreMissing
from rasid.store.failures import told
from rasid.store.opening import Store, connect

# Bytes at the file's start that tell which blocks are in use: DuckDB writes new blocks first, then this header, and
# never writes over blocks that the present header names. So a copy is whole when the header has not changed under it.
_HEADER = 3 * 4096
_TRIES = 5
_PART = ".part"
_WAL = ".wal"


def backup(store: Store | str | os.PathLike[str], to: str | os.PathLike[str]) -> Path:
    """Copy the store to the new file ``to``; gives its path.

    ``store`` is open in this program, or a path, which another program may be writing to: what it has committed is
    copied. Raises OutputError when ``to`` exists, StoreError when the store cannot be read.
    """
    to = Path(to)
    if to.exists():
        raise OutputError(f"{to}: exists already and is not written over; name another file")
    part = to.with_name(to.name + _PART)
    try:
        with told(to):
            _copy(store, part)
        part.rename(to)
    except OSError as error:
        raise OutputError(f"{to}: cannot be written ({error.strerror}); name another file") from error
    finally:
        _remove(part)
    return to


def _copy(store: Store | str | os.PathLike[str], part: Path) -> None:
    _remove(part)
    if isinstance(store, Store):
        _copy_tables(store.connection, part)
        return
    path = Path(store)
    if not path.is_file():
        raise StoreMissing(f"{path}: does not exist")
    try:
        with contextlib.closing(connect(Path(":memory:"))) as connection, told(path):
            connection.execute(f"ATTACH {_quoted(str(path))} AS rasid_store (READ_ONLY)")
            connection.execute("USE rasid_store")
            _copy_tables(connection, part)
    except StoreLocked:
        _copy_bytes(path, part)


def _copy_tables(connection: duckdb.DuckDBPyConnection, part: Path) -> None:
    """Copy what one transaction sees."""
    ((name,),) = connection.execute("SELECT current_database()").fetchall()
    connection.execute(f"ATTACH {_quoted(str(part))} AS copied")
    try:
        connection.execute(f'COPY FROM DATABASE "{name}" TO copied')
    finally:
        connection.execute("DETACH copied")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _copy_bytes(path: Path, part: Path) -> None:
    """Copy the file and its log of newest changes, again when the writer put its house in order meanwhile."""
    for _ in range(_TRIES):
        header = _header(path)
        _copy_log(path, part)
        shutil.copyfile(path, part)
        if _header(path) == header and _settled(part):
            return
        _remove(part)
    raise StoreLocked(f"{path}: is being written to so fast that no copy could be made; try again in a minute")


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEADER)


def _copy_log(path: Path, part: Path) -> None:
    log = path.with_name(path.name + _WAL)
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(log, part.with_name(part.name + _WAL))


def _settled(part: Path) -> bool:
    """Bring the log into the copied file; False when the copy is not whole."""
    try:
        with contextlib.closing(connect(part)) as connection, told(part):
            connection.execute("CHECKPOINT")
    except StoreDamaged:
        return False
    return True


def _remove(part: Path) -> None:
    for path in (part, part.with_name(part.name + _WAL)):
        path.unlink(missing_ok=True)
