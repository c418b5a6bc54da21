"""What every request passes: known host, bounded body, strict headers, no writing from another site."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from rasid.serve.settings import Settings, is_loopback

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}
_READING = {"GET", "HEAD", "OPTIONS"}


class TooLargeBody(Exception):
    """The request's body is larger than allowed."""


class Guard:
    """The outermost layer of the desk."""

    def __init__(self, app: App, settings: Settings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refused(scope["method"], headers)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
            return
        body = _Bounded(receive, self.settings.largest)
        await self.app(scope, body.receive, _with_headers(body.answering(send)))

    def _refused(self, method: str, headers: Headers) -> PlainTextResponse | None:
        if not self._known_host(headers.get("host", "")):
            return PlainTextResponse("unknown host; name it with --allow-host", 421)
        if method not in _READING and not _same_site(headers):
            return PlainTextResponse("refused: sent from another site", 403)
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.settings.largest:
            return PlainTextResponse(f"the body may have {self.settings.largest} bytes at most", 413)
        return None

    def _known_host(self, host: str) -> bool:
        """A foreign name that was made to point here (DNS rebinding) is refused."""
        name = urlsplit(f"//{host}").hostname or ""
        return is_loopback(name) or name in (self.settings.host, *self.settings.hosts)


def _same_site(headers: Headers) -> bool:
    """Browsers say where a request comes from; programs that say nothing carry no cookies of a user either."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


class _Bounded:
    """A body that may come without its length: reading it stops when it grows too large."""

    def __init__(self, receive: Receive, largest: int) -> None:
        self._receive = receive
        self._left = largest

    async def receive(self) -> MutableMapping[str, Any]:
        """The next message. Raises TooLargeBody."""
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise TooLargeBody
        return message

    def answering(self, send: Send) -> Send:
        """Whoever caught the error and however it answers, the status says what was wrong."""

        async def sent(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start" and self._left < 0:
                message["status"] = 413
            await send(message)

        return sent


def _with_headers(send: Send) -> Send:
    async def started(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "private, no-cache")
        await send(message)

    return started
