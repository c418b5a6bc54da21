"""Which language and which variety of Arabic a text is in."""

from __future__ import annotations

import pytest

from rasid.clean import clean
from rasid.clean.language import identify
from rasid.records import Article
from tests.read.pages import Known, known


@pytest.mark.parametrize("article", known(), ids=lambda article: article.id)
def test_reports_are_standard_arabic(article: Known) -> None:
    found = identify(f"{article.title}\n{article.body}")
    assert (found.code, found.name) == ("ar", "Arabic")
    assert found.share > 0.95


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("arz", "يعني احنا مش عارفين ليه كده، وعايزين حد يقول لنا ايه اللي بيحصل دلوقتي عشان نفهم."),
        ("apc", "شو صار معكم هلق؟ ليش هيك عم تحكي، ما بدي حدا يزعل منشان هالقصة وهيك شغلات كتير صعبة."),
        ("ary", "واش كاين شي حل دابا؟ حنا بزاف ديال الناس اللي باغين نعرفو علاش هادشي وكيفاش غادي يسالي."),
        ("aeb", "برشا ناس ما فهمتش شنوة صار توا وعلاش هكا، موش معقول باش نقعدو متاع كل مرة نفس الحكاية."),
        (
            "ar",
            "قال شاهد «احنا مش عارفين ايه اللي حصل»، لكن الشرطة أكدت أن التحقيق ما زال جاريا وأنها لم توقف أحدا.",
        ),
        ("ar", "انطلاق معرض الكتاب بمشاركة واسعة"),
        ("ar", "رئيس الوزراء العراقي يلتقي نظيره الإيراني في بغداد"),
        ("fa", "رئیس جمهور ایران گفت که این مذاکرات را با جدیت ادامه می دهد و برای مردم مفید است."),
        ("ur", "وزیر اعظم نے کہا ہے کہ مذاکرات جاری ہیں اور ان کا ملک اس کے لیے تیار ہے۔"),
        ("ckb", "سەرۆکی هەرێم لەگەڵ شاندێکی حکومەت کۆبووەوە و باسی لە دۆخی ناوچەکە کرد."),
        ("ps", "د افغانستان د بهرنیو چارو وزیر په کابل کې له یوه پلاوي سره وکتل او ویې ویل چې خبرې به دوام ولري."),
        ("und", "12345 --- 6789"),
    ],
)
def test_varieties_and_neighbours(code: str, text: str) -> None:
    assert identify(text).code == code


def test_markup_is_no_foreign_text() -> None:
    tagged = "".join(f'<p class="story-paragraph" style="direction: rtl">{part}</p>' for part in ("قال نعم.",) * 9)
    assert identify(tagged).share == 1.0


def test_persian_keyboard_is_still_arabic() -> None:
    text = known()[0].body.replace("ي", "ی").replace("ك", "ک")
    assert identify(text).code == "ar"


@pytest.mark.parametrize(
    ("code", "text"),
    [
        (
            "fa",
            "رئیس جمهور ایران گفت که این مذاکرات را با جدیت ادامه می دهد و برای مردم پنج کشور مفید است و پیش می رود.",
        ),
        ("ur", "وزیر اعظم نے کہا ہے کہ مذاکرات جاری ہیں اور ان کا ملک اس کے لیے تیار ہے۔"),
        ("ckb", "سەرۆکی هەرێم لەگەڵ شاندێکی حکومەت کۆبووەوە و باسی لە دۆخی ناوچەکە کرد."),
        ("arz", "يعني احنا مش عارفين ليه كده، وعايزين حد يقول لنا ايه اللي بيحصل دلوقتي عشان نفهم."),
        ("apc", "شو صار معكم هلق؟ ليش هيك عم تحكي، ما بدي حدا يزعل منشان هالقصة وهيك شغلات كتير صعبة."),
    ],
)
def test_a_paragraph_of_another_language_is_flagged_and_kept(code: str, text: str) -> None:
    before, after = known()[0].paragraphs[:2]
    article = Article("a", "عنوان الخبر", f"{before}\n{text}\n{after}")
    cleaned = clean(article)
    assert [(article.text[found.start : found.end], found.language) for found in cleaned.passages] == [(text, code)]
    assert len(cleaned.text.split("\n")) == 4


@pytest.mark.parametrize("article", known(), ids=lambda article: article.id)
def test_arabic_paragraphs_are_not_flagged(article: Known) -> None:
    typed = article.body.replace("ي", "ی").replace("ك", "ک").replace("ه", "ہ")
    quoting = f"{article.body}\nوالتقى وزير الخارجية چاڤيز وگورباتشوف في پاريس وكتب عنوان الصحيفة «کیهان» پیش ذلك."
    assert [clean(Article("a", None, text)).passages for text in (article.body, typed, quoting)] == [()] * 3
