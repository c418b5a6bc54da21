"""Which format an input is in, judged by its first bytes; the name only helps where bytes cannot tell."""

from __future__ import annotations

import re

from rasid.errors import EmptyInput
from rasid.read.decode import wide_encoding
from rasid.read.fields import is_header
from rasid.read.opened import Opened

PACKED = ("gz", "xz", "bz2", "zst")
ARCHIVES = ("zip", "tar")

_MAGIC = (
    (b"\x1f\x8b", "gz"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"BZh", "bz2"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"%PDF-", "pdf"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
_JSON = re.compile(r"\{\s*[\"}]|\[\s*[{\]]")
_FEED = re.compile(r"<(?:rss|feed|rdf:rdf)[\s>]")
_SITEMAP = re.compile(r"<(?:urlset|sitemapindex)[\s>]")
_MAIL = re.compile(
    r"^(?:from|to|cc|date|subject|received|return-path|message-id|mime-version|delivered-to|content-type"
    r"|reply-to|sender|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADER_LINE = re.compile(r"^(?:From |[A-Za-z][\w-]+: |[ \t]+\S)")
_DELIMITERS = "\t,;|"


def format_of(opened: Opened) -> str:
    """Name of the format: one of rasid.read.options.FORMATS, PACKED or ARCHIVES.

    Raises EmptyInput for an input without bytes.
    """
    head = opened.head(1 << 16)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise EmptyInput(opened.name, "the file is empty; remove it or fill it")
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    if head[257:262] == b"ustar":
        return "tar"
    return _of_text(_text(head), opened.name)


def _text(head: bytes) -> str:
    return head.decode(wide_encoding(head) or "utf-8", "replace").lstrip("\ufeff \t\r\n")


def _of_text(head: str, name: str) -> str:
    if _JSON.match(head) or (head[:1] in "{[" and name.lower().endswith((".json", ".jsonl", ".ndjson"))):
        return "json"
    if re.match(r"<[!?a-zA-Z]", head):
        return _of_markup(head.lower())
    if _is_mail(head):
        return "eml"
    if delimiter_of(head, name):
        return "csv"
    return "html" if re.search(r"<(?:html|body|article)[\s>]", head[:2000].lower()) else "text"


def _of_markup(head: str) -> str:
    if _SITEMAP.search(head):
        return "sitemap"
    return "feed" if _FEED.search(head) and "<html" not in head else "html"


def _is_mail(head: str) -> bool:
    top = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    lines = top.splitlines()
    return len(_MAIL.findall(top)) >= 2 and all(_HEADER_LINE.match(line) for line in lines)


def delimiter_of(head: str, name: str) -> str | None:
    """The mark that parts the columns of a table with known column names (or one named .csv or .tsv), else None."""
    first = head.split("\n", 1)[0].strip("\r")
    for delimiter in _DELIMITERS:
        columns = [column.strip().strip('"') for column in first.split(delimiter)]
        if len(columns) > 1 and is_header(columns):
            return delimiter
    suffix = name.lower().rsplit(".", 1)[-1]
    if suffix in ("csv", "tsv"):
        return max(_DELIMITERS, key=first.count) if suffix == "csv" else "\t"
    return None
