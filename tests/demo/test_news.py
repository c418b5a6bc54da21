"""The sample news holds what the demonstration promises, and says of itself that it is made up."""

import json

import pytest

from rasid import read
from rasid.demo import NEWS
from rasid.records import Article

RECORDS = [json.loads(line) for line in NEWS.read_text(encoding="utf-8").splitlines()]


def test_enough_articles_from_several_publishers() -> None:
    assert len(RECORDS) >= 24
    assert len({record["publisher"] for record in RECORDS}) == 5
    assert len({record["id"] for record in RECORDS}) == len(RECORDS)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record["id"])
def test_each_says_that_it_is_made_up(record: dict[str, str]) -> None:
    assert "no publisher, person or event in it is real" in record["note"]
    assert ".example/" in record["url"]
    assert 130 <= len(record["text"].split()) <= 350


@pytest.mark.parametrize(
    "words", ["تموز", "يوليو", "جويلية", "يوليوز", "ربيع الآخر 1453", "نفت", "من المقرر", "عقوبات", "تظاهر"]
)
def test_calendars_and_kinds_of_news(words: str) -> None:
    assert any(words in record["text"] for record in RECORDS)


def test_all_are_read_as_articles() -> None:
    found = list(read.articles([str(NEWS)]))
    assert [item.id for item in found] == [record["id"] for record in RECORDS]
    assert all(isinstance(item, Article) and item.published is not None for item in found)
