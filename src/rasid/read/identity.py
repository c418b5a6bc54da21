"""Article ids that are stable and unique in a run."""

from __future__ import annotations

import hashlib
import re
import urllib.parse

from rasid.read.draft import Draft

_ODD = re.compile(r"[^\w.-]+")


class Identities:
    """Gives ids. Remembers a 64-bit digest of each, so that memory stays small over millions of articles."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def give(self, wanted: str) -> str:
        """``wanted``, with ``-2``, ``-3`` … behind it where it was given before."""
        candidate, count = wanted, 1
        while (mark := _digest(candidate)) in self._seen:
            count += 1
            candidate = f"{wanted}-{count}"
        self._seen.add(mark)
        return candidate


def _digest(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def wanted_id(draft: Draft) -> str:
    """The draft's own id, else a slug of its address, else of its source."""
    return draft.id or slug_of(draft.url or draft.source)


def slug_of(name: str) -> str:
    """A short readable id: of ``line 7 of data/news.jsonl`` news-7, of an address its last part and a digest."""
    match = re.match(r"(?:line|row|record|entry|item) (\d+) of (.*)$", name, re.DOTALL)
    number, name = (match.group(1), match.group(2)) if match else ("", name)
    is_address = "://" in name
    path = urllib.parse.unquote(urllib.parse.urlsplit(name).path) if is_address else name
    base = re.split(r"[/\\]", path.rstrip("/\\"))[-1]
    stem = re.sub(r"(\.[A-Za-z][A-Za-z0-9]{0,6})+$", "", base)
    slug = _ODD.sub("-", stem).strip("-.")[:60] or "article"
    tail = number or (f"{_digest(name):016x}"[:8] if is_address else "")
    return f"{slug}-{tail}" if tail else slug
