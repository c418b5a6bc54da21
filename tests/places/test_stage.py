"""The stage and ``resolve``: spans, roles, context, and what names of persons and groups take away."""

from __future__ import annotations

import pytest

from rasid import pipeline
from rasid.places import Reason, bind, read, resolve, stage
from rasid.places.stage import context_of
from rasid.records import Actor, Article, Document, Kind, Mention, Place, Report, Sentence, Status, Trigger
from rasid.words.tokens import tokenize


def document(*sentences: str, mentions: tuple[Mention, ...] = ()) -> Document:
    text, cut, at = "\n".join(sentences), [], 0
    tokens = tokenize(text)
    for index, sentence in enumerate(sentences):
        end = at + len(sentence)
        cut.append(Sentence(index, at, end, tuple(token for token in tokens if at <= token.start < end)))
        at = end + 1
    return Document(Article("made", None, text), sentences=tuple(cut), mentions=mentions)


def mention(text: str, phrase: str, kind: Kind) -> Mention:
    start = text.index(phrase)
    return Mention(kind, 0, Actor(start, start + len(phrase), phrase, 0))


def places(*sentences: str) -> list[Place]:
    return list(stage(document(*sentences)).places or ())


@pytest.mark.parametrize(
    "text",
    [
        "وبالموصل انفجرت سيارة",
        "اندلعت مواجهات في الحُدَيْدَة اليمنية",
        "قتل جندي في مديـــنة تعز",
        "توجه الوفد للرياض ثم لبيروت",
        "عاد إلى #حلب و#دمشق",
        "«الباب» شمالي حلب",
    ],
)
def test_spans_point_at_the_source(text: str) -> None:
    found = read(text)
    assert found
    for place in found:
        assert text[place.start : place.end] == place.text
        assert not place.text.startswith(("#", " ", "«"))


def test_clitic_is_left_outside_the_span() -> None:
    assert [place.text for place in read("وبالموصل انفجرت سيارة")] == ["الموصل"]


def test_diacritics_between_clitic_and_name_stay_outside() -> None:
    assert [place.text for place in read("وقعت الحادثة بِالموصل")] == ["الموصل"]


@pytest.mark.parametrize(
    ("place", "metonym"),
    [
        ("اجتمعوا في واشنطن", "واشنطن تدعو إلى ضبط النفس"),
        ("قتل مدني في تركيا", "أعلنت تركيا بدء العملية"),
        ("وصل إلى موسكو", "قالت موسكو إنها سترد"),
        ("انفجار في القاهرة", "رحبت القاهرة بالاتفاق"),
    ],
)
def test_a_capital_that_acts_scores_far_below_one_that_is_a_place(place: str, metonym: str) -> None:
    (there,), (acting, *_) = read(place), read(metonym)
    assert there.name_en == acting.name_en
    assert acting.reason == Reason.METONYM
    assert there.score > 0.7 > 0.2 > acting.score


def test_a_conjunct_stands_as_the_first_member_does() -> None:
    scores = [place.score for place in read("مواجهات في غزة وخان يونس ورفح")]
    assert min(scores) > 0.9


def test_names_inside_persons_and_groups_are_no_places() -> None:
    text = "قال لواء القدس إن حمدان البصرة زار رفح"
    group = mention(text, "لواء القدس", Kind.ORGANISATION)
    person = mention(text, "حمدان البصرة", Kind.PERSON)
    assert {place.text for place in stage(document(text)).places or ()} > {"رفح"}
    assert [place.text for place in stage(document(text, mentions=(group, person))).places or ()] == ["رفح"]


def test_a_place_after_a_preposition_inside_a_group_name_stays() -> None:
    text = "أعلنت قوات الأمن في البصرة حالة التأهب"
    group = mention(text, "قوات الأمن في البصرة", Kind.ORGANISATION)
    assert [place.text for place in stage(document(text, mentions=(group,))).places or ()] == ["البصرة"]


def test_countries_of_actors_decide_between_homographs() -> None:
    assert places("هاجم مسلحون ليبيون مقرا في طرابلس")[0].country == "LBY"
    assert places("تظاهر لبنانيون أمام مقر في طرابلس")[0].country == "LBN"


def test_an_earlier_sentence_decides_between_homographs() -> None:
    found = places("شهد لبنان يوما داميا", "وقطع محتجون الطريق في طرابلس")
    assert found[-1].name_en == "Tripoli (Lebanon)"


@pytest.mark.parametrize(
    ("text", "phrase", "precision"),
    [
        ("انفجار في مطار دمشق الدولي", "مطار دمشق الدولي", "exact"),
        ("انفجار في مدينة حلب", "مدينة حلب", "locality"),
        ("انفجار في ريف حلب الشمالي", "ريف حلب الشمالي", "district"),
        ("انفجار في محافظة الأنبار", "محافظة الأنبار", "province"),
        ("انفجار في شمال العراق", "شمال العراق", "country"),
        ("انفجار في العراق", "العراق", "country"),
    ],
)
def test_precision_class(text: str, phrase: str, precision: str) -> None:
    (place,) = read(text)
    assert (place.text, place.precision) == (phrase, precision)


def test_an_unheard_name_has_country_and_reason_but_no_pin() -> None:
    (place,) = read("قتل خمسة في قرية زعفرينة شمال العراق")
    assert (place.country, place.reason, place.latitude, place.geonames_id) == ("IRQ", Reason.UNKNOWN, None, None)


def test_the_strip_needs_gaza_in_the_article() -> None:
    assert not places("تراجعت الأجور في القطاع العام")
    assert places("قصفت إسرائيل غزة", "وسقط شهداء في القطاع")[-1].name_en == "Gaza Strip"


def resolved(doc: Document, sentence: int, phrase: str) -> Place | None:
    start = doc.article.text.index(phrase)
    inside = [t for t in (doc.sentences or ())[sentence].tokens if start <= t.start < start + len(phrase)]
    return resolve(inside, doc, sentence, context_of(doc))


def test_resolve_reads_a_phrase_that_stands_without_preposition() -> None:
    place = resolved(document("زار الوزير البلاد أمس", "واستقبله نظيره التونسي"), 0, "البلاد")
    assert place is not None
    assert (place.text, place.country) == ("البلاد", "TUN")


def test_resolve_gives_the_context_country_to_a_phrase_it_does_not_know() -> None:
    place = resolved(document("داهمت الشرطة العراقية منزله ليلا"), 0, "منزله")
    assert place is not None
    assert (place.country, place.reason, place.latitude) == ("IRQ", Reason.UNKNOWN, None)


def test_resolve_without_tokens_or_context_is_none() -> None:
    doc = document("داهمت الشرطة منزله")
    assert resolve([], doc, 0, context_of(doc)) is None
    assert resolved(document("داهمت الشرطة منزله ليلا"), 0, "منزله") is None


def test_a_document_without_sentences_has_no_places() -> None:
    assert stage(Document(Article("made", None, ""), sentences=())).places == ()


@pytest.mark.parametrize(("word", "kept"), [("أمن", False), ("سلطة", False), ("مسجد", True), ("زرزوفة", True)])
def test_a_common_noun_that_no_table_knows_is_no_place(word: str, kept: bool) -> None:
    text = f"بحث الوزيران {word} يوم الأحد"
    (read_,) = pipeline.before_events([Article("a", None, text)])
    at = text.index(word)
    place = Place(at, at + len(word), word, 0)
    report = Report("r", "CONSULT", (), Status.REPORTED, False, 0, Trigger(0, 3, "بحث"), place=place)
    (found,) = bind(read_.replace(reports=(report,))).reports or ()
    assert (found.place is not None) is kept
