"""Filters to and from the address of a page: every filter stands in it, so that a link shows the same to anyone."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from urllib.parse import urlencode

from rasid.errors import QueryError
from rasid.serve.words import Words
from rasid.store.filters import Box, Filters

Pair = tuple[str, str]
LISTS = ("type", "quad", "status", "country", "mode", "context")
ONES = ("from", "to", "actor", "recipient", "party", "place", "bbox", "publisher", "stance")
OTHERS = ("min_sources", "min_confidence", "reviewed", "q")
NAMES = (*ONES, *LISTS, *OTHERS)
_LONGEST = 200  # characters of one value


def read(pairs: Iterable[Pair]) -> Filters:
    """The filters that the address names; other parts of it are passed over. Raises QueryError."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name in NAMES and value.strip():
            given.setdefault(name, []).append(value.strip()[:_LONGEST].replace("\0", ""))
    one = {name: values[-1] for name, values in given.items()}
    many = {name: tuple(dict.fromkeys(values)) for name, values in given.items()}
    return Filters(
        since=_day("from", one.get("from")),
        until=_day("to", one.get("to")),
        types=many.get("type", ()),
        quads=tuple(int(_number("quad", quad)) for quad in many.get("quad", ())),
        statuses=many.get("status", ()),
        actor=one.get("actor"),
        recipient=one.get("recipient"),
        party=one.get("party"),
        place=one.get("place"),
        box=Box.parse(one["bbox"]) if "bbox" in one else None,
        countries=many.get("country", ()),
        publisher=one.get("publisher"),
        stance=one.get("stance"),
        minimum_sources=int(_number("min_sources", one["min_sources"])) if "min_sources" in one else None,
        minimum_confidence=_number("min_confidence", one["min_confidence"]) if "min_confidence" in one else None,
        reviewed=_yes(one.get("reviewed")),
        text=one.get("q"),
        modes=many.get("mode", ()),
        contexts=many.get("context", ()),
    )


def _day(name: str, value: str | None) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise QueryError(f"{name}: {value!r} is no day; write it as 2025-10-03") from error


def _number(name: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise QueryError(f"{name}: {value!r} is no number") from error
    if not 0 <= number <= 1_000_000:
        raise QueryError(f"{name}: {value} is out of bounds")
    return number


def _yes(value: str | None) -> bool | None:
    known = {None: None, "any": None, "yes": True, "no": False}
    if value not in known:
        raise QueryError(f"reviewed: {value!r} is unknown; allowed are yes and no")
    return known[value]


def written(pairs: Iterable[Pair], **changes: str | Sequence[str] | None) -> str:
    """The query part of an address with some filters changed; the cursor is dropped, since it fits one order only.

    ``from_`` stands for ``from``.
    """
    changed = {name.rstrip("_"): value for name, value in changes.items()}
    kept = [(name, value) for name, value in pairs if name not in (*changed, "after") and value]
    return urlencode([*kept, *_listed(changed)])


def _listed(values: Mapping[str, str | Sequence[str] | None]) -> Iterator[Pair]:
    for name, value in values.items():
        for one in [value] if isinstance(value, str) else value or ():
            yield name, one


def without(pairs: Sequence[Pair], pair: Pair) -> str:
    """The query part without one of its filters."""
    return urlencode([other for other in pairs if other != pair and other[0] != "after"])


def chips(pairs: Sequence[Pair], w: Words) -> list[tuple[str, str]]:
    """For each filter that is set: what it says, and the query part without it."""
    told = [(name, value) for name, value in pairs if name in NAMES and value.strip()]
    return [(f"{_title(name, w)}: {shown(name, value, w)}", without(pairs, (name, value))) for name, value in told]


_TITLES = {
    "min_sources": "minimum_sources",
    "min_confidence": "minimum_confidence",
    "q": "search",
    "bbox": "region",
    "context": "contexts",
}


def _title(name: str, w: Words) -> str:
    return w(_TITLES.get(name, name))


def shown(name: str, value: str, w: Words) -> str:
    """A filter's value in words."""
    if name in ("type", "quad", "status", "stance", "mode", "context"):
        return w.label(name, value)
    if name == "country":
        return w.country(value)
    return w(value) if name == "reviewed" and value in ("yes", "no") else value
