"""The cleaning stage: the steps in their order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rasid.clean import boilerplate, characters, datelines, language, layout, mojibake
from rasid.clean.mapping import Edit, Mapped, apply, unchanged
from rasid.clean.repeated import Repeated
from rasid.records import Article, Cleaned, Document, Passage, Repair, SetAside

LISTED = frozenset(
    {"entity", "form", "letter", "composed", "control", "mojibake", "wrap", "hashtag", "markup", "escape", "dash"}
)

_UNWRAPPING = (mojibake.edits, characters.escapes, characters.entities, characters.tags)
_LEVELLING = (characters.changes, characters.hashtags)


def stage(document: Document, *, repeated: Repeated | None = None) -> Document:
    """Fill ``cleaned``."""
    return document.replace(cleaned=clean(document.article, repeated=repeated))


def clean(article: Article, *, repeated: Repeated | None = None) -> Cleaned:
    """The article's text as the later stages read it: paragraphs parted by one line feed, the title the first.

    Lines that ``repeated`` has learned of the article's publisher are set aside too. ``set_aside`` and ``repairs`` are
    in source offsets. Dropped marks and blanks are not listed as repairs: the map shows them. ``passages`` are judged
    before look-alike letters are levelled, which are what tells a neighbouring language.
    """
    text = article.text
    repairs: list[Repair] = []
    mapped = unchanged(text)
    for find in _UNWRAPPING:
        mapped = _changed(mapped, find(mapped.text), repairs)
    passages = tuple(
        Passage(mapped.starts[found.start], mapped.ends[found.end - 1], found.language)
        for found in language.passages(mapped.text)
    )
    for find in _LEVELLING:
        mapped = _changed(mapped, find(mapped.text), repairs)
    body = _body(mapped, len(article.title) + 2 if article.title else 0)
    lines = layout.lines(mapped.text, body)
    wrapped = layout.is_wrapped(lines)
    aside = boilerplate.find(lines, wrapped=wrapped, learned=_learned(repeated, article))
    notes = datelines.find(lines, skip=frozenset(span.start for span in aside))
    listed = tuple(
        SetAside(mapped.starts[span.start], mapped.ends[span.end - 1], span.reason)
        for span in sorted([*aside, *notes], key=lambda span: span.start)
    )
    mapped = _changed(mapped, layout.edits(mapped.text, body, aside, wrapped=wrapped), repairs)
    return Cleaned(mapped.text, mapped.starts, mapped.ends, listed, tuple(repairs), passages)


def _learned(repeated: Repeated | None, article: Article) -> Callable[[str], bool] | None:
    return None if repeated is None else lambda line: repeated.has(article.publisher, line)


def _changed(mapped: Mapped, edits: Sequence[Edit], repairs: list[Repair]) -> Mapped:
    repairs.extend(
        Repair(mapped.starts[edit.start], mapped.ends[edit.end - 1], edit.kind) for edit in edits if edit.kind in LISTED
    )
    return apply(mapped, edits)


def _body(mapped: Mapped, start: int) -> int:
    """First character of ``mapped`` that stands for source offset ``start`` or a later one."""
    low, high = 0, len(mapped.text)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if mapped.starts[middle] < start else (low, middle)
    return low
