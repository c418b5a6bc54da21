"""Asking the feeds that are due, many hosts at a time, and reckoning when each is due again."""

from __future__ import annotations

import dataclasses
import datetime
import random
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from rasid.errors import InputError
from rasid.records import Article, Rejected
from rasid.watch.fetch import Fetcher, FetchError
from rasid.watch.hosts import origin
from rasid.watch.poll import Polled, poll
from rasid.watch.settings import Feed, FeedList
from rasid.watch.state import Memory, State

# Hosts asked at the same time; each host is asked by one thread at a time.
_THREADS = 8
# Doublings after failures end at a day. Waits are longer by a chance share of at most a fifth, so that the feeds of a
# list that began together do not go on together.
_LONGEST = datetime.timedelta(days=1)
_JITTER = 0.2
_MOST_DOUBLINGS = 10
# Entries left unread, because there were too many for one time, are not left waiting longer.
_SOON = datetime.timedelta(minutes=1)

Sink = Callable[[Feed, Sequence[Article | Rejected]], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What asking a feed gave, for people."""

    feed: Feed
    articles: int
    rejected: int
    unread: int
    unchanged: bool
    failure: str | None
    due: datetime.datetime


class Watcher:
    """Feeds with their memory and where their articles go.

    ``sink`` has stored what it was given when it returns. Once ``stop`` is set, no further feed is asked.
    """

    def __init__(
        self,
        listed: FeedList,
        memory: Memory,
        sink: Sink,
        *,
        fetcher: Fetcher | None = None,
        now: Callable[[], datetime.datetime] | None = None,
        chance: Callable[[], float] = random.random,
        stop: threading.Event | None = None,
    ) -> None:
        self._listed = listed
        self._memory = memory
        self._sink = sink
        self._fetcher = fetcher or Fetcher(listed.manners)
        self._now = now or _utc
        self._chance = chance
        self._stop = stop or threading.Event()

    def due(self) -> list[tuple[Feed, State]]:
        """The feeds whose time has come."""
        now = self._now()
        states = [(feed, self._memory.state(feed.url)) for feed in self._listed.feeds]
        return [(feed, state) for feed, state in states if state.due is None or state.due <= now]

    def once(self) -> Iterator[Asked]:
        """Ask every feed that is due; what a feed gave is stored before it is told of."""
        hosts: dict[str, list[tuple[Feed, State]]] = {}
        for feed, state in self.due():
            hosts.setdefault(origin(state.moved or feed.url), []).append((feed, state))
        with ThreadPoolExecutor(max_workers=_THREADS) as threads:
            waiting = {self._begun(threads, feeds[0]): feeds for feeds in hosts.values()}
            while waiting:
                for done in as_completed(tuple(waiting)):
                    (feed, state), *rest = waiting.pop(done)
                    yield self._stored(feed, state, done.result())
                    if rest and not self._stop.is_set():
                        waiting[self._begun(threads, rest[0])] = rest

    def idle_seconds(self) -> float:
        """How long no feed is due."""
        dues = [self._memory.state(feed.url).due for feed in self._listed.feeds]
        first = min((due for due in dues if due is not None), default=self._now())
        return max(0.0, (first - self._now()).total_seconds())

    def _begun(self, threads: ThreadPoolExecutor, one: tuple[Feed, State]) -> Future[Polled]:
        feed, state = one
        known = self._memory.seen(feed.url)
        return threads.submit(poll, feed, state, known, self._fetcher, self._listed.manners)

    def _stored(self, feed: Feed, state: State, polled: Polled) -> Asked:
        """First the articles, then the memory of them: a run that is killed between asks again and loses nothing."""
        if polled.articles:
            self._sink(feed, polled.articles)
        after = self._after(feed, state, polled)
        self._memory.keep(after, polled.seen, polled.shown)
        rejected = sum(isinstance(item, Rejected) for item in polled.articles)
        return Asked(
            feed,
            articles=len(polled.articles) - rejected,
            rejected=rejected,
            unread=polled.unread,
            unchanged=polled.unchanged,
            failure=after.reason,
            due=after.due or self._now(),
        )

    def _after(self, feed: Feed, state: State, polled: Polled) -> State:
        now, every = self._now(), feed.every(self._listed.manners)
        failures = state.failures + 1 if polled.failure is not None else 0
        wait = backed_off(every, failures, polled.failure)
        if polled.unread and not failures:
            wait = min(every, _SOON)
        return dataclasses.replace(
            state,
            moved=polled.moved,
            mark=polled.mark,
            asked=now,
            due=now + wait * (1 + _JITTER * self._chance()),
            failures=failures,
            reason=None if polled.failure is None else str(polled.failure),
        )


def backed_off(every: datetime.timedelta, failures: int, error: FetchError | InputError | None) -> datetime.timedelta:
    """How long to wait: twice as long after each failure, at most a day, and never less than the server asked for."""
    doubled: datetime.timedelta = every * 2 ** min(failures, _MOST_DOUBLINGS)
    wait = min(doubled, max(_LONGEST, every))
    after = error.retry_after if isinstance(error, FetchError) else None
    return max(wait, min(datetime.timedelta(seconds=after or 0), _LONGEST))


def _utc() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None, microsecond=0)
