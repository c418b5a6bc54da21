"""Reports in lots that can be joined apart from each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence


def lots(numbers: Sequence[int], links: Iterable[tuple[int, int]], *, size: int) -> Iterator[list[int]]:
    """``numbers`` in lots of ``size`` or more, each of which holds all that ``links`` connect to its members.

    Numbers that are connected stay together, however many they are; otherwise their order is kept.
    """
    leader = {number: number for number in numbers}
    for first, second in links:
        one, other = sorted((_find(leader, first), _find(leader, second)))
        leader[other] = one
    groups: dict[int, list[int]] = {}
    for number in numbers:
        groups.setdefault(_find(leader, number), []).append(number)
    lot: list[int] = []
    for group in groups.values():
        lot += group
        if len(lot) >= size:
            yield sorted(lot)
            lot = []
    if lot:
        yield sorted(lot)


def _find(leader: dict[int, int], number: int) -> int:
    """The first of those that are connected to ``number``; the way there is made shorter."""
    while leader[number] != number:
        leader[number] = leader[leader[number]]
        number = leader[number]
    return number
