"""Log-odds that two reports tell of one happening; ``training/merging.py`` writes ``models/merge_weights.tsv``."""

from __future__ import annotations

import functools
import math
from importlib import resources

from rasid.errors import ModelError
from rasid.merge.compare import FEATURES, barred, vector
from rasid.merge.profile import Profile, compatible_types

NEVER = -math.inf
_BOUND = 6.0  # one pair that looks sure must not outvote many that speak against it
_FILE = "merge_weights.tsv"


def log_odds(a: Profile, b: Profile) -> float:
    """Between -6 and 6; minus infinity when types do not fit or one is planned and the other is not."""
    if barred(a, b) or not compatible_types(a.told.type, b.told.type):
        return NEVER
    score = sum(map(_product, vector(a, b), weights()))
    return min(max(score, -_BOUND), _BOUND)


def _product(value: float, weight: float) -> float:
    return value * weight


def probability(odds: float) -> float:
    """Log-odds as a number from 0 to 1."""
    return 1 / (1 + math.exp(-odds)) if odds > NEVER else 0.0


@functools.cache
def weights() -> tuple[float, ...]:
    """One weight for each of FEATURES; raises ModelError when the file names others."""
    text = resources.files("rasid.models").joinpath(_FILE).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line and not line.startswith("#")]
    found = {row[0]: float(row[1]) for row in rows}
    if set(found) != set(FEATURES):
        odd = ", ".join(sorted(set(found) ^ set(FEATURES)))
        raise ModelError(f"{_FILE}: features differ from this version's ({odd}); reinstall Rasid or run make train")
    return tuple(found[name] for name in FEATURES)
