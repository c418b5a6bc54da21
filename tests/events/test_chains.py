"""Chains of sources keep every level, the outermost first."""

from __future__ import annotations

from rasid import words
from rasid.events.chains import with_chains
from rasid.records import (
    Actor,
    Article,
    Attribution,
    Document,
    Kind,
    Mention,
    Report,
    Sentence,
    Stance,
    Status,
    Trigger,
)


def document(text: str, press: str) -> Document:
    start = text.index(press)
    actor = Actor(start, start + len(press), press, 0, sectors=("JRN",))
    return Document(
        Article("a", None, text),
        sentences=(Sentence(0, 0, len(text), words.tokenize(text)),),
        mentions=(Mention(Kind.ORGANISATION, 0, actor),),
    )


def report(text: str, trigger: str, *sources: str) -> Report:
    at = text.index(trigger)
    found = tuple(Attribution(text.index(s), text.index(s) + len(s), s, 0, "", Stance.STATES) for s in sources)
    told = Trigger(at, at + len(trigger), trigger)
    return Report("r", "ASSAULT", (), Status.REPORTED, False, 0, told, attribution=found)


def levels(text: str, press: str, trigger: str, *sources: str) -> list[str]:
    (found,) = with_chains([report(text, trigger, *sources)], document(text, press))
    return [level.text for level in found.attribution]


def test_the_agency_that_relays_is_kept_and_comes_first() -> None:
    text = "نقلت وكالة سانا عن مصدر عسكري قوله إن الجيش قصف مواقع المسلحين"
    assert levels(text, "وكالة سانا", "قصف", "مصدر عسكري") == ["وكالة سانا", "مصدر عسكري"]


def test_the_press_comes_first_though_it_stands_behind() -> None:
    text = "قال مصدر أمني لوكالة رويترز إن مسلحين قصفوا القرية"
    assert levels(text, "وكالة رويترز", "قصفوا", "مصدر أمني", "وكالة رويترز") == ["وكالة رويترز", "مصدر أمني"]


def test_a_source_within_is_added_to_the_one_around() -> None:
    text = "نقلت صحيفة الأيام عن شهود أن مسلحين قصفوا القرية"
    assert levels(text, "صحيفة الأيام", "قصفوا", "صحيفة الأيام") == ["صحيفة الأيام", "شهود"]


def test_a_report_without_a_source_stays_without_one() -> None:
    text = "نقلت صحيفة الأيام عن شهود أن مسلحين قصفوا القرية"
    assert levels(text, "صحيفة الأيام", "قصفوا") == []
