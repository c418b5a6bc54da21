"""How the publication day is found where no field tells it."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from rasid.read import articles
from rasid.read.days import stated
from rasid.read.draft import RELIABILITY, DateSource
from rasid.records import Article

_BODY = "قال وزير الخارجية إن القمة ستعقد في عمان، بعد لقاء جرى في 5 أيار 2019 بين الوفدين."


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("تاريخ النشر: 4 أبريل 2012", "2012-04-04"),
        ("الخميس 26 جويلية 2012", "2012-07-26"),
        ("الثلاثاء، 25 أيلول/سبتمبر 2012", "2012-09-25"),
        ("17/04/2012", "2012-04-17"),
        ("2012-04-03 03:01:00", "2012-04-03"),
        ("آخر تحديث للخبر في السبت ٢٨ يوليوز ٢٠١٢ الساعة ١٠:٤٠", "2012-07-28"),
        ("0922 (GMT+04:00) - 23/12/08 نشرة الأخبار", "2008-12-23"),
        ("موسكو 3 تموز 2012 /سبأ/ استقبل الوزير", "2012-07-03"),
        ("الخميس 26 جويلية", None),
        ("جويلية 2012", None),
        ("31/02/2012", None),
        ("التقى الوفدان في 5 أيار 2019 وبحثا ملفات الحدود.", None),
        ("القاهرة 15-7 (ا ف ب) -", None),
    ],
)
def test_date_lines(line: str, day: str | None) -> None:
    found = stated(f"عنوان الخبر\n{line}\n{_BODY}")
    assert found.day == (datetime.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("name", "text", "option", "day"),
    [
        ("news-2024-03-11.txt", _BODY, None, "2024-03-11"),
        ("20240311_report.txt", _BODY, None, "2024-03-11"),
        ("news.txt", _BODY, None, None),
        ("news-2024-03.txt", _BODY, None, None),
        ("news-2024-03-11.txt", f"الخميس 7 آذار 2024\n{_BODY}", None, "2024-03-07"),
        ("news-2024-03-11.txt", _BODY, "2025-10-03", "2025-10-03"),
        ("1234567890.txt", _BODY, None, None),
    ],
)
def test_the_most_reliable_day_wins(tmp_path: Path, name: str, text: str, option: str | None, day: str | None) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    given = datetime.date.fromisoformat(option) if option else None
    (found,) = articles([str(tmp_path / name)], published=given)
    assert isinstance(found, Article)
    assert found.published == (datetime.date.fromisoformat(day) if day else None)


def test_the_article_says_how_its_day_was_found(tmp_path: Path) -> None:
    (tmp_path / "news-2024-03-11.txt").write_text(_BODY, encoding="utf-8")
    (tmp_path / "other.txt").write_text(_BODY, encoding="utf-8")
    by_name, undated = articles([str(tmp_path)])
    (told,) = articles([str(tmp_path / "other.txt")], published=datetime.date(2025, 10, 3))
    found = [item for item in (by_name, undated, told) if isinstance(item, Article)]
    assert [item.published_by for item in found] == ["file_name", None, "option"]
    assert [item.published_reliability for item in found] == [RELIABILITY[DateSource.FILE_NAME], None, 0.98]


@pytest.mark.parametrize(
    ("url", "day"), [("https://n.example/2024/7/16/x", "2024-07-16"), ("https://n.example/web/20240716101010/x", None)]
)
def test_the_address_of_a_record_tells_its_day(tmp_path: Path, url: str, day: str | None) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": _BODY, "url": url}), encoding="utf-8")
    (found,) = articles([str(tmp_path / "a.jsonl")])
    assert isinstance(found, Article)
    assert (str(found.published), found.published_by) == (str(day), "url" if day else None)


def test_every_source_has_a_reliability() -> None:
    assert set(RELIABILITY) == set(DateSource)
    assert RELIABILITY[DateSource.CRAWL] < RELIABILITY[DateSource.FILE_NAME] < RELIABILITY[DateSource.FIELD]
