"""Weights of ``lexicon/triggers.tsv`` from coded news: how often a row's hits are events of its type.

    python training/trigger_weights.py TRAIN.jsonl

rewrites the weight column in place. A row's written weight is the prior, worth ``PRIOR`` hits, so that rows with few
hits stay as they were judged and running it again on the same data moves the others little.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from rasid import data
from rasid.events.triggers import TriggerHit, find
from rasid.records import Token
from rasid.words import tokenize

PRIOR = 6.0
LEAST, MOST = 0.02, 0.98


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, help="coded articles, one JSON object a line (codebook, section 6)")
    arguments = parser.parse_args()
    hits: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    for line in arguments.gold.read_text(encoding="utf-8").splitlines():
        _count(json.loads(line), hits, right)
    _rewrite(data.lexicon_folder() / "triggers.tsv", hits, right)


def _count(article: dict[str, Any], hits: Counter[tuple[str, str]], right: Counter[tuple[str, str]]) -> None:
    for number, (start, end) in enumerate(article["sentences"]):
        tokens = tokenize(article["text"][start:end])
        gold = [
            (m["type"], m["trigger"]["start"] - start, m["trigger"]["end"] - start)
            for m in article["mentions"]
            if m["sentence"] == number
        ]
        for hit in find(tokens):
            hits[hit.type, hit.lemma] += 1
            right[hit.type, hit.lemma] += _is_right(hit, tokens, gold)


def _is_right(hit: TriggerHit, tokens: tuple[Token, ...], gold: list[tuple[str, int, int]]) -> bool:
    start, end = tokens[hit.first].start, tokens[hit.last].end
    return any(type_name == hit.type and first < end and start < last for type_name, first, last in gold)


def _rewrite(path: Path, hits: Counter[tuple[str, str]], right: Counter[tuple[str, str]]) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = next(line for line in lines if not line.startswith("#")).split("\t")
    at = {name: header.index(name) for name in ("lemma", "type", "weight")}
    changed = 0
    for i, line in enumerate(lines):
        cells = line.split("\t")
        key = (cells[at["type"]], cells[at["lemma"]]) if len(cells) == len(header) else ("", "")
        if hits[key]:
            weight = (right[key] + PRIOR * float(cells[at["weight"]])) / (hits[key] + PRIOR)
            cells[at["weight"]] = f"{min(max(weight, LEAST), MOST):.2f}"
            lines[i], changed = "\t".join(cells), changed + 1
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{path.name}: {changed} weights from {sum(hits.values())} hits")


if __name__ == "__main__":
    main()
