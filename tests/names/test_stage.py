"""The stages: mentions lie on the text they name, and reports get their codes."""

from __future__ import annotations

from rasid import clean, words
from rasid.names import code_reports, stage
from rasid.records import Actor, Article, Attribution, Document, Kind, Report, Stance, Status, Trigger

TEXT = (
    "التقى وزير الخارجية الكازاخي إرلان ساتيبالدين نظيره الصيني في أستانا. "
    "وأكد ساتيبالدين أن بلاده تدعم الحوار، وفق وزارة الدفاع الروسية.\n"
    "ووقع الجانبان اتفاقا."
)


def document_of(text: str) -> Document:
    return words.stage(clean.stage(Document(Article("a", None, text))))


def actor(phrase: str) -> Actor:
    start = TEXT.index(phrase)
    sentence = document_of(TEXT).sentence_at(start)
    return Actor(start, start + len(phrase), phrase, sentence)


def report(*, actors: tuple[Actor, ...], recipients: tuple[Actor, ...] = ()) -> Report:
    start = TEXT.index("التقى")
    said = actor("وزارة الدفاع الروسية")
    source = Attribution(said.start, said.end, said.text, said.sentence, "", Stance.STATES)
    trigger = Trigger(start, start + 5, "التقى")
    return Report("r", "CONSULT", (), Status.REPORTED, False, 0, trigger, actors, recipients, attribution=(source,))


def coded(*reports: Report) -> tuple[Report, ...]:
    return code_reports(document_of(TEXT).replace(reports=reports)).reports or ()


def test_mentions_lie_on_their_text() -> None:
    found = stage(document_of(TEXT)).mentions or ()
    assert found
    assert all(TEXT[mention.start : mention.end] == mention.actor.text for mention in found)


def test_mentions_name_what_the_text_names() -> None:
    found = {(mention.kind, mention.actor.country) for mention in stage(document_of(TEXT)).mentions or ()}
    assert {(Kind.NATIONALITY, "KAZ"), (Kind.NATIONALITY, "CHN"), (Kind.NATIONALITY, "RUS")} <= found


def test_an_introduced_person_is_a_mention_with_its_code() -> None:
    persons = [one.actor for one in stage(document_of(TEXT)).mentions or () if one.kind is Kind.PERSON]
    assert ("وزير الخارجية الكازاخي إرلان ساتيبالدين", "KAZGOV") in {(one.text, one.code) for one in persons}


def test_a_leading_conjunction_is_no_part_of_a_mention() -> None:
    text = "زار موسكو وبرلين"
    spans = {mention.actor.text for mention in stage(document_of(text)).mentions or ()}
    assert spans == {"موسكو", "برلين"}


def test_reports_are_coded_and_keep_their_spans() -> None:
    first = actor("وزير الخارجية الكازاخي إرلان ساتيبالدين")
    other = actor("نظيره الصيني")
    result = coded(report(actors=(first,), recipients=(other,)))[0]
    assert [one.code for one in (*result.actors, *result.recipients)] == ["KAZGOV", "CHNGOV"]
    assert (result.actors[0].start, result.actors[0].text) == (first.start, first.text)


def test_attribution_is_coded() -> None:
    assert coded(report(actors=()))[0].attribution[0].code == "RUSMIL"


def test_short_name_takes_the_code_of_its_introduction() -> None:
    start = TEXT.index("ساتيبالدين أن")
    short = Actor(start, start + len("ساتيبالدين"), "ساتيبالدين", 1)
    assert coded(report(actors=(short,)))[0].actors[0].code == "KAZGOV"


def test_a_dual_gives_two_parties() -> None:
    assert len(coded(report(actors=(actor("الجانبان"),)))[0].actors) == 2


def test_a_document_without_reports_stays_empty() -> None:
    assert code_reports(document_of("قال الرئيس الصيني ذلك.")).reports == ()
