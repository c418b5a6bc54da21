"""Which event keeps which id when reports move."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rasid.merge.records import Known, Told

_DIGITS = 16  # hexadecimal digits of an id: 64 bits, no clash to be feared below a thousand million events


@dataclass(frozen=True, slots=True)
class Named:
    """The id of a group, and the ids that go out of use in its favour."""

    id: str
    absorbed: tuple[str, ...]


def named(groups: Sequence[Sequence[Told]], standing: Sequence[Known]) -> tuple[Named, ...]:
    """One name for each group; groups do not overlap and none is empty.

    Elder events choose first: an id goes to the group with most of the event's reports among those that have no id
    yet, so that it lives on while any of its reports does, unless an elder id stands in every such group. A group
    that inherits none gets an id made from its first report.
    """
    where = {told.id: number for number, group in enumerate(groups) for told in group}
    ids: dict[int, str] = {}
    absorbed: dict[int, list[str]] = {}
    for event in sorted(standing, key=_age):
        ranked = _heirs(event, where)
        heir = next((number for number in ranked if number not in ids), None)
        if heir is not None:
            ids[heir] = event.id
        elif ranked:
            absorbed.setdefault(ranked[0], []).append(event.id)
    taken = {event.id for event in standing}
    for number, group in enumerate(groups):
        if number not in ids:
            ids[number] = _fresh(group, taken)
            taken.add(ids[number])
    return tuple(Named(ids[number], tuple(sorted(absorbed.get(number, ())))) for number in range(len(groups)))


def order(told: Told) -> tuple[str, str]:
    """By day of publication, reports without one last, then by id."""
    return (told.published.isoformat() if told.published else "~", told.id)


def _age(event: Known) -> tuple[tuple[str, str], str]:
    return min(map(order, event.reports), default=("~", "")), event.id


def _heirs(event: Known, where: Mapping[str, int]) -> list[int]:
    """The groups that hold reports of the event, those with most of them first."""
    held: dict[int, int] = {}
    for told in sorted(event.reports, key=order):
        if told.id in where:
            held[where[told.id]] = held.get(where[told.id], 0) + 1
    return sorted(held, key=lambda number: -held[number])  # stable: the earlier report decides among equals


def _fresh(group: Sequence[Told], taken: set[str]) -> str:
    first = min(group, key=order).id
    attempt = 0
    while (name := _digest(first, attempt)) in taken:
        attempt += 1
    return name


def _digest(report: str, attempt: int) -> str:
    text = f"{report}#{attempt}" if attempt else report
    return f"e{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"
