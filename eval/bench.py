#!/usr/bin/env python3
"""Rasid against what others need before they code anything: speed, start-up, memory, scaling.

    eval/bench.py [--articles N] [--rounds N] [--core N] [--full] [--write] [--folder FOLDER]

The same articles of about 400 words, the same core, in one session: the programs run in turn, round by round, and each
ratio is taken within a round, so that a machine that grows slower or faster does not favour any. What is counted is
processor time. Programs that are not installed are told and left out. ``--full`` measures memory up to 100,000
articles and a text of 2 MB (half an hour); ``--write`` brings docs/benchmark.md and docs/benchmark.png up to date.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from eval import bench_report, bench_whole, speed  # noqa: E402
from eval.bench_report import Figures, Rate, Stage  # noqa: E402
from rasid.records import Article  # noqa: E402

WORDS = range(340, 461)
PAIRS = (("rasid", "udpipe"), ("rasid", "encoder"), ("times", "dateparser"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=40, metavar="N")
    parser.add_argument("--rounds", type=int, default=5, metavar="N")
    parser.add_argument("--core", type=int, default=0, metavar="N")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache" / "rasid-bench")
    asked = parser.parse_args()
    texts = chosen(asked.folder / "news", asked.articles)
    if not texts:
        sys.exit(f"no articles of about 400 words in {asked.folder / 'news'}; name another folder with --folder")
    with tempfile.TemporaryDirectory() as name:
        figures = measured(asked, texts, Path(name))
    print(bench_report.text(figures))
    if asked.write:
        bench_report.write(figures, ROOT / "docs")


def measured(asked: argparse.Namespace, texts: list[str], folder: Path) -> Figures:
    """All figures, told on standard error as they come."""
    rates = against(asked, texts, folder)
    core, last = asked.core, asked.full
    _tell("start-up")
    starts = bench_whole.started(folder, texts[0], core=core, times=asked.rounds)
    _tell("memory")
    counts = (100, 1_000, 10_000, 100_000) if last else (50, 100, 400)
    many = bench_whole.grown(folder, texts, counts, core=core)
    _tell("long texts")
    sizes = (125_000, 250_000, 500_000, 1_000_000, 2_000_000) if last else (62_500, 125_000, 250_000, 500_000)
    long = bench_whole.lengthened(folder, texts, sizes, core=core)
    _tell("several processes")
    jobs = range(1, (os.cpu_count() or 1) + 1)
    spread = bench_whole.spread(folder, texts, jobs, each=asked.articles * (5 if last else 2))
    return Figures(len(texts), _words(texts), asked.rounds, rates, stages(texts), starts, many, long, spread)


def chosen(folder: Path, wanted: int) -> list[str]:
    """Texts of about 400 words, as even a share of every file as there is."""
    found: list[list[str]] = []
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            texts = (json.loads(line)["text"] for line in itertools.islice(lines, 2_000))
            found.append(list(itertools.islice((text for text in texts if len(text.split()) in WORDS), wanted)))
    mixed = (text for row in itertools.zip_longest(*found) for text in row if text is not None)
    return list(itertools.islice(mixed, wanted))


def _words(texts: Sequence[str]) -> int:
    return sum(len(text.split()) for text in texts)


@dataclass(slots=True)
class Program:
    """A program under test, running."""

    process: subprocess.Popen[str]
    missing: str
    seconds: list[float] = field(default_factory=list)
    memory: float = 0.0

    def round(self) -> None:
        """One round over all texts."""
        if self.missing or self.process.stdin is None or self.process.stdout is None:
            return
        print(file=self.process.stdin, flush=True)
        told = json.loads(self.process.stdout.readline())
        self.seconds.append(told["seconds"])
        self.memory = told["memory"]


def against(asked: argparse.Namespace, texts: list[str], folder: Path) -> list[Rate]:
    """The speed of each program, and of each rival how many times as long it takes as what Rasid does in its place."""
    path = folder / "texts.jsonl"
    path.write_text("".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts), encoding="utf-8")
    programs: dict[str, Program] = {}
    for name in dict.fromkeys(itertools.chain.from_iterable(PAIRS)):
        _tell(f"{name}: getting ready")
        programs[name] = _begun(name, path, asked)
    for number in range(asked.rounds):
        _tell(f"round {number + 1}")
        for program in programs.values():
            program.round()
    for program in programs.values():
        program.process.communicate()
    own = {rival: name for name, rival in PAIRS}
    return [_rate(name, program, programs.get(own.get(name, "")), len(texts)) for name, program in programs.items()]


def _begun(name: str, texts: Path, asked: argparse.Namespace) -> Program:
    treebank = asked.folder / "morphology" / "ud_arabic_pud.conllu"
    command = [sys.executable, str(ROOT / "eval" / "bench_child.py"), name, str(texts), "--cache", str(asked.cache)]
    command += ["--treebank", str(treebank), "--core", str(asked.core)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    told = process.stdout.readline() if process.stdout else ""
    return Program(process, json.loads(told)["missing"] if told else "it ended before it began")


def _rate(name: str, program: Program, own: Program | None, count: int) -> Rate:
    ratios = [theirs / ours for theirs, ours in zip(program.seconds, own.seconds, strict=True)] if own else []
    return Rate(name, program.missing, [count / seconds for seconds in program.seconds], ratios, program.memory)


def stages(texts: Sequence[str]) -> list[Stage]:
    """Milliseconds for an article in each stage; the median of three rounds."""
    articles = [Article(str(number), None, text) for number, text in enumerate(texts)]
    rounds = [speed.coded(articles) for _ in range(4)][1:]
    return [Stage(name, 1000 * statistics.median(spent[name] for spent in rounds) / len(texts)) for name in rounds[0]]


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
