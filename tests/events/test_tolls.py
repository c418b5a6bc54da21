"""Counts go to the event of their sentence that they belong to."""

from __future__ import annotations

import dataclasses

from rasid import words
from rasid.events.tolls import with_tolls
from rasid.records import Actor, Kind, Mention, Report, Sentence, Status, Trigger


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


def test_a_toll_goes_to_its_cause_and_not_to_a_nearer_act() -> None:
    text = "في اليوم العاشر من الحرب استشهد 39 فلسطينيا منذ فجر الأربعاء في غارات على القطاع"
    found = with_tolls([report(text, "الحرب", "ASSAULT"), report(text, "غارات", "ASSAULT")], [sentence(text)])
    assert found[1].killed == "39"


def test_a_meeting_has_no_toll() -> None:
    text = "بحث الوزيران مقتل 17 شخصا"
    assert with_tolls([report(text, "بحث", "CONSULT")], [sentence(text)])[0].killed is None


def victim(text: str, phrase: str, name: str) -> tuple[Report, Mention]:
    def actor(words_: str) -> Actor:
        return Actor(text.index(words_), text.index(words_) + len(words_), words_, 0)

    told = dataclasses.replace(report(text, "اغتيال", "ASSAULT"), recipients=(actor(phrase),))
    return told, Mention(Kind.PERSON, 0, actor(name))


def test_the_killing_of_one_named_person_has_a_toll_of_one() -> None:
    text = "أدانت الحكومة اغتيال القاضي سليم الحداد"
    told, person = victim(text, "القاضي سليم الحداد", "سليم الحداد")
    assert with_tolls([told], [sentence(text)], [person])[0].killed == "1"
    assert with_tolls([told], [sentence(text)])[0].killed is None


def test_one_told_by_a_noun_is_one() -> None:
    text = "اغتيال ناشط في المدينة"
    told, _ = victim(text, "ناشط", "ناشط")
    assert with_tolls([told], [sentence(text)])[0].killed == "1"


def test_several_without_a_number_are_not_one() -> None:
    text = "اغتيال ناشطين في المدينة"
    told, _ = victim(text, "ناشطين", "ناشطين")
    assert with_tolls([told], [sentence(text)])[0].killed is None


def test_the_arrest_of_one_person_has_a_toll_of_one() -> None:
    text = "احتجزت الشرطة صحفيا"
    actor = Actor(text.index("صحفيا"), len(text), "صحفيا", 0)
    told = dataclasses.replace(report(text, "احتجزت", "COERCE"), recipients=(actor,), modes=("arrest",))
    assert with_tolls([told], [sentence(text)])[0].arrested == "1"


def test_a_named_person_and_others_are_not_one() -> None:
    text = "أدانت الحكومة اغتيال سليم الحداد وآخرين"
    told, person = victim(text, "سليم الحداد وآخرين", "سليم الحداد")
    assert with_tolls([told], [sentence(text)], [person])[0].killed is None


def test_a_killing_that_may_come_has_no_toll() -> None:
    text = "أدانت الحكومة اغتيال سليم الحداد"
    told, person = victim(text, "سليم الحداد", "سليم الحداد")
    planned = dataclasses.replace(told, status=Status.HYPOTHETICAL)
    assert with_tolls([planned], [sentence(text)], [person])[0].killed is None
