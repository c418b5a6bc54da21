"""Edges of periods, weekends, anniversaries, sets, durations and the vague present."""

from __future__ import annotations

import datetime

from rasid.times import values
from rasid.times.numerals import number
from rasid.times.quantities import amount, point, shifted
from rasid.times.reading import PUBLISHED, TEXT, Reading
from rasid.times.terms import Scan
from rasid.times.values import DAY, Value

_SATURDAY, _SUNDAY = 5, 6
_DAYS = frozenset({"first_day", "last_day"})


def edge(scan: Scan, at: int) -> Reading | None:
    """«مطلع الشهر الجاري», «منتصف تموز», «أواخر مايو», «نهاية العام»: valued as the period itself.

    News says no more than the month or year: of 28 coded edges of months 20 are valued as the whole month, of 7 edges
    of years 3 as the year and the others four different ways. The edges of a decade are a third of it.
    """
    from rasid.times.rules import period  # an edge is an edge of any period

    entry = scan.get(at, "edge")
    if entry is None:
        return None
    start = at + 1 + scan.is_prep(at + 1, "from")
    inner = period(scan, start) or bare_period(scan, start)
    if inner is None or inner.value is None:
        return None
    if inner.rule == "decade" and inner.value.precision == "interval":
        inner = inner.valued(_edge_of_decade(inner.value, entry.value), inner.rule)
    if entry.value in _DAYS:
        return _day_of(inner, at, last=entry.value == "last_day")
    if entry.value == "rest" and inner.value and inner.value.first <= scan.now < inner.value.last:
        inner = inner.valued(_rest_of(inner.value, scan.now), inner.rule)
    return inner.moved(start=at, rule=f"{inner.rule}_{entry.value}")


def _day_of(month: Reading, at: int, *, last: bool) -> Reading | None:
    """«غرة رمضان», «غرة جوان 1955»: the first day of a month; «سلخ شعبان»: its last."""
    if month.value is None or month.value.precision != "month":
        return None
    value = values.day(month.value.final if last else month.value.first)
    rule = f"{month.rule}_day"
    return month.valued(value.approximate() if month.value.start_approx else value, rule).moved(start=at)


def _rest_of(period: Value, now: datetime.date) -> Value:
    """«بقية الشهر»: from publication to its end, in days; «بقية العام» in months."""
    unit = "month" if period.unit == "year" else "day"
    return values.span(values.of_unit(now, unit), values.of_unit(period.final, unit))


def _edge_of_decade(decade: Value, name: str) -> Value:
    """«مطلع التسعينات» 1990–1993, «منتصف» 1994–1996, «أواخر» 1997–1999."""
    first, final = {"start": (0, 3), "early": (0, 3), "mid": (4, 6)}.get(name, (7, 9))
    return values.years(decade.first.year + first, decade.first.year + final)


def bare_period(scan: Scan, at: int) -> Reading | None:
    """«نهاية الشهر», «مطلع الأسبوع», «نهاية العام»: the present one."""
    from rasid.times.relative import unit_value

    entry = scan.get(at, "unit")
    if entry is None or not entry.definite or entry.value not in ("week:1", "month:1", "year:1"):
        return None
    value = unit_value(scan.now, entry.value[:-2], 0)
    return Reading(at, at + 1, value, f"{entry.value[:-2]}_bare", "P0D", PUBLISHED)


def weekend(scan: Scan, at: int) -> Reading | None:
    """«عطلة نهاية الأسبوع»: Saturday and Sunday of the last weekend, of the coming one with a sign of the future."""
    further = scan.is_prep(at + 1, "after", "before") and scan.get(at + 2, "mod") is not None
    modifier = scan.value(at + 1 + further, "mod") or scan.value(at, "weekend") or None
    saturday = scan.now - (scan.now.weekday() - _SATURDAY) % 7 * DAY
    if modifier == "next" or modifier is None and scan.future(at):
        saturday += 7 * DAY * (1 + further)
    elif further:
        saturday -= 7 * DAY
    end = at + 1 + further + (scan.get(at + 1 + further, "mod") is not None)
    return Reading(at, end, values.days(saturday, saturday + DAY), "weekend", None, PUBLISHED)


