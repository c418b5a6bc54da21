"""Web pages: the main text by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import lxml.etree
import lxml.html
import trafilatura

from rasid.errors import BrokenRecord, EmptyInput
from rasid.read import metadata
from rasid.read.decode import decode
from rasid.read.draft import Draft
from rasid.read.opened import Opened
from rasid.read.options import Options
from rasid.words.fold import fold


class Found(NamedTuple):
    """Title and main text of a page."""

    title: str | None
    body: str


_NO_TEXT = "no article found on the page; give the article's own page, not a list or a menu"


def read(opened: Opened, _: Options) -> Iterator[Draft]:
    """The page's article.

    Raises EmptyInput for a page without an article, BrokenRecord for one that cannot be parsed.
    """
    yield of_bytes(opened.everything(), opened.name, url=None)


def of_bytes(data: bytes, source: str, *, url: str | None) -> Draft:
    """The article on the page in ``data``. Raises as ``read`` does."""
    text, encoding = decode(data, source)
    root = _parsed(text, source)
    dated, publisher, address = metadata.of_page(root, url)
    title, body = _extracted(root, address, source)
    return Draft(
        source,
        body,
        title=title,
        url=address,
        publisher=publisher,
        published=dated.day,
        published_by=dated.by,
        encoding=encoding,
        is_file=url is None,
    )


def _parsed(text: str, source: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError) as error:
        raise EmptyInput(source, _NO_TEXT) from error
    return root


def _extracted(root: lxml.html.HtmlElement, url: str | None, source: str) -> Found:
    try:
        found = trafilatura.bare_extraction(
            root, url=url, include_comments=False, include_tables=True, with_metadata=True, favor_precision=True
        )
    except (lxml.etree.LxmlError, ValueError, RecursionError, AttributeError, TypeError) as error:
        raise BrokenRecord(source, f"the page cannot be parsed ({error}); save it again") from error
    fields = found.as_dict() if found is not None and not isinstance(found, dict) else found
    body = fields.get("text") if fields else None
    if not isinstance(body, str) or not body.strip():
        raise EmptyInput(source, _NO_TEXT)
    title = fields.get("title") if fields else None
    return _untitled(Found(title if isinstance(title, str) and title.strip() else None, body))


def _untitled(found: Found) -> Found:
    """``found`` without a first line that only repeats the title."""
    first, _, rest = found.body.partition("\n")
    if found.title and rest.strip() and _key(first) == _key(found.title):
        return Found(found.title, rest)
    return found


def _key(text: str) -> str:
    return " ".join(fold(text).split())
