"""A small coder that stands in for the pipeline: it needs no models, is fast, and never changes its mind.

It reads sentences like «قصف الجيش السوري بلدة النور يوم 2031-07-03 وقتل 3 مدنيين»: a trigger word tells the type, the
word after it the actor's country, a town the place, a day in digits the time, a number after «قتل» the killed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator

from rasid import pipeline
from rasid.clean import Repeated
from rasid.records import (
    Actor,
    Article,
    Attribution,
    Document,
    Evidence,
    Place,
    Report,
    Sentence,
    Stance,
    Status,
    TimeSpan,
    Trigger,
)

TYPES = {"قصف": "ASSAULT", "زار": "CONSULT", "تظاهر": "PROTEST", "اعتقل": "COERCE", "رفض": "REJECT"}
COUNTRIES = {"السوري": "SYR", "العراقي": "IRQ", "التونسي": "TUN", "المصري": "EGY", "اليمني": "YEM"}
TOWNS = {
    "النور": ("An Nur", "SYR", 35.9, 36.6),
    "الزهراء": ("Az Zahra", "IRQ", 33.3, 44.4),
    "المرسى": ("La Marsa", "TUN", 36.9, 10.3),
}
_TRIGGER = re.compile(rf"\b(?:{'|'.join(TYPES)})\b")
_ACTOR = re.compile(rf"\b(\w+) ({'|'.join(COUNTRIES)})\b")
_TOWN = re.compile("|".join(TOWNS))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_KILLED = re.compile(r"وقتل (\d+)")
_SOURCE = re.compile(r"وكالة \w+")


def code(articles: Iterable[Article], *, repeated: Repeated | None = None) -> Iterator[Document]:
    """As rasid.pipeline.code."""
    for article in articles:
        document = pipeline.run([Document(article)], pipeline.READING[:2])[0]
        reports = tuple(_report(article, sentence) for sentence in document.sentences or () if _acts(article, sentence))
        yield document.replace(mentions=(), times=(), places=(), reports=reports)


def _acts(article: Article, sentence: Sentence) -> bool:
    return _TRIGGER.search(article.text, sentence.start, sentence.end) is not None


def _report(article: Article, sentence: Sentence) -> Report:
    found = _TRIGGER.search(article.text, sentence.start, sentence.end)
    assert found
    killed = _KILLED.search(article.text, sentence.start, sentence.end)
    kind = TYPES[found.group()]
    return Report(
        id=f"{article.id}#{found.start()}-{kind}",
        type=kind,
        modes=(),
        status=Status.REPORTED,
        historical=False,
        sentence=sentence.index,
        trigger=Trigger(found.start(), found.end(), found.group()),
        actors=tuple(_actors(article, sentence)),
        time=_time(article, sentence),
        place=_place(article, sentence),
        attribution=tuple(_said(article, sentence)),
        killed=killed.group(1) if killed else None,
        coref=sentence.index,
        confidence=0.8,
        evidence=(Evidence("stand-in", kind, found.start(), found.end()),),
    )


def _actors(article: Article, sentence: Sentence) -> Iterator[Actor]:
    for found in _ACTOR.finditer(article.text, sentence.start, sentence.end):
        country = COUNTRIES[found.group(2)]
        yield Actor(
            found.start(),
            found.end(),
            found.group(),
            sentence.index,
            name=found.group(),
            name_en=f"{country} army",
            id=f"army-{country}",
            country=country,
            sectors=("MIL",),
            code=f"{country}MIL",
        )


def _time(article: Article, sentence: Sentence) -> TimeSpan | None:
    found = _DAY.search(article.text, sentence.start, sentence.end)
    if not found:
        return None
    day = datetime.date.fromisoformat(found.group())
    after = day + datetime.timedelta(days=1)
    return TimeSpan(found.start(), found.end(), found.group(), sentence.index, found.group(), day, after, "day")


def _place(article: Article, sentence: Sentence) -> Place | None:
    found = _TOWN.search(article.text, sentence.start, sentence.end)
    if not found:
        return None
    name, country, latitude, longitude = TOWNS[found.group()]
    return Place(
        found.start(),
        found.end(),
        found.group(),
        sentence.index,
        found.group(),
        name,
        country,
        None,
        latitude,
        longitude,
        None,
        "locality",
        "unique",
    )


def _said(article: Article, sentence: Sentence) -> Iterator[Attribution]:
    for found in _SOURCE.finditer(article.text, sentence.start, sentence.end):
        yield Attribution(found.start(), found.end(), found.group(), sentence.index, "MED", Stance.STATES)
