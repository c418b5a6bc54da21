"""Sentences and documents to TimeSpans with source offsets."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace

from rasid.records import Document, TimeSpan, Token
from rasid.times.glued import pairs, parted, past_letters
from rasid.times.grammar import readings
from rasid.times.lexicon import FOR
from rasid.times.reading import PUBLISHED, Reading
from rasid.times.terms import Known, Scan, has_times, read_terms
from rasid.words.tokens import tokenize

_REPAIRED = "_repaired"
UNANCHORED, OUTSIDE = "unanchored", "outside_calendar"


def find(tokens: Sequence[Token], *, published: datetime.date | None, sentence: int, text: str) -> tuple[TimeSpan, ...]:
    """Times of one sentence, left to right, none overlapping.

    ``text`` is the article's source text; each span's ``text`` is its slice. Relative times are reckoned from
    ``published``; without it their ``edtf`` is None, ``symbolic`` says the distance and ``reason`` is ``unanchored``.
    """
    spans, _ = _in_sentence(tokens, published, sentence, text, Known())
    return spans


def stage(document: Document) -> Document:
    """Fill ``document.times``; a date is remembered through the article for what is told from it later."""
    known = Known()
    found: list[TimeSpan] = []
    article = document.article
    for sentence in document.sentences or ():
        spans, known = _in_sentence(sentence.tokens, article.published, sentence.index, article.text, known)
        found.extend(spans)
    return document.replace(times=tuple(found))


def read(text: str, *, published: datetime.date | None = None) -> tuple[TimeSpan, ...]:
    """Times of a piece of text taken as one sentence; offsets count its characters."""
    return find(tokenize(text), published=published, sentence=0, text=text)


def _in_sentence(
    tokens: Sequence[Token], published: datetime.date | None, sentence: int, text: str, known: Known
) -> tuple[tuple[TimeSpan, ...], Known]:
    """Spans of a sentence and what is dated after it."""
    folds = [token.fold for token in tokens]
    if not has_times(folds):
        return (), known
    seams: frozenset[int] = frozenset()
    if not pairs().isdisjoint(folds):
        tokens, seams = parted(tokens, text)
        folds = [token.fold for token in tokens]
    scan = Scan(tokens, read_terms(tokens, folds), published, known)
    spans = []
    for reading in readings(scan):
        span = _span(scan, reading, sentence, text)
        spans.append(_repaired(span) if seams and any(span.start < seam < span.end for seam in seams) else span)
        if reading.value and reading.refers and (published or reading.anchor is None):
            scan.remember(reading.value)
    return tuple(spans), scan.known


def _repaired(span: TimeSpan) -> TimeSpan:
    """A time of words that wanted a space, which its rule tells."""
    return span if span.rule.endswith(_REPAIRED) else replace(span, rule=span.rule + _REPAIRED)


def _span(scan: Scan, reading: Reading, sentence: int, text: str) -> TimeSpan:
    start, end = _offsets(scan, reading, text)
    lost = reading.anchor == PUBLISHED and scan.published is None
    value = None if lost else reading.value
    return TimeSpan(
        start,
        end,
        text[start:end],
        sentence,
        value.edtf() if value else None,
        value.first if value else None,
        value.last if value else None,
        reading.value.precision if reading.value else "none",
        reading.calendar,
        reading.anchor,
        reading.symbolic,
        UNANCHORED if lost else reading.reason or (None if value else OUTSIDE),
        reading.rule,
        reading.refers,
    )


def _offsets(scan: Scan, reading: Reading, text: str) -> tuple[int, int]:
    """Source span of the reading without the proclitic of its first word; in «لل» the article is not cut."""
    first = scan.terms[reading.start]
    start = scan.tokens[scan.cut.firsts[reading.start]].start
    clitic = first.clitic
    clitic = clitic.removesuffix(FOR) if scan.fold(reading.start).startswith(clitic + FOR) else clitic
    return past_letters(text, start, len(clitic)), scan.tokens[scan.cut.firsts[reading.end] - 1].end
