"""Feeds that are asked again and again, from a server that misbehaves, into a store's tables."""

from __future__ import annotations

import datetime
import json
import threading

import duckdb
import pytest

from rasid.records import Article, Rejected
from rasid.watch import Feed, FeedList, Fetcher, Manners, Memory, Text, Watcher
from rasid.watch.entries import cleaned
from rasid.watch.fetch import FetchError, Why
from rasid.watch.watching import backed_off
from tests.watch.server import BODY, Reply, page, rss, running

QUICK = Manners(every_minutes=15, host_seconds=0.001, timeout_seconds=2)
BEGIN = datetime.datetime.fromisoformat("2025-10-05T12:00")


class Desk:
    """A watcher with a clock of its own, a memory in a database, and a sink that keeps what comes."""

    def __init__(self, *feeds: Feed, manners: Manners = QUICK) -> None:
        self.now = BEGIN
        self.listed = FeedList(feeds, manners)
        self.connection = duckdb.connect()
        self.kept: list[Article | Rejected] = []
        self.fail = False

    def sink(self, feed, found):
        if self.fail:
            raise RuntimeError("killed")
        self.kept += found

    def round(self, minutes=0.0, stop=None):
        """One round, ``minutes`` after the last; each call begins anew, as after a restart."""
        self.now += datetime.timedelta(minutes=minutes)
        fetcher = Fetcher(self.listed.manners)
        try:
            watcher = Watcher(
                self.listed,
                Memory(self.connection),
                self.sink,
                fetcher=fetcher,
                now=lambda: self.now,
                chance=lambda: 0.5,
                stop=stop,
            )
            told = list(watcher.once())
            self.idle = watcher.idle_seconds()
        finally:
            fetcher.close()
        return told


@pytest.fixture
def server():
    with running() as started:
        yield started


def two(server, **kwargs):
    items = [(f"لقاء وزاري {n}", f"{server.address}/news/{n}?utm_source=rss") for n in (1, 2)]
    return rss(*items, **kwargs)


def test_articles_come_with_page_day_publisher_and_clean_address(server):
    url = server.put("/feed", Reply(two(server)))
    for n in (1, 2):
        server.put(f"/news/{n}", Reply(page(f"لقاء وزاري {n}", BODY + "\nوقال الناطق إن الصفحة أطول من الخلاصة.")))
    desk = Desk(Feed(url, "جريدة الصباح"))
    (told,) = desk.round()
    assert (told.articles, told.rejected, told.failure) == (2, 0, None)
    first = desk.kept[0]
    assert isinstance(first, Article)
    assert first.url == server.address + "/news/1"
    assert first.publisher == "جريدة الصباح"
    assert first.published == datetime.date(2025, 10, 5)
    assert first.published_by == "feed"
    assert "أطول من الخلاصة" in first.body


@pytest.mark.parametrize(("text", "body"), [(Text.FEED, BODY.replace("\n", " ")), (Text.HEADLINE, "لقاء وزاري 1")])
def test_as_much_text_as_is_wanted(server, text, body):
    url = server.put("/feed", Reply(two(server)))
    desk = Desk(Feed(url, text=text))
    desk.round()
    assert " ".join(desk.kept[0].body.split()) == body
    assert server.count("/news/1") == 0


def test_nothing_twice_over_restarts_and_changing_ids(server):
    url = server.put("/feed", Reply(two(server, guid="a")), Reply(two(server, guid="b")))
    desk = Desk(Feed(url, text=Text.FEED))
    desk.round()
    desk.round(20)
    assert server.count("/feed") == 2
    assert len(desk.kept) == 2


def test_a_changed_entry_comes_again(server):
    link = f"{server.address}/news/1"
    url = server.put("/feed", Reply(rss(("لقاء وزاري", link))), Reply(rss(("لقاء وزاري موسع", link))))
    desk = Desk(Feed(url, text=Text.FEED))
    desk.round()
    desk.round(20)
    assert [article.title for article in desk.kept] == ["لقاء وزاري", "لقاء وزاري موسع"]
    assert len({article.id for article in desk.kept}) == 1


