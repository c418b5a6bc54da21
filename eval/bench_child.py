#!/usr/bin/env python3
"""One program under test, in a process of its own: a round over the texts for each line of standard input.

    eval/bench_child.py NAME TEXTS.jsonl --cache FOLDER --treebank FILE [--core N]

Prints a JSON line when it is ready (or why it cannot be), and one after each round: seconds of processor time of all
threads, and the peak of memory in MB.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from eval import bench_rivals  # noqa: E402
from eval.bench_rivals import Work  # noqa: E402

NAMES = ("rasid", "udpipe", "encoder", "times", "dateparser")
WARM = 2  # texts before the clock starts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--treebank", type=Path, required=True)
    parser.add_argument("--core", type=int)
    asked = parser.parse_args()
    if asked.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {asked.core})
    texts = [json.loads(line) for line in asked.texts.read_text(encoding="utf-8").splitlines()]
    try:
        work = _made(asked.name, asked.cache, asked.treebank)
    except bench_rivals.Missing as error:
        _say({"missing": str(error)})
        return
    work(texts[:WARM])
    _say({"missing": ""})
    for _ in sys.stdin:
        begun = time.process_time()
        work(texts)
        seconds = time.process_time() - begun
        _say({"seconds": seconds, "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024})


def _say(what: dict[str, str] | dict[str, float]) -> None:
    print(json.dumps(what), flush=True)


def _made(name: str, cache: Path, treebank: Path) -> Work:
    makers: dict[str, Callable[[], Work]] = {
        "rasid": _rasid,
        "udpipe": lambda: bench_rivals.udpipe(cache, treebank),
        "encoder": lambda: bench_rivals.encoder(cache),
        "times": _times,
        "dateparser": bench_rivals.dates,
    }
    return makers[name]()


def _rasid() -> Work:
    """All stages and the coded record."""
    from rasid import scale
    from rasid.records import Article

    def work(texts: Sequence[str]) -> None:
        for _ in scale.coded(Article(str(number), None, text) for number, text in enumerate(texts)):
            pass

    return work


def _times() -> Work:
    """The stages up to the dates: cleaning, sentences and words, dates."""
    from rasid import pipeline
    from rasid.records import Article, Document

    stages = [stage for stage in pipeline.STAGES if stage.name in ("clean", "words", "times")]

    def work(texts: Sequence[str]) -> None:
        pipeline.run([Document(Article(str(number), None, text)) for number, text in enumerate(texts)], stages)

    return work


if __name__ == "__main__":
    main()
