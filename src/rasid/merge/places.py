"""How two places lie to each other, given how finely each is known."""

from __future__ import annotations

import enum
import math

from rasid.merge.records import Spot

_SAME_KM, _NEAR_KM = 8.0, 40.0
_EARTH_KM = 6371.0
_COARSE = frozenset({"country", "province"})


class Nearness(enum.Enum):
    """UNKNOWN when a place is missing; WITHIN when the coarser one holds the finer one."""

    UNKNOWN = enum.auto()
    SAME = enum.auto()
    WITHIN = enum.auto()
    NEAR = enum.auto()
    APART = enum.auto()
    ABROAD = enum.auto()


def nearness(a: Spot | None, b: Spot | None) -> Nearness:
    """How ``a`` and ``b`` lie to each other."""
    if a is None or b is None:
        return Nearness.UNKNOWN
    if a.country and b.country and a.country != b.country:
        return Nearness.ABROAD
    if a.name == b.name:
        return Nearness.SAME
    if not a.country or not b.country:
        return Nearness.UNKNOWN
    if "country" in (a.precision, b.precision):
        return Nearness.WITHIN
    if "province" in (a.precision, b.precision):
        return _in_province(a, b)
    return _by_distance(a, b)


def _in_province(a: Spot, b: Spot) -> Nearness:
    """A province and a finer place, or two provinces, which differ by name already."""
    if a.precision == b.precision or not a.admin1 or not b.admin1:
        return Nearness.APART if a.precision == b.precision else Nearness.UNKNOWN
    return Nearness.WITHIN if a.admin1 == b.admin1 else Nearness.APART


def _by_distance(a: Spot, b: Spot) -> Nearness:
    km = kilometres(a, b)
    if km is None:
        return Nearness.UNKNOWN
    return Nearness.SAME if km <= _SAME_KM else Nearness.NEAR if km <= _NEAR_KM else Nearness.APART


def kilometres(a: Spot, b: Spot) -> float | None:
    """Great-circle distance; None when a coordinate is missing."""
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    first, second = math.radians(a.latitude), math.radians(b.latitude)
    half = math.sin((second - first) / 2) ** 2
    half += math.cos(first) * math.cos(second) * math.sin(math.radians(b.longitude - a.longitude) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