def test_a_feed_is_asked_when_it_is_due_and_with_its_mark(server):
    url = server.put("/feed", Reply(two(server), headers={"etag": '"1"'}))
    desk = Desk(Feed(url, text=Text.FEED))
    (told,) = desk.round()
    assert told.due == BEGIN + datetime.timedelta(minutes=16.5)
    assert desk.idle == 16.5 * 60
    assert desk.round(10) == []
    (told,) = desk.round(10)
    assert told.unchanged
    assert server.last("/feed")["if-none-match"] == '"1"'
    assert len(desk.kept) == 2


def test_a_run_killed_before_storing_loses_nothing(server):
    url = server.put("/feed", Reply(two(server), headers={"etag": '"1"'}))
    desk = Desk(Feed(url, text=Text.FEED))
    desk.fail = True
    with pytest.raises(RuntimeError):
        desk.round()
    desk.fail = False
    desk.round()
    assert len(desk.kept) == 2


def test_dead_feeds_wait_longer_each_time_and_hold_up_no_one(server):
    good = server.put("/feed", Reply(two(server)))
    desk = Desk(Feed("http://127.0.0.1:9/feed"), Feed(good, text=Text.FEED))
    waits = []
    for _ in range(3):
        told = {asked.feed.url: asked for asked in desk.round(300)}
        dead = told["http://127.0.0.1:9/feed"]
        assert dead.failure
        assert not told[good].failure
        waits.append((dead.due - desk.now).total_seconds() / 60)
    assert waits == [33, 66, 132]


def test_a_feed_that_recovers_is_asked_as_often_as_before(server):
    url = server.put("/feed", Reply(status=500), Reply(two(server)))
    desk = Desk(Feed(url, text=Text.FEED))
    assert desk.round()[0].failure
    (told,) = desk.round(40)
    assert told.failure is None
    assert told.due - desk.now == datetime.timedelta(minutes=16.5)


def test_retry_after_is_kept(server):
    url = server.put("/feed", Reply(status=429, headers={"retry-after": "7200"}))
    desk = Desk(Feed(url))
    (told,) = desk.round()
    assert told.due >= BEGIN + datetime.timedelta(hours=2)
    desk.round(100)
    assert server.count("/feed") == 1


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"", "empty"),
        (b"<html><body>Not here</body></html>", ""),
        (b"<rss><channel><item><title>x", ""),
        (
            b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><rss><channel><title>&b;</title></channel></rss>',
            "entit",
        ),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": [', ""),
        (b"\x00\x01\x02" * 500, ""),
    ],
)
def test_what_is_no_feed_stores_nothing(server, body, told):
    url = server.put("/feed", Reply(body))
    desk = Desk(Feed(url))
    (asked,) = desk.round()
    assert not [item for item in desk.kept if isinstance(item, Article)]
    assert asked.failure is None or told in asked.failure


def test_a_feed_cut_in_the_middle_gives_what_is_whole(server):
    whole = two(server)
    url = server.put("/feed", Reply(whole[: whole.rindex(b"<pubDate>")]), Reply(whole))
    desk = Desk(Feed(url, text=Text.FEED))
    desk.round()
    desk.round(20)
    assert {article.url for article in desk.kept} == {f"{server.address}/news/{n}" for n in (1, 2)}


def test_json_feed_with_titles_alone(server):
    items = [{"id": "1", "url": f"{server.address}/news/1", "title": "وزير الخارجية يلتقي نظيره في القاهرة"}]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "صحيفة", "items": items}
    url = server.put("/feed", Reply(json.dumps(feed).encode()))
    desk = Desk(Feed(url, text=Text.HEADLINE))
    desk.round()
    assert desk.kept[0].body == "وزير الخارجية يلتقي نظيره في القاهرة"
    assert desk.kept[0].publisher == "صحيفة"


def test_pages_that_fail_give_the_feeds_text_and_are_tried_again(server):
    url = server.put("/feed", Reply(two(server), headers={"etag": '"1"'}))
    server.put("/news/1?", Reply(status=404))
    server.put("/news/2", Reply(page("لقاء وزاري 2")))
    desk = Desk(Feed(url))
    for _ in range(6):
        desk.round(20)
    assert server.count("/news/1") == 3
    assert server.count("/news/2") == 1
    assert len({article.id for article in desk.kept}) == 2


