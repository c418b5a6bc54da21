"""Tokens, clitics and sentences of made-up text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid import clean, words
from rasid.records import Article, Document, Sentence
from rasid.words.clitics import analyses, inner_start
from rasid.words.fold import fold

_ARABIC = st.text(st.characters(min_codepoint=0x0621, max_codepoint=0x0652), min_size=1, max_size=12)


def sentences(body: str, title: str | None = None) -> tuple[Sentence, ...]:
    found = words.stage(clean.stage(Document(Article("a", title, body)))).sentences
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("word", "proclitic", "stem"),
    [
        ("وبالموصل", "وبال", "موصل"),
        ("للرئيس", "لل", "رئيس"),
        ("وقال", "و", "قال"),
        ("وزير", "", "وزير"),
        ("بيان", "", "بيان"),
        ("سيزور", "س", "يزور"),
        ("كان", "", "كان"),
        ("للقاء", "ل", "لقاء"),
        ("لبنان", "", "لبنان"),
        ("الذي", "", "الذي"),
        ("سانا", "", "سانا"),
    ],
)
def test_best_cut(word: str, proclitic: str, stem: str) -> None:
    best = analyses(fold(word))[0]
    assert (best.proclitic, best.stem) == (proclitic, stem)


@pytest.mark.parametrize(
    ("word", "stem", "pronoun"), [("احتجزته", "احتجزت", "ه"), ("قائدها", "قائد", "ها"), ("سيارتهم", "سياره", "هم")]
)
def test_pronoun_is_among_the_cuts(word: str, stem: str, pronoun: str) -> None:
    assert any((cut.stem, cut.enclitic) == (stem, pronoun) for cut in analyses(fold(word)))


@given(_ARABIC)
def test_cuts_put_together_give_the_word(word: str) -> None:
    folded = fold(word)
    for cut in analyses(folded):
        if not cut.enclitic:
            assert cut.proclitic + cut.stem in (folded, folded.replace("لل", "لل", 1))


def test_phrase_starts_after_a_clitic_and_its_mark() -> None:
    source = "وَالرئيس"
    token = words.tokenize(fold(source), starts=[0, 2, 3, 4, 5, 6, 7], ends=[2, 3, 4, 5, 6, 7, 8])[0]
    assert source[inner_start(token, source) :] == "الرئيس"


def test_tokens_of_numbers_and_latin() -> None:
    texts = [token.text for token in words.tokenize("قتل 1,200 شخص (CNN) بنسبة 12.5%")]
    assert texts == ["قتل", "1,200", "شخص", "(", "CNN", ")", "بنسبة", "12.5", "%"]


def test_title_is_one_sentence() -> None:
    found = sentences("وصل الوفد. وبدأت المحادثات.", title="عاجل.. وصول الوفد")
    assert [sentence.is_title for sentence in found] == [True, False, False]


def test_stop_inside_quotes_ends_the_sentence_after_them() -> None:
    found = sentences('قال المتحدث "انتهى الأمر." وأضاف أن الوفد غادر.')
    assert len(found) == 2


@given(st.text(st.sampled_from("ابتثو .؟!\n\"»()َ"), max_size=80))
def test_tokens_point_at_the_source(body: str) -> None:
    document = words.stage(clean.stage(Document(Article("a", None, body))))
    text = document.article.text
    for sentence in document.sentences or ():
        assert sentence.start == sentence.tokens[0].start
        assert sentence.end == sentence.tokens[-1].end
        for token in sentence.tokens:
            assert fold(text[token.start : token.end]) == token.fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("إلى", "الي"),
        ("آلة", "اله"),
        ("مُحَمَّـــد", "محمد"),
        ("٢٠٢٥ و ۱۹", "2025 و 19"),
        ("کیف", "كيف"),
        ("ٱلله", "الله"),
        ("CNN", "CNN"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert "".join(map(fold, text)) == folded
    assert fold(folded) == folded
