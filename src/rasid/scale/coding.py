"""Coding many articles: in this process or in several, with the same outcomes in the same order."""

from __future__ import annotations

import functools
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from rasid import data, events, export, pipeline
from rasid.clean import Repeated
from rasid.errors import CodingCrash, RasidError
from rasid.export.written import Written
from rasid.records import Article, Rejected

Item = Article | Rejected
Outcome = Written | Rejected
AnyItem = TypeVar("AnyItem", bound=Item)
Made = TypeVar("Made")

# Articles that a process gets at a time: passing them on costs less than a hundredth of coding them.
BATCH = 16


@dataclass(frozen=True, slots=True)
class Setup:
    """What a process must know before it codes: the user's tables, the lines learned of each publisher, the finder."""

    lexicon: Path | None = None
    repeated: Repeated | None = None
    finder: events.Choice = field(default_factory=events.Choice)


def coded(items: Iterable[Item], *, jobs: int = 1, repeated: Repeated | None = None) -> Iterator[Outcome]:
    """The outcome of every item, in order: its coded record, or why there is none. Memory stays flat.

    ``jobs`` processes code at the same time (0: one for each core). An article on which the program fails comes as a
    Rejected with the code ``crashed``; with more than one process this holds even when it takes the process with it.
    Raises RasidError when tables or models cannot be loaded.
    """
    batches = _batches(items)
    jobs = jobs or cores()
    if jobs == 1:
        work = functools.partial(outcomes, repeated=repeated)
        return itertools.chain.from_iterable(map(work, batches))
    from rasid.scale.workers import in_order

    start = functools.partial(started, Setup(data.in_use(), repeated, events.in_use()))
    return in_order(batches, start, jobs=jobs, lost=lost)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def started(setup: Setup) -> functools.partial[list[Outcome]]:
    """Called once in a process: takes in what it must know and gives back what codes a batch."""
    data.use(setup.lexicon)
    events.use(setup.finder)
    return functools.partial(outcomes, repeated=setup.repeated)


def outcomes(items: Sequence[Item], *, repeated: Repeated | None = None) -> list[Outcome]:
    """The outcomes of a batch. Where coding it fails, each article is coded by itself to find the one to blame."""
    return sparing(items, functools.partial(_together, repeated=repeated))


def sparing(items: Sequence[AnyItem], together: Callable[[Sequence[AnyItem]], list[Made]]) -> list[Made | Rejected]:
    """What ``together`` makes of the items; where it fails on them, of each by itself, and of the one to blame why.

    Raises RasidError when tables or models cannot be loaded.
    """
    try:
        return [*together(items)]
    except RasidError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, one article must not cost the others
        return list(map(functools.partial(_alone, together=together), items))


def _together(items: Sequence[Item], repeated: Repeated | None) -> list[Outcome]:
    documents = pipeline.code([item for item in items if isinstance(item, Article)], repeated=repeated)
    return [item if isinstance(item, Rejected) else export.written(next(documents)) for item in items]


def _alone(item: AnyItem, together: Callable[[Sequence[AnyItem]], list[Made]]) -> Made | Rejected:
    try:
        return together([item])[0]
    except RasidError:
        raise
    except Exception as error:  # noqa: BLE001 - told as the article's reason
        return crashed(item, f"coding it failed with {type(error).__name__}: {error}")


def lost(item: Item) -> Rejected:
    """The outcome of an item that ended the process it was coded in."""
    return crashed(item, "the process that coded it ended")


def crashed(item: Item, why: str) -> Rejected:
    """The outcome of an item that could not be coded."""
    error = CodingCrash(item.id, f"{why}; leave it out, and please report it with its text")
    return Rejected(item.id, error.code, error.reason, item.id)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    waiting = iter(items)
    while batch := list(itertools.islice(waiting, BATCH)):
        yield batch
