"""Made-up articles for the stand-in coder, and what a store holds of them, for comparing stores."""

from __future__ import annotations

import datetime
from pathlib import Path

from rasid import store
from rasid.records import Article, Rejected
from tests.store.coder import COUNTRIES, TOWNS, TYPES

DAY = datetime.date(2031, 7, 1)
PUBLISHERS = ("الضفاف", "الرواق", "المرسى نيوز")
# Of each table: columns that differ between two runs that did the same.
_PASSING = frozenset({"run", "ingested", "at", "until"})
_LEFT_OUT = frozenset({"runs", "meta"})


def sentence(number: int, *, day: datetime.date = DAY, killed: int | None = None) -> str:
    """A sentence that tells one event; the number chooses act, doer and town."""
    act = list(TYPES)[number % len(TYPES)]
    country = list(COUNTRIES)[number % len(COUNTRIES)]
    town = list(TOWNS)[number % len(TOWNS)]
    toll = f" وقتل {killed} مدنيين" if killed else ""
    return f"{act} الجيش {country} بلدة {town} يوم {day.isoformat()}{toll} بحسب وكالة الفجر رقم {number}."


def article(number: int, *, name: str | None = None, text: str | None = None, publisher: str | None = None) -> Article:
    """An article of three sentences, two of which tell an event."""
    day = DAY + datetime.timedelta(days=number // 20)
    filler = " ".join(f"كلمة{number}ب{at}" for at in range(20))
    body = f"{sentence(number, day=day, killed=number % 7 or None)} {sentence(number + 2, day=day)} وقال مصدر {filler}."
    return Article(
        id=name or f"a-{number}",
        title=f"خبر رقم {number}",
        body=text or body,
        url=f"https://news.example/{name or number}",
        publisher=publisher or PUBLISHERS[number % len(PUBLISHERS)],
        published=day,
    )


def news(count: int = 150) -> list[Article | Rejected]:
    """Articles with rejected inputs and copies among them."""
    items: list[Article | Rejected] = []
    for number in range(count):
        items.append(article(number))
        if number % 25 == 10:
            items.append(Rejected(f"bad-{number}", "empty", "it is empty; leave it out", f"bad-{number}.txt"))
        if number % 30 == 20:
            copied = article(number)
            items.append(article(number, name=f"copy-{number}", text=copied.body, publisher="الناسخ"))
    return items


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Rows of every table, sorted, without what tells runs apart."""
    with store.open(path, read_only=True) as opened:
        tables = [name for (name,) in opened.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {table: _rows(opened, table) for table in sorted(set(tables) - _LEFT_OUT)}


def _rows(opened: store.Store, table: str) -> list[tuple[object, ...]]:
    columns = [row[0] for row in opened.connection.execute(f"DESCRIBE {table}").fetchall()]
    kept = ", ".join(f'"{column}"' for column in columns if column not in _PASSING)
    return sorted(opened.connection.execute(f"SELECT {kept} FROM {table}").fetchall(), key=repr)
