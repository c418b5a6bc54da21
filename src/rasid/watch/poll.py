"""Asking one feed: what is new there, and the text of it as far as it is wanted."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rasid.errors import InputError
from rasid.read import DateSource, Draft, Options, article_of, html
from rasid.records import Article, Rejected
from rasid.watch.entries import Entry, cleaned, entries
from rasid.watch.fetch import NO_MARK, Answer, Fetcher, FetchError, Mark, Why
from rasid.watch.settings import Feed, Manners, Text
from rasid.watch.state import Seen, State

# How often the page of an entry is fetched in vain before the feed's own text is taken for good.
_TRIES = 3
# Reasons to stop fetching pages of this feed for now: the host is in trouble, or wants to be left alone.
_HOST_TROUBLE = (Why.UNREACHABLE, Why.TIMEOUT, Why.BUSY)


@dataclass(frozen=True, slots=True)
class Polled:
    """What one asking gave: articles and rejections to be stored, entries dealt with, all keys that the feed shows.

    ``failure`` tells why the feed itself gave nothing; ``unread`` is how many entries must wait for the next time.
    """

    articles: tuple[Article | Rejected, ...] = ()
    seen: Mapping[str, Seen] = dataclasses.field(default_factory=dict)
    shown: tuple[str, ...] = ()
    mark: Mark = NO_MARK
    moved: str | None = None
    unchanged: bool = False
    unread: int = 0
    failure: FetchError | InputError | None = None


def poll(feed: Feed, state: State, known: Mapping[str, Seen], fetcher: Fetcher, manners: Manners) -> Polled:
    """Ask ``feed`` and fetch what is new; ``known`` are the entries dealt with before. Nothing is raised."""
    try:
        answer = fetcher.feed(state.moved or feed.url, state.mark)
        if answer.body is None:
            return Polled(mark=state.mark, moved=answer.moved or state.moved, unchanged=True)
        found = entries(answer.body, feed.url, feed.publisher)
    except (FetchError, InputError) as error:
        return Polled(mark=state.mark, moved=state.moved, failure=error)
    return _Reading(feed, fetcher, manners, known).all(found, answer, state)


class _Reading:
    """The entries of one feed, one after the other."""

    def __init__(self, feed: Feed, fetcher: Fetcher, manners: Manners, known: Mapping[str, Seen]) -> None:
        self._feed = feed
        self._fetcher = fetcher
        self._manners = manners
        self._known = known
        self._pages = 0
        self._trouble = False
        self._unread = 0

    def all(self, found: list[Entry | InputError], answer: Answer, state: State) -> Polled:
        articles: list[Article | Rejected] = []
        seen: dict[str, Seen] = {}
        shown = [item.key for item in found if isinstance(item, Entry)]
        for entry in self._new(found):
            draft, tries = self._text(entry)
            if draft is None:
                self._unread += 1
                continue
            articles.append(article_of(draft, Options(publisher=self._feed.publisher)))
            seen[entry.key] = Seen(entry.stamp, tries)
        # With entries left unread the feed must be read whole again, so it is asked without its mark.
        mark = answer.mark if not self._unread and not any(item.tries for item in seen.values()) else NO_MARK
        moved = answer.moved or state.moved
        return Polled(tuple(articles), seen, tuple(shown), mark, moved, unread=self._unread)

    def _new(self, found: list[Entry | InputError]) -> Iterator[Entry]:
        for item in found:
            if isinstance(item, Entry):
                before = self._known.get(item.key)
                if before is None or before.stamp != item.stamp or 0 < before.tries < _TRIES:
                    yield item

    def _text(self, entry: Entry) -> tuple[Draft | None, int]:
        """The entry with the text that is wanted, and how often its page was fetched in vain; None to wait."""
        if self._feed.text is Text.HEADLINE:
            return _headline(entry.draft), 0
        if self._feed.text is Text.FEED or not _has_page(entry.draft):
            return entry.draft, 0
        if self._trouble or self._pages >= self._manners.pages:
            return None, 0
        self._pages += 1
        before = self._known.get(entry.key)
        tries = before.tries if before is not None and before.stamp == entry.stamp else 0
        try:
            return self._page(entry.draft), 0
        except FetchError as error:
            self._trouble = error.why in _HOST_TROUBLE
            tries = _TRIES if error.why in (Why.ROBOTS, Why.TOO_LARGE) else tries + 1
        except InputError:
            tries = _TRIES
        return entry.draft, tries

    def _page(self, draft: Draft) -> Draft:
        """The page's text; day and publisher from the feed, which knows them better."""
        answer = self._fetcher.page(draft.url or "")
        page = html.of_bytes(answer.body or b"", draft.url or "", url=cleaned(answer.url))
        page = dataclasses.replace(page, url=draft.url, publisher=draft.publisher or page.publisher)
        page = dataclasses.replace(page, title=page.title or draft.title)
        if draft.published is not None and draft.published_by is not DateSource.NONE:
            page = page.dated(draft.published, draft.published_by)
        return page


def _has_page(draft: Draft) -> bool:
    return bool(draft.url) and str(draft.url).startswith(("http://", "https://"))


def _headline(draft: Draft) -> Draft:
    """The title alone; the feed's text where there is no title."""
    return dataclasses.replace(draft, title=None, body=draft.title or draft.body)
