"""The confidence curve rises, and the threshold for a confidence is where the curve reaches it."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from rasid.events.confidence import confidence, score_for

SHARES = st.floats(0, 1, allow_nan=False)


@given(SHARES, SHARES)
def test_a_higher_score_is_never_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= confidence(low) <= confidence(high) <= 1


@given(SHARES)
def test_the_threshold_for_a_confidence_reaches_it(least: float) -> None:
    score = score_for(least)
    if math.isinf(score):
        assert least > confidence(1)
    else:
        assert confidence(score) >= least - 1e-9
