"""Fit the curve from trigger probability to confidence, on articles that no model was trained on.

    python -m training.confidence GOLD.jsonl [--out FILE]

A logistic curve over the log-odds (Platt 1999). Prints the reliability table and the expected calibration error of what
is coded, each article scored by a curve fitted without it (five folds); ``--out`` writes the curve fitted on all.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rasid.evaluate import pair
from rasid.events import find as finding
from rasid.events.model import shipped
from rasid.export import coded
from rasid.gold import place_coded, read_gold
from rasid.pipeline import before_events
from rasid.records import Report

_LEAST = 0.05  # scores below are no candidates; the curve starts there
_FOLDS, _BINS, _STEPS, _POINTS = 5, 10, 60, 41
_NEAR_ONE = 1 - 1e-4

Values = NDArray[np.float64]


def samples(path: Path) -> tuple[Values, Values, Values]:
    """For each candidate: its trigger probability, whether it answers a gold mention, the number of its article.

    A candidate below the threshold is judged as if it alone were added to what is coded.
    """
    model = shipped()
    if model is None:
        raise SystemExit("no models: run python -m training.events first")
    gold = read_gold(path)
    documents = before_events([article.article() for article in gold])
    threshold, rows = finding.TRIGGER_THRESHOLD, list[tuple[float, float, float]]()
    finding.TRIGGER_THRESHOLD = _LEAST
    try:
        found = finding.find(documents, model)
    finally:
        finding.TRIGGER_THRESHOLD = threshold
    for number, (article, document, reports) in enumerate(zip(gold, documents, found, strict=True)):
        kept = [report for report in reports if score_of(report) >= threshold]
        for report in reports:
            told = [*(other for other in kept if other is not report), report]
            (judged,) = place_coded([coded(document.replace(reports=tuple(told)))], gold).values()
            rows.append((score_of(report), float(judged[-1] not in pair(article, judged).extra), number))
    scores, right, numbers = np.array(rows).T
    return scores, right, numbers


def score_of(report: Report) -> float:
    """The trigger probability that stands in the report's evidence."""
    return report.evidence[0].score


def fitted(scores: Values, right: Values) -> Values:
    """Slope and offset of the curve, by Newton's method."""
    x = np.stack([odds(scores), np.ones_like(scores)], 1)
    weights = np.array([1.0, 0.0])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        curvature = (x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2)
        weights = weights + np.linalg.solve(curvature, x.T @ (right - p))
    return weights


def odds(scores: Values) -> Values:
    clipped = np.clip(scores, 1e-4, _NEAR_ONE)
    result: Values = np.log(clipped / (1 - clipped))
    return result


def curve(scores: Values, weights: Values) -> Values:
    result: Values = 1 / (1 + np.exp(-(weights[0] * odds(scores) + weights[1])))
    return result


def held_out(scores: Values, right: Values, numbers: Values) -> Values:
    """Confidences, each from a curve fitted on the other articles."""
    told = np.zeros_like(scores)
    for fold in range(_FOLDS):
        own = numbers % _FOLDS == fold
        told[own] = curve(scores[own], fitted(scores[~own], right[~own]))
    return told


def calibration_error(told: Values, right: Values) -> float:
    """Mean distance of confidence from the share that is right, over bins of equal size."""
    parts = np.array_split(np.argsort(told), _BINS)
    return float(sum(abs(told[part].mean() - right[part].mean()) * len(part) for part in parts) / len(told))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    scores, right, numbers = samples(args.gold)
    told, kept = held_out(scores, right, numbers), scores >= finding.TRIGGER_THRESHOLD
    print("confidence  events  right")
    for part in np.array_split(np.argsort(told[kept]), _BINS):
        print(f"{told[kept][part].mean():10.3f}  {len(part):6}  {right[kept][part].mean():.3f}")
    print(f"expected calibration error, coded events   {calibration_error(told[kept], right[kept]):.3f}")
    print(f"expected calibration error, all candidates {calibration_error(told, right):.3f}")
    print(f"uncalibrated, coded events                 {calibration_error(scores[kept], right[kept]):.3f}")
    if args.out:
        points = np.linspace(0, 1, _POINTS)
        lines = [f"{x:.4f}\t{y:.6f}" for x, y in zip(points, curve(points, fitted(scores, right)), strict=True)]
        args.out.write_text("score\tconfidence\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
