"""The grammar of times: which rules may begin at a term, and how two times are joined to one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator

from rasid.times import values
from rasid.times.clock import clock, clock_range
from rasid.times.days import (
    beside_day,
    day_of_relative_month,
    month_year,
    numeric,
    part_of_day,
    same_day,
    today,
    weekday_date,
    written_short,
)
from rasid.times.lexicon import ALONE, AND, ARTICLES, FOR, Term
from rasid.times.months import day_month, month_day, month_only
from rasid.times.named import named_day, season
from rasid.times.nth import nth
from rasid.times.other import (
    anniversary,
    duration,
    edge,
    present,
    recent,
    repeated,
    since_event,
    since_happening,
    since_then,
    weekend,
)
from rasid.times.reading import Reading, longest
from rasid.times.relative import ago, day_count, later, since, unit_phrase, within
from rasid.times.terms import Scan
from rasid.times.traps import is_trap
from rasid.times.values import Value
from rasid.times.years import bare_year, century, decade, same_year, worded_year, year

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
_DASHES = frozenset({"-", "–"})
_JOINING = ARTICLES | frozenset("/ - – ( [ ، , . \\ و".split())
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
    "dem": (unit_phrase, same_year, same_day),
    "cardinal": _CARDINAL_RULES,
    "ten": _CARDINAL_RULES,
    "hundred": _CARDINAL_RULES,
    "thousand": _CARDINAL_RULES,
    "teen_base": _CARDINAL_RULES,
    "ordinal": (day_month, nth, clock),
    "decade": (decade,),
    "season": (season,),
    "named": (named_day,),
    "edge": (edge, nth, unit_phrase),
    "fraction": (nth, duration),
    "vague": (duration,),
    "approx": (duration, lambda scan, at: approximate(scan, at)),
    "set": (repeated,),
    "clock": (clock,),
    "lead": (lambda scan, at: lead(scan, at),),
}
_PREPOSITIONS: dict[str, tuple[Rule, ...]] = {
    "before": (ago,),
    "after": (later,),
    "during": (within,),
    "within": (within,),
    "starting": (lambda scan, at: _since(scan, at + scan.is_prep(at + 1, "from"), start=at),),
    "every": (repeated,),
    "passing": (since_event,),
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


def expression(scan: Scan, at: int) -> Reading | None:
    """The longest time that begins at the term, with «منذ», «من … إلى», «بين … و» and lists."""
    name = scan.value(at, "prep")
    if name is None:
        found = simple(scan, at)
        return _joined(scan, found) if found else None
    if name in _PREPOSITIONS:
        return longest(*(rule(scan, at) for rule in _PREPOSITIONS[name]))
    if name == "since":
        return _since(scan, at)
    if name in ("from", "between"):
        return _from_to(scan, at, name)
    return None


def _since(scan: Scan, at: int, *, start: int | None = None) -> Reading | None:
    """«منذ» with an amount, or with a time: from its start, open at the end unless «حتى» closes it."""
    counted = since(scan, at) or since_happening(scan, at) if start is None else None
    inner = simple(scan, at + 1)
    if inner is None or inner.value is None or not inner.refers or counted and counted.end > inner.end:
        return counted
    end = inner.end + scan.is_prep(inner.end, "and")
    if scan.is_prep(end, "until", "to"):
        final = simple(scan, end + 1)
        if final and final.value and final.value.first >= inner.value.first:
            return Reading(at, final.end, values.span(inner.value, final.value), "since_until", None, inner.anchor)
    if start is not None and inner.value.first > scan.now:  # «ابتداء من 22 مايو» ahead is that day
        return inner.moved(start=start)
    near = inner.value.final >= scan.now or inner.value.precision in ("week", "interval")
    if near and start is None and scan.published:
        return _until_now(scan, at, inner)
    opened = _start_of(inner.value)._replace(open_end=True)
    return inner._replace(start=at if start is None else start, value=opened, rule="since_date")


def _start_of(value: Value) -> Value:
    return value._replace(precision="interval")


def _until_now(scan: Scan, at: int, inner: Reading) -> Reading | None:
    """«منذ الأسبوع الماضي», «منذ فجر اليوم»: a period that reaches or nears the present ends with it."""
    assert inner.value is not None
    if inner.value.first >= scan.now:
        return inner.moved(start=at)
    grain = "month" if inner.value.unit == "year" else "day"
    value = values.span(values.of_unit(inner.value.first, grain), values.of_unit(scan.now, grain))
    return inner._replace(start=at, value=value, rule="since_period")


def _from_to(scan: Scan, at: int, name: str) -> Reading | None:
    """«من 18 ماي إلى غاية 27 من الشهر الجاري», «بين عامي 2013 و2014», «من الأحد حتى الخميس»."""
    start = at + 1 + (scan.get(at + 1, "period") is not None)
    hours = clock_range(scan, start)
    if hours:
        return hours.moved(start=at)
    first = simple(scan, start)
    if first is None or first.value is None or not first.refers:
        return None
    if name == "between" and first.value.precision == "interval":
        return first.moved(start=at, rule=f"{first.rule}_between")
    final = _after_until(scan, first.end, also=("and",) if name == "between" else ())
    if final is None or final.value is None:
        return None
    return _span(first, final, at)


def _after_until(scan: Scan, at: int, *, also: tuple[str, ...] = ()) -> Reading | None:
    """The time after «إلى», «حتى», «-», or with «و» glued to it where that may join."""
    if also and scan.clitic(at) == AND and scan.get(at, "prep") is None:
        return simple(scan, at)
    if also and scan.is_prep(at, "and"):
        return simple(scan, at + 1)
    at += scan.is_prep(at, "and")
    if not (scan.is_prep(at, "to", "until", *also) or scan.fold(at) in _DASHES):
        return None
    at += 1
    while scan.is_prep(at, "to", "until", "from"):
        at += 1
    final = simple(scan, at)
    return final if final and final.refers else None


def _span(first: Reading, final: Reading, at: int) -> Reading | None:
    assert first.value is not None
    assert final.value is not None
    start, end = first.value, final.value
    if first.yearless and start.first > end.first or first.yearless and not final.yearless:
        start = _year_before(start, end)
    if end.first < start.first:
        return None
    anchor = first.anchor or final.anchor
    return Reading(at, final.end, values.span(start, end), "range", None, anchor, first.calendar)


def _year_before(start: Value, end: Value) -> Value:
    """``start`` moved to the latest year in which it does not come after ``end``."""
    for number in (end.first.year, end.first.year - 1):
        first = values.valid_day(number, start.first.month, start.first.day)
        if first and first <= end.first:
            length = values.add_months(first, 1) if start.unit == "month" else first + (start.last - start.first)
            return start._replace(first=first, last=length)
    return start


def _joined(scan: Scan, found: Reading) -> Reading:
    """Two times of one kind joined: «13 تموز إلى 15 تموز», «أبريل 2017 وأبريل 2018»; a day and its hour."""
    if found.value and found.value.precision == "day" and scan.get(found.end, "clock"):
        return _with_hour(scan, found)
    if found.value is None or not found.refers or found.rule not in _JOINABLE:
        return found
    other = _other_calendar(scan, found)
    if other:
        return other
    final = _after_until(scan, found.end)
    if final is None and scan.clitic(found.end) == AND:
        final = simple(scan, found.end)
    if final is None or final.rule != found.rule:
        return found
    return _span(found, final, found.start) or found


def _with_hour(scan: Scan, found: Reading) -> Reading:
    """«الخميس الساعة 8 بتوقيت غرينتش»."""
    hour = clock_range(scan, found.end) or clock(scan, found.end)
    if hour is None or hour.value:
        return found
    return found._replace(end=hour.end, rule=f"{found.rule}_clock", symbolic=hour.symbolic)


def _other_calendar(scan: Scan, found: Reading) -> Reading | None:
    """«15 شعبان 1439 هـ الموافق 1 مايو 2018»: one day in two calendars; the Gregorian one is exact."""
    after = found.end + (scan.fold(found.end) in {"،", ",", "("})
    if not scan.is_prep(after, "matching") and after == found.end:
        return None
    after += scan.is_prep(after, "matching")
    after += scan.fold(after) == FOR or scan.value(after, "unit") == "day:1"
    other = longest(day_month(scan, after), numeric(scan, after))
    if other is None or other.value is None or other.calendar == found.calendar:
        return None
    told, doubtful = (other, found) if found.calendar == "hijri" else (found, other)
    assert told.value is not None
    assert doubtful.value is not None
    value = _year_before(told.value, doubtful.value) if told.yearless else told.value
    if abs((value.first - doubtful.value.first).days) > _CALENDARS_APART:
        return None
    return Reading(found.start, other.end, value, "two_calendars", None, None, "hijri")


# Sighted and calculated months differ by a day or two, misprints by more; further apart the two are different days.
_CALENDARS_APART = 5
_JOINABLE = frozenset({"day_month", "month", "numeric", "hijri_day"})


def _may_begin(scan: Scan, at: int) -> bool:
    """Cheap test before the rules are tried: some words begin a time only before others."""
    term = scan.terms[at]
    if term.begins == ALONE and not _is_lone_unit(term) or "eve" in term.kinds or scan.is_prep(at, "since"):
        return True
    misspelt = "num" in scan.terms[at + 2].kinds and not _BEFORE_MISSPELT.isdisjoint(term.kinds)  # «13 سبمتبر 2017»
    return bool(scan.terms[at + 1].kinds) or scan.fold(at + 1) in _JOINING or misspelt


def _number_rules(scan: Scan, at: int) -> tuple[Rule, ...]:
    """The rules worth a try at digits, by what follows them."""
    entry, after = scan.terms[at].kinds["num"], scan.terms[at + 1].kinds
    if entry.number < 0:
        return _MARKED_NUMBER_RULES
    joined = not _AFTER_NUMBER.isdisjoint(after) or not after and scan.fold(at + 1) in _JOINING
    if joined or "num" in scan.terms[at + 2].kinds:
        return _COUNTING_RULES if after else _WRITTEN_RULES
    return (bare_year,) if len(entry.value) > 2 else ()


_COUNTING_RULES: tuple[Rule, ...] = (day_month, bare_year, unit_phrase, clock, duration)
_WRITTEN_RULES: tuple[Rule, ...] = (day_month, numeric, month_year, written_short, bare_year, clock)
_MARKED_NUMBER_RULES: tuple[Rule, ...] = (numeric, clock)
_BEFORE_MISSPELT = frozenset({"num", "unit"})
_AFTER_NUMBER = frozenset("article month hijri unit prep era filler part fraction approx num mod dem".split())


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
