"""Coded records become light records."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

from rasid import demo, export, pipeline, read
from rasid.merge import Told, content_words, from_coded, join
from rasid.merge.reading import act_words
from rasid.records import Article

TEXT = "التقى الوزير المصري نظيره الياباني في القاهرة يوم الثلاثاء، وبحثا إعادة إعمار الموصل."


def _coded() -> tuple[Told, ...]:
    article = Article("m1", "لقاء في القاهرة", TEXT, publisher="جريدة", published=datetime.date(2025, 9, 10))
    (document,) = pipeline.code([article])
    return from_coded(export.coded(document), article.text)


def test_reports_carry_what_merging_compares() -> None:
    told = _coded()
    assert told
    for report in told:
        assert report.id.startswith("m1:")
        assert (report.article, report.publisher, report.published) == ("m1", "جريدة", datetime.date(2025, 9, 10))
        assert report.near <= report.words
        assert report.trigger
        assert report.coref > 0
        assert "قاهره" in report.story


def test_days_are_both_within() -> None:
    days = [report.days for report in _coded() if report.days is not None]
    assert days
    assert all(span.first == span.last == datetime.date(2025, 9, 9) for span in days)


def test_function_words_and_clitics_fall_away() -> None:
    assert content_words("وبالموصل، في المدينة التي") == content_words("الموصل مدينة")


def test_an_act_is_known_by_its_word_whole_as_well() -> None:
    assert act_words("لقاء") & act_words("اللقاء")


def test_the_demo_is_read_whole() -> None:
    lines = (Path(demo.__file__).parent / "news.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(lines[0])
    article = Article("d", record.get("title"), record["text"], publisher="p", published=None)
    (document,) = pipeline.code([article])
    coded = export.coded(document)
    assert len(from_coded(coded, article.text)) == len(coded["events"])


def test_copies_join_nothing_that_the_article_keeps_apart() -> None:
    """The sample news, and once more as another paper prints it: as many events, with twice the reports. One in fifty
    may differ: a day's many like reports are compared with their next neighbours only, and copies are neighbours."""
    articles = [article for article in read.articles([str(demo.NEWS)]) if isinstance(article, Article)]
    told: list[Told] = []
    for document in pipeline.code(articles):
        told += from_coded(export.coded(document), document.article.text)
    alone, often = join(told), join([*told, *map(_printed_again, told)])
    assert abs(len(often) - len(alone)) <= len(alone) // 50
    assert all(len(event.members) % 2 == 0 for event in often)


def _printed_again(report: Told) -> Told:
    article = f"{report.article}-again"
    return replace(report, id=f"{article}:{report.id}", article=article, publisher="again", copy_of=report.article)
