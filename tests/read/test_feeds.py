"""Feeds, sitemaps and crawls."""

from __future__ import annotations

import datetime
import gzip
import itertools
import json
from pathlib import Path

import pytest

from rasid.read import articles
from rasid.read.articles import drafts
from rasid.read.draft import RELIABILITY, DateSource, Draft
from rasid.read.options import Options
from rasid.records import Article, Rejected
from tests.read.pages import broadcaster, known, newspaper

_BODY = "قال وزير الخارجية إن القمة ستعقد في العاصمة عمان منتصف الشهر المقبل بمشاركة خمس دول."


def _read(path: Path, **options: object) -> list[Article | Rejected]:
    return list(articles([str(path)], **options))  # type: ignore[arg-type]


def _drafts(path: Path, **options: object) -> list[Draft]:
    return [found for found in drafts([str(path)], Options(**options)) if isinstance(found, Draft)]  # type: ignore[arg-type]


_RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>نشرة الصباح</title><item><title>قمة &amp; لقاء</title><link>https://n.example/1</link>
<pubDate>Fri, 03 Oct 2025 23:30:00 +0300</pubDate><description>موجز</description>
<content:encoded><![CDATA[<p>{_BODY}</p><p>وغادر الوفد <b>مساء</b>.</p>]]></content:encoded></item>
<item><title>عنوان بلا نص قال فيه الوزير كلمة</title><link>https://n.example/2</link></item><item></item></channel></rss>"""
_ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>وكالة</title><entry><title>قمة</title>
<link href="https://a.example/1"/><published>2025-10-03T01:00:00Z</published><summary>{_BODY}</summary></entry></feed>"""


def test_rss(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(_RSS, encoding="utf-8")
    first, second, third = _read(tmp_path / "f")
    assert isinstance(first, Article)
    assert (first.title, first.body) == ("قمة & لقاء", f"{_BODY}\nوغادر الوفد مساء.")
    assert (first.publisher, first.url) == ("نشرة الصباح", "https://n.example/1")
    assert first.published == datetime.date(2025, 10, 3)
    assert isinstance(second, Article)
    assert (second.title, second.body) == (None, "عنوان بلا نص قال فيه الوزير كلمة")
    assert isinstance(third, Rejected)
    assert third.code == "empty"


def test_rss_in_windows_1256(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(_RSS.replace("utf-8", "windows-1256").encode("cp1256"))
    first = _read(tmp_path / "f")[0]
    assert isinstance(first, Article)
    assert first.body.startswith(_BODY)


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "f").write_text(_ATOM, encoding="utf-8")
    (found,) = _drafts(tmp_path / "f")
    assert (found.title, found.body, found.published_by) == ("قمة", _BODY, DateSource.FEED)


def test_a_feed_whose_entities_swell_is_refused(tmp_path: Path) -> None:
    names = "abcdefghij"
    lines = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    (tmp_path / "f").write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "قمة">{lines}]><rss version="2.0"><channel><item><title>&j;'
        "</title></item></channel></rss>",
        encoding="utf-8",
    )
    assert [item.code for item in _read(tmp_path / "f") if isinstance(item, Rejected)] == ["broken_record"]


def test_news_sitemap(tmp_path: Path) -> None:
    (tmp_path / "f.xml").write_text(
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://n.example/1</loc><news:news>'
        "<news:publication><news:name>نشرة</news:name><news:language>ar</news:language></news:publication>"
        "<news:publication_date>2025-10-03T10:00:00+03:00</news:publication_date><news:title>وصول وفد عسكري إلى عمان"
        "</news:title></news:news></url><url><loc>https://n.example/2</loc></url></urlset>",
        encoding="utf-8",
    )
    first, second = _read(tmp_path / "f.xml")
    assert isinstance(first, Article)
    assert (first.body, first.publisher, first.published) == (
        "وصول وفد عسكري إلى عمان",
        "نشرة",
        datetime.date(2025, 10, 3),
    )
    assert isinstance(second, Rejected)
    assert second.code == "empty"


def _record(url: str, page: bytes, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8") -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(page)}\r\n\r\n".encode() + page
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{url[-36:]:0>36}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2025-11-20T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _crawl() -> list[bytes]:
    undated = newspaper(known()[1]).replace("article:published_time", "x")
    return [
        _record("https://n.example/1", broadcaster(known()[0]).encode()),
        _record("https://n.example/2", undated.encode()),
        _record("https://n.example/robots.txt", b"User-agent: *", kind="text/plain"),
        _record("https://n.example/gone", b"<html>404</html>", status="404 Not Found"),
    ]


@pytest.mark.parametrize("packed", [False, True])
def test_warc(tmp_path: Path, packed: bool) -> None:
    data = b"".join(gzip.compress(record) if packed else record for record in _crawl())
    (tmp_path / "c").write_bytes(data)
    first, second = _drafts(tmp_path / "c")
    assert (first.title, first.url) == (known()[0].title, "https://n.example/1")
    assert first.published_by == DateSource.JSON_LD
    assert second.published is None


def test_the_day_of_a_crawl_only_when_asked_and_marked_so(tmp_path: Path) -> None:
    (tmp_path / "c.warc").write_bytes(b"".join(_crawl()))
    _, second = _drafts(tmp_path / "c.warc", crawl_day=True)
    assert (second.published, second.published_by) == (datetime.date(2025, 11, 20), DateSource.CRAWL)
    assert [item.published for item in _read(tmp_path / "c.warc") if isinstance(item, Article)][1] is None
    asked = [item for item in _read(tmp_path / "c.warc", published_from="crawl") if isinstance(item, Article)]
    assert (asked[1].published, asked[1].published_by) == (datetime.date(2025, 11, 20), "crawl")
    assert asked[1].published_reliability == RELIABILITY[DateSource.CRAWL]


@pytest.mark.parametrize("packed", [False, True])
def test_a_crawl_that_is_cut_gives_what_it_holds_and_a_reason(tmp_path: Path, packed: bool) -> None:
    records = [gzip.compress(record) if packed else record for record in _crawl()]
    (tmp_path / "c").write_bytes(records[0] + records[1][: len(records[1]) // 2])
    found = _read(tmp_path / "c")
    assert [item.code if isinstance(item, Rejected) else "ok" for item in found] == ["ok", "broken_record"]


def test_json_feed(tmp_path: Path) -> None:
    item = {"id": "7", "title": "قمة", "content_html": f"<p>{_BODY}</p>", "date_published": "2024-05-01T00:00:00Z"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "نشرة", "items": [item, {"id": "8"}]}
    (tmp_path / "f").write_text(json.dumps(feed), encoding="utf-8")
    found, refused = _read(tmp_path / "f")
    assert isinstance(found, Article)
    assert (found.id, found.publisher, str(found.published)) == ("7", "نشرة", "2024-05-01")
    assert isinstance(refused, Rejected)
