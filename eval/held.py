#!/usr/bin/env python3
"""How the shipped coder does on our own labelled articles that are held back from every fitting.

    eval/held.py NEWS_FOLDER [LABELS.jsonl]

Three times as many mentions as the development articles have, so that a change shows sooner; but the labels are ours,
and sources are labelled less surely than by the gold annotator.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from rasid import export, pipeline
from rasid.cli_evaluate import lines
from rasid.evaluate import score
from rasid.gold import place_coded, read_gold
from training.labels import joined

LABELS = Path(__file__).parents[1] / "training" / "labels" / "events.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("labels", type=Path, nargs="?", default=LABELS)
    args = parser.parse_args()
    with joined(args.labels, args.news, held=True) as file:
        gold = read_gold(file)
    coded = [export.coded(document) for document in pipeline.code(article.article() for article in gold)]
    print(f"{len(gold)} articles")
    print("\n".join(lines(score(gold, place_coded(coded, gold)))))


if __name__ == "__main__":
    main()
