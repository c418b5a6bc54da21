"""What a party does or suffers: the side of an event from which its phrase is seen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Act:
    """What the party does or suffers, as far as known.

    ``side`` is ``actor``, ``recipient`` or ``source``; ``place`` the country where it happens; ``facing`` the countries
    that the other side names.
    """

    type: str = ""
    side: str = ""
    place: str = ""
    facing: tuple[str, ...] = ()
