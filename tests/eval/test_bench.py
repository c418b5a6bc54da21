"""The benchmark's page and the gate on speed tell what was measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval import bench_report, same
from eval.bench_report import Figures, Rate, Stage
from eval.bench_whole import Ran

RAN = Ran(2.0, 1.5, 170.0)
FIGURES = Figures(
    articles=10,
    words=4_000,
    rounds=3,
    rates=[
        Rate("rasid", "", [20.0, 19.0, 21.0], [], 200.0),
        Rate("udpipe", "", [2.0, 1.9, 2.1], [10.0, 9.0, 12.0], 90.0),
        Rate("dateparser", "dateparser is not installed (extra bench)", [], [], 0.0),
    ],
    stages=[Stage("words", 3.0), Stage("events", 9.0)],
    starts=[RAN, Ran(1.0, 0.5, 160.0)],
    many=[(50, RAN), (400, RAN)],
    long=[(100_000, RAN)],
    spread=[(1, Ran(2.0, 2.0, 170.0)), (2, Ran(2.5, 4.0, 170.0))],
)


def test_the_page_tells_medians_spread_and_what_is_missing() -> None:
    told = bench_report.text(FIGURES)
    assert "| Rasid, all stages and models | 20.0 (19.0 to 21.0) | 1 | 200 MB |" in told
    assert "| 2.0 (1.9 to 2.1) | 10.0 (9.0 to 12.0) | 90 MB |" in told
    assert "left out: dateparser is not installed" in told
    assert "| events | 9.00 | 75 % |" in told
    assert "| 2 | 16.0 | 1.60 |" in told


def test_the_page_is_brought_up_to_date_between_its_marks(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib", reason="extra bench")
    page = tmp_path / "benchmark.md"
    page.write_text(f"before\n{bench_report._BEGIN}\nold\n{bench_report._END}\nafter\n", encoding="utf-8")
    bench_report.write(FIGURES, tmp_path)
    told = page.read_text(encoding="utf-8")
    assert told.startswith("before\n")
    assert told.endswith("after\n")
    assert "old" not in told
    assert (tmp_path / "benchmark.png").stat().st_size > 1000
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="has no lines"):
        bench_report.write(FIGURES, tmp_path)


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [(["1 a"], ["1 a"], 0), (["1 a"], ["1 b"], 1), (["1 a"], ["1 a", "2 b"], 1), ([], [], 1)],
)
def test_the_gate_sees_every_difference_and_that_nothing_was_compared(
    before: list[str], after: list[str], status: int
) -> None:
    assert same._told(before, after) == status
