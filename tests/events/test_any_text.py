"""Whatever stands in a sentence, the rules give indexes of its tokens and never fail."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rasid.events.attribution import attributions, telling_of
from rasid.events.counts import counts
from rasid.events.status import read_status
from rasid.events.status_history import is_history
from rasid.events.triggers import act_weight, find, frame_start
from rasid.words import tokenize

WORDS = (
    *("قتل", "مقتل", "شنت", "غارة", "وقال", "مصدر", "إن", "بحسب", "عن", "لن", "لم", "سيزور", "قد", "عشرات", "آلاف"),
    *("ستة", "و", "و12", "20", "1.9", "مليون", "قتيلا", "وجرحى", "بين", "من", "على", "الأقل", "المقرر", "أن", "2016"),
    *("«", "»", '"', "،", ":", ".", "(", ")", "-", "ـ", "ً", "ـــ", "CNN", "#غزة", "العالمية", "الحرب", "١٢", "%"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(alphabet="اأبتهويسلنقم\u064f\u0640،.0١ ", max_size=6)))


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_indexes_stand_in_the_sentence(words: list[str]) -> None:
    tokens = tokenize(" ".join(words))
    hits = find(tokens)
    for hit in hits:
        assert 0 <= hit.first <= hit.last < len(tokens)
        assert 0 <= frame_start(tokens, hit.first) <= hit.first
        assert act_weight(tokens[hit.first]) >= 0
        assert -1 <= read_status(tokens, hit.first, hit.last, type_name=hit.type).last < len(tokens)
        assert is_history(tokens, hit.first, hit.last, year=None) in (True, False)
        told = telling_of(tokens, hit.first, hit.last)
        assert told is None or told.scope_first <= hit.first <= told.scope_last
    for telling in attributions(tokens):
        assert telling.first == telling.last == -1 or 0 <= telling.first <= telling.last < len(tokens)
    for count in counts(tokens):
        assert 0 <= count.first <= count.last < len(tokens)
        assert 0 <= count.cue < len(tokens)
