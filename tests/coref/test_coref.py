"""Mentions of one happening get one number."""

from __future__ import annotations

from dataclasses import replace

from rasid import coref
from rasid.records import Actor, Article, Document, Place, Report, Status, Trigger


def report(start: int, type_name: str, trigger: str, country: str | None = None) -> Report:
    actors = (Actor(0, 1, country, 0, country=country, code=f"{country}GOV"),) if country else ()
    told = Trigger(start, start + len(trigger), trigger)
    return Report(f"r{start}", type_name, (), Status.REPORTED, False, 0, told, actors=actors)


def numbers(*reports: Report) -> list[int]:
    document = coref.stage(Document(Article("a", None, "نص"), reports=reports))
    return [found.coref for found in document.reports or ()]


def test_same_word_and_party_is_one_happening() -> None:
    assert numbers(report(0, "CONSULT", "لقاء", "EGY"), report(50, "CONSULT", "اللقاء", "EGY")) == [1, 1]


def test_other_party_is_another_happening() -> None:
    assert numbers(report(0, "CONSULT", "لقاء", "EGY"), report(50, "CONSULT", "لقاء", "JPN")) == [1, 2]


def test_other_type_is_another_happening() -> None:
    assert numbers(report(0, "CONSULT", "لقاء", "EGY"), report(50, "ASSAULT", "قصف", "EGY")) == [1, 2]


def test_later_mention_takes_the_place() -> None:
    place = Place(5, 10, "بغداد", 0, name_en="Baghdad", country="IRQ")
    first = replace(report(0, "CONSULT", "لقاء", "EGY"), place=place)
    document = coref.stage(Document(Article("a", None, "نص"), reports=(first, report(50, "CONSULT", "اللقاء", "EGY"))))
    assert [found.place for found in document.reports or ()] == [place, place]
