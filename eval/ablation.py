#!/usr/bin/env python3
"""What each half is worth: tables alone, models that do not see the tables' hits, and both together.

    eval/ablation.py GOLD.jsonl

"Models" hides the hits at coding time from models that were trained with them (a tenth of the hits was hidden in
training too), so it is a lower bound of what models without tables would reach.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rasid import export
from rasid.cli_evaluate import as_record
from rasid.evaluate import Scores, score
from rasid.events import find, rules
from rasid.events.model import Floats, Ints, Model, shipped
from rasid.gold import GoldArticle, place_coded, read_gold
from rasid.pipeline import after_events, before_events
from rasid.records import Document, Report

# The first columns of the features say where a token stands; the tables' hits come after them.
_PLACEMENT = 3
_SHOWN = ("type", "type_macro_f1", "end_to_end", "status", "actors", "recipients", "country", "code", "time", "place")


class Blind:
    """A model that is not shown the tables' hits."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def read(self, ids: Ints, features: Floats, present: Floats) -> tuple[Floats, Floats]:
        hidden = features.copy()
        hidden[..., _PLACEMENT:] = 0
        return self._model.read(ids, hidden, present)

    def arguments(
        self, hidden: Floats, inside: Ints, distance: Ints, kind: Ints, present: Floats
    ) -> tuple[Floats, Floats]:
        return self._model.arguments(hidden, inside, distance, kind, present)


def measure(
    gold: Sequence[GoldArticle],
    documents: Sequence[Document],
    finder: Callable[[Sequence[Document]], Sequence[tuple[Report, ...]]],
) -> Scores:
    """Scores of the reports that ``finder`` finds, coded like all others."""
    found = [document.replace(reports=reports) for document, reports in zip(documents, finder(documents), strict=True)]
    return score(gold, place_coded(map(export.coded, after_events(found)), gold))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    gold = read_gold(parser.parse_args().gold)
    model = shipped()
    if model is None:
        print("no models in the package: train them first (make train)", file=sys.stderr)
        return 2
    documents = before_events([article.article() for article in gold])
    print("finder", *_SHOWN, sep="\t")
    for name, finder in (
        ("tables", lambda found: [rules.find(document) for document in found]),
        ("models", lambda found: find.find(found, Blind(model))),
        ("both", lambda found: find.find(found, model)),
    ):
        figures = as_record(measure(gold, documents, finder))
        print(name, *(_figure(figures[key]) for key in _SHOWN), sep="\t")
    return 0


def _figure(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("f1", value.get("accuracy"))
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
