"""Which sector a party has, when what it does or suffers speaks against what its words give.

«إسرائيل» is a government that meets and an army that bombs. Every sector is scored by weights that
``training/actors.py`` fits on labelled articles; they can be read in ``models/actor_sector.tsv``: for each description
of a case the sectors that it speaks for and against.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from rasid import data
from rasid.names.act import Act
from rasid.names.reading import Reading

MODELS = Path(data.__file__).parents[1] / "models"
# What stands for no sector at all.
BARE = "-"
# What speaks for the sector that the words give, whichever that is.
SAME = "="
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})
Weights = Mapping[str, Mapping[str, float]]


class _InUse:
    """The weights in use: those of the package, read at first need, or those that training tries."""

    weights: Weights | None = None


def use(weights: Weights | None) -> None:
    """Take other weights (training); None goes back to the package's."""
    _InUse.weights = weights


def settle(sectors: tuple[str, ...], reading: Reading, *, act: Act, country: str, known: str) -> tuple[str, ...]:
    """The sectors of a party. ``sectors`` is what its words give, ``known`` how it is known by
    name: ``person`` of the tables, ``memory`` of the article, or blank."""
    weights = _shipped() if _InUse.weights is None else _InUse.weights
    given = sectors[0] if sectors else BARE
    scores: defaultdict[str, float] = defaultdict(float, {given: 0.0})
    for key in keys(sectors, reading, act=act, country=country, known=known):
        for name, weight in weights.get(key, {}).items():
            scores[given if name == SAME else name] += weight
    best = max(scores, key=lambda name: (scores[name], name == given, name))
    return sectors if best == given else () if best == BARE else (best,)


def keys(sectors: tuple[str, ...], reading: Reading, *, act: Act, country: str, known: str) -> Iterator[str]:
    """Descriptions of the case, from those of few cases to those of many."""
    given = sectors[0] if sectors else BARE
    place = "body" if country in _BODIES else "state" if country else "none"
    reason = f"{known or reading.reason}|{given}|{place}"
    if reading.deciding:
        yield f"{reading.deciding}|{reason}|{act.type}"
        yield f"{reading.deciding}|{reason}"
    yield f"{reason}|{act.type}|{act.side}"
    yield f"{reason}|{act.type}"
    yield f"{reason}|{act.side}"
    yield reason
    yield f"{given}|{act.type}|{act.side}"
    yield f"{act.type}|{act.side}|{place}"
    yield reading.reason
    yield given


@functools.cache
def _shipped() -> Weights:
    found: dict[str, dict[str, float]] = {}
    for row in data.read_table(MODELS / "actor_sector.tsv"):
        found[row["case"]] = {name: float(weight) for name, _, weight in map(_parted, row["sectors"].split())}
    return found


def _parted(cell: str) -> tuple[str, str, str]:
    return cell.rpartition(":")
