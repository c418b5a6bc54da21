#!/usr/bin/env python3
"""How the shipped coder does on our own labelled articles that are held back from every fitting.

    eval/held.py NEWS_FOLDER [LABELS.jsonl]

Three times as many mentions as the development articles have, so that a change shows sooner; but the labels are ours,
and sources are labelled less surely than by the gold annotator.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rasid.cli_evaluate import code, lines
from rasid.evaluate import score
from rasid.gold import read_gold
from training.labels import joined

LABELS = Path(__file__).parents[1] / "training" / "labels" / "events.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("labels", type=Path, nargs="?", default=LABELS)
    args = parser.parse_args()
    with joined(args.labels, args.news, held=True) as file:
        gold = read_gold(file)
    print(f"{len(gold)} articles")
    print("\n".join(lines(score(gold, code(gold)))))


if __name__ == "__main__":
    main()
