"""The grammar of single times: which rules may begin at a term, and the longest time that they read there."""

from __future__ import annotations

import functools
from collections.abc import Callable

from rasid.times.beside import beside_day
from rasid.times.clock import clock
from rasid.times.days import (
    day_of_relative_month,
    month_year,
    numeric,
    part_of_day,
    same_day,
    today,
    weekday_date,
    written_short,
)
from rasid.times.lexicon import ARTICLES
from rasid.times.months import day_month, month_day, month_only
from rasid.times.named import last_ten, named_day, season
from rasid.times.nth import nth, week_of
from rasid.times.other import (
    anniversary,
    duration,
    edge,
    present,
    recent,
    repeated,
    since_then,
    weekend,
)
from rasid.times.reading import Reading, longest
from rasid.times.relative import day_count, relative_quarter, unit_phrase
from rasid.times.terms import Scan
from rasid.times.years import bare_year, century, decade, same_year, spoken_year, worded_year, year

Rule = Callable[[Scan, int], Reading | None]

_UNIT_RULES: tuple[Rule, ...] = (
    unit_phrase,
    year,
    century,
    same_year,
    same_day,
    today,
    weekday_date,
    day_of_relative_month,
    day_count,
    month_only,
    nth,
    season,
    week_of,
    duration,
)
# The rules that only some units may begin; the others are tried at each.
_OF_UNITS: dict[Rule, tuple[str, ...]] = {
    year: ("year",),
    century: ("century",),
    same_year: ("year",),
    same_day: ("day",),
    today: ("day",),
    weekday_date: ("day",),
    day_of_relative_month: ("day",),
    month_only: ("month",),
    season: ("quarter_unit",),
    week_of: ("week",),
}


@functools.cache
def _unit_rules(unit: str) -> tuple[Rule, ...]:
    """The rules worth a try at a unit of the table."""
    name = unit.partition(":")[0]
    return tuple(rule for rule in _UNIT_RULES if name in _OF_UNITS.get(rule, (name,)))


_NUMBER_RULES: tuple[Rule, ...] = (
    day_month,
    numeric,
    month_year,
    written_short,
    bare_year,
    unit_phrase,
    clock,
    nth,
    duration,
)
# What may stand between a word that needs others and them.
JOINING = ARTICLES | frozenset("/ - – ( [ ، , . \\ و منه الذي التي".split())
_CARDINAL_RULES: tuple[Rule, ...] = (unit_phrase, duration, clock, day_month)
_RULES: dict[str, tuple[Rule, ...]] = {
    "anniversary": (anniversary,),
    "weekend": (weekend,),
    "since_then": (since_then,),
    "now": (present,),
    "month": (month_only, month_day),
    "hijri": (month_only,),
    "weekday": (weekday_date, nth),
    "deictic": (today, same_day, unit_phrase, day_count, weekday_date, nth),
    "tonight": (today,),
    "recent": (recent,),
    "part": (part_of_day,),
    "eve": (beside_day,),
    "dem": (unit_phrase, same_year, same_day, season),
    "last_ten": (last_ten,),
    "misspelt": (month_only, month_day),
    "cardinal": _CARDINAL_RULES,
    "ten": _CARDINAL_RULES,
    "hundred": _CARDINAL_RULES,
    "thousand": (*_CARDINAL_RULES, spoken_year),
    "teen_base": _CARDINAL_RULES,
    "ordinal": (day_month, nth, clock),
    "decade": (decade,),
    "season": (season,),
    "named": (named_day,),
    "edge": (edge, nth, unit_phrase),
    "fraction": (nth, duration, relative_quarter),
    "vague": (duration,),
    "approx": (duration, lambda scan, at: approximate(scan, at)),
    "set": (repeated,),
    "clock": (clock,),
    "lead": (lambda scan, at: lead(scan, at),),
}


def simple(scan: Scan, at: int) -> Reading | None:
    """The longest time that begins at the term, without connecting words; read once for what is known so far."""
    if at not in scan.read:
        scan.read[at] = _simple(scan, at)
    return scan.read[at]


def _simple(scan: Scan, at: int) -> Reading | None:
    term = scan.terms[at]
    found: Reading | None = None
    if "article" in term.kinds:
        found = longest(*(rule(scan, at) for rule in _NUMBER_RULES))
    for kind in term.kinds:
        for rule in _rules(scan, at, kind):
            reading = rule(scan, at)
            if reading is not None and (found is None or reading.end > found.end):
                found = reading
    return found


def _rules(scan: Scan, at: int, kind: str) -> tuple[Rule, ...]:
    if kind == "num":
        return _number_rules(scan, at)
    if kind == "unit":
        return _unit_rules(scan.terms[at].kinds[kind].value)
    return _RULES.get(kind, ())


def period(scan: Scan, at: int) -> Reading | None:
    """A period that something can be part of: a month, a year, a unit with a modifier."""
    return longest(month_only(scan, at), year(scan, at), bare_year(scan, at), unit_phrase(scan, at),
                   decade(scan, at), century(scan, at), same_year(scan, at), worded_year(scan, at))  # fmt: skip


def approximate(scan: Scan, at: int) -> Reading | None:
    """«حوالي عام 1939», «قرابة منتصف مايو»: the time after it, in doubt."""
    inner = simple(scan, at + 1) if scan.value(at, "approx") == "~" else None
    if inner is None or inner.value is None or not inner.refers:
        return None
    return inner.valued(inner.value.approximate(), inner.rule).moved(start=at)


def lead(scan: Scan, at: int) -> Reading | None:
    """«في وقت سابق من الشهر», «في وقت متأخر الأحد», «الساعات الأولى من صباح الإثنين»."""
    after = at + 1 + (scan.fold(at + 1) in {"،", ","})
    after += scan.is_prep(after, "from", "in")
    inner = simple(scan, after)
    if inner is None and scan.value(after, "unit") in ("week:1", "month:1", "year:1", "day:1"):
        inner = _bare_unit(scan, after)
    return inner.moved(start=at) if inner and inner.refers else None


def _bare_unit(scan: Scan, at: int) -> Reading | None:
    """«من الشهر», «من الأسبوع» after a lead: the present one."""
    from rasid.times.relative import unit_value

    unit = (scan.value(at, "unit") or "")[:-2]
    value = unit_value(scan.now, unit, 0)
    return Reading(at, at + 1, value, f"{unit}_bare", "P0D", "published") if value else None


def _number_rules(scan: Scan, at: int) -> tuple[Rule, ...]:
    """The rules worth a try at digits, by what follows them."""
    entry, after = scan.terms[at].kinds["num"], scan.terms[at + 1].kinds
    if entry.number < 0:
        return _MARKED_NUMBER_RULES
    joined = not _AFTER_NUMBER.isdisjoint(after) or not after and scan.fold(at + 1) in JOINING
    if joined or "num" in scan.terms[at + 2].kinds:
        return _COUNTING_RULES if after else _WRITTEN_RULES
    return (bare_year,) if len(entry.value) > 2 else ()


_COUNTING_RULES: tuple[Rule, ...] = (day_month, bare_year, unit_phrase, clock, duration)
_WRITTEN_RULES: tuple[Rule, ...] = (day_month, numeric, month_year, written_short, bare_year, clock)
_MARKED_NUMBER_RULES: tuple[Rule, ...] = (numeric, clock)
_AFTER_NUMBER = frozenset("article month hijri unit prep era filler part fraction approx num mod dem".split())
