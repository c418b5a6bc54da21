"""Four made-up articles whose events differ in all that can be asked for."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid import store
from rasid.records import Article
from rasid.store import Store
from tests.store import coder


def _article(name: str, publisher: str, day: int, body: str) -> Article:
    published = datetime.date(2031, 7, day)
    return Article(name, f"خبر {name}", body, f"https://news.example/{name}", publisher, published)


ARTICLES = (
    _article("raid", "الضفاف", 2, "قصف الجيش السوري بلدة النور يوم 2031-07-01 وقتل 3 مدنيين بحسب وكالة الفجر."),
    _article("visit", "الرواق", 3, "زار الجيش العراقي بلدة الزهراء يوم 2031-07-02 لإعادة فتح مَدرسةٍ في زيارته الأولى."),
    _article("march", "المرسى نيوز", 9, "تظاهر الجيش التونسي في بلدة المرسى رفضا لوزارة الداخلية الجديدة."),
    _article(
        "arrest", "الضفاف", 20, "اعتقل الجيش المصري رجلا وبالموصل يوم 2031-07-15. وقال شاهد في حلب إن الأمر هادئ."
    ),
)


def fill(path: Path) -> Path:
    """A store of the four articles; the raid is on civilians of Iraq, and the visit has been judged."""
    with store.open(path) as opened:
        store.ingest(opened, ARTICLES, command="test")
        connection = opened.connection
        raid = "(SELECT id FROM events WHERE type = 'ASSAULT')"
        values = "'recipient', 'IRQCVL', 'IRQ', ['CVL'], NULL, 'مدنيون', NULL"
        connection.execute(f"INSERT INTO event_parties SELECT {raid}, {values}")
        connection.execute("UPDATE events SET sources = 3, confidence = 0.95 WHERE type = 'ASSAULT'")
        connection.execute("UPDATE events SET reviewed = true WHERE type = 'CONSULT'")
    return path


@contextlib.contextmanager
def coded_by_the_stand_in() -> Iterator[None]:
    """For fixtures that several tests share."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("rasid.pipeline.code", coder.code)
        yield


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Store]:
    """A store of the four articles in ``folder``, opened for reading."""
    with coded_by_the_stand_in():
        path = fill(folder / "news.duckdb")
    with store.open(path, read_only=True) as found:
        yield found
