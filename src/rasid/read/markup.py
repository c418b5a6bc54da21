"""HTML pages and HTML inside feeds, mails and tables."""

from __future__ import annotations

import re

import lxml.etree
import lxml.html

BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figure footer h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre"
    " section table td th tr ul".split(" ")
)
_SILENT = frozenset(("script", "style", "noscript", "template", "iframe", "svg", "button", "form"))
_TAG = re.compile(r"<(?:[a-zA-Z][\w:-]*|/[a-zA-Z][\w:-]*)(?:\s[^<>]*)?/?>")


def has_tags(text: str) -> bool:
    """True when ``text`` holds HTML tags."""
    return "<" in text and bool(_TAG.search(text))


def text_of(fragment: str) -> str:
    """The text of an HTML fragment; each block begins on a line of its own."""
    if not has_tags(fragment) and "&" not in fragment:
        return fragment
    try:
        root = lxml.html.fragment_fromstring(fragment, create_parent="div")
    except (lxml.etree.LxmlError, ValueError, RecursionError):
        return _TAG.sub("\n", fragment)
    pieces: list[str] = []
    _walk(root, pieces)
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def _walk(root: lxml.html.HtmlElement, pieces: list[str]) -> None:
    for event, node in lxml.etree.iterwalk(root, events=("start", "end")):
        is_block = node.tag in BLOCKS
        if event == "start":
            pieces.append("\n" if is_block else "")
            if node.text and isinstance(node.tag, str) and node.tag not in _SILENT:
                pieces.append(_spaced(node.text))
        else:
            pieces.append("\n" if is_block and node.tag != "br" else "")
            if node.tail and node is not root:
                pieces.append(_spaced(node.tail))


def _spaced(text: str) -> str:
    return re.sub(r"[\r\n\t]+", " ", text)
