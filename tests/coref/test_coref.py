"""Mentions of one happening get one number."""

from __future__ import annotations

import dataclasses

from rasid import coref
from rasid.records import Actor, Article, Cleaned, Document, Place, Report, Status, Trigger
from rasid.words import stage as words_stage

MEETING = "عقد الوزير المصري لقاء مع نظيره الياباني في بغداد. وقال إن اللقاء مع نظيره الياباني كان مثمرا."
OTHER = "عقد الوزير المصري لقاء مع نظيره العراقي في بغداد. وفي طوكيو جرى لقاء منفصل بين مسؤولين يابانيين وكوريين."
STRIKE = "قصف الطيران مدينة الموصل فجر السبت. وأصاب قصف آخر بلدة بعيدة أول أمس بحسب شهود."


def document(text: str, *reports: Report) -> Document:
    offsets = range(len(text) + 1)
    clean = Cleaned(text, [*offsets[:-1]], [*offsets[1:]])  # type: ignore[arg-type]
    cut = words_stage(Document(Article("a", None, text), cleaned=clean))
    return coref.stage(cut.replace(reports=reports))


def report(text: str, trigger: str, type_name: str, country: str | None = None, *, sentence: int = 0) -> Report:
    start = text.index(trigger)
    actors = (Actor(0, 1, country, 0, country=country, sectors=("GOV",), code=f"{country}GOV"),) if country else ()
    told = Trigger(start, start + len(trigger), trigger)
    return Report(f"r{start}", type_name, (), Status.REPORTED, False, sentence, told, actors=actors)


def numbers(found: Document) -> list[int]:
    return [told.coref for told in found.reports or ()]


def pair(second_type: str = "CONSULT", second_country: str = "EGY") -> tuple[Report, Report]:
    return (
        report(MEETING, "لقاء", "CONSULT", "EGY"),
        report(MEETING, "اللقاء", second_type, second_country, sentence=1),
    )


def test_same_word_and_party_is_one_happening() -> None:
    assert numbers(document(MEETING, *pair())) == [1, 1]


def test_other_party_is_another_happening() -> None:
    first, second = report(OTHER, "لقاء", "CONSULT", "EGY"), report(OTHER, "لقاء منفصل", "CONSULT", "JPN", sentence=1)
    assert numbers(document(OTHER, first, second)) == [1, 2]


def test_other_type_is_another_happening() -> None:
    assert numbers(document(MEETING, *pair(second_type="ASSAULT"))) == [1, 2]


def test_later_mention_takes_the_place() -> None:
    place = Place(5, 10, "بغداد", 0, name_en="Baghdad", country="IRQ")
    first, second = pair()
    found = document(MEETING, dataclasses.replace(first, place=place), second)
    assert [told.place for told in found.reports or ()] == [place, place]


def test_two_strikes_are_two_happenings() -> None:
    first = report(STRIKE, "قصف", "ASSAULT")
    start = STRIKE.index("قصف آخر")
    second = dataclasses.replace(first, id="r2", sentence=1, trigger=Trigger(start, start + 3, "قصف"))
    first = dataclasses.replace(first, place=Place(0, 1, "الموصل", 0, name="الموصل", country="IRQ"))
    second = dataclasses.replace(second, place=Place(0, 1, "بلدة", 1, name="بلدة", country="SYR"))
    assert numbers(document(STRIKE, first, second)) == [1, 2]


def test_numbers_count_from_one_in_order() -> None:
    found = document(MEETING, *pair(second_country="JPN"), report(MEETING, "مثمرا", "CONSULT", "EGY", sentence=1))
    assert sorted(set(numbers(found))) == list(range(1, max(numbers(found)) + 1))
    assert numbers(found)[0] == 1
