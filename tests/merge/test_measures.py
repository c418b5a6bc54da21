"""The measures of eval/merging.py on partitions worked out by hand."""

from __future__ import annotations

import pytest

from eval.merging import b_cubed, best_match, ceaf, merged, merged_by_day, muc, one_a_day, pairwise
from tests.merge.made import crowd, told

GOLD = {"1": "x", "2": "x", "3": "x", "4": "y", "5": "y"}
TOLD = {"1": "a", "2": "a", "3": "b", "4": "b", "5": "b"}


def test_b_cubed() -> None:
    score = b_cubed(GOLD, TOLD)
    assert score.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_muc() -> None:
    score = muc([GOLD], [TOLD])
    assert (score.precision, score.recall) == (pytest.approx(2 / 3), pytest.approx(2 / 3))


def test_ceaf_of_entities() -> None:
    score = ceaf([GOLD], [TOLD])
    assert score.f1 == pytest.approx((4 / 5 + 4 / 5) / 2)


def test_pairs() -> None:
    pairs = [("1", "2"), ("2", "3"), ("3", "4")]
    score = pairwise(pairs, GOLD, TOLD)
    assert (score.precision, score.recall) == (0.5, 0.5)


def test_a_perfect_answer_is_perfect() -> None:
    assert [b_cubed(GOLD, GOLD).f1, muc([GOLD], [GOLD]).f1, ceaf([GOLD], [GOLD]).f1] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("weights", "best"),
    [([[1.0, 0.9], [0.9, 0.0]], 1.8), ([[0.2], [0.7], [0.1]], 0.7), ([], 0.0), ([[0.5, 0.4, 0.9]], 0.9)],
)
def test_the_best_match_is_found(weights: list[list[float]], best: float) -> None:
    assert best_match(weights) == pytest.approx(best)


def test_the_filter_takes_all_of_one_day_type_and_dyad_for_one() -> None:
    same, other = told("b:1", 0), told("c:1", 1)
    groups = one_a_day([told("a:1", 0), same, other])
    assert groups["a:1"] == groups["b:1"] != groups["c:1"]


def test_day_after_day_holds_every_report_once() -> None:
    reports = crowd(40)
    assert sorted(merged_by_day(reports)) == sorted(report.id for report in reports)
    assert b_cubed(merged(reports), merged_by_day(reports, reverse=True)).f1 == pytest.approx(1.0)
