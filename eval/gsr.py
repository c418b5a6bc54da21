#!/usr/bin/env python3
"""Sentences of the OEDA gold standard: how many unanimous "yes" are found, and how many "easy no".

    eval/gsr.py SENTENCES.jsonl [...]

A line has ``type`` (ASSAULT or PROTEST), ``label`` and ``text``. Each sentence is coded as an article of its own; it
counts as found when an event of its type is. The labels are strict: a chanting crowd is often an "easy no".
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rasid import pipeline
from rasid.records import Article

_LABELS = ("yes", "difficult no", "easy no", "ambiguous")


@dataclass(frozen=True)
class Judged:
    """A sentence with the type it was asked about and the annotators' verdict."""

    type: str
    label: str
    text: str


def read(path: Path) -> list[Judged]:
    with path.open(encoding="utf-8") as lines:
        return [Judged(r["type"], r["label"], r["text"]) for r in map(json.loads, lines)]


def found(sentences: list[Judged]) -> Iterator[bool]:
    """Whether an event of the sentence's type was coded, for each sentence."""
    articles = (Article(str(number), None, sentence.text) for number, sentence in enumerate(sentences))
    for sentence, document in zip(sentences, pipeline.code(articles), strict=True):
        yield any(report.type == sentence.type for report in document.reports or ())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    sentences = [sentence for path in parser.parse_args().files for sentence in read(path)]
    if not sentences:
        print("no sentences to score", file=sys.stderr)
        return 2
    total: Counter[tuple[str, str]] = Counter()
    hits: Counter[tuple[str, str]] = Counter()
    for sentence, hit in zip(sentences, found(sentences), strict=True):
        total[sentence.type, sentence.label] += 1
        hits[sentence.type, sentence.label] += hit
    print("type", "label", "sentences", "coded as the type", "share", sep="\t")
    for kind in sorted({kind for kind, _ in total}):
        for label in _LABELS:
            n = total[kind, label]
            if n:
                print(kind, label, n, hits[kind, label], f"{hits[kind, label] / n:.3f}", sep="\t")
        yes, no = hits[kind, "yes"], hits[kind, "easy no"]
        print(kind, 'precision against "easy no"', yes + no, yes, f"{yes / max(1, yes + no):.3f}", sep="\t")
    return 0


if __name__ == "__main__":
    sys.exit(main())