def test_a_host_in_trouble_is_left_alone_and_its_pages_wait(server):
    url = server.put("/feed", Reply(two(server), headers={"etag": '"1"'}))
    server.put("/news/1", Reply(status=429), Reply(page("لقاء وزاري 1")))
    server.put("/news/2", Reply(page("لقاء وزاري 2")))
    desk = Desk(Feed(url))
    (told,) = desk.round()
    assert (told.articles, told.unread) == (1, 1)
    assert server.count("/news/2") == 0
    (told,) = desk.round(5)
    assert told.unread == 0
    assert len({article.id for article in desk.kept}) == 2


def test_only_so_many_pages_at_one_time(server):
    items = [(f"لقاء وزاري {n}", f"{server.address}/news/{n}") for n in range(7)]
    url = server.put("/feed", Reply(rss(*items), headers={"etag": '"1"'}))
    for n in range(7):
        server.put(f"/news/{n}", Reply(page(f"لقاء وزاري {n}")))
    desk = Desk(Feed(url), manners=Manners(host_seconds=0.001, pages=3))
    told = [desk.round(5)[0].articles for _ in range(3)]
    assert told == [3, 3, 1]
    assert len({article.id for article in desk.kept}) == 7


def test_a_page_that_robots_forbid_is_not_asked_again(server):
    url = server.put("/feed", Reply(two(server)))
    server.put("/robots.txt", Reply(b"User-agent: *\nDisallow: /news/\n"))
    desk = Desk(Feed(url))
    desk.round()
    desk.round(20)
    assert server.count("/news/1") == 0
    assert len(desk.kept) == 2


def test_a_feed_that_moved_is_asked_at_its_new_address(server):
    server.put("/new", Reply(two(server)))
    url = server.put("/feed", Reply(status=301, headers={"location": "/new"}))
    desk = Desk(Feed(url, text=Text.FEED))
    desk.round()
    desk.round(20)
    assert server.count("/feed") == 1
    assert server.count("/new") == 2


def test_other_languages_are_rejected_with_a_reason(server):
    body = two(server).replace(
        BODY.encode(), b"The ministers met on Sunday and talked at length about trade and borders."
    )
    url = server.put("/feed", Reply(body.replace("لقاء وزاري".encode(), b"Ministers meet")))
    desk = Desk(Feed(url, text=Text.FEED))
    (told,) = desk.round()
    assert (told.articles, told.rejected) == (0, 2)
    assert desk.kept[0].code == "not_arabic"


def test_stopping_asks_no_further_feed_of_a_host(server):
    urls = [server.put(f"/feed{n}", Reply(two(server))) for n in range(3)]
    desk = Desk(*(Feed(url, text=Text.FEED) for url in urls))
    stop = threading.Event()
    stop.set()
    assert len(desk.round(stop=stop)) == 1


def test_entries_that_the_feed_no_longer_shows_are_forgotten(server):
    old = Reply(rss(("لقاء وزاري", f"{server.address}/old")))
    url = server.put("/feed", old, Reply(two(server)))
    desk = Desk(Feed(url, text=Text.FEED))
    desk.round()
    assert set(Memory(desk.connection).seen(url)) == {f"{server.address}/old"}
    desk.round(60 * 24 * 61)
    assert f"{server.address}/old" not in Memory(desk.connection).seen(url)
    assert len(Memory(desk.connection).seen(url)) == 2


def test_waits_double_up_to_a_day():
    every = datetime.timedelta(minutes=15)
    waits = [backed_off(every, failures, None) for failures in (0, 1, 2, 20)]
    assert [wait / every for wait in waits] == [1, 2, 4, 96]
    weekly = datetime.timedelta(days=7)
    assert backed_off(weekly, 3, None) == weekly
    busy = FetchError(Why.BUSY, "", retry_after=10_000_000)
    assert backed_off(every, 1, busy) == datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.example/1?utm_source=x&id=3#top", "https://a.example/1?id=3"),
        ("https://a.example/1?fbclid=x", "https://a.example/1"),
        ("https://a.example/خبر-1", "https://a.example/خبر-1"),
        ("https://[a/1", "https://[a/1"),
    ],
)
def test_cleaned_addresses(url, expected):
    assert cleaned(url) == expected
