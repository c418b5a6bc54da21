"""Our own labels of bulk news: kept as article ids and offsets, joined with the texts where these are at hand.

A line of ``labels/*.jsonl`` is one article: ``id``, ``sha256`` of its text, ``published``, ``sentences`` (offsets), and
``mentions`` with the fields of CODEBOOK section 6, each phrase as ``[start, end]`` or ``[start, end, value]``; contexts
were not labelled. ``held`` articles are measured on and never learned from. ``strict`` articles were read after our
reading had been compared with the gold annotator's; those with ``sources`` agree with it on attribution too. The text
is title, blank line, body, with the white space around the title taken off.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_COUNTS = ("killed", "injured", "arrested")


def text_of(record: dict[str, Any]) -> str:
    """The text that offsets count in."""
    title = (record.get("title") or "").strip()
    return f"{title}\n\n{record['text']}" if title else str(record["text"])


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def join(labels: Path, news: Path, *, held: bool = False) -> Iterator[dict[str, Any]]:
    """Gold records (CODEBOOK section 6, with ``text``) of the labelled articles found in ``news``, in file order: of
    those that may be learned from, or of those ``held`` back for measuring.

    Raises ValueError for a text whose digest differs from the labelled one, and when no article was found at all.
    """
    records = map(json.loads, labels.read_text(encoding="utf-8").splitlines())
    wanted = {record["id"]: record for record in records if record.get("held", False) is held}
    found: dict[str, str] = {}
    for path in sorted(news.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if record["id"] in wanted and digest(text_of(record)) == wanted[record["id"]]["sha256"]:
                    found[record["id"]] = text_of(record)
    if missing := wanted.keys() - found.keys():
        raise ValueError(f"{len(missing)} labelled articles are not in {news} with the labelled text: {min(missing)} …")
    for name, record in wanted.items():
        yield _expanded(record, found[name])


@contextmanager
def joined(labels: Path, news: Path, *, held: bool = False) -> Iterator[Path]:
    """A file of what ``join`` finds, for readers of gold files; it is gone afterwards."""
    with filed(join(labels, news, held=held)) as path:
        yield path


@contextmanager
def filed(records: Iterable[dict[str, Any]]) -> Iterator[Path]:
    """A file of the records, one a line; it is gone afterwards."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
        file.flush()
        yield Path(file.name)


def with_texts(labels: Path, texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """As ``join``, for texts at hand by article id.

    Raises ValueError for a text whose digest differs from the labelled one.
    """
    for record in map(json.loads, labels.read_text(encoding="utf-8").splitlines()):
        text = texts[record["id"]]
        if digest(text) != record["sha256"]:
            raise ValueError(f"{record['id']}: the text is another than the one that was labelled")
        yield _expanded(record, text)


def _expanded(record: dict[str, Any], text: str) -> dict[str, Any]:
    mentions = [_mention(mention, text) for mention in record["mentions"]]
    return {
        "article": record["id"],
        "publisher": record["publisher"],
        "published": record["published"],
        "text": text,
        "sentences": record["sentences"],
        "mentions": mentions,
        "strict": record.get("strict", False),
        "sources": record.get("sources", False),
    }


def _span(value: list[Any] | None, text: str, name: str | None = None) -> dict[str, Any] | None:
    if value is None:
        return None
    phrase: dict[str, Any] = {"start": value[0], "end": value[1], "text": text[value[0] : value[1]]}
    return phrase | ({name: value[2]} if name else {})


def _mention(mention: dict[str, Any], text: str) -> dict[str, Any]:
    source = mention.get("attribution")
    told = _span(source, text, "code")
    return {
        "sentence": mention["sentence"],
        "type": mention["type"],
        "modes": mention.get("modes", []),
        "status": mention.get("status", "reported"),
        "historical": mention.get("historical", False),
        "trigger": _span(mention["trigger"], text),
        "actors": [_span(phrase, text, "code") for phrase in mention.get("actors", [])],
        "recipients": [_span(phrase, text, "code") for phrase in mention.get("recipients", [])],
        "time": _span(mention.get("time"), text, "edtf"),
        "place": _span(mention.get("place"), text, "country"),
        "attribution": told | {"stance": source[3]} if told and source else None,
        "contexts": None,
        **{name: mention.get(name) for name in _COUNTS},
    }
