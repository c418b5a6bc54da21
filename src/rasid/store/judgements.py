"""People's decisions: an append-only log that wins over the machine, applied anew whenever an article is coded."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import duckdb

from rasid.merge import Ruling
from rasid.store.asking import number
from rasid.store.rows import dumped


class What(StrEnum):
    """What a judgement decides; ``target`` and ``value`` of each are told in :class:`Judgement`."""

    SET = "set"
    ADD = "add"
    ACCEPT = "accept"
    REJECT = "reject"
    SPLIT = "split"
    JOIN = "join"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Judgement:
    """One decision: ``who`` decided ``what`` about ``target``, and ``why``.

    ======  =============================  ===========================================================================
    what    target                         value
    ======  =============================  ===========================================================================
    set     report                         ``{"field": "status", "value": "negation"}``
    add     article                        ``{"type": "PROTEST", "trigger": {"start": 10, "end": 16}, ...}``: any field
    accept  report or event                ``{}``
    reject  report or event: not an event  ``{}``
    split   event                          ``{"reports": [ids that are to be an event of their own]}``
    join    event                          ``{"events": [ids of events that are the same]}``
    undo    judgement                      ``{}``
    ======  =============================  ===========================================================================

    ``id`` and ``at`` (UTC) are given when it is stored; ``value`` then also holds what replaying it needs.
    """

    who: str
    what: What
    target: str
    value: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""
    id: str = ""
    at: datetime.datetime | None = None


_QUERY = 'SELECT who, what, target, value, why, id, "at" FROM judgements ORDER BY length(id), id'


def read(connection: duckdb.DuckDBPyConnection) -> tuple[Judgement, ...]:
    """All judgements in order, undone ones included."""
    rows = connection.execute(_QUERY).fetchall()
    return tuple(
        Judgement(who, What(what), target, json.loads(value), *rest) for who, what, target, value, *rest in rows
    )


def active(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Those that hold, in order, without the undoing itself."""
    held = standing(judgements)
    return tuple(item for item in judgements if item.id in held and item.what is not What.UNDO)


def standing(judgements: Sequence[Judgement]) -> frozenset[str]:
    """Ids of those that are not undone by a later one that is not undone itself."""
    undone: set[str] = set()
    for judgement in reversed(judgements):
        if judgement.what is What.UNDO and judgement.id not in undone:
            undone.add(judgement.target)
    return frozenset(item.id for item in judgements) - undone


def next_id(connection: duckdb.DuckDBPyConnection) -> str:
    """The id of the judgement that is given next."""
    return f"j{number(connection, 'SELECT count(*) FROM judgements') + 1}"


def write(connection: duckdb.DuckDBPyConnection, judgement: Judgement) -> Judgement:
    """Append ``judgement`` to the log; gives it back with its id and time."""
    name = next_id(connection)
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    values = [name, now, judgement.who, judgement.what.value, judgement.target, dumped(judgement.value), judgement.why]
    connection.execute("INSERT INTO judgements VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    return Judgement(judgement.who, judgement.what, judgement.target, judgement.value, judgement.why, id=name, at=now)


class Judged:
    """The judgements that hold, by article and as rulings for merging."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        self._by_article: dict[str, list[Judgement]] = {}
        self.rulings: tuple[Ruling, ...] = ()
        rulings: list[Ruling] = []
        for judgement in active(tuple(judgements)):
            if judgement.what in (What.SPLIT, What.JOIN):
                rulings.extend(rulings_of(judgement))
            else:
                self._by_article.setdefault(judgement.value["article"], []).append(judgement)
        self.rulings = tuple(rulings)

    def of(self, article: str) -> Sequence[Judgement]:
        """Judgements about the article's reports, in order."""
        return self._by_article.get(article, ())


def rulings_of(judgement: Judgement) -> Iterable[Ruling]:
    """A split or join as a person's word on pairs of reports."""
    reports = judgement.value["reports"]
    if judgement.what is What.SPLIT:
        yield from (Ruling(one, other, False) for one in reports for other in judgement.value["rest"])
    yield from (Ruling(one, other, True) for one, other in itertools.pairwise(reports))
