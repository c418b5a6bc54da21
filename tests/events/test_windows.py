"""Windows own every token once and carry context."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rasid.events.windows import windows
from rasid.records import Analysis, Sentence, Token


def sentence(index: int, size: int, *, is_title: bool = False) -> Sentence:
    token = Token(0, 1, "ا", "ا", (Analysis("", "ا"),))
    return Sentence(index, 0, size, (token,) * size, is_title)


@given(st.lists(st.integers(1, 450), min_size=1, max_size=12), st.booleans())
def test_each_token_is_owned_once(sizes: list[int], titled: bool) -> None:
    text = [sentence(i, size, is_title=titled and i == 0) for i, size in enumerate(sizes)]
    owned = Counter((slot.sentence, slot.token) for window in windows(text) for slot in window if slot.own)
    assert owned == Counter((i, t) for i, size in enumerate(sizes) for t in range(size))


def test_later_windows_see_title_and_sentence_before() -> None:
    text = [sentence(0, 8, is_title=True), *(sentence(i, 60) for i in range(1, 5))]
    second = list(windows(text))[1]
    context = [slot for slot in second if not slot.own]
    assert {slot.sentence for slot in context} == {0, 1}
    assert len([slot for slot in context if slot.sentence == 1]) == 40
