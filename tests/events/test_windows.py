"""Windows own every token once and carry context."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from rasid.events.windows import scope, windows
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
    text = [sentence(0, 8, is_title=True), *(sentence(i, 100) for i in range(1, 5))]
    second = list(windows(text))[1]
    context = [slot for slot in second if not slot.own]
    assert {slot.sentence for slot in context} == {0, 1}
    assert len([slot for slot in context if slot.sentence == 1]) == 40


@given(st.lists(st.integers(1, 250), min_size=2, max_size=9))
def test_arguments_are_sought_in_the_own_sentence_shortly_before_and_in_the_title(sizes: list[int]) -> None:
    text = [sentence(i, size, is_title=i == 0) for i, size in enumerate(sizes)]
    for window in windows(text):
        for first in {0, len(window) // 2, len(window) - 1}:
            at = scope(window, first)
            inside = [i for i in at if window[i].sentence == window[first].sentence]
            assert inside == [i for i, slot in enumerate(window) if slot.sentence == window[first].sentence]
            assert at == sorted(at)
            assert len(at) - len(inside) <= 20 + 40
