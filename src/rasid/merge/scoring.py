"""Log-odds that two reports tell of one happening.

``training/merging.py`` writes the weights: ``models/merge_weights.tsv`` for any two reports,
``models/coref_weights.tsv`` for two of one article that nobody has compared yet.
"""

from __future__ import annotations

import enum
import functools
import math
import operator
from importlib import resources

from rasid.errors import ModelError
from rasid.merge.compare import FEATURES, repeats, vector
from rasid.merge.profile import Profile, compatible_types

NEVER = -math.inf
_BOUND = 6.0  # one pair that looks sure must not outvote many that speak against it


class Model(enum.Enum):
    """Which weights."""

    MERGE = "merge_weights.tsv"
    COREF = "coref_weights.tsv"


def log_odds(a: Profile, b: Profile, model: Model = Model.MERGE) -> float:
    """Between -6 and 6; minus infinity when the types do not fit. A report and its copy are one."""
    if not compatible_types(a.told.type, b.told.type):
        return NEVER
    if repeats(a, b):
        return _BOUND
    score: float = sum(map(operator.mul, vector(a, b), weights(model)))
    return min(max(score, -_BOUND), _BOUND)


def probability(odds: float) -> float:
    """Log-odds as a number from 0 to 1."""
    return 1 / (1 + math.exp(-odds)) if odds > NEVER else 0.0


@functools.cache
def weights(model: Model) -> tuple[float, ...]:
    """One weight for each of FEATURES; raises ModelError when the file names others."""
    text = resources.files("rasid.models").joinpath(model.value).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line and not line.startswith("#")]
    found = {row[0]: float(row[1]) for row in rows}
    if set(found) != set(FEATURES):
        odd = ", ".join(sorted(set(found) ^ set(FEATURES)))
        raise ModelError(f"{model.value}: features are not this version's ({odd}); reinstall Rasid or run make train")
    return tuple(found[name] for name in FEATURES)
