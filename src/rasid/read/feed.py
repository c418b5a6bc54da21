"""RSS and Atom by feedparser, JSON Feed, and news sitemaps."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import feedparser
import lxml.etree

from rasid.errors import BrokenRecord, EmptyInput, InputError
from rasid.read.draft import DateSource, Draft, day_of
from rasid.read.markup import text_of
from rasid.read.metadata import host_of
from rasid.read.opened import Opened
from rasid.read.options import Options

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
Found = Draft | InputError


def read(opened: Opened, _: Options) -> Iterator[Found]:
    """One draft for each entry of an RSS or Atom feed."""
    data = opened.everything()
    if _ENTITY.search(data[:20_000]):
        raise BrokenRecord(opened.name, "the feed declares entities of its own, which may swell; remove the DOCTYPE")
    try:
        feed = feedparser.parse(data, sanitize_html=False)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise BrokenRecord(opened.name, f"the feed cannot be parsed ({error}); fetch it again") from error
    if not feed.entries:
        raise EmptyInput(opened.name, "the feed holds no entries; check the address")
    publisher = text_of(feed.feed.get("title") or "").strip() or None
    for number, entry in enumerate(feed.entries, 1):
        yield _entry(entry, publisher, f"entry {number} of {opened.name}")


def _entry(entry: feedparser.FeedParserDict, publisher: str | None, source: str) -> Found:
    parts = [part.get("value") for part in entry.get("content") or []]
    body = max((text_of(part or "") for part in (*parts, entry.get("summary"))), key=len)
    title = " ".join(text_of(entry.get("title") or "").split()) or None
    if not body.strip():
        if not title:
            return EmptyInput(source, "no text in this entry; leave it out")
        body, title = title, None
    day = day_of(entry.get("published")) or day_of(dict.get(entry, "updated")) or _parsed(entry)
    own = (entry.get("source") or {}).get("title")
    return Draft(
        source,
        body,
        title=title,
        url=entry.get("link"),
        publisher=own or publisher or host_of(entry.get("link") or ""),
        published=day,
        published_by=DateSource.FEED if day else DateSource.NONE,
    )


def _parsed(entry: feedparser.FeedParserDict) -> datetime.date | None:
    """The day that feedparser made of an unusual spelling. (Its own ``get`` warns where a field is missing.)"""
    stamp = dict.get(entry, "published_parsed") or dict.get(entry, "updated_parsed")
    return datetime.date(*stamp[:3]) if stamp else None


def read_sitemap(opened: Opened, _: Options) -> Iterator[Found]:
    """One draft for each news title of a sitemap; its other addresses carry no text and are counted in one error."""
    bare = 0
    try:
        for _, node in lxml.etree.iterparse(
            opened.stream, events=("end",), tag="{*}url", resolve_entities=False, no_network=True, huge_tree=False
        ):
            found = _news(node, opened.name)
            bare += found is None
            if found is not None:
                yield found
            node.clear()
    except lxml.etree.XMLSyntaxError as error:
        yield BrokenRecord(opened.name, f"not valid XML ({error}); fetch the sitemap again")
    if bare:
        yield EmptyInput(opened.name, f"{bare} addresses without a news title; fetch the pages and give these")


def _news(node: lxml.etree._Element, name: str) -> Draft | None:
    title = (node.findtext(f".//{_NEWS}title") or "").strip()
    if not title:
        return None
    url = (node.findtext("{*}loc") or "").strip() or None
    day = day_of((node.findtext(f".//{_NEWS}publication_date") or "").strip())
    return Draft(
        f"{url or 'an address'} in {name}",
        title,
        url=url,
        publisher=(node.findtext(f".//{_NEWS}name") or "").strip() or None,
        published=day,
        published_by=DateSource.FEED if day else DateSource.NONE,
    )
