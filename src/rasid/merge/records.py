"""The light records that merging reads and gives back; none of them knows of the store."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from rasid.records import Status


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient of a report; ``role`` is "actor" or "recipient".

    ``id`` is the known actor's id, ``words`` the folded words of the phrase and of the name, without the article.
    """

    role: str
    code: str = ""
    id: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Days:
    """When it happened: first and last day covered, both within; ``precision`` as in TimeSpan (day, month, …)."""

    first: datetime.date
    last: datetime.date
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where it happened: ``name`` folded; ``precision`` exact, locality, district, province or country."""

    name: str
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One report as merging sees it.

    ``agency`` is the one news agency that the article's dateline or byline names.
    ``killed``, ``injured`` and ``arrested`` are strings as coded; ``trigger``, ``near`` and ``words`` are the folded
    stems of the trigger, of the content words close to it, and of those of its sentence, ``story`` those of the
    article's title and first sentence. ``coref`` is the happening's number within the article, 0 for none; ``sentence``
    tells the article's sentences apart (the offset of its start), -1 when unknown.
    """

    id: str
    article: str
    publisher: str | None = None
    published: datetime.date | None = None
    copy_of: str | None = None
    agency: str | None = None
    type: str = ""
    modes: tuple[str, ...] = ()
    status: Status = Status.REPORTED
    historical: bool = False
    parties: tuple[Party, ...] = ()
    days: Days | None = None
    place: Spot | None = None
    killed: str | None = None
    injured: str | None = None
    arrested: str | None = None
    trigger: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    story: frozenset[str] = frozenset()
    coref: int = 0
    sentence: int = -1


@dataclass(frozen=True, slots=True)
class Known:
    """An event that stands already, with all its reports."""

    id: str
    reports: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's word on two reports: ``together`` or never. Of two rulings on one pair the later one counts."""

    first: str
    second: str
    together: bool


@dataclass(frozen=True, slots=True)
class Member:
    """A report in its event: how sure it belongs there (0 to 1), and why, in words."""

    report: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """An event with its members, in order of publication, then id.

    ``score`` is the lowest member's. ``absorbed`` are ids of events that stood before and have no report left outside
    this one: their id goes out of use and ought to redirect here.
    """

    id: str
    members: tuple[Member, ...]
    score: float
    absorbed: tuple[str, ...] = ()

    @property
    def reports(self) -> tuple[str, ...]:
        """Ids of the reports."""
        return tuple(member.report for member in self.members)


@dataclass(frozen=True, slots=True)
class Link:
    """A planned event and what became of it; ``kind`` is "planned_reported" or "planned_cancelled"."""

    source: str
    target: str
    kind: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """Days, both within, for which standing events must be at hand: by day of the happening, or of publication."""

    first: datetime.date
    last: datetime.date
