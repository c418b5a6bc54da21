"""A hand-made document, and a stand-in for the pipeline that codes every article with it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from rasid.clean import Repeated
from rasid.records import (
    Actor,
    Article,
    Attribution,
    Document,
    Evidence,
    Kind,
    Mention,
    Place,
    Report,
    Sentence,
    Stance,
    Status,
    TimeSpan,
    Trigger,
)

TITLE = "قصف على بلدة النور"
BODY = (
    "قالت وكالة الفجر إن الجيش السوري قصف بلدة النور\nيوم الجمعة وقتل 3 مدنيين. "
    "ومن المقرر أن يزور الوزير تونس الشهر المقبل."
)
ARTICLE = Article(
    id="made-1",
    title=TITLE,
    body=BODY,
    url="https://fajr.example/1",
    publisher="الفجر",
    published=datetime.date(2025, 10, 5),
)


def span(phrase: str, text: str = ARTICLE.text, *, after: int = 0) -> tuple[int, int]:
    """Offsets of the first occurrence of the phrase; the test fails where there is none."""
    start = text.index(phrase, after)
    return start, start + len(phrase)


def actor(phrase: str, code: str, *, sentence: int = 1) -> Actor:
    start, end = span(phrase, after=len(TITLE))
    return Actor(start, end, phrase, sentence, country=code[:3], sectors=(code[3:6],), code=code, name_en=f"en:{code}")


def document(article: Article = ARTICLE) -> Document:
    """The article coded by hand: an ASSAULT that is told, and a visit still to come."""
    return Document(
        article=article,
        sentences=_sentences(),
        mentions=(Mention(Kind.ORGANISATION, 1, actor("الجيش السوري", "SYRMIL")),),
        times=(friday(),),
        places=(town(),),
        reports=(assault(), visit()),
    )


def _sentences() -> tuple[Sentence, ...]:
    first = ARTICLE.text.index("قالت")
    second = ARTICLE.text.index("ومن المقرر")
    bounds = ((0, len(TITLE), True), (first, second - 1, False), (second, len(ARTICLE.text), False))
    return tuple(Sentence(at, start, end, (), is_title) for at, (start, end, is_title) in enumerate(bounds))


def friday() -> TimeSpan:
    start, end = span("يوم الجمعة")
    day = datetime.date(2025, 10, 3)
    after = day + datetime.timedelta(days=1)
    return TimeSpan(start, end, "يوم الجمعة", 1, "2025-10-03", day, after, "day", anchor="published")


def next_month() -> TimeSpan:
    start, end = span("الشهر المقبل")
    first, after = datetime.date(2025, 11, 1), datetime.date(2025, 12, 1)
    return TimeSpan(start, end, "الشهر المقبل", 2, "2025-11", first, after, "month", anchor="published")


def town() -> Place:
    start, end = span("بلدة النور", after=len(TITLE))
    return Place(
        start,
        end,
        "بلدة النور",
        1,
        "النور",
        "An Nur",
        "SYR",
        "Idlib",
        35.9,
        36.6,
        172955,
        "locality",
        "the only candidate",
    )


def assault() -> Report:
    return Report(
        id="made-1#30-ASSAULT",
        type="ASSAULT",
        modes=("heavy-weapons",),
        status=Status.REPORTED,
        historical=False,
        sentence=1,
        trigger=Trigger(*span("قصف", after=len(TITLE)), "قصف"),
        actors=(actor("الجيش السوري", "SYRMIL"),),
        recipients=(actor("مدنيين", "SYRCVL"), actor("بلدة النور", "SYRCVL")),
        time=friday(),
        place=town(),
        attribution=(Attribution(*span("وكالة الفجر"), "وكالة الفجر", 1, "SYRJRN", Stance.STATES),),
        contexts=("military",),
        killed="3",
        coref=1,
        confidence=0.9,
        evidence=(Evidence("trigger table", "ASSAULT", *span("قصف", after=len(TITLE)), 0.9),),
    )


def visit() -> Report:
    return Report(
        id="made-1#90-CONSULT",
        type="CONSULT",
        modes=("visit",),
        status=Status.FUTURE,
        historical=False,
        sentence=2,
        trigger=Trigger(*span("يزور"), "يزور"),
        actors=(actor("الوزير", "SYRGOV", sentence=2),),
        time=next_month(),
        coref=2,
        confidence=0.7,
    )


def code(articles: Iterable[Article], *, repeated: Repeated | None = None) -> Iterator[Document]:
    """Stands in for rasid.pipeline.code: the hand-made document under each article's own name; it reads all first."""
    for article in list(articles):
        yield document(Article(article.id, TITLE, BODY, article.url, article.publisher, article.published))
