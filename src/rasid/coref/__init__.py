"""Mentions of one happening within an article share a number."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rasid.merge.clustering import Groups, Scores, cluster
from rasid.merge.profile import profile
from rasid.merge.reading import act_words, is_content
from rasid.merge.records import Days, Party, Spot, Told
from rasid.merge.scoring import Model
from rasid.records import Actor, Document, Place, Report, Sentence, TimeSpan, Token
from rasid.words import tokenize
from rasid.words.fold import fold

__all__ = ["happenings", "light", "stage"]

_DAY = datetime.timedelta(days=1)
_NEAR = 60  # characters on either side of the trigger


def stage(document: Document) -> Document:
    """Fill ``coref`` of every report: 1, 2, … in text order of each happening's first mention."""
    reports = document.reports or ()
    told = [light(document, report) for report in reports]
    numbered: list[Report] = []
    for report, number in zip(reports, happenings(told), strict=True):
        numbered.append(_completed(replace(report, coref=number), numbered))
    return document.replace(reports=tuple(numbered))


def happenings(told: Sequence[Told]) -> list[int]:
    """The number of each report's happening, from 1, in order of first mention; the reports are one article's.

    A happening holds mentions of one type. On dev with gold mentions this comes to a CoNLL score of 0.878; joining a
    mention to the group of its single best partner came to 0.790.
    """
    profiles = [profile(report) for report in told]
    groups = Groups(len(told))
    pairs = itertools.combinations(range(len(told)), 2)
    cluster(groups, [(a, b) for a, b in pairs if told[a].type == told[b].type], Scores(profiles, Model.COREF))
    numbers: dict[int, int] = {}
    return [numbers.setdefault(group, len(numbers) + 1) for group in groups.group]


def _completed(report: Report, earlier: Sequence[Report]) -> Report:
    """A later mention takes the place that the nearest earlier mention of the happening told.

    It takes neither time nor parties: on dev that fills 12 blank times rightly and 44 that the annotators left blank,
    and inherited parties lower end-to-end F1 by two points.
    """
    same = [other for other in earlier if other.coref == report.coref and other.status == report.status]
    place = report.place or next((other.place for other in reversed(same) if other.place and other.place.country), None)
    return replace(report, place=place)


def light(document: Document, report: Report) -> Told:
    """The report as merging sees it, without what is the same in the whole article."""
    sentence = _sentence(document, report)
    trigger = report.trigger
    near = (token for token in sentence.tokens if _is_near(token, trigger.start, trigger.end))
    return Told(
        id=report.id,
        article=document.article.id,
        type=report.type,
        published=document.article.published,
        modes=report.modes,
        status=report.status,
        historical=report.historical,
        parties=(*_parties("actor", report.actors), *_parties("recipient", report.recipients)),
        days=_days(report.time),
        place=_spot(report.place),
        killed=report.killed,
        injured=report.injured,
        arrested=report.arrested,
        trigger=act_words(trigger.text),
        near=_content(near),
        words=_content(sentence.tokens),
        sentence=sentence.start,
    )


def _sentence(document: Document, report: Report) -> Sentence:
    sentences = document.sentences or ()
    found = next((sentence for sentence in sentences if sentence.index == report.sentence), None)
    return found or Sentence(report.sentence, report.trigger.start, report.trigger.end, ())


def _is_near(token: Token, start: int, end: int) -> bool:
    return token.start >= start - _NEAR and token.end <= end + _NEAR


def _content(tokens: Iterable[Token]) -> frozenset[str]:
    return frozenset(token.stem for token in tokens if is_content(token))


def _parties(role: str, actors: Sequence[Actor]) -> Iterable[Party]:
    for actor in actors:
        words = _content(tokenize(f"{actor.text} {actor.name or ''}"))
        yield Party(role, actor.code, actor.id, actor.country, actor.sectors, words)


def _days(time: TimeSpan | None) -> Days | None:
    if time is None or time.first is None or time.last is None or time.last <= time.first:
        return None
    return Days(time.first, time.last - _DAY, time.precision)


def _spot(place: Place | None) -> Spot | None:
    if place is None:
        return None
    name = fold(place.name or place.text)
    return Spot(name, place.country, place.admin1, place.latitude, place.longitude, place.precision)
