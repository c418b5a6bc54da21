"""Places that events name, and phrases that once overlapped."""

from __future__ import annotations

from array import array

from rasid import places
from rasid.records import Article, Cleaned, Document, Place, Report, Sentence, Status, Trigger
from rasid.words import tokenize


def document(text: str, place: Place) -> Document:
    told = Trigger(0, 3, text[:3])
    report = Report("r", "ASSAULT", (), Status.REPORTED, False, 0, told, place=place)
    offsets = array("l", range(len(text)))
    cleaned = Cleaned(text, offsets, array("l", range(1, len(text) + 1)))
    sentence = Sentence(0, 0, len(text), tokenize(text))
    return Document(Article("a", None, text), cleaned, (sentence,), (), (), (), (report,))


def test_an_unresolved_place_of_an_event_is_resolved() -> None:
    text = "قصف الموصل"
    bound = places.bind(document(text, Place(4, 10, "الموصل", 0, reason="unknown_name")))
    place = (bound.reports or ())[0].place
    assert place is not None
    assert (place.country, place.text, place.start, place.end) == ("IRQ", "الموصل", 4, 10)


def test_a_resolved_place_stays() -> None:
    known = Place(4, 10, "الموصل", 0, country="XXX")
    assert (places.bind(document("قصف الموصل", known)).reports or ())[0].place == known


def test_a_capital_with_its_nationality_at_the_end_is_read() -> None:
    assert {place.country for place in places.read("انفجار في الرياض السعودية")} == {"SAU"}
