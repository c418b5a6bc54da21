"""``rasid serve``: the analyst's desk over a store; ``rasid serve-key``: keys for its API."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from pathlib import Path

import typer

from rasid import store as stores
from rasid.errors import StoreError
from rasid.serve import keys
from rasid.serve.app import create
from rasid.serve.keys import Scope
from rasid.serve.settings import Settings, UnsafeServing
from rasid.store import Store

_DEMO = "demo.rasid"


def serve(
    path: Path,
    *,
    host: str,
    port: int,
    read_only: bool,
    password_file: Path | None,
    key_file: Path | None,
    hosts: Sequence[str],
    https: bool,
    language: str,
) -> None:
    """Serve the store until stopped. Raises StoreError, UnsafeServing, KeysError."""
    settings = Settings(
        host=host,
        port=port,
        read_only=read_only,
        password=_password(password_file),
        keys=keys.read(key_file) if key_file else (),
        language=language,
        reviewer=_user(),
        hosts=tuple(hosts),
        secure_cookies=https,
    )
    settings.check()
    with stores.open(path, read_only=read_only) as store:
        run(store, settings)


def run(store: Store, settings: Settings) -> None:
    """Serve an open store until stopped."""
    import uvicorn

    app = create(store, settings)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    typer.echo(f"rasid: http://{shown}:{settings.port}/ (stop with Ctrl-C)", err=True)
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        server_header=False,
        date_header=False,
        limit_concurrency=200,
        timeout_graceful_shutdown=3,
    )


def _password(path: Path | None) -> str | None:
    """The password from a file's first line or from the environment; None when none is given."""
    if path is None:
        return os.environ.get("RASID_PASSWORD") or None
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UnsafeServing(f"{path}: cannot be read ({error.strerror}); write the password into it") from error
    if not lines or not lines[0].strip():
        raise UnsafeServing(f"{path}: holds no password; write one into its first line")
    return lines[0].strip()


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "analyst"


def make_key(name: str, scopes: Sequence[Scope], out: Path | None) -> None:
    """Show a new key once, and write its digest to ``out`` (standard output without it)."""
    secret, lines = keys.made(name, scopes or (Scope.READ,))
    typer.echo(f"key for {name}, shown this once: {secret}", err=True)
    if out is None:
        typer.echo(lines, nl=False)
        return
    with out.open("a", encoding="utf-8") as file:
        file.write(lines)


def demo_store(path: Path | None) -> Path:
    """A store with the sample news; made anew where it is not there. Raises StoreError."""
    from rasid import read
    from rasid.demo import NEWS

    path = path or Path(_DEMO)
    try:
        with stores.open(path) as store:
            stores.ingest(store, read.articles([str(NEWS)]), command="demo", source="sample news")
    except StoreError:
        raise
    return path
