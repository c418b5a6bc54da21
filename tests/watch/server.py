"""A web server on this machine that misbehaves as told."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

BODY = (
    "التقى وزير الخارجية الأردني نظيره العراقي في عمان يوم الأحد، وبحثا العلاقات بين البلدين.\n"
    "وأدان الوزيران الهجوم الذي استهدف حاجزا للجيش قرب الحدود وأسفر عن مقتل ثلاثة جنود."
)


@dataclass
class Reply:
    """What one path answers; ``act`` may write anything else to the connection instead."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    act: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Server:
    """Paths with their replies (the last of several stays), and every request that came: path, headers, time."""

    address: str = ""
    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], float]] = field(default_factory=list)

    def put(self, path: str, *replies: Reply) -> str:
        self.replies[path] = list(replies)
        return self.address + path

    def count(self, path: str) -> int:
        return sum(asked == path for asked, _, _ in self.asked)

    def last(self, path: str) -> dict[str, str]:
        return [headers for asked, headers, _ in self.asked if asked == path][-1]

    def reply(self, path: str) -> Reply:
        waiting = self.replies.get(path)
        if not waiting:
            return Reply(status=404)
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextlib.contextmanager
def running() -> Iterator[Server]:
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            server.asked.append((self.path, headers, time.monotonic()))
            reply = server.reply(self.path)
            with contextlib.suppress(OSError):
                if reply.act is not None:
                    reply.act(self)
                    return
                if "etag" in reply.headers and headers.get("if-none-match") == reply.headers["etag"]:
                    self.send_response(304)
                    self.end_headers()
                    return
                self.send_response(reply.status)
                for name, value in {"content-length": str(len(reply.body)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.daemon_threads = True
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    server.address = f"http://127.0.0.1:{httpd.server_address[1]}"
    try:
        yield server
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def rss(*items: tuple[str, str], guid: str = "") -> bytes:
    """An RSS feed of (title, link); the text of each is BODY."""
    entries = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{guid}{n}</guid><description>{BODY}</description>"
        "<pubDate>Sun, 05 Oct 2025 10:00:00 GMT</pubDate></item>"
        for n, (title, link) in enumerate(items)
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>صحيفة</title>'
    return f"{head}{entries}</channel></rss>".encode()


def page(title: str, body: str = BODY) -> bytes:
    text = "".join(f"<p>{line}</p>" for line in body.splitlines())
    head = f"<!doctype html><html lang=ar><head><meta charset=utf-8><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{text}</article></body></html>".encode()
