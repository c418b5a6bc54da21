"""Requests to a server that misbehaves."""

from __future__ import annotations

import time

import pytest

from rasid.watch.fetch import NO_MARK, Fetcher, FetchError, Mark, Why
from rasid.watch.hosts import Clock, Hosts
from rasid.watch.settings import Manners
from tests.watch.server import Reply, running

QUICK = Manners(host_seconds=0.01, timeout_seconds=0.6, feed_megabytes=0.01, page_megabytes=0.01)


@pytest.fixture
def server():
    with running() as started:
        yield started


@pytest.fixture
def fetcher():
    made = Fetcher(QUICK)
    yield made
    made.close()


def failed(fetcher, url):
    with pytest.raises(FetchError) as caught:
        fetcher.feed(url, NO_MARK)
    return caught.value


def test_conditional_requests(server, fetcher):
    url = server.put("/feed", Reply(b"x", headers={"etag": '"1"', "last-modified": "Sun, 05 Oct 2025 10:00:00 GMT"}))
    first = fetcher.feed(url, NO_MARK)
    assert first.body == b"x"
    assert first.mark == Mark('"1"', "Sun, 05 Oct 2025 10:00:00 GMT")
    assert fetcher.feed(url, first.mark).body is None
    assert server.last("/feed")["if-modified-since"] == "Sun, 05 Oct 2025 10:00:00 GMT"


def test_the_agent_says_who_it_is(server):
    fetcher = Fetcher(Manners(host_seconds=0.01, contact="https://example.org/bot"))
    fetcher.feed(server.put("/feed", Reply(b"x")), NO_MARK)
    fetcher.close()
    agent = server.last("/feed")["user-agent"]
    assert agent.startswith("rasid/")
    assert "https://example.org/bot" in agent


@pytest.mark.parametrize(
    ("status", "why", "told", "seconds"),
    [
        (429, Why.BUSY, "120", 120.0),
        (503, Why.BUSY, "0", 0.0),
        (500, Why.STATUS, "soon", None),
        (404, Why.STATUS, "", None),
    ],
)
def test_refusals(server, fetcher, status, why, told, seconds):
    error = failed(fetcher, server.put("/feed", Reply(status=status, headers={"retry-after": told})))
    assert (error.why, error.status, error.retry_after) == (why, status, seconds)


def test_retry_after_as_a_date(server, fetcher):
    headers = {"retry-after": "Wed, 01 Jan 2098 00:00:00 GMT"}
    assert failed(fetcher, server.put("/feed", Reply(status=429, headers=headers))).retry_after > 1e9
    headers = {"retry-after": "Sat, 01 Jan 2000 00:00:00 GMT"}
    assert failed(fetcher, server.put("/feed", Reply(status=429, headers=headers))).retry_after == 0


def test_a_page_that_moved_for_good(server, fetcher):
    server.put("/new", Reply(b"x"))
    url = server.put("/old", Reply(status=301, headers={"location": "/new"}))
    assert fetcher.feed(url, NO_MARK).moved == server.address + "/new"
    url = server.put("/old", Reply(status=302, headers={"location": "/new"}))
    assert fetcher.feed(url, NO_MARK).moved is None


def test_redirects_in_a_circle_and_without_end(server, fetcher):
    server.put("/b", Reply(status=302, headers={"location": "/a"}))
    assert failed(fetcher, server.put("/a", Reply(status=302, headers={"location": "/b"}))).why is Why.REDIRECTS
    for n in range(9):
        server.put(f"/{n}", Reply(status=302, headers={"location": f"/{n + 1}"}))
    assert failed(fetcher, server.address + "/0").why is Why.REDIRECTS
    assert server.count("/8") == 0


def test_redirects_to_no_web_address(server, fetcher):
    url = server.put("/a", Reply(status=302, headers={"location": "file:///etc/hosts"}))
    assert failed(fetcher, url).why is Why.REDIRECTS


def test_huge_answers_are_not_read_to_their_end(server, fetcher):
    sent = []

    def act(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(10_000):
            handler.wfile.write(b"x" * 100_000)
            sent.append(1)

    assert failed(fetcher, server.put("/feed", Reply(act=act))).why is Why.TOO_LARGE
    assert len(sent) < 1000


def test_an_answer_that_drips(server, fetcher):
    def act(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(40):
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.1)

    begun = time.monotonic()
    assert failed(fetcher, server.put("/feed", Reply(act=act))).why is Why.TIMEOUT
    assert time.monotonic() - begun < 3


def test_a_server_that_never_answers(server, fetcher):
    url = server.put("/feed", Reply(act=lambda handler: time.sleep(2)))
    assert failed(fetcher, url).why is Why.TIMEOUT


def test_an_answer_cut_short(server, fetcher):
    url = server.put("/feed", Reply(b"abc", headers={"content-length": "5000"}))
    assert failed(fetcher, url).why is Why.UNREACHABLE


def test_an_answer_that_is_no_http(server, fetcher):
    url = server.put("/feed", Reply(act=lambda handler: handler.wfile.write(b"hello\r\n\r\n")))
    assert failed(fetcher, url).why is Why.UNREACHABLE


def test_nobody_there(fetcher):
    assert failed(fetcher, "http://127.0.0.1:9/feed").why is Why.UNREACHABLE
    assert failed(fetcher, "http://[bad/feed").why is Why.UNREACHABLE


def test_robots_are_asked_once_and_followed(server, fetcher):
    server.put("/robots.txt", Reply(b"User-agent: *\nDisallow: /private/*.xml$\n"))
    private = server.put("/private/feed.xml", Reply(b"x"))
    assert failed(fetcher, private).why is Why.ROBOTS
    assert fetcher.feed(server.put("/feed", Reply(b"x")), NO_MARK).body == b"x"
    assert server.count("/robots.txt") == 1
    assert server.count("/private/feed.xml") == 0


def test_robots_that_fail_keep_away(server, fetcher):
    server.put("/robots.txt", Reply(status=500), Reply(status=404))
    url = server.put("/feed", Reply(b"x"))
    assert failed(fetcher, url).status == 500
    assert fetcher.feed(url, NO_MARK).body == b"x"


def test_robots_can_be_left_out(server):
    server.put("/robots.txt", Reply(b"User-agent: *\nDisallow: /\n"))
    fetcher = Fetcher(Manners(host_seconds=0.01, robots=False))
    assert fetcher.feed(server.put("/feed", Reply(b"x")), NO_MARK).body == b"x"
    fetcher.close()


class Waits(Clock):
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []
        super().__init__(now=lambda: self.at, sleep=self._sleep)

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


def test_one_host_is_not_asked_too_often():
    clock = Waits()
    hosts = Hosts(Manners(host_seconds=3), clock)
    for url in ("http://a.example/1", "http://b.example/1", "http://a.example/2", "http://A.example/3"):
        with hosts.turn(url):
            pass
    assert clock.slept == [3, 3]


def test_a_longer_delay_of_robots_counts_but_not_any():
    clock = Waits()
    hosts = Hosts(Manners(host_seconds=1), clock)
    hosts.learn("http://a.example/", "User-agent: rasid\nCrawl-delay: 20\n", "rasid")
    hosts.learn("http://b.example/", "User-agent: *\nCrawl-delay: 99999\n", "rasid")
    for url in ("http://a.example/", "http://a.example/", "http://b.example/", "http://b.example/"):
        with hosts.turn(url):
            pass
    assert clock.slept == [20, 60]
