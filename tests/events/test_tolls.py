"""Counts go to the event of their sentence that they belong to."""

from __future__ import annotations

from rasid import words
from rasid.events.tolls import with_tolls
from rasid.records import Report, Sentence, Status, Trigger


def sentence(text: str) -> Sentence:
    tokens = words.tokenize(text)
    return Sentence(0, 0, len(text), tokens)


def report(text: str, trigger: str, type_name: str) -> Report:
    start = text.index(trigger)
    told = Trigger(start, start + len(trigger), trigger)
    return Report(f"r{start}", type_name, (), Status.REPORTED, False, 0, told)


def test_deaths_go_to_the_attack_and_arrests_to_the_arrest() -> None:
    text = "قتل 12 جنديا في الهجوم واعتقلت الشرطة 5 أشخاص"
    found = with_tolls([report(text, "قتل", "ASSAULT"), report(text, "اعتقلت", "COERCE")], [sentence(text)])
    assert [(r.killed, r.arrested) for r in found] == [("12", None), (None, "5")]


def test_cause_and_effect_share_the_toll() -> None:
    text = "مقتل 17 شخصا في غارة جوية"
    found = with_tolls([report(text, "مقتل", "ASSAULT"), report(text, "غارة", "ASSAULT")], [sentence(text)])
    assert [r.killed for r in found] == ["17", "17"]


def test_a_meeting_has_no_toll() -> None:
    text = "بحث الوزيران مقتل 17 شخصا"
    assert with_tolls([report(text, "بحث", "CONSULT")], [sentence(text)])[0].killed is None
