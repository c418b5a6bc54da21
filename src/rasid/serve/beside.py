"""Other programs beside a running desk: DuckDB lets one process write, so they hand their articles to the desk.

While it runs, the desk keeps a note beside its store (``news.duckdb.desk``, readable by its owner alone) with its
address and a key for this run. ``rasid ingest`` finds the store held, reads the note, and sends what it reads.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx

from rasid.serve.keys import Key, Scope, digest
from rasid.serve.settings import Settings

_ENDING = ".desk"


@dataclass(frozen=True, slots=True)
class Running:
    """A desk that runs on this machine. ``key`` is the secret of its note."""

    address: str
    key: str


def note_of(store: Path) -> Path:
    """Where the desk over a store tells its address."""
    return store.with_name(store.name + _ENDING)


@contextlib.contextmanager
def noted(store: Path, settings: Settings) -> Iterator[Key | None]:
    """While inside, the note stands beside the store; gives the key that it holds.

    None where no note is written: a desk that takes nothing, a port that is not known, a folder that takes no file.
    """
    secret = "rasid_" + secrets.token_urlsafe(32)
    note = note_of(store)
    if settings.read_only or not settings.port or not _written(note, Running(settings.address, secret)):
        yield None
        return
    try:
        yield Key(settings.reviewer, digest(secret), frozenset((Scope.READ, Scope.INGEST)))
    finally:
        note.unlink(missing_ok=True)


def _written(note: Path, running: Running) -> bool:
    try:
        note.unlink(missing_ok=True)  # of a desk that was killed
        handle = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(dataclasses.asdict(running), file)
    return True


def running(store: Path) -> Running | None:
    """The desk that holds a store; None when there is no note, or nobody answers at its address."""
    try:
        told = json.loads(note_of(store).read_text(encoding="utf-8"))
        found = Running(told["address"], told["key"])
        with client_of(found) as client:
            return found if client.get("/v1/health", timeout=10.0).status_code == httpx.codes.OK else None
    except (OSError, ValueError, KeyError, TypeError, httpx.HTTPError, httpx.InvalidURL):
        return None


def client_of(desk: Running) -> httpx.Client:
    """What asks the desk; it waits for answers as long as they take."""
    headers = {"authorization": f"Bearer {desk.key}"}
    timeout = httpx.Timeout(10.0, read=None)
    return httpx.Client(base_url=desk.address, headers=headers, timeout=timeout, trust_env=False)
