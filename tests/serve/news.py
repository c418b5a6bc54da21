"""Made-up articles for the desk: a raid told twice, texts that look like HTML, mixed scripts and digits."""

from __future__ import annotations

import datetime
from pathlib import Path

from rasid import store
from rasid.records import Article, Rejected
from tests.store.query_news import coded_by_the_stand_in


def _article(name: str, publisher: str, day: int, body: str, title: str | None = None) -> Article:
    published = datetime.date(2031, 7, day)
    return Article(name, title or f"خبر {name}", body, f"https://news.example/{name}", publisher, published)


RAID = "قصف الجيش السوري بلدة النور يوم 2031-07-01 وقتل 3 مدنيين بحسب وكالة الفجر."
AGAIN = "قصف الجيش السوري بلدة النور يوم 2031-07-01 وقتل 5 مدنيين بحسب وكالة الضحى."
MIXED = "زار الجيش العراقي بلدة الزهراء (Az Zahra, 33.3°N) يوم 2031-07-02 ومعه 12 خبيرا من شركة ACME-7 & Co <Ltd>."
NASTY = '<script>alert("x")</script> تظاهر الجيش التونسي في بلدة المرسى <img src=x onerror=alert(1)> رفضا للقرار 5.'
ODD = "اعتقل الجيش المصري 4 رجال\r\nفي\u00a0مقر\u200f «كتيبة A-1» (نحو 50٪).\n\n\tوقال شاهد في حلب إن الأمر هادئ."
ARTICLES = (
    _article("raid", "الضفاف", 2, RAID),
    _article("raid-again", "الرواق", 3, AGAIN),
    _article("visit", "الرواق", 3, MIXED),
    _article("march/2031?a=b#c", "المرسى نيوز", 9, NASTY, title="خبر <b>غامق</b>"),
    _article("arrest", "الضفاف", 20, ODD),
)
REJECTED = Rejected("old.bin", "binary", "is no text; leave it out", "old.bin")


def fill(path: Path) -> Path:
    """A store of the articles, coded by the stand-in."""
    with coded_by_the_stand_in(), store.open(path) as opened:
        store.ingest(opened, [*ARTICLES, REJECTED], command="test", source="made-up")
    return path
