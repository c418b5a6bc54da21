"""Chains of sources: «نقلت وكالة سانا عن مصدر عسكري قوله إن …» keeps each level, the outermost first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasid.events.attribution import Telling, telling_of
from rasid.records import Attribution, Document, Report, Sentence, Stance, Token
from rasid.words.clitics import inner_start

_PRESS = "JRN"


def with_chains(reports: Sequence[Report], document: Document) -> tuple[Report, ...]:
    """``reports`` that have a source, with the further sources that the sentence puts around it or within it.

    The press that relays a source stands before it, whatever their order in the sentence. A report for which no source
    was found stays without one.
    """
    return tuple(_chained(report, document) if report.attribution else report for report in reports)


def _chained(report: Report, document: Document) -> Report:
    sentence = (document.sentences or ())[report.sentence]
    at = sentence.within(report.trigger.start, report.trigger.end)
    told = telling_of(sentence.tokens, at[0], at[-1])
    found = list(report.attribution)
    for level in _levels(told, sentence, document) if told is not None else ():
        if not any(level.start < other.end and other.start < level.end for other in found):
            found.append(level)
    press = _press(document)
    found.sort(key=lambda level: (not _overlaps(level, press), level.start))
    return replace(report, attribution=tuple(found)) if len(found) > 1 else report


def _levels(told: Telling, sentence: Sentence, document: Document) -> list[Attribution]:
    spans = [(told.relay, Stance.STATES), ((told.first, told.last), told.stance)]
    return [
        _level(sentence.tokens, span, stance, sentence.index, document.article.text)
        for span, stance in spans
        if span is not None and span[0] >= 0
    ]


def _level(tokens: Sequence[Token], span: tuple[int, int], stance: Stance, sentence: int, text: str) -> Attribution:
    start, end = inner_start(tokens[span[0]], text), tokens[span[1]].end
    return Attribution(start, end, text[start:end], sentence, "", stance)


def _press(document: Document) -> list[tuple[int, int]]:
    return [(m.start, m.end) for m in document.mentions or () if _PRESS in m.actor.sectors]


def _overlaps(level: Attribution, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < level.end and level.start < end for start, end in spans)
