"""``rasid watch``: feeds into a store, for as long as one wants."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from types import FrameType

    from rasid.records import Article, Rejected
    from rasid.watch import Asked, Feed, FeedList, Fetcher

# The store is closed between two rounds, so that others can read it; when another holds it, it is tried again.
_LEAST_SECONDS, _LOCKED_SECONDS = 1.0, 30.0


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command()(watch)


def watch(
    feeds: Annotated[Path, typer.Argument(help="The feeds and how to treat their servers.", metavar="FEEDS.toml")],
    store: Annotated[Path, typer.Option(metavar="FILE", help="The store; it is made if missing.")],
    once: Annotated[bool, typer.Option("--once", help="Ask the feeds that are due now, then end.")] = False,
) -> None:
    """Poll RSS, Atom and JSON feeds and code what is new into a store, until Ctrl-C."""
    from rasid import cli_run
    from rasid import watch as watching

    with cli_run.reported():
        listed = watching.load(feeds)
        with _stopped_by_signals() as stop, contextlib.closing(watching.Fetcher(listed.manners)) as fetcher:
            if once:
                _round(store, listed, fetcher, stop)
            else:
                _rounds(store, listed, fetcher, stop)


def _rounds(store: Path, listed: FeedList, fetcher: Fetcher, stop: threading.Event) -> None:
    from rasid import cli_beside, cli_run
    from rasid.errors import StoreLocked

    while not stop.is_set():
        try:
            idle = _round(store, listed, fetcher, stop)
        except StoreLocked as error:
            cli_run.complain(f"{error}{cli_beside.advice(store)}; trying again in {_LOCKED_SECONDS:.0f} s")
            idle = _LOCKED_SECONDS
        stop.wait(max(idle, _LEAST_SECONDS))


def _round(path: Path, listed: FeedList, fetcher: Fetcher, stop: threading.Event) -> float:
    """Ask every feed that is due; gives the seconds until the next one is."""
    from rasid import cli_run, store
    from rasid.watch import Memory, Watcher

    with store.open(path) as opened:

        def sink(feed: Feed, found: Sequence[Article | Rejected]) -> None:
            store.ingest(opened, found, command=f"watch {feed.url}", source=feed.url)

        watcher = Watcher(listed, Memory(opened.connection), sink, fetcher=fetcher, stop=stop)
        for asked in watcher.once():
            if asked.failure:
                cli_run.complain(f"{asked.failure}; next asked at {asked.due:%Y-%m-%d %H:%M} UTC")
            else:
                typer.echo(_told(asked))
        return watcher.idle_seconds()


def _told(asked: Asked) -> str:
    """One line for people."""
    news = "nothing new" if asked.unchanged or not asked.articles else f"{asked.articles} new"
    rejected = f", {asked.rejected} rejected" if asked.rejected else ""
    unread = f", {asked.unread} to come" if asked.unread else ""
    return f"{asked.feed.url}: {news}{rejected}{unread}; next asked at {asked.due:%Y-%m-%d %H:%M} UTC"


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set; what is being fetched is stored first. A second Ctrl-C ends at once."""
    stop = threading.Event()
    former = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def end(number: int, _: FrameType | None) -> None:
        stop.set()
        signal.signal(number, signal.SIG_DFL)

    for number in former:
        signal.signal(number, end)
    try:
        yield stop
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
