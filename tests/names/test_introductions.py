"""Where a title ties a name to a post, and where the name ends."""

import pytest

from rasid import pipeline
from rasid.records import Article, Kind


def introduced(text: str) -> dict[str, str]:
    (document,) = pipeline.before_events([Article("a", None, text)])
    found = (mention for mention in document.mentions or () if mention.kind is Kind.PERSON)
    return {mention.actor.text: mention.actor.code for mention in found if " " in mention.actor.text}


@pytest.mark.parametrize(
    ("text", "phrase", "code"),
    [
        (
            "بحث وزير الخارجية العراقي سيف الحمداني مع نظيره الأردني رائد المجالي سبل ضبط الحدود.",
            "نظيره الأردني رائد المجالي",
            "JORGOV",
        ),
        (
            "التقى وزير الدفاع المصري عادل السنهوري نظيره السوداني كمال البشاري في الخرطوم.",
            "نظيره السوداني كمال البشاري",
            "SDNMIL",
        ),
        ("قال الوزير اللبناني نور الدين حيدر إن الأزمة طويلة.", "الوزير اللبناني نور الدين حيدر", "LBNGOV"),
        ("وصل الرائد سامي الخطيب إلى بيروت.", "الرائد سامي الخطيب", "LBNMIL"),
    ],
)
def test_title_and_name(text: str, phrase: str, code: str) -> None:
    assert introduced(text).get(phrase) == code


def test_a_short_name_has_the_country_of_the_counterpart() -> None:
    text = "بحث وزير الخارجية العراقي سيف الحمداني مع نظيره الأردني رائد المجالي الملف. واتهم المجالي إسرائيل."
    (document,) = pipeline.code([Article("a", None, text)])
    accused = [report for report in document.reports or () if report.type == "ACCUSE"]
    assert [actor.code for report in accused for actor in report.actors] == ["JORGOV"]
