"""A verb joined by «و» has the subject of the verb before it."""

from __future__ import annotations

from rasid import words
from rasid.events.subjects import with_subjects
from rasid.records import Actor, Report, Sentence, Status, Trigger

_TEXT = "زار الوزير بغداد والتقى الرئيس"


def party(phrase: str) -> Actor:
    start = _TEXT.index(phrase)
    return Actor(start, start + len(phrase), phrase, 0)


def report(trigger: str, actors: tuple[Actor, ...], recipients: tuple[Actor, ...] = ()) -> Report:
    start = _TEXT.index(trigger)
    told = Trigger(start, start + len(trigger), trigger)
    return Report(f"r{start}", "CONSULT", (), Status.REPORTED, False, 0, told, actors=actors, recipients=recipients)


def sentences() -> list[Sentence]:
    return [Sentence(0, 0, len(_TEXT), words.tokenize(_TEXT))]


def test_the_subject_is_taken_over_and_both_meet() -> None:
    visit = report("زار", (party("الوزير"),))
    meeting = report("التقى", (party("الرئيس"),), (party("الرئيس"),))
    found = with_subjects([visit, meeting], sentences())
    assert [actor.text for actor in found[1].actors] == ["الوزير", "الرئيس"]
    assert found[1].recipients == ()


def test_a_doer_that_was_found_stays() -> None:
    visit = report("زار", (party("الوزير"),))
    meeting = report("التقى", (party("الرئيس"),), (party("بغداد"),))
    assert with_subjects([visit, meeting], sentences())[1] == meeting


def test_an_unjoined_verb_takes_nothing_over() -> None:
    first = report("التقى", (party("الرئيس"),))
    second = report("زار", ())
    assert with_subjects([first, second], sentences())[1].actors == ()
