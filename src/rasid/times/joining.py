"""Two times joined to one, with «منذ», «من … إلى», «بين … و», in lists and in two calendars."""

from __future__ import annotations

from rasid.times import values
from rasid.times.clock import clock, clock_range
from rasid.times.days import numeric
from rasid.times.lexicon import AND, FOR
from rasid.times.months import SEVERAL_MONTHS, day_month
from rasid.times.other import since_happening
from rasid.times.reading import Reading, longest
from rasid.times.relative import since
from rasid.times.rules import simple
from rasid.times.terms import Scan
from rasid.times.values import DAY, Value

_DASHES = frozenset({"-", "–"})
_BRACKETS = {"(": ")", "[": "]"}


def since_time(scan: Scan, at: int, *, start: int | None = None) -> Reading | None:
    """«منذ» with an amount, or with a time: from its start, open at the end unless «حتى» closes it."""
    counted = since(scan, at) or since_happening(scan, at) if start is None else None
    inner = simple(scan, at + 1)
    if inner is None or inner.value is None or not inner.refers or counted and counted.end > inner.end:
        return counted
    end = inner.end + scan.is_prep(inner.end, "and")
    if scan.is_prep(end, "until", "to"):
        final = simple(scan, end + 1)
        joined = _span(inner, final, at) if final and final.value else None
        if joined:
            return joined._replace(rule="since_until", anchor=inner.anchor)
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


def from_to(scan: Scan, at: int, name: str) -> Reading | None:
    """«من 18 ماي إلى غاية 27 من الشهر الجاري», «بين عامي 2013 و2014», «من الأحد حتى الخميس»."""
    start = at + 1 + (scan.get(at + 1, "period") is not None)
    start += scan.value(start, "unit") in SEVERAL_MONTHS and scan.get(start + 1, "month") is not None
    hours = clock_range(scan, start)
    if hours:
        return hours.moved(start=at)
    first = simple(scan, start)
    if first is None or first.value is None or not first.refers:
        return None
    if name == "between" and first.value.precision == "interval":
        return first.moved(start=at, rule=f"{first.rule}_between")
    with scan.knowing(first.value):  # «من الثامن من الشهر الجاري إلى العشرين منه»
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
    if end.first < start.first and final.rule in _WEEKDAYS:
        end = values.day(end.first + 7 * DAY)
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


def joined(scan: Scan, found: Reading) -> Reading:
    """Two times of one kind joined: «13 تموز إلى 15 تموز», «أبريل 2017 وأبريل 2018»; a day and its hour."""
    if found.value and found.value.precision == "day":
        if scan.get(found.end, "clock"):
            return _with_hour(scan, found, found.end)
        if scan.is_prep(found.end, "from") and scan.get(found.end + 1, "clock"):
            return _with_hour(scan, found, found.end + 1)
    if found.value is None or not found.refers or found.rule not in _TWO_CALENDARS:
        return found
    other = _other_calendar(scan, found)
    if other or found.rule not in _JOINABLE:
        return other or found
    final = _next_of_kind(scan, found, found)
    while final and found.rule == "month" and (more := _next_of_kind(scan, found, final)):  # «يناير وفبراير ومارس»
        final = more
    return final and _span(found, final, found.start) or found


def _next_of_kind(scan: Scan, found: Reading, last: Reading) -> Reading | None:
    """The time of the same rule that follows ``last`` after «و», «إلى», «حتى» or a dash."""
    final = _after_until(scan, last.end)
    if final is None and scan.clitic(last.end) == AND:
        final = simple(scan, last.end)
    return final if final and final.rule == found.rule else None


def _with_hour(scan: Scan, found: Reading, at: int) -> Reading:
    """«الخميس الساعة 8 بتوقيت غرينتش», «الخميس من الساعة 9 حتى الساعة 11 صباحا»."""
    hour = clock_range(scan, at) or (clock(scan, at) if at == found.end else None)
    if hour is None or hour.value:
        return found
    return found._replace(end=hour.end, rule=f"{found.rule}_clock", symbolic=hour.symbolic)


def _other_calendar(scan: Scan, found: Reading) -> Reading | None:
    """«15 شعبان 1439 هـ الموافق 1 مايو 2018»: one day in two calendars; the Gregorian one is exact."""
    after = found.end + (scan.fold(found.end) in {"،", ",", *_BRACKETS})
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
    closed = scan.fold(found.end) in _BRACKETS and scan.fold(other.end) == _BRACKETS[scan.fold(found.end)]
    return Reading(found.start, other.end + closed, value, "two_calendars", None, None, "hijri")


_WEEKDAYS = frozenset({"weekday", "weekday_part"})
# Sighted and calculated months differ by a day or two, misprints by more; further apart the two are different days.
_CALENDARS_APART = 5
_JOINABLE = frozenset({"day_month", "month", "numeric", "hijri_day"})
_TWO_CALENDARS = _JOINABLE | {"weekday_date"}