def anniversary(scan: Scan, at: int) -> Reading | None:
    """«الذكرى السبعون للنكبة», «الذكرى الـ15 لاغتيال»: the year of what is remembered."""
    start = at + 1 + (scan.get(at + 1, "set_adj") is not None)
    found = number(scan, start)
    if found is None or not 1 <= found.value <= 2000:
        return None
    value = values.year(scan.now.year - found.value)
    return Reading(at, found.end, value, "anniversary", f"P-{found.value}Y", PUBLISHED)


def since_event(scan: Scan, at: int) -> Reading | None:
    """«مرور عام على», «مضي 70 عاما على»: the time of what happened then, up to two years back by the month."""
    found = amount(scan, at + 1)
    if found is None or found.vague:
        return None
    value = point(scan.now, found, -1)
    if value is None:
        return Reading(at, found.end, None, "since_event", found.symbolic, PUBLISHED)
    if (
        value.precision == "month"
        or found.unit == "year"
        and found.count <= 2
        or found.grain == "day"
        and found.count > 60
    ):
        value = values.of_unit(shifted(scan.now, found, -1), "month").approximate()
    return Reading(at, found.end, value, "since_event", found.symbolic, PUBLISHED)


def since_happening(scan: Scan, at: int) -> Reading | None:
    """«منذ اندلاع الحرب», «منذ تولي الرئيس»: from something whose day is not said."""
    if scan.get(at + 1, "happening") is None or not scan.fold(at + 2)[:1].isalpha() or scan.terms[at + 2].kinds:
        return None
    return Reading(at, at + 3, None, "since_happening", None, TEXT, reason="told_from_an_event")


def since_then(scan: Scan, at: int) -> Reading | None:
    """«منذ ذلك الحين», «منذ ذلك الوقت»: from the date before it, open at the end."""
    known = scan.known.any
    value = known._replace(precision="interval", open_end=True) if known else None
    return Reading(at, at + 1, value, "since_then", None, TEXT, reason=None if value else "no_earlier_date")


def present(scan: Scan, at: int) -> Reading | None:
    """«الآن», «حاليا»: publication day, but wide; it dates nothing."""
    value = values.day(scan.now)
    return Reading(at, at + 1, value, "present", "PRESENT_REF", PUBLISHED, refers=False, reason="present")


def recent(scan: Scan, at: int) -> Reading | None:
    """«مؤخرا», «في الآونة الأخيرة»: recent, of no stated length; it dates nothing that could be written down."""
    reason = "no_stated_length"
    return Reading(at, at + 1, None, "recent", "PAST_REF", PUBLISHED, refers=False, reason=reason)


def repeated(scan: Scan, at: int) -> Reading | None:
    """Sets: «كل جمعة», «كل يوم», «يوميا», «كل أسبوعين»."""
    if scan.get(at, "set"):
        return Reading(at, at + 1, None, "set", None, None, refers=False, reason="set")
    if not scan.is_prep(at, "every"):
        return None
    after = at + 1 + (scan.value(at + 1, "unit") == "day:1" and scan.get(at + 2, "weekday") is not None)
    weekday = scan.get(after, "weekday")
    counted = weekday is not None and not weekday.clitic and (weekday.number != _SUNDAY or after > at + 1)
    if counted or scan.get(after, "part") or scan.get(after, "month"):  # «كل أحد» is everyone
        return Reading(at, after + 1, None, "set", None, None, refers=False, reason="set")
    if scan.value(after, "dem") or scan.value(after + 1, "mod"):
        return None
    found = amount(scan, after)
    if found is None:
        return None
    return Reading(at, found.end, None, "set", found.symbolic, None, refers=False, reason="set")


def duration(scan: Scan, at: int) -> Reading | None:
    """«ثلاثة أيام», «نحو شهرين», «48 ساعة»: how long, not when."""
    found = amount(scan, at)
    if found is None or found.vague and scan.get(at, "unit") is not None:
        return None
    if scan.value(at, "unit") is not None and found.count == 1 and not found.bound:
        return None
    return Reading(at, found.end, None, "duration", found.symbolic, None, refers=False, reason="duration")
