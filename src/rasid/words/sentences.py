"""Cutting clean text into sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasid.records import Document, Sentence
from rasid.words.tokens import tokens_of

# A sentence ends after . ؟ ! (with closing quotes or brackets) before white space, or at a line end. A full stop
# after a single Latin letter or inside «أ. ف. ب» does not end one; neither does «..» inside a title.
_END = re.compile(r"(?<![\s.][A-Zأ-ي])[.؟!?]+[\"»”)\]']*(?=\s)")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Clean ``[start, end)`` of each sentence, without surrounding white space; blank lines give none."""
    start = 0
    for line_end in [*(m.start() for m in re.finditer("\n", text)), len(text)]:
        yield from _in_line(text, start, line_end)
        start = line_end + 1


def _in_line(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _END.finditer(text, start, end):
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if start < end:
        yield start, end


def _title_spans(text: str, title_end: int) -> Iterator[tuple[int, int]]:
    yield from _trimmed(text, 0, title_end)
    for start, end in spans(text[title_end:]):
        yield start + title_end, end + title_end


def stage(document: Document) -> Document:
    """Fill ``sentences``. The title is one sentence, whatever stops stand in it."""
    cleaned, article = document.cleaned, document.article
    assert cleaned is not None
    title_end = cleaned.text.find("\n") if article.title else 0
    cut = spans(cleaned.text) if title_end <= 0 else _title_spans(cleaned.text, title_end)
    found: list[Sentence] = []
    for start, end in cut:
        tokens = tokens_of(cleaned.text, start, end, cleaned.starts, cleaned.ends)
        if tokens:
            is_title = title_end > 0 and end <= title_end
            found.append(Sentence(len(found), tokens[0].start, tokens[-1].end, tokens, is_title))
    return document.replace(sentences=tuple(found))
