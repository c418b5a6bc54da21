"""Which pairs of reports are worth comparing: those that meet in a block of day and party, place or rare word."""

from __future__ import annotations

import collections
import datetime
import itertools
from collections.abc import Iterator, Sequence

from rasid.merge.profile import Profile

# A block is compared whole up to this size. Larger ones (the day's great story) are sorted so that like stands by like,
# and each report meets only the next few: cost stays linear in the number of reports.
_WHOLE = 24
_NEXT = 12
_OLD_WORDS = 3
_LONGEST_WINDOW = 7

Key = tuple[object, ...]


def pairs(
    profiles: Sequence[Profile], *, new: frozenset[int] | None = None, among: Sequence[int] | None = None
) -> list[tuple[int, int]]:
    """Pairs (i, j), i < j, of indexes into ``profiles``, in order; with ``new``, at least one is of these.

    ``among`` narrows the search to some indexes.
    """
    blocks: dict[Key, list[int]] = collections.defaultdict(list)
    for index in range(len(profiles)) if among is None else among:
        for key in set(keys(profiles[index])):
            blocks[key].append(index)
    found: set[tuple[int, int]] = set()
    for members in blocks.values():
        if new is None or not new.isdisjoint(members):
            found.update(_meeting(members, profiles, new))
    return sorted(found)


def keys(profile: Profile) -> Iterator[Key]:
    """The blocks a report stands in."""
    told = profile.told
    yield "article", told.article
    yield "copy", told.copy_of or told.article, told.type
    fine = [*(("word", word) for word in profile.heavy), *_pairs_of("countries", profile.either.countries)]
    fine += [("id", party) for party in profile.either.ids]
    coarse = [("story", word) for word in profile.heavy_story]
    coarse += [("place", told.place.name)] if told.place is not None else []
    coarse += [("country", country) for country in profile.either.countries]
    for day in _days(profile):
        yield from ((day, *key) for key in fine)
        yield from ((day, told.type, *key) for key in coarse)
    if profile.window is None:
        yield from (
            ("old", told.type, first, second) for first, second in itertools.combinations(profile.heavy[:_OLD_WORDS], 2)
        )


def _pairs_of(name: str, values: frozenset[str]) -> list[tuple[str, ...]]:
    return [(name, *pair) for pair in itertools.combinations(sorted(values), 2)]


def _days(profile: Profile) -> Iterator[int]:
    """Every day of the window and the one after, so that windows a day apart still meet."""
    if profile.window is not None:
        first, last = (day.toordinal() for day in profile.window)
        if last - first < _LONGEST_WINDOW:
            yield from range(first, last + 2)


def _meeting(
    members: Sequence[int], profiles: Sequence[Profile], new: frozenset[int] | None
) -> Iterator[tuple[int, int]]:
    large = len(members) > _WHOLE
    ranked = sorted(members, key=lambda index: likeness_order(profiles[index])) if large else members
    for a, b in meeting(ranked):
        if new is None or a in new or b in new:
            yield (a, b) if a < b else (b, a)


def meeting(ranked: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of a whole block, whose members stand in :func:`likeness_order`."""
    if len(ranked) <= _WHOLE:
        return itertools.combinations(ranked, 2)
    return ((a, b) for at, a in enumerate(ranked) for b in ranked[at + 1 : at + 1 + _NEXT])


def likeness_order(profile: Profile) -> tuple[str, str, tuple[str, ...], datetime.date, str]:
    """What a large block is sorted by, so that like stands by like; no two reports have the same."""
    told = profile.told
    place = told.place.name if told.place else ""
    return told.type, place, profile.heavy[:2], told.published or datetime.date.min, told.id
