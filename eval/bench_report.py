"""The figures of a benchmark as text, as a page and as a plot."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.bench_whole import Ran

_NAMES = {
    "rasid": "Rasid, all stages and models",
    "udpipe": "UDPipe: tokenise, tag, parse",
    "encoder": "one pass of a BERT-base-sized encoder",
    "times": "Rasid: clean, words, dates",
    "dateparser": "dateparser: search_dates",
}
_BEGIN, _END = "<!-- figures: written by eval/bench.py --write -->", "<!-- end of figures -->"


@dataclass(frozen=True, slots=True)
class Rate:
    """Articles a second in each round, times as long as Rasid in the same round, and peak memory in MB."""

    name: str
    missing: str
    speeds: list[float]
    ratios: list[float]
    memory: float


@dataclass(frozen=True, slots=True)
class Stage:
    """Milliseconds that a stage takes for an article."""

    name: str
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Figures:
    """All that was measured."""

    articles: int
    words: int
    rounds: int
    rates: list[Rate]
    stages: list[Stage]
    starts: list[Ran]
    many: list[tuple[int, Ran]]
    long: list[tuple[int, Ran]]
    spread: list[tuple[int, Ran]]


def text(figures: Figures) -> str:
    """The figures in Markdown."""
    blocks = (_machine, _rates, _stages, _starts, _many, _long, _spread)
    return "\n\n".join("\n".join(block(figures)) for block in blocks)


def write(figures: Figures, folder: Path) -> None:
    """Brings the page and the plot up to date.

    Raises ValueError when the page has no place for the figures.
    """
    page = folder / "benchmark.md"
    before, begin, rest = page.read_text(encoding="utf-8").partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not (begin and end):
        raise ValueError(f"{page.name} has no lines {_BEGIN} and {_END}")
    page.write_text(f"{before}{_BEGIN}\n\n{text(figures)}\n\n{_END}{after}", encoding="utf-8")
    _plot(figures, folder / "benchmark.png")


def _machine(figures: Figures) -> Iterator[str]:
    yield (
        f"{figures.articles} articles, {figures.words / figures.articles:.0f} words each on average; {figures.rounds} "
        f"rounds; {_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}. Medians, with the "
        "smallest and the largest round in brackets; processor time of all threads on one core."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _rates(figures: Figures) -> Iterator[str]:
    yield "| program | articles a second | takes, times Rasid's time | peak memory |"
    yield "|---|---|---|---|"
    for rate in figures.rates:
        name = _NAMES[rate.name]
        if rate.missing:
            yield f"| {name} | left out: {rate.missing} | | |"
        else:
            ratio = spread_of(rate.ratios, 1) if rate.ratios else "1"
            yield f"| {name} | {spread_of(rate.speeds, 1)} | {ratio} | {rate.memory:.0f} MB |"


def spread_of(values: Sequence[float], digits: int) -> str:
    """Median with the smallest and the largest value."""
    low, middle, high = (f"{value:.{digits}f}" for value in (min(values), statistics.median(values), max(values)))
    return f"{middle} ({low} to {high})"


def _stages(figures: Figures) -> Iterator[str]:
    total = sum(stage.milliseconds for stage in figures.stages)
    yield "| stage | ms an article | share |"
    yield "|---|---|---|"
    for stage in figures.stages:
        yield f"| {stage.name} | {stage.milliseconds:.2f} | {100 * stage.milliseconds / total:.0f} % |"
    yield f"| all | {total:.2f} | 100 % |"


def _starts(figures: Figures) -> Iterator[str]:
    wall, cpu = [start.wall for start in figures.starts], [start.cpu for start in figures.starts]
    yield (
        f"Start-up: `rasid code` on one article ends after {spread_of(wall, 2)} s, of which {spread_of(cpu, 2)} s are "
        f"processor time; peak memory {max(start.memory for start in figures.starts):.0f} MB."
    )


def _many(figures: Figures) -> Iterator[str]:
    yield "| articles in one run | processor time | peak memory |"
    yield "|---|---|---|"
    for count, found in figures.many:
        yield f"| {count:,} | {found.cpu:.1f} s | {found.memory:.0f} MB |"


def _long(figures: Figures) -> Iterator[str]:
    yield "| bytes of one article | processor time | for each 100 kB | peak memory |"
    yield "|---|---|---|---|"
    for size, found in figures.long:
        yield f"| {size:,} | {found.cpu:.1f} s | {found.cpu / size * 100_000:.2f} s | {found.memory:.0f} MB |"


def _spread(figures: Figures) -> Iterator[str]:
    first = _speed(figures, 0)
    yield "| `--jobs` | articles a second | gain |"
    yield "|---|---|---|"
    for at, (jobs, _) in enumerate(figures.spread):
        yield f"| {jobs} | {_speed(figures, at):.1f} | {_speed(figures, at) / first:.2f} |"


def _speed(figures: Figures, at: int) -> float:
    """Articles a second by the clock; each run has as many articles for each process."""
    jobs, found = figures.spread[at]
    return jobs / found.wall * _each(figures)


def _each(figures: Figures) -> int:
    return figures.articles * (5 if figures.many[-1][0] >= 100_000 else 2)


def _plot(figures: Figures, path: Path) -> None:
    try:
        import matplotlib
    except ImportError:
        print("matplotlib is not installed (extra bench): no plot")
        return
    matplotlib.use("Agg")
    from matplotlib import pyplot

    plot, panels = pyplot.subplots(1, 3, figsize=(12, 3.6), layout="constrained")
    present = [rate for rate in figures.rates if not rate.missing]
    panels[0].barh([_NAMES[rate.name] for rate in present], [statistics.median(rate.speeds) for rate in present])
    panels[0].set(xscale="log", xlabel="articles a second on one core")
    panels[0].invert_yaxis()
    panels[1].plot([size / 1e6 for size, _ in figures.long], [found.cpu for _, found in figures.long], "o-")
    panels[1].set(xlabel="MB of one article", ylabel="seconds of processor time", xlim=(0, None), ylim=(0, None))
    jobs = [count for count, _ in figures.spread]
    panels[2].plot(jobs, [_speed(figures, at) / _speed(figures, 0) for at in range(len(jobs))], "o-", label="measured")
    panels[2].plot(jobs, jobs, ":", label="linear")
    panels[2].set(xlabel="processes (--jobs)", ylabel="times the speed of one", xticks=jobs)
    panels[2].legend()
    plot.savefig(path, dpi=110, metadata={"Software": None})
    pyplot.close(plot)
