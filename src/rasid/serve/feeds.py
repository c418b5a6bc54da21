"""Feeds that the desk itself watches, so that news come in while it is open."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence

from rasid.errors import RasidError
from rasid.records import Article, Rejected
from rasid.serve.desk import Busy, Desk
from rasid.watch import Feed, FeedList, Fetcher, Memory, Watcher

_LEAST_SECONDS, _AFTER_FAILURE = 1.0, 30.0


def watch(desk: Desk, listed: FeedList, stop: threading.Event, *, tell: Callable[[str], None]) -> None:
    """Ask feeds when they are due and store what is new, until ``stop`` is set; failures are told."""
    with contextlib.closing(Fetcher(listed.manners)) as fetcher, desk.store.cursor() as own:

        def sink(feed: Feed, found: Sequence[Article | Rejected]) -> None:
            desk.ingest(found, command=f"watch {feed.url}", source=feed.url)

        watcher = Watcher(listed, Memory(own.connection), sink, fetcher=fetcher, stop=stop)
        while not stop.is_set():
            stop.wait(_round(watcher, tell))


def _round(watcher: Watcher, tell: Callable[[str], None]) -> float:
    """Ask the feeds that are due; gives the seconds until the next one is."""
    try:
        for asked in watcher.once():
            if asked.failure:
                tell(f"{asked.failure}; next asked at {asked.due:%Y-%m-%d %H:%M} UTC")
    except (RasidError, Busy) as error:
        tell(f"{error}; feeds are asked again in {_AFTER_FAILURE:.0f} s")
        return _AFTER_FAILURE
    return max(watcher.idle_seconds(), _LEAST_SECONDS)
