"""The nth of something in a period: الأسبوع الثاني من أكتوبر, آخر اثنين من مارس, الثلاثاء الثالث من أيلول 2014.

A week of a month is the days 1–7, 8–14 and so on; larger parts go by whole months.
"""

from __future__ import annotations

from dataclasses import dataclass

from rasid.times import values
from rasid.times.lexicon import ARTICLE
from rasid.times.months import day_month
from rasid.times.named import named_day
from rasid.times.numerals import ordinal
from rasid.times.reading import Reading
from rasid.times.relative import definite_amount, single_unit
from rasid.times.terms import Scan
from rasid.times.values import DAY, MONTHS, Value

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "quarter_unit": 3, "year": MONTHS, "decade": 10 * MONTHS}
_SHARES = {"half": 2, "third": 3, "quarter": 4}
_FIRST_WORDS = frozenset({"اول", "الاول", "الاولي"})
_LAST_WORDS = frozenset({"اخر", "الاخير", "الاخيره"})
_WEEKDAY = "weekday"
_FEAST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Head:
    """``count`` units (or weekday ``weekday``), which of them (-1 is the last), and the index after."""

    unit: str
    count: int
    index: int
    end: int
    weekday: int = 0


def nth(scan: Scan, at: int) -> Reading | None:
    """The part of the period that follows «من», «في» or «بـ»."""
    from rasid.times.other import bare_period  # both may themselves be parts
    from rasid.times.rules import period

    head = _noun_first(scan, at) or _ordinal_first(scan, at)
    if head is None:
        return None
    if head.unit == _WEEKDAY and scan.is_prep(head.end, "after"):
        return _weekday_after(scan, at, head)
    after = head.end + scan.is_prep(head.end, "from", "in")
    feast = named_day(scan, after) if head.unit == "day" and 1 <= head.index <= _FEAST_DAYS else None
    if feast and feast.value and feast.value.precision == "day":
        return feast.valued(_moved(feast.value, head.index - 1), "nth").moved(start=at)
    inner = period(scan, after) or (bare_period(scan, after) if _is_whole(scan, after) else None)
    if inner is None or inner.value is None:
        return None
    value = _weekday(inner.value, head) if head.unit == _WEEKDAY else _part(inner.value, head)
    if value and inner.calendar == "hijri":
        value = value.approximate()
    return Reading(at, inner.end, value, "nth", None, inner.anchor, inner.calendar) if value else None


def week_of(scan: Scan, at: int) -> Reading | None:
    """«أسبوع 16 سبتمبر»: the week that holds the day."""
    entry, found = scan.get(at, "unit"), day_month(scan, at + 1)
    if entry is None or entry.definite or found is None or found.value is None or found.value.precision != "day":
        return None
    return found.valued(values.week(values.week_start(found.value.first)), "week_of").moved(start=at)


def _is_whole(scan: Scan, at: int) -> bool:
    """«من العام», «من الشهر», but not «من العام الدراسي»."""
    return scan.is_prep(at - 1, "from", "in") and not scan.fold(at + 1).startswith(ARTICLE)


def _moved(value: Value, days: int) -> Value:
    """«ثاني أيام عيد الأضحى»: the day so many days after."""
    return value._replace(first=value.first + days * DAY, last=value.last + days * DAY)


def _weekday_after(scan: Scan, at: int, head: Head) -> Reading | None:
    """«ثالث ثلاثاء بعد عيد الفطر», «أول أحد بعد 5 مايو 2018»."""
    found = named_day(scan, head.end + 1) or day_month(scan, head.end + 1)
    if found is None or found.value is None or found.value.precision != "day" or head.index < 1:
        return None
    ahead = (head.weekday - found.value.first.weekday()) % 7 or 7
    value = values.day(found.value.first + (ahead + 7 * (head.index - 1)) * DAY)
    return Reading(at, found.end, value, "nth_after", None, found.anchor)


