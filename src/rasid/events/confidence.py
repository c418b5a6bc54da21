"""From the network's own probability to a confidence that means what it says: of events at 0.8, 80% are right.

``models/confidence.tsv`` holds points of a rising curve, fitted on the development articles by
``python -m training.confidence``; between them it runs straight. Without the file the score stands for itself.
"""

from __future__ import annotations

import functools
from importlib import resources

import numpy as np
from numpy.typing import NDArray

_Curve = tuple[NDArray[np.float64], NDArray[np.float64]]


def confidence(score: float) -> float:
    """The share of events with trigger probability ``score`` that a human reader codes likewise (0 to 1)."""
    scores, shares = _curve()
    return float(np.interp(score, scores, shares))


def score_for(least: float) -> float:
    """The lowest trigger probability whose confidence is ``least`` or more; infinite where none reaches it."""
    scores, shares = _curve()
    if least > shares[-1]:
        return np.inf
    return float(np.interp(least, shares, scores))


@functools.cache
def _curve() -> _Curve:
    file = resources.files("rasid.models").joinpath("confidence.tsv")
    if not file.is_file():
        return np.array([0.0, 1.0]), np.array([0.0, 1.0])
    rows = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
    points = np.array(rows, dtype=np.float64)
    return points[:, 0], points[:, 1]
