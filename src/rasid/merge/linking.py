"""Planned events and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

from rasid.merge.records import Known, Link


def links(events: Sequence[Known]) -> tuple[Link, ...]:
    """Links from planned events to those that report, deny or cancel them, in order of ids."""
    return ()
