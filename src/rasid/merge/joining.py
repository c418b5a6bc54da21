"""New reports against standing events: which events change, and how."""

from __future__ import annotations

from collections.abc import Sequence

from rasid.merge.records import Joined, Known, Member, Reach, Ruling, Told


def join(new: Sequence[Told], existing: Sequence[Known] = (), rulings: Sequence[Ruling] = ()) -> tuple[Joined, ...]:
    """The events that ``new`` makes or changes, in order of their ids.

    ``existing`` are the standing events near one of ``reach(new)``, each with all its reports; a report that is told
    anew (same id) takes the place of the old one. ``rulings`` win over everything, the later over the earlier.
    """
    return tuple(Joined(f"e-{told.id}", (Member(told.id, 1.0, ()),), 1.0) for told in new)


def reach(new: Sequence[Told]) -> tuple[Reach, ...]:
    """The spans of days, apart from one another and in order, for which ``join`` needs the standing events."""
    return ()
