"""What DuckDB reports, told in Rasid's own errors, with advice."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb

from rasid.errors import NotAStore, StoreDamaged, StoreError, StoreFull, StoreLocked, StoreMissing

_HOLDER = re.compile(r"held in (.*?) \(PID (\d+)\)")
# Words of DuckDB's (and the system's) messages, in the order they are looked for.
_SIGNS: tuple[tuple[str, type[StoreError], str], ...] = (
    ("Could not set lock", StoreLocked, ""),
    ("different configuration", StoreLocked, "this program has it open already, in another way; close it there first"),
    ("No space left", StoreFull, "the disk is full; make room and run the same command again, nothing stored is lost"),
    ("File too large", StoreFull, "the file may not grow further; lift the limit or move it, nothing stored is lost"),
    ("not a valid DuckDB database", NotAStore, "is no Rasid store; name another file with --store"),
    ("database does not exist", StoreMissing, "does not exist; make it with: rasid ingest SOURCE --store FILE"),
    ("No such file or directory", StoreMissing, "its folder does not exist; make the folder or name another file"),
    ("Is a directory", NotAStore, "is a folder; name a file in it (a data set, which is a folder, is only read)"),
    ("Permission denied", StoreError, "may not be opened or written by you; change its permissions or copy it"),
    ("Read-only file system", StoreError, "stands on a disk that may only be read; copy it elsewhere"),
    ("read-only mode", StoreError, "is opened for reading only; open it for writing"),
    ("Corrupt", StoreDamaged, ""),
    ("Could not read enough bytes", StoreDamaged, ""),
    ("checksum", StoreDamaged, ""),
    ("Serialization Error", StoreDamaged, ""),
    ("database has been invalidated", StoreDamaged, ""),
)
_DAMAGED = "the file is damaged or cut short; put back your last backup (rasid store backup makes them)"


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turns errors of DuckDB about the store at ``path`` into StoreError and its kinds."""
    try:
        yield
    except duckdb.Error as error:
        raise failure(path, error) from error


def failure(path: Path, error: duckdb.Error) -> StoreError:
    """The error that tells what happened to the store at ``path`` and what to do."""
    message = str(error)
    for sign, kind, advice in _SIGNS:
        if sign in message:
            return kind(f"{path}: {advice or _advice(kind, message)}")
    return StoreError(f"{path}: {message.splitlines()[0]}; run rasid store check")


def _advice(kind: type[StoreError], message: str) -> str:
    if kind is StoreDamaged:
        return _DAMAGED
    holder = _HOLDER.search(message)
    who = f"process {holder.group(2)} ({holder.group(1)})" if holder else "another process"
    return f"{who} has it open; wait for it, stop it, or work on a copy (rasid store backup copies it while in use)"
