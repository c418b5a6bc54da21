"""Paragraphs: which line ends are real, and which only wrap a line."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Sequence
from typing import NamedTuple

from rasid.clean.mapping import Edit
from rasid.data import table
from rasid.records import SetAside

_RUN = re.compile(r"\n[ \n]*| [ \n]+|\A | \Z")
_STOP = re.compile(r"[.!?؟…:؛][\"»”’)\]]*$")
_WEAK_STOP = re.compile(r"[:؛…,]$")  # inside a sentence, too: at the end of a full line it parts nothing
_WORDS = {row["class"]: frozenset(row["words"].split("|")) for row in table("line_words")}
_AND_NOUNS, _LEADING = _WORDS["and_noun"], _WORDS["leading"]
_MAX_WIDTH = 120  # longest line of hard-wrapped text; mail and terminals wrap at 72 to 80, scrapers up to 100
_MIN_OPEN = 0.45  # share of lines without a stop at the end: wrapped text 0.7 and more, a line a paragraph under 0.2
_MAX_TO_LEADING = 12  # open lines to one that ends in a leading word or comma: wrapped text 3 to 6, headlines none
_MIN_SPACED, _MAX_TO_LEADING_SPACED = 6, 6  # stricter where blank lines speak against wrapping
_MIN_WIDTH, _MIN_FULL, _FULL_SHARE = 40, 3, 0.6  # a list of headlines fills 0.2 of its lines, wrapped text 0.6 to 1


class Line(NamedTuple):
    """Characters ``[start, end)`` of one line, without the blanks around it, and how many blank lines follow."""

    start: int
    end: int
    text: str
    gap: bool


def lines(text: str, start: int, aside: Sequence[SetAside] = ()) -> list[Line]:
    """The lines of ``text`` from ``start`` on that are neither blank nor inside a stretch of ``aside``."""
    found: list[Line] = []
    hidden = {span.start for span in aside}
    for raw in text[start:].split("\n"):
        piece = raw.strip(" ")
        at = start + len(raw) - len(raw.lstrip(" "))
        if piece and at not in hidden:
            found.append(Line(at, at + len(piece), piece, False))
        elif found:
            found[-1] = found[-1]._replace(gap=True)
        start += len(raw) + 1
    return _closed(found)


def _closed(found: list[Line]) -> list[Line]:
    """``found`` without its gaps where a blank line follows every line of wrapped text and so parts nothing."""
    if len(found) < _MIN_SPACED or not all(line.gap for line in found[:-1]):
        return found
    closed = [line._replace(gap=False) for line in found]
    open_ended = [line for line, _ in _open_ended(closed)]
    leading = sum(map(_is_leading, open_ended))
    return closed if is_wrapped(closed) and leading * _MAX_TO_LEADING_SPACED >= len(open_ended) else found


def is_wrapped(found: list[Line]) -> bool:
    """True when lines were cut at a width: all are short, and most end inside a sentence."""
    if any(len(line.text) > _MAX_WIDTH for line in found):
        return False
    inner = sum(not line.gap for line in found[:-1])
    open_ended = _open_ended(found)
    if not open_ended or len(open_ended) < _MIN_OPEN * inner:
        return False
    leading = sum(_is_leading(line) for line, _ in open_ended)
    return leading * _MAX_TO_LEADING >= len(open_ended) or _is_full(open_ended, max(len(line.text) for line in found))


def _open_ended(found: list[Line]) -> list[tuple[Line, Line]]:
    """Lines that end without a stop, each with the line right below it."""
    pairs = itertools.pairwise(found)
    return [(line, after) for line, after in pairs if not line.gap and not _STOP.search(line.text)]


def _is_leading(line: Line) -> bool:
    """True when no paragraph can end where ``line`` ends."""
    return line.text.rsplit(" ", 1)[-1] in _LEADING or line.text.endswith("،")


def _is_full(open_ended: Sequence[tuple[Line, Line]], width: int) -> bool:
    """True when at most lines the next word would not have fitted within ``width``."""
    full = sum(len(line.text) + 1 + len(after.text.split(" ", 1)[0]) > width for line, after in open_ended)
    return width >= _MIN_WIDTH and len(open_ended) >= _MIN_FULL and full >= _FULL_SHARE * len(open_ended)


def _opens(line: str) -> bool:
    """True when ``line`` begins a sentence with the conjunction و (وقالت, ويذكر, ومن ناحية أخرى)."""
    word = line.split(" ", 1)[0].rstrip("،:")
    return len(word) > 3 and word[0] == "و" and word not in _AND_NOUNS


def _ends_paragraph(before: Line | None, line: Line, after: Line, width: int) -> bool:
    if line.gap:
        return True
    needed = len(line.text) + 1 + len(after.text.split(" ", 1)[0])
    if _STOP.search(line.text):
        return needed <= width or not _WEAK_STOP.search(line.text)
    last = line.text.rsplit(" ", 1)[-1]
    fits = needed < 0.7 * width
    heading = before is None or before.gap or bool(_STOP.search(before.text))
    return heading and fits and last not in _LEADING and not _opens(line.text) and _opens(after.text)


def joins(found: list[Line]) -> list[bool]:
    """For each line of wrapped text but the last: whether the next line goes on with the same paragraph."""
    width = max((len(line.text) for line in found), default=0)
    before: list[Line | None] = [None, *found]
    return [
        not _ends_paragraph(prior, line, after, width)
        for prior, line, after in zip(before, found, found[1:], strict=False)
    ]


def edits(text: str, body: int, aside: Sequence[SetAside], *, wrapped: bool) -> list[Edit]:
    """White space to change and boilerplate to blank out. ``text[:body]`` is the title with the blank line after it.

    ``aside`` is in order and does not overlap; each stretch leaves a paragraph break.
    """
    wraps = _wraps(text, body, aside) if wrapped else frozenset()
    blanks = [_blank(text, span) for span in aside]
    spaces = [edit for match in _RUN.finditer(text) if (edit := _space(match, body, wraps)) is not None]
    return _merged(blanks, spaces)


def _wraps(text: str, body: int, aside: Sequence[SetAside]) -> frozenset[int]:
    """Ends of the lines that go on in the next one."""
    found = lines(text, body, aside)
    return frozenset(line.end for line, join in zip(found, joins(found), strict=False) if join)


def _blank(text: str, span: SetAside) -> Edit:
    start, end = span.start, span.end
    while start and text[start - 1] in " \n":
        start -= 1
    while end < len(text) and text[end] in " \n":
        end += 1
    return Edit(start, end, "" if start == 0 or end == len(text) else "\n", "set_aside")


def _space(match: re.Match[str], body: int, wraps: Container[int]) -> Edit | None:
    (start, end), run = match.span(), match.group()
    kind = "wrap" if start in wraps else "space"
    if start == 0 or end == len(match.string):
        new = ""
    else:
        new = " " if kind == "wrap" or "\n" not in run or end < body else "\n"
    return None if new == run else Edit(start, end, new, kind)


def _merged(blanks: list[Edit], spaces: list[Edit]) -> list[Edit]:
    """Both lists in order, without the white space that a blanked stretch covers."""
    if not blanks:
        return spaces
    covered = [edit for edit in spaces if not any(b.start < edit.end and edit.start < b.end for b in blanks)]
    joined: list[Edit] = []
    for edit in sorted(blanks + covered):
        if joined and edit.start < joined[-1].end:
            last = joined.pop()
            new = "" if "" in (last.text, edit.text) else edit.text
            edit = Edit(last.start, max(last.end, edit.end), new, edit.kind)
        joined.append(edit)
    return joined
