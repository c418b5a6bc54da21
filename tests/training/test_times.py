"""Fitting the weights of times."""

import pytest

pytest.importorskip("scipy")

from training.times import LEAST, Choice, fit


def test_a_cue_of_what_is_right_gets_weight_and_one_of_what_is_wrong_loses_it():
    told = Choice((("none",), ("same", "near"), ("same", "far")), right=1)
    weights = fit([told] * 20)
    assert weights["near"] > 0 > weights["far"]
    assert weights["same"] > weights["none"]


def test_what_is_rarely_seen_gets_no_weight():
    often = Choice((("none",), ("same",)), right=1)
    weights = fit([often] * LEAST + [Choice((("none",), ("rare",)), right=0)])
    assert "rare" not in weights
    words = fit([Choice((("none",), ("same", "same|before=يوم")), right=1)] * LEAST)
    assert "same|before=يوم" not in words


def test_cues_that_tell_nothing_are_weighed_alike():
    one, other = Choice((("none",), ("same",)), right=1), Choice((("none",), ("same",)), right=0)
    weights = fit([one, other] * 10)
    assert abs(weights["same"] - weights["none"]) < 0.01
