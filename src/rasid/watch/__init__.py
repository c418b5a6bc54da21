"""Feeds: asked politely and again and again, their articles handed on to be stored.

``load`` reads FEEDS.toml, :class:`Watcher` asks the feeds that are due, :class:`Memory` keeps what must outlive a
restart.
"""

from rasid.watch.fetch import Fetcher
from rasid.watch.settings import Feed, FeedList, Manners, Text, load
from rasid.watch.state import Memory
from rasid.watch.watching import Asked, Watcher

__all__ = ["Asked", "Feed", "FeedList", "Fetcher", "Manners", "Memory", "Text", "Watcher", "load"]
