"""The review queue, and how far two reviewers agree."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasid.serve.data import condition, one, rows
from rasid.serve.data_reports import Told, shape
from rasid.serve.desk import Desk
from rasid.store import Store, views
from rasid.store.filters import Filters

# Order of the queue and which reports it holds; "?" is the reviewer.
_MINE = "r.id IN (SELECT j.value ->> 'report' FROM judgements AS j WHERE j.who = ?)"
_QUEUES: Mapping[str, tuple[str, str]] = {
    "uncertain": ("r.judged IS NULL", "r.confidence, r.id"),
    "new": ("r.judged IS NULL", "a.published DESC NULLS LAST, r.id"),
    "sample": ("r.judged IS NULL", "md5(r.id)"),
    "second": (f"r.judged IS NOT NULL AND NOT {_MINE}", "md5(r.id)"),
}
QUEUES = tuple(_QUEUES)
# People's rejections are in no event, but may be read a second time.
_ANY_REPORT = views.reports("r.id = ?").replace(
    "FROM merges AS m JOIN reports AS r ON r.id = m.report",
    "FROM reports AS r LEFT JOIN merges AS m ON r.id = m.report",
)


@dataclass(frozen=True, slots=True)
class Turn:
    """The report whose turn it is (None at the end), and how many the queue holds."""

    told: Told | None
    waiting: int


def turn(desk: Desk, filters: Filters, queue: str, *, who: str, skip: int) -> Turn:
    """The report at place ``skip`` of a queue for the reviewer ``who``."""
    which, order = _QUEUES[queue]
    values: list[Any] = [who] * which.count("?")
    store = desk.reader()
    asked = condition(desk, filters)
    if asked.sql != "TRUE":
        which += f" AND m.event IN (SELECT e.id FROM events AS e WHERE {asked.sql})"
        values += asked.values
    source = "reports AS r LEFT JOIN merges AS m ON m.report = r.id JOIN articles AS a ON a.id = r.article"
    waiting = int(one(store, f"SELECT count(*) FROM {source} WHERE {which}", values) or 0)
    name = one(store, f"SELECT r.id FROM {source} WHERE {which} ORDER BY {order} LIMIT 1 OFFSET ?", [*values, skip])
    if name is None:
        return Turn(None, waiting)
    row = rows(store, _ANY_REPORT, [name])[0]
    return Turn(Told(row, shape(row)), waiting)


def waiting(store: Store) -> int:
    """How many reports nobody has judged."""
    return int(one(store, "SELECT count(*) FROM reports WHERE judged IS NULL") or 0)


def decided(store: Store) -> int:
    """How many reports somebody has judged."""
    return int(one(store, "SELECT count(*) FROM reports WHERE judged IS NOT NULL") or 0)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two reviewers on the reports that both judged: same verdict (no event, or its type), and Cohen's kappa."""

    one: str
    other: str
    both: int
    agreed: int
    kappa: float | None

    @property
    def share(self) -> float:
        return self.agreed / self.both


_VERDICTS = """
    SELECT j.who, j.value ->> 'report' AS report, j.what, j.value ->> 'field' AS field,
        j.value ->> 'value' AS value, j.value -> 'event' ->> 'type' AS type
    FROM judgements AS j
    WHERE j.what IN ('set', 'accept', 'reject') AND j.id NOT IN (SELECT target FROM judgements WHERE what = 'undo')
    ORDER BY length(j.id), j.id
"""


def agreement(store: Store) -> tuple[Agreement, ...]:
    """Every pair of reviewers with reports in common."""
    verdicts: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows(store, _VERDICTS):
        kind = row["value"] if row["what"] == "set" and row["field"] == "type" else row["type"]
        verdicts[row["who"]][row["report"]] = "reject" if row["what"] == "reject" else kind
    found = []
    for one_, other in itertools.combinations(sorted(verdicts), 2):
        common = sorted(verdicts[one_].keys() & verdicts[other].keys())
        if common:
            pairs = [(verdicts[one_][report], verdicts[other][report]) for report in common]
            agreed = sum(mine == theirs for mine, theirs in pairs)
            found.append(Agreement(one_, other, len(pairs), agreed, kappa(pairs)))
    return tuple(found)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa: agreement beyond chance; None where chance alone would agree always."""
    total = len(pairs)
    observed = sum(one_ == other for one_, other in pairs) / total
    ones, others = Counter(pair[0] for pair in pairs), Counter(pair[1] for pair in pairs)
    chance = sum(ones[label] * others[label] for label in ones) / total**2
    return None if chance == 1 else (observed - chance) / (1 - chance)
