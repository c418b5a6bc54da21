"""Which sector a party has, when what it does or suffers speaks against what its words give.

«إسرائيل» is a government that meets and an army that bombs. The exceptions are counted on labelled articles by
``training/actors.py`` and can be read in ``models/actor_sector.tsv``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from pathlib import Path

from rasid import data
from rasid.names.act import Act
from rasid.names.reading import Reading

MODELS = Path(data.__file__).parents[1] / "models"
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})
_BARE = "-"


def settle(sectors: tuple[str, ...], reading: Reading, *, act: Act, country: str, known: str) -> tuple[str, ...]:
    """The sectors of a party. ``sectors`` is what its words give, ``known`` how it is known by
    name: ``person`` of the tables, ``memory`` of the article, or blank."""
    table = _exceptions()
    for key in keys(sectors, reading, act=act, country=country, known=known):
        if key in table:
            first = table[key]
            return sectors if first in sectors[:1] else () if first == _BARE else (first,)
    return sectors


def keys(sectors: tuple[str, ...], reading: Reading, *, act: Act, country: str, known: str) -> Iterator[str]:
    """Descriptions of the case, the finest first."""
    given = sectors[0] if sectors else _BARE
    place = "body" if country in _BODIES else "state" if country else "none"
    reason = f"{known or reading.reason}|{given}|{place}"
    if reading.deciding:
        yield f"{reading.deciding}|{reason}|{act.type}"
        yield f"{reading.deciding}|{reason}"
    yield f"{reason}|{act.type}|{act.side}"
    yield f"{reason}|{act.type}"
    yield f"{reason}|{act.side}"
    yield reason


@functools.cache
def _exceptions() -> Mapping[str, str]:
    path = MODELS / "actor_sector.tsv"
    return {row["case"]: row["sector"] for row in data.read_table(path)} if path.is_file() else {}
