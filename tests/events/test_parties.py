"""Lists that stand as one phrase are taken apart, and phrases that only look like lists are not."""

from __future__ import annotations

import pytest

from rasid import pipeline
from rasid.events.parties import with_parties
from rasid.records import Actor, Article, Report, Status, Trigger


def parts(text: str, phrase: str) -> list[str]:
    (document,) = pipeline.before_events([Article("a", None, text)])
    start = text.index(phrase)
    actor = Actor(start, start + len(phrase), phrase, 0)
    report = Report("r", "CONSULT", (), Status.REPORTED, False, 0, Trigger(0, 1, text[:1]), actors=(actor,))
    (found,) = with_parties([report], document)
    return [party.text for party in found.actors]


@pytest.mark.parametrize(
    ("text", "phrase", "wanted"),
    [
        ("اتفقت وزارة الدفاع والبيت الأبيض على الخطة", "وزارة الدفاع والبيت الأبيض", ["وزارة الدفاع", "البيت الأبيض"]),
        ("أصيب أربعة مدنيين وجندي أمريكي", "أربعة مدنيين وجندي أمريكي", ["أربعة مدنيين", "جندي أمريكي"]),
        ("بحثت فرنسا وألمانيا الملف", "فرنسا وألمانيا", ["فرنسا", "ألمانيا"]),
        ("التقى وزير الخارجية والتعاون الدولي السفير", "وزير الخارجية والتعاون الدولي", None),
        ("زارت وزيرة العدل والشرطة السويسرية البلاد", "وزيرة العدل والشرطة السويسرية", None),
        ("انسحبت الفصائل المعارضة والإسلامية", "الفصائل المعارضة والإسلامية", None),
        ("استقبل الأمير محمد بن سلمان، ولي العهد السعودي، الوفد", "الأمير محمد بن سلمان، ولي العهد السعودي", None),
        ("وصل وفد من البرلمان", "وفد من البرلمان", None),
    ],
)
def test_a_list_is_taken_apart_where_parties_stand_on_both_sides(
    text: str, phrase: str, wanted: list[str] | None
) -> None:
    assert parts(text, phrase) == (wanted or [phrase])


@pytest.mark.parametrize(
    ("text", "phrase", "whole"),
    [
        ("أعلنت الولايات المتحدة انسحابها", "الولايات", "الولايات المتحدة"),
        ("هاجم تنظيم داعش البلدة", "تنظيم", "تنظيم داعش"),
        ("أعلنت فرنسا انسحابها", "فرنسا", "فرنسا"),
    ],
)
def test_no_party_ends_within_a_name(text: str, phrase: str, whole: str) -> None:
    assert parts(text, phrase) == [whole]
