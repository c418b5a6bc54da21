"""The entries of a feed: what names each, and whether it changed."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass

from rasid.errors import InputError
from rasid.read import Draft, Options, read_opened
from rasid.read.opened import of_bytes

_TRACKING = ("utm_", "fbclid", "gclid", "at_medium", "at_campaign", "ref_src")


@dataclass(frozen=True, slots=True)
class Entry:
    """``key`` names the entry for as long as it has its address, whatever id the feed gives; ``stamp`` its version."""

    key: str
    stamp: str
    draft: Draft


def entries(data: bytes, name: str, publisher: str | None) -> list[Entry | InputError]:
    """The entries of an RSS, Atom or JSON Feed, each key once. Raises InputError for what is no feed."""
    found: dict[str, Entry | InputError] = {}
    for number, item in enumerate(_drafts(_with_texts(data), name)):
        if isinstance(item, InputError):
            found[str(number)] = item
            continue
        entry = _entry(dataclasses.replace(item, publisher=publisher or item.publisher))
        found.setdefault(entry.key, entry)
    return list(found.values())


def _drafts(data: bytes, name: str) -> Iterable[Draft | InputError]:
    return read_opened(of_bytes(name, data), Options())


def _with_texts(data: bytes) -> bytes:
    """A JSON Feed whose items have a text, if only their title; anything else as it is."""
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return data
    try:
        feed = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return data
    items = feed.get("items") if isinstance(feed, dict) else None
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and not (item.get("content_text") or item.get("content_html")):
            item["content_text"] = item.get("summary") or item.get("title")
    return json.dumps(feed).encode()


def _entry(draft: Draft) -> Entry:
    url = cleaned(draft.url) if draft.url else None
    draft = dataclasses.replace(draft, url=url, id=None)
    text = f"{draft.title or ''}\n{draft.body}"
    stamp = _digest(f"{text}\n{draft.published}")
    return Entry(url or _digest(text), stamp, draft)


def cleaned(url: str) -> str:
    """An address without its fragment and without what only tells where the reader came from."""
    try:
        parts = urllib.parse.urlsplit(url.strip())
    except ValueError:
        return url
    kept = [part for part in parts.query.split("&") if part and not part.lower().startswith(_TRACKING)]
    return urllib.parse.urlunsplit(parts._replace(query="&".join(kept), fragment=""))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=12).hexdigest()
