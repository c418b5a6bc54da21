"""What FEEDS.toml may say, read into records."""

from __future__ import annotations

import datetime
import enum
import tomllib
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from rasid.errors import FeedListError

_SCHEMES = ("http", "https")


class Text(enum.StrEnum):
    """How much of each article is kept: the whole page, what the feed gives of it, or the headline."""

    PAGE = "page"
    FEED = "feed"
    HEADLINE = "headline"


@dataclass(frozen=True, slots=True)
class Manners:
    """How other people's servers are treated: the table ``[watch]`` of FEEDS.toml.

    ``every_minutes`` is how often a feed is asked that does not say itself; ``host_seconds`` the least time between two
    requests to one host; ``timeout_seconds`` bounds one request as a whole; ``pages`` is how many new pages are fetched
    at one asking of a feed; ``contact`` (an address) is sent along so that a server's owner can write; ``robots`` says
    whether robots.txt is followed.
    """

    every_minutes: float = 15
    host_seconds: float = 2
    timeout_seconds: float = 30
    feed_megabytes: float = 10
    page_megabytes: float = 5
    pages: int = 50
    contact: str | None = None
    robots: bool = True


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed: a table ``[[feed]]``. ``publisher`` overrides what the feed calls itself."""

    url: str
    publisher: str | None = None
    text: Text = Text.PAGE
    every_minutes: float | None = None

    def every(self, manners: Manners) -> datetime.timedelta:
        """How often it is asked."""
        return datetime.timedelta(minutes=self.every_minutes or manners.every_minutes)


@dataclass(frozen=True, slots=True)
class FeedList:
    """All of FEEDS.toml."""

    feeds: tuple[Feed, ...]
    manners: Manners = Manners()


def load(path: Path) -> FeedList:
    """The feeds of a file. Raises FeedListError, naming the table and the key."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FeedListError(f"{path}: cannot be read ({error.strerror}); name an existing file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FeedListError(f"{path}: is no TOML ({error}); see docs/watch.md for an example") from error
    _allowed(path, "the file", told, ("watch", "feed"))
    manners = _manners(path, told.get("watch", {}))
    tables = told.get("feed", [])
    if not isinstance(tables, list) or not tables:
        raise FeedListError(f"{path}: names no feed; add a table [[feed]] with a url")
    feeds = [_feed(path, number, table) for number, table in enumerate(tables, 1)]
    twice = [feed.url for n, feed in enumerate(feeds) if feed.url in {other.url for other in feeds[:n]}]
    if twice:
        raise FeedListError(f"{path}: {twice[0]} stands there twice; remove one")
    return FeedList(tuple(feeds), manners)


def _manners(path: Path, table: Any) -> Manners:
    _allowed(path, "[watch]", table, [field.name for field in fields(Manners)])
    for key, value in table.items():
        wanted = {"contact": str, "robots": bool, "pages": int}.get(key, (int, float))
        if not isinstance(value, wanted) or (isinstance(value, bool) and key != "robots"):
            raise FeedListError(f"{path}: {key} = {value!r} in [watch] is of the wrong kind; see docs/watch.md")
        if isinstance(value, (int, float)) and not isinstance(value, bool) and value <= 0:
            raise FeedListError(f"{path}: {key} = {value!r} in [watch] must be more than 0")
    return Manners(**table)


def _feed(path: Path, number: int, table: Any) -> Feed:
    where = f"feed {number}"
    _allowed(path, where, table, [field.name for field in fields(Feed)])
    url, every = table.get("url"), table.get("every_minutes")
    if not isinstance(url, str) or not is_address(url):
        raise FeedListError(f"{path}: {where} has url = {url!r}; give an address that begins with http:// or https://")
    if every is not None and (isinstance(every, bool) or not isinstance(every, (int, float)) or every <= 0):
        raise FeedListError(f"{path}: {where} has every_minutes = {every!r}; give a number of minutes above 0")
    try:
        text = Text(table.get("text", Text.PAGE))
    except ValueError as error:
        names = ", ".join(Text)
        raise FeedListError(f"{path}: {where} has text = {table['text']!r}; give one of {names}") from error
    publisher = table.get("publisher")
    if publisher is not None and not isinstance(publisher, str):
        raise FeedListError(f"{path}: {where} has publisher = {publisher!r}; give a name in quotation marks")
    return Feed(url, publisher, text, every)


def _allowed(path: Path, where: str, table: Any, names: Sequence[str]) -> None:
    if not isinstance(table, Mapping):
        raise FeedListError(f"{path}: {where} must be a table; see docs/watch.md")
    odd = sorted(set(table) - set(names))
    if odd:
        raise FeedListError(f"{path}: {where} has {odd[0]!r}, which means nothing; allowed are {', '.join(names)}")


def is_address(url: str) -> bool:
    """True for what can be asked: http or https and a host."""
    try:
        parts = urllib.parse.urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname)
