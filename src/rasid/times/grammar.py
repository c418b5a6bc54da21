"""All times of a sentence, each the longest expression that begins where it does."""

from __future__ import annotations

from collections.abc import Iterator

from rasid.times.joining import from_to, joined, since_time
from rasid.times.lexicon import ALONE, Term
from rasid.times.other import repeated, since_event
from rasid.times.reading import Reading, longest
from rasid.times.relative import after_it, ago, later, within
from rasid.times.rules import JOINING, Rule, simple
from rasid.times.terms import Scan
from rasid.times.traps import is_trap

_BEFORE_MISSPELT = frozenset({"num", "unit"})

_PREPOSITIONS: dict[str, tuple[Rule, ...]] = {
    "before": (ago,),
    "after": (later,),
    "during": (within,),
    "within": (within,),
    "starting": (lambda scan, at: since_time(scan, at + scan.is_prep(at + 1, "from"), start=at),),
    "every": (repeated,),
    "passing": (since_event,),
    "after_it": (after_it, simple),  # «بعدة ساعات» folds to «بعده»
    "before_it": (after_it,),
}


def expression(scan: Scan, at: int) -> Reading | None:
    """The longest time that begins at the term, with «منذ», «من … إلى», «بين … و» and lists."""
    name = scan.value(at, "prep")
    if name is None:
        found = simple(scan, at)
        return joined(scan, found) if found else None
    if name in _PREPOSITIONS:
        return longest(*(rule(scan, at) for rule in _PREPOSITIONS[name]))
    if name == "since":
        return since_time(scan, at)
    if name in ("from", "between"):
        return from_to(scan, at, name)
    return None


def _may_begin(scan: Scan, at: int) -> bool:
    """Cheap test before the rules are tried: some words begin a time only before others."""
    term = scan.terms[at]
    if term.begins == ALONE and not _is_lone_unit(term) or "eve" in term.kinds or scan.is_prep(at, "since"):
        return True
    misspelt = "num" in scan.terms[at + 2].kinds and not _BEFORE_MISSPELT.isdisjoint(term.kinds)  # «13 سبمتبر 2017»
    return bool(scan.terms[at + 1].kinds) or scan.fold(at + 1) in JOINING or misspelt


def _is_lone_unit(term: Term) -> bool:
    """«شهر», «العام»: one unit, that only what follows makes a time; «يومين» and «أيام» are amounts by themselves."""
    return len(term.kinds) == 1 and "unit" in term.kinds and term.kinds["unit"].value.endswith(":1")


def _inside_calendar(scan: Scan, at: int) -> Reading | None:
    """The time that begins at the term, unless its reckoning leaves the calendar (the years 1–9998)."""
    try:
        return expression(scan, at)
    except OverflowError:
        return None


def readings(scan: Scan) -> Iterator[Reading]:
    """All times of a sentence from left to right, none overlapping."""
    end = 0
    for at in scan.cut.starts:
        if at < end or not _may_begin(scan, at):
            continue
        found = _inside_calendar(scan, at)
        if found is None:
            continue
        if not is_trap(scan, found):
            yield found
        end = found.end
