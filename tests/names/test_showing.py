"""The mentions that a reader is shown."""

from __future__ import annotations

import pytest

from rasid import clean, words
from rasid.names import shown, stage
from rasid.records import Actor, Article, Document, Kind, Mention, Sentence


def document_of(text: str) -> Document:
    return stage(words.stage(clean.stage(Document(Article("a", None, text)))))


def texts(text: str) -> list[str]:
    return [mention.actor.text for mention in shown(document_of(text))]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("استقبل نائب وزير الدفاع، يونس بك يفكيروف، الطلب", ["نائب وزير الدفاع، يونس بك يفكيروف"]),
        ("وصل وفد عسكري سوري إلى المطار", ["وفد عسكري سوري"]),
        ("اجتمع وزير الخارجية المصري سامح شكري أمس", ["وزير الخارجية المصري سامح شكري"]),
        ("قالت وزارة الدفاع الروسية ذلك", ["وزارة الدفاع الروسية"]),
        ("استقبل الرئيس السوري وزير الخارجية التركي", ["الرئيس السوري", "وزير الخارجية التركي"]),
        ("قال المتحدث باسم الجيش الإسرائيلي ذلك", ["المتحدث باسم الجيش الإسرائيلي"]),
        ("وصل العقيد محمد العبيدي وأحمد الكبيسي", ["العقيد محمد العبيدي", "أحمد الكبيسي"]),
        ("قتل مسلحون مجهولون شرطيا", ["مسلحون مجهولون"]),
        ("ذكرت الوكالة (سانا) النبأ", ["سانا"]),
        ("نقلته وكالة الأنباء السعودية (واس) أمس", ["وكالة الأنباء السعودية", "واس"]),
        ("زار موسكو وبرلين", ["موسكو", "برلين"]),
        ("أرسلت رسالة للرئيس السوري", ["للرئيس السوري"]),
    ],
)
def test_each_party_is_shown_once_by_its_whole_phrase(text: str, phrases: list[str]) -> None:
    assert texts(text) == phrases


@pytest.mark.parametrize(
    "text",
    [
        "هذا من فضل هذه المرحلة",
        "قال مدير إن ذلك غير ممكن",
        "على أن يكون ذلك أمام الجميع",
        "تطوير التعاون الدفاعي والأمني",
        "المباحثات التي جرت يوم الخميس",
    ],
)
def test_words_that_name_nobody_are_not_shown(text: str) -> None:
    assert texts(text) == []


def test_a_nationality_or_state_alone_is_shown() -> None:
    found = {(mention.kind, mention.actor.text) for mention in shown(document_of("غادر فرنسا بجواز سفر لبناني"))}
    assert found == {(Kind.COUNTRY, "فرنسا"), (Kind.NATIONALITY, "لبناني")}


def test_composed_phrases_have_their_code() -> None:
    (mention,) = shown(document_of("وصل وفد عسكري سوري إلى المطار"))
    assert (mention.actor.code, mention.kind) == ("SYRMIL", Kind.ROLE)


def test_spans_lie_on_the_text() -> None:
    text = "والتقى الرئيس الروسي فلاديمير بوتين، وبحضور وفد سوري، وزيرَ الخارجية."
    found = shown(document_of(text))
    assert found
    assert all(text[mention.start : mention.end] == mention.actor.text for mention in found)


def test_before_the_stage_of_names_nothing_is_shown() -> None:
    assert shown(words.stage(clean.stage(Document(Article("a", None, "قالت روسيا ذلك"))))) == ()


def test_mentions_in_sentences_without_tokens_stay() -> None:
    mention = Mention(Kind.COUNTRY, 0, Actor(0, 5, "روسيا", 0))
    document = Document(Article("a", None, "روسيا"), sentences=(Sentence(0, 0, 5, ()),), mentions=(mention,))
    assert shown(document) == (mention,)
