"""Fit the weights of merging and of coreference: ``models/merge_weights.tsv`` and ``models/coref_weights.tsv``.

    python -m training.merging GOLD_TRAIN.jsonl NEWS_FOLDER

Coreference is fitted on the happenings of the gold training articles; merging on the train half of
``labels/clusters.jsonl`` and on the same gold articles, all coded anew with the coreference just fitted. Both are
logistic regressions on pairs of reports, solved to the end, so that the same input gives the same bytes.
"""

from __future__ import annotations

import collections
import itertools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rasid import coref
from rasid.merge import Told
from rasid.merge.compare import FEATURES, vector
from rasid.merge.profile import compatible_types, profile
from rasid.merge.scoring import Model, weights
from training.merging_data import coded_documents, gold_documents, windows

Numbers = NDArray[np.float64]
_MODELS = Path(__file__).parents[1] / "src" / "rasid" / "models"
# What coreference is to find out, and what it is not given: kinds of act, which its mentions hold apart by modes.
_NOT_YET = ("one happening", "two happenings", "same act", "other act")
_RIDGE = 3.0
_STEPS = 60
# Added to the base weight, so that a mean above zero joins: found on the train half, each window left out in turn.
_LEAN = 1.0


@dataclass(frozen=True)
class Pairs:
    """Features (one row a pair), 1 where both tell of one happening, and how much each pair counts."""

    features: Numbers
    together: Numbers
    counts: Numbers


def main() -> int:
    gold, news = map(Path, sys.argv[1:3])
    within = gathered(_gold_pairs(gold))
    within.features[:, [FEATURES.index(name) for name in _NOT_YET]] = 0.0
    write(Model.COREF, fitted(within))
    weights.cache_clear()
    write(Model.MERGE, fitted(gathered(itertools.chain(_cluster_pairs(news), _coded_pairs(gold)))), lean=_LEAN)
    return 0


Row = tuple[tuple[float, ...], float, float]


def _gold_pairs(gold: Path) -> Iterator[Row]:
    for document, numbers in gold_documents(gold):
        profiles = [profile(coref.light(document, report)) for report in document.reports or ()]
        for a, b in itertools.combinations(range(len(profiles)), 2):
            if profiles[a].told.type == profiles[b].told.type:
                yield vector(profiles[a], profiles[b]), float(numbers[a] == numbers[b]), 1.0


def _cluster_pairs(news: Path) -> Iterator[Row]:
    for window in windows(news, "train"):
        known = [(told, label) for told, label in zip(window.reports, window.happenings, strict=True) if label]
        yield from cluster_rows([told for told, _ in known], [label for _, label in known])


def _coded_pairs(gold: Path) -> Iterator[Row]:
    """Pairs of one article and type. They teach across articles, too: what is one happening looks alike in both."""
    for reports, labels in coded_documents(gold):
        for name in sorted({told.type for told in reports}):
            known = [(told, at) for told, at in zip(reports, labels, strict=True) if at and told.type == name]
            yield from cluster_rows([told for told, _ in known], [label for _, label in known])


def cluster_rows(reports: Sequence[Told], labels: Sequence[str]) -> Iterator[Row]:
    """A row for each pair that may be one. Pairs of large happenings count less: each report counts about alike."""
    profiles = [profile(told) for told in reports]
    size = collections.Counter(labels)
    for a, b in itertools.combinations(range(len(profiles)), 2):
        if not compatible_types(reports[a].type, reports[b].type):
            continue
        one = labels[a] == labels[b]
        share = 2 / size[labels[a]] if one else (size[labels[a]] * size[labels[b]]) ** -0.5
        yield vector(profiles[a], profiles[b]), float(one), share


def gathered(rows: Iterator[Row]) -> Pairs:
    """The rows as arrays."""
    features, together, counts = zip(*rows, strict=True)
    return Pairs(np.array(features), np.array(together), np.array(counts))


def fitted(pairs: Pairs) -> Numbers:
    """Weights of the logistic regression with a ridge on all but the base, by Newton's method."""
    found = np.zeros(len(FEATURES))
    ridge = np.full(len(FEATURES), _RIDGE)
    ridge[0] = 1e-3
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-(pairs.features @ found)))
        slope = pairs.features.T @ (pairs.counts * (chance - pairs.together)) + ridge * found
        bend = pairs.counts * chance * (1 - chance)
        found -= np.linalg.solve((pairs.features * bend[:, None]).T @ pairs.features + np.diag(ridge), slope)
    return found


def write(model: Model, found: Numbers, *, lean: float = 0.0) -> None:
    """One line for each feature."""
    found = found.copy()
    found[0] += lean
    lines = [f"{name}\t{value:.3f}" for name, value in zip(FEATURES, found, strict=True)]
    (_MODELS / model.value).write_text("\n".join(["feature\tweight", *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
