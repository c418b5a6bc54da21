"""Publication date, publisher and address of a page, each with where it was found."""

from __future__ import annotations

import datetime
import json
import re
import urllib.parse
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from rasid.read.draft import DateSource, day_of

if TYPE_CHECKING:  # a run that reads no page does not wait for it
    import lxml.html


class Dated(NamedTuple):
    """A day and how it was found."""

    day: datetime.date | None
    by: DateSource


NO_DATE = Dated(None, DateSource.NONE)
_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "published_time",
    "cxenseparse:recs:publishtime",
    "sailthru.date",
    "parsely-pub-date",
    "pubdate",
    "date",
)
_META_SITES = ("og:site_name", "application-name")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_](\d{1,2})[-/_](\d{1,2})(?!\d)|(?<!\d)(20\d\d)(\d\d)(\d\d)(?!\d)")
_MAX_DEPTH = 20  # levels of nested JSON-LD


def of_page(root: lxml.html.HtmlElement, url: str | None) -> tuple[Dated, str | None, str | None]:
    """Day, publisher and canonical address of a parsed page."""
    blocks = [block for script in root.xpath("//script[@type='application/ld+json']") for block in _json_ld(script)]
    metas = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content") or ""
        for meta in reversed(root.xpath("//meta[@content]"))
    }
    address = url or _canonical(root, metas)
    site = next((metas[name].strip() for name in _META_SITES if metas.get(name, "").strip()), None)
    publisher = _publisher(blocks) or site or (host_of(address) if address else None)
    return _day(root, blocks, metas, address), publisher, address


def _day(
    root: lxml.html.HtmlElement, blocks: list[dict[str, object]], metas: dict[str, str], address: str | None
) -> Dated:
    for block in blocks:
        day = day_of(block.get("datePublished"))
        if day:
            return Dated(day, DateSource.JSON_LD)
    for name in _META_DATES:
        day = day_of(metas.get(name))
        if day:
            return Dated(day, DateSource.META)
    for stamp in root.xpath("//time[@pubdate or @itemprop='datePublished' or contains(@class, 'publish')]/@datetime"):
        day = day_of(str(stamp))
        if day:
            return Dated(day, DateSource.META)
    stamps = {day for stamp in root.xpath("//article//time/@datetime") if (day := day_of(str(stamp)))}
    if len(stamps) == 1:
        return Dated(stamps.pop(), DateSource.META)
    return in_name(address, DateSource.URL) if address else NO_DATE


def in_name(name: str, by: DateSource) -> Dated:
    """The day that an address or a file name carries (/2024/7/16/, 2024-07-16, 20240716)."""
    for match in _URL_DAY.finditer(urllib.parse.unquote(name)):
        parts = [part for part in match.groups() if part]
        day = day_of("-".join(parts))
        if day:
            return Dated(day, by)
    return NO_DATE


def _json_ld(script: lxml.html.HtmlElement) -> Iterator[dict[str, object]]:
    try:
        value = json.loads(script.text or "", strict=False)
    except (ValueError, RecursionError):
        return
    found = list(_objects(value, 0))
    yield from sorted(found, key=lambda block: "Article" not in str(block.get("@type", "")))


def _objects(value: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _objects(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)


def _publisher(blocks: list[dict[str, object]]) -> str | None:
    for block in blocks:
        publisher = block.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else publisher
        if isinstance(name, str) and name.strip():
            return name.strip()
    return None


def _canonical(root: lxml.html.HtmlElement, metas: dict[str, str]) -> str | None:
    links = [str(link) for link in root.xpath("//link[@rel='canonical']/@href")]
    for link in (*links, metas.get("og:url", "")):
        if link.startswith(("http://", "https://")):
            return link
    return None


def host_of(url: str) -> str | None:
    """The host of an address, without www."""
    try:
        host = urllib.parse.urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