def _noun_first(scan: Scan, at: int) -> Head | None:
    """«الأسبوع الثاني», «الأشهر الخمسة الأولى», «الاثنين الأخير», «النصف الأول»."""
    name = at + (scan.value(at, "unit") == "day:1" and scan.get(at + 1, _WEEKDAY) is not None)
    weekday = scan.get(name, _WEEKDAY)
    if weekday and weekday.definite:
        which = _which(scan, name + 1)
        return Head(_WEEKDAY, 1, which[0], which[1], weekday.number) if which else None
    fraction = scan.get(at, "fraction")
    if fraction and fraction.definite:
        which = _which(scan, at + 1)
        return Head(fraction.value, 1, *which) if which else None
    found, end, _ = definite_amount(scan, at)
    if found and not found.vague:
        which = _which(scan, end)
        return Head(found.unit, int(found.count), *which) if which else None
    unit = single_unit(scan, at)
    which = _which(scan, at + 1) if unit else None
    return Head(unit, 1, *which) if unit and which else None


def _ordinal_first(scan: Scan, at: int) -> Head | None:
    """«أول أسبوع», «آخر اثنين», «ثالث يوم ثلاثاء», «ثاني أربعاء»."""
    which = _which(scan, at)
    if which is None:
        return None
    index, after = which
    name = after + (scan.value(after, "unit") == "day:1" and scan.get(after + 1, _WEEKDAY) is not None)
    weekday = scan.get(name, _WEEKDAY)
    if weekday and not weekday.definite and not scan.clitic(name):
        return Head(_WEEKDAY, 1, index, name + 1, weekday.number)
    entry = scan.get(after, "unit")
    singular = entry is not None and (entry.value.endswith(":1") or entry.value == "day:3" and index > 0)
    if entry is None or entry.definite or not singular or scan.clitic(after):
        return None
    return Head(entry.value[:-2], 1, index, after + 1)


def _which(scan: Scan, at: int) -> tuple[int, int] | None:
    word = scan.fold(at)
    if word in _LAST_WORDS:
        return -1, at + 1
    if word in _FIRST_WORDS:
        return 1, at + 1
    found = ordinal(scan, at)
    return (found.value, found.end) if found else None


def _weekday(whole: Value, head: Head) -> Value | None:
    """The nth weekday of a month."""
    if whole.precision != "month" or head.index > 5:
        return None
    if head.index < 0:
        date = whole.final - (whole.final.weekday() - head.weekday) % 7 * DAY
    else:
        date = whole.first + ((head.weekday - whole.first.weekday()) % 7 + 7 * (head.index - 1)) * DAY
    return values.day(date) if whole.first <= date < whole.last else None


def _part(whole: Value, head: Head) -> Value | None:
    if head.unit in _DAYS:
        return _days(whole, _DAYS[head.unit] * head.count, head.index)
    length = round((whole.last - whole.first).days / 30.4)
    if head.unit in _SHARES:
        return _share(whole, length, head)
    size = _MONTHS.get(head.unit)
    if size is None or length <= size * head.count and head.count == 1:
        return None
    found = _whole_months(whole, size * head.count, head.index)
    return values.years(found.first.year, found.final.year) if found and head.unit == "decade" else found


def _share(whole: Value, length: int, head: Head) -> Value | None:
    """A half, third or quarter: of a month in days, of a year in months, of a decade or century in years."""
    share = _SHARES[head.unit]
    if length < share or whole.start_approx:  # months, and the years and centuries of the Hijri calendar
        days = (whole.last - whole.first).days // share
        found = _days(whole, days, head.index) if head.index > 0 else None
        return values.days(found.first, whole.final) if found and head.index == share else found
    found = _whole_months(whole, length // share, head.index)
    if found and length > 2 * MONTHS and length // share % MONTHS == 0:
        return values.years(found.first.year, found.final.year)
    return found


def _days(whole: Value, length: int, index: int) -> Value | None:
    first = whole.last - length * DAY if index < 0 else whole.first + (index - 1) * length * DAY
    final = min(first + (length - 1) * DAY, whole.final)
    return values.days(first, final) if whole.first <= first <= final else None


def _whole_months(whole: Value, length: int, index: int) -> Value | None:
    first = values.add_months(whole.last if index < 0 else whole.first, -length if index < 0 else length * (index - 1))
    last = values.add_months(first, length)
    return Value(first, last, "interval", "month") if whole.first <= first and last <= whole.last else None
