"""One polite request: in turn, within robots.txt, bounded in time and size, telling what changed."""

from __future__ import annotations

import datetime
import email.utils
import enum
import urllib.parse
from dataclasses import dataclass

import httpx

import rasid
from rasid.watch.hosts import Clock, Hosts, origin
from rasid.watch.settings import Manners, is_address

AGENT = "rasid"
_HOPS = 5
_MEGABYTE = 1_000_000
_PERMANENT = (301, 308)
_REDIRECTS = (301, 302, 303, 307, 308)
_ROBOTS_BYTES = 500_000  # RFC 9309: at least this much is read
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml, text/html, */*;q=0.5"


class Why(enum.StrEnum):
    """Why a request gave nothing."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    STATUS = "status"
    BUSY = "busy"
    TOO_LARGE = "too_large"
    REDIRECTS = "redirects"
    ROBOTS = "robots"


class FetchError(Exception):
    """A request that gave nothing; ``retry_after`` is the server's own word on when to come back, in seconds."""

    def __init__(self, why: Why, told: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(told)
        self.why = why
        self.status = status
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True)
class Mark:
    """What a server gave to recognise a version by: its ETag and Last-Modified."""

    etag: str | None = None
    modified: str | None = None


NO_MARK = Mark()


@dataclass(frozen=True, slots=True)
class Answer:
    """``body`` is None when nothing changed since the mark; ``moved`` is the new address of what moved for good."""

    url: str
    body: bytes | None
    mark: Mark = NO_MARK
    moved: str | None = None


class Fetcher:
    """Asks servers politely; may be shared by threads."""

    def __init__(self, manners: Manners, *, clock: Clock | None = None, client: httpx.Client | None = None) -> None:
        self._manners = manners
        self._clock = clock or Clock()
        self._hosts = Hosts(manners, self._clock)
        contact = f" (+{manners.contact})" if manners.contact else ""
        headers = {"User-Agent": f"{AGENT}/{rasid.__version__}{contact}", "Accept": _ACCEPT}
        self._client = client or httpx.Client(timeout=manners.timeout_seconds, follow_redirects=False)
        self._client.headers.update(headers)

    def close(self) -> None:
        """Let go of all connections."""
        self._client.close()

    def feed(self, url: str, mark: Mark) -> Answer:
        """A feed, if it changed since ``mark``. Raises FetchError."""
        return self._get(url, mark, self._manners.feed_megabytes)

    def page(self, url: str) -> Answer:
        """A page. Raises FetchError."""
        return self._get(url, NO_MARK, self._manners.page_megabytes)

    def _get(self, url: str, mark: Mark, megabytes: float) -> Answer:
        """Follows up to five redirects, asking each host's robots.txt."""
        seen, asked, moved = {url}, url, True
        for _ in range(_HOPS + 1):
            if not is_address(asked):
                raise FetchError(Why.UNREACHABLE, f"{asked}: is no web address")
            self._require_allowed(asked)
            answer = self._once(asked, mark, int(megabytes * _MEGABYTE))
            if not isinstance(answer, _Redirect):
                return Answer(asked, answer.body, answer.mark, asked if moved and asked != url else None)
            moved = moved and answer.permanent
            asked = answer.url
            if asked in seen:
                raise FetchError(Why.REDIRECTS, f"{url}: redirects in a circle")
            seen.add(asked)
        raise FetchError(Why.REDIRECTS, f"{url}: more than {_HOPS} redirects")

    def _require_allowed(self, url: str) -> None:
        if not self._manners.robots:
            return
        if not self._hosts.knows_rules(url):
            self._hosts.learn(url, self._rules(url), AGENT)
        if not self._hosts.allows(url, AGENT):
            raise FetchError(Why.ROBOTS, f"{url}: robots.txt of the host forbids it")

    def _rules(self, url: str) -> str:
        """The host's robots.txt; a host without one forbids nothing, one that fails is left alone for now."""
        address = f"{origin(url)}/robots.txt"
        for _ in range(_HOPS):
            try:
                answer = self._once(address, NO_MARK, _ROBOTS_BYTES)
            except FetchError as error:
                if error.status is not None and 400 <= error.status < 500 and error.why is Why.STATUS:
                    return ""
                raise
            if not isinstance(answer, _Redirect):
                return (answer.body or b"").decode("utf-8", "replace")
            address = answer.url
        return ""

    def _once(self, url: str, mark: Mark, limit: int) -> Answer | _Redirect:
        with self._hosts.turn(url):
            ends = self._clock.now() + self._manners.timeout_seconds
            try:
                with self._client.stream("GET", url, headers=_conditions(mark)) as response:
                    return self._read(response, url, limit, ends)
            except httpx.TimeoutException as error:
                raise FetchError(Why.TIMEOUT, f"{url}: no answer within the time-out") from error
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                raise FetchError(Why.UNREACHABLE, f"{url}: {error or type(error).__name__}") from error

    def _read(self, response: httpx.Response, url: str, limit: int, ends: float) -> Answer | _Redirect:
        status = response.status_code
        if status in _REDIRECTS and "location" in response.headers:
            return _Redirect(_joined(url, response.headers["location"]), status in _PERMANENT)
        mark = Mark(response.headers.get("etag"), response.headers.get("last-modified"))
        if status == httpx.codes.NOT_MODIFIED:
            return Answer(url, None, mark)
        if status != httpx.codes.OK:
            busy = status in (httpx.codes.TOO_MANY_REQUESTS, httpx.codes.SERVICE_UNAVAILABLE)
            why = Why.BUSY if busy else Why.STATUS
            after = _seconds(response.headers.get("retry-after"))
            raise FetchError(why, f"{url}: the server answered {status}", status=status, retry_after=after)
        return Answer(url, self._body(response, url, limit, ends), mark)

    def _body(self, response: httpx.Response, url: str, limit: int, ends: float) -> bytes:
        pieces, size = [], 0
        for piece in response.iter_bytes():
            pieces.append(piece)
            size += len(piece)
            if size > limit:
                raise FetchError(Why.TOO_LARGE, f"{url}: more than {limit // 1000} kB")
            if self._clock.now() > ends:
                raise FetchError(Why.TIMEOUT, f"{url}: not complete within the time-out")
        return b"".join(pieces)


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: str
    permanent: bool


def _joined(url: str, location: str) -> str:
    target = urllib.parse.urldefrag(urllib.parse.urljoin(url, location)).url
    if not target.startswith(("http://", "https://")):
        raise FetchError(Why.REDIRECTS, f"{url}: redirects to {target[:100]}, which is no web address")
    return target


def _conditions(mark: Mark) -> dict[str, str]:
    told = {"If-None-Match": mark.etag, "If-Modified-Since": mark.modified}
    return {name: value for name, value in told.items() if value}


def _seconds(told: str | None) -> float | None:
    """Retry-After: seconds or a date."""
    if not told:
        return None
    if told.strip().isdecimal():
        return float(told)
    try:
        day = email.utils.parsedate_to_datetime(told)
    except ValueError:
        return None
    day = day if day.tzinfo else day.replace(tzinfo=datetime.UTC)
    return max(0.0, (day - datetime.datetime.now(datetime.UTC)).total_seconds())
