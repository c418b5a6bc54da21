"""``rasid serve``: the analyst's desk over a store; ``rasid serve-key``: keys for its API."""

from __future__ import annotations

import contextlib
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rasid.serve.desk import Desk
    from rasid.serve.keys import Key
    from rasid.serve.settings import Settings
    from rasid.store import Store
    from rasid.watch import FeedList


class Language(StrEnum):
    """Languages of the interface."""

    AR = "ar"
    EN = "en"


class Scope(StrEnum):
    """What a key may do (rasid.serve.keys.Scope)."""

    READ = "read"
    CODE = "code"
    JUDGE = "judge"
    INGEST = "ingest"


PORT = 8642
StoreFile = Annotated[Path, typer.Argument(help="The store, or a merged data set.", metavar="STORE")]


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    app.command()(serve)
    app.command("serve-key")(serve_key)


def serve(
    path: StoreFile,
    host: Annotated[str, typer.Option(help="Address to serve on; others than this machine need --password-file.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535)] = PORT,
    read_only: Annotated[bool, typer.Option("--read-only", help="Take no corrections.")] = False,
    password_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Its first line is the password (or RASID_PASSWORD is).")
    ] = None,
    key_file: Annotated[Path | None, typer.Option("--keys", metavar="FILE", help="Keys for the API.")] = None,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Name under which a proxy asks for the desk.")
    ] = None,
    https: Annotated[bool, typer.Option("--https", help="A proxy serves it over HTTPS: cookies only there.")] = False,
    language: Annotated[Language, typer.Option(help="Language of the interface until one is chosen.")] = Language.EN,
    watch: Annotated[
        Path | None, typer.Option(metavar="FEEDS.toml", help="Feeds to watch while it runs, as rasid watch does.")
    ] = None,
) -> None:
    """Open the analyst's desk: pages and an API over a store."""
    from rasid import cli_opening, cli_run
    from rasid.serve.settings import Settings

    with cli_run.reported():
        if cli_opening.is_dataset(path) and not read_only:
            typer.echo("rasid: a data set is only read; to correct events, ingest its news into a store", err=True)
            read_only = True
        settings = Settings(
            host=host,
            port=port,
            read_only=read_only,
            password=_password(password_file),
            keys=_keys(key_file),
            language=language,
            reviewer=_user(),
            hosts=tuple(allow_host or ()),
            secure_cookies=https,
        )
        settings.check()
        feeds = _feeds(watch, read_only)
        with cli_opening.opened(path, read_only=read_only) as store:
            run(store, settings, feeds=feeds)


def serve_key(
    name: Annotated[str, typer.Argument(help="Whose key it is; judgements are kept under this name.")],
    scope: Annotated[list[Scope] | None, typer.Option(help="What it may do; read if not told.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="FILE", help="File of keys to add it to.")] = None,
) -> None:
    """Make a key for the API: it is shown once, only its digest is written down."""
    from rasid.serve import keys

    secret, lines = keys.made(name, [keys.Scope(item) for item in scope or (Scope.READ,)])
    typer.echo(f"key for {name}, shown this once: {secret}", err=True)
    if out is None:
        typer.echo(lines, nl=False)
        return
    with out.open("a", encoding="utf-8") as file:
        file.write(lines)


def run(store: Store, settings: Settings, *, feeds: FeedList | None = None) -> None:
    """Serve an open store until stopped, and watch ``feeds`` meanwhile."""
    import uvicorn

    from rasid.serve import beside, pages_charts
    from rasid.serve.app import create

    with _tidy_end(), beside.noted(store.path, settings) as own:
        app = create(store, settings, own_keys=[own] if own else [])
        with _threads(app.state.desk, pages_charts.warm, feeds):
            typer.echo(f"rasid: {settings.shown}/ (stop with Ctrl-C)", err=True)
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


@contextlib.contextmanager
def _tidy_end() -> Iterator[None]:
    """SIGTERM ends what is inside as an exception does, so that the store is closed and the note goes."""
    import signal
    import sys

    former = signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


@contextlib.contextmanager
def _threads(desk: Desk, warm: Callable[[Desk], None], feeds: FeedList | None) -> Iterator[None]:
    """What goes on beside serving: making the first pages, watching feeds."""
    import functools
    import threading

    from rasid import cli_run

    stop = threading.Event()
    beside = [threading.Thread(target=warm, args=(desk,), name="warming")]
    if feeds is not None:
        from rasid.serve.feeds import watch

        watching = functools.partial(watch, desk, feeds, stop, tell=cli_run.complain)
        beside.append(threading.Thread(target=watching, name="watching"))
    for thread in beside:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in beside:
            thread.join()


def _feeds(path: Path | None, read_only: bool) -> FeedList | None:
    """The feeds to watch, if any. Raises UnsafeServing for a desk that takes nothing."""
    from rasid.serve.settings import UnsafeServing

    if path is None:
        return None
    if read_only:
        raise UnsafeServing("a read-only desk stores nothing; leave out --watch or --read-only")
    from rasid import watch as watching

    return watching.load(path)


def _keys(path: Path | None) -> Sequence[Key]:
    from rasid.serve import keys

    return keys.read(path) if path else ()


def _password(path: Path | None) -> str | None:
    """The password from a file's first line or from the environment; None when none is given."""
    import os

    from rasid.serve.settings import UnsafeServing

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
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "analyst"


def demo(path: Path, *, port: int) -> None:
    """Fill a store with the sample news, unless it is there, and serve it."""
    from rasid import read
    from rasid import store as stores
    from rasid.demo import NEWS
    from rasid.serve.settings import Settings

    typer.echo(f"rasid: coding the sample news into {path}", err=True)
    with stores.open(path) as store:
        stores.ingest(store, read.articles([str(NEWS)]), command="demo", source="sample news")
        run(store, Settings(port=port, reviewer=_user()))
