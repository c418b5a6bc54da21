"""Amounts of time: ثلاثة أيام, أسبوعين, بضع سنوات, أكثر من عام, نصف عام, 48 ساعة."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from rasid.times import values
from rasid.times.lexicon import AND
from rasid.times.numerals import number
from rasid.times.terms import Scan
from rasid.times.values import DAY, MONTHS, Value

_DAYS = {"day": 1, "night": 1, "week": 7}
_MONTHS = {"month": 1, "quarter_unit": 3, "year": 12, "decade": 120, "century": 1200}
_SUFFIX = {"day": "D", "night": "D", "week": "W", "month": "M", "year": "Y", "hour": "H", "minute": "M", "second": "S"}
_COARSER = {"day": "month", "night": "month", "week": "month", "month": "year"}
# A plural without a number («سنوات», «أيام») is read as a few.
FEW = 3
_CONSTRUCT = "ي"  # «يومي السبت والأحد»: a dual that needs what follows
_CLOCK_UNITS = frozenset({"second", "minute", "hour"})
_NAMES = frozenset({"month", "hijri", "num", "deictic", "named", "thousand"})


@dataclass(frozen=True, slots=True)
class Amount:
    """``count`` units; ``vague`` where no number is given (أيام, بضعة أشهر); ``bound`` is "", "~", "<" or ">"."""

    count: float
    unit: str
    end: int
    vague: bool = False
    bound: str = ""
    days: int = 0  # «شهر و21 يوما»: days beyond the units

    @property
    def symbolic(self) -> str:
        """ISO 8601 duration."""
        if self.days:
            return f"P{self.count:g}{_SUFFIX[self.unit]}{self.days}D"
        time = "T" if self.unit in ("hour", "minute", "second") else ""
        count = "X" if self.vague else f"{self.count:g}"
        if self.unit in ("decade", "century"):
            return f"P{self.count * (10 if self.unit == 'decade' else 100):g}Y"
        return f"P{time}{count}{_SUFFIX.get(self.unit, 'M')}"

    @property
    def grain(self) -> str:
        """The unit that a date this far away is written with."""
        if self.days or self.unit in ("hour", "minute", "second", *_DAYS):
            return "day"
        return "month" if self.unit in ("month", "quarter_unit") or self.count < 1 else "year"


def amount(scan: Scan, at: int) -> Amount | None:
    """The amount that begins at ``at``; «عام وثلاثة أشهر» is fifteen months, «شهر و21 يوما» a month and 21 days."""
    found = _amount(scan, at)
    while found and found.unit in ("year", "month") and not (found.vague or found.days):
        joined = scan.is_prep(found.end, "and")
        more = _amount(scan, found.end + joined) if joined or scan.clitic(found.end) == AND else None
        if more is None or more.vague or more.unit not in ("month", "week", "day") or more.unit == found.unit:
            break
        found = _together(found, more)
    return found


def _together(found: Amount, more: Amount) -> Amount:
    if more.unit == "month":
        return Amount(MONTHS * found.count + more.count, "month", more.end, False, found.bound)
    return Amount(found.count, found.unit, more.end, False, found.bound, round(more.count * _DAYS[more.unit]))


def _amount(scan: Scan, at: int) -> Amount | None:
    bound, at = _bound(scan, at)
    vague = scan.get(at, "vague") is not None
    at += vague
    at += vague and scan.is_prep(at, "from")
    found = number(scan, at) if not vague else None
    half = scan.get(at, "fraction")
    if half and not half.definite:
        return _part_of_unit(scan, at, bound, half.value)
    unit_at = found.end if found else at
    unit_at += found is not None and scan.get(unit_at, "filler") is not None
    unit = scan.get(unit_at, "unit")
    if unit is None or unit.definite and found is None or found and found.ordinal:
        return None
    if unit.definite and unit.value.endswith(":1"):  # «اثنين الأسبوع الحالي» is its Monday
        return None
    return _counted(scan, unit_at, bound, float(found.value) if found else None, vague)


def _bound(scan: Scan, at: int) -> tuple[str, int]:
    """«نحو», «أكثر من», «أقل من» before an amount, maybe two of them."""
    bound = ""
    while True:
        entry = scan.get(at, "approx")
        if entry is None:
            return bound, at
        bound = entry.value if entry.value != "~" or not bound else bound
        at += 1


def _counted(scan: Scan, at: int, bound: str, count: float | None, vague: bool) -> Amount | None:
    unit, size = _unit(scan, at)
    if count is None:
        if size == 1 and (vague or _is_named(scan, at + 1)) or size == 2 and scan.fold(at).endswith(_CONSTRUCT):
            return None
        count, vague = (float(size), False) if size < 3 else (float(FEW), True)
    end = at + 1 + (size == 1 and scan.value(at + 1, "cardinal") == "1")  # «عام واحد»
    half = scan.get(end, "fraction")
    if half and half.clitic == AND and half.value == "half":
        count, end = count + 0.5, end + 1
    if scan.get(end, "filler"):
        end += 1
    if scan.value(end, "approx") == "~":
        bound, end = bound or "~", end + 1
    return Amount(count, unit, end, vague, bound)


def _is_named(scan: Scan, at: int) -> bool:
    """«شهر رمضان», «عام 2017», «يوم الأحد» and «يومي» are named, not counted."""
    weekday = scan.get(at, "weekday")
    named = not _NAMES.isdisjoint(scan.terms[at].kinds) or weekday is not None and weekday.definite
    return named and not scan.clitic(at)


def _part_of_unit(scan: Scan, at: int, bound: str, part: str) -> Amount | None:
    """«نصف عام», «ربع قرن»."""
    if scan.get(at + 1, "unit") is None:
        return None
    unit, size = _unit(scan, at + 1)
    share = {"half": 0.5, "quarter": 0.25, "third": 1 / 3}[part]
    if size != 1 or unit not in ("year", "decade", "century", "hour", "day", "month"):
        return None
    if unit == "year":
        return Amount(round(share * _MONTHS[unit]), "month", at + 2, False, bound)
    years = share * {"decade": 10, "century": 100}.get(unit, 0)
    return Amount(years or share, "year" if years else unit, at + 2, False, bound)


def _unit(scan: Scan, at: int) -> tuple[str, int]:
    name, _, size = (scan.value(at, "unit") or ":1").partition(":")
    return name, int(size)


def shifted(date: datetime.date, found: Amount, sign: int) -> datetime.date:
    """``date`` moved by the amount: hours by whole days begun, months and years by the calendar."""
    if found.unit in ("second", "minute"):
        return date
    if found.unit == "hour":
        return date + sign * round(found.count // 24) * DAY
    if found.unit in _DAYS:
        return date + sign * round(found.count * _DAYS[found.unit]) * DAY
    return values.add_months(date, sign * round(found.count * _MONTHS[found.unit])) + sign * found.days * DAY


def point(now: datetime.date, found: Amount, sign: int) -> Value | None:
    """The time that lies the amount before (-1) or after (1) ``now``; None outside the calendar («قبل 20 ألف عام»).

    Days are exact, weeks approximate days, months months, years years; «قبل أيام» is "around this month".
    """
    try:
        return _point(now, found, sign)
    except OverflowError:
        return None


def _point(now: datetime.date, found: Amount, sign: int) -> Value:
    if found.vague:
        return _vague_point(now, found, sign)
    at = shifted(now, found, sign)
    if found.bound == ">":
        edge = values.of_unit(at, found.grain)
        return Value(edge.first, edge.last, "interval", edge.unit, open_start=sign < 0, open_end=sign > 0)
    if found.bound == "<" and found.grain == "day" and at != now:
        first, final = sorted((at - sign * DAY, now))
        return values.days(first, final)
    value = values.of_unit(at, found.grain)
    if found.bound == "<":
        far, near = value, values.of_unit(now, found.grain)
        return values.span(far, near) if sign < 0 else values.span(near, far)
    doubt = found.bound == "~" and found.unit not in _CLOCK_UNITS or found.unit == "week"
    return value.approximate() if doubt else value


def _vague_point(now: datetime.date, found: Amount, sign: int) -> Value:
    """Few hours: the day; few days: the month; few weeks: the month beside; few months: the year; few years: open."""
    if found.unit in ("hour", "minute", "second"):
        return values.day(now)
    if found.unit in ("day", "night"):
        return values.of_unit(now + sign * FEW * DAY, "month").approximate()
    if found.unit == "week":
        return values.of_unit(values.add_months(now.replace(day=1), sign), "month").approximate()
    if found.unit == "month":
        return values.of_unit(now, "year").approximate()
    edge = values.year(shifted(now, found, sign).year)
    return edge.approximate()


def window(now: datetime.date, found: Amount, sign: int, *, by_month: bool = False) -> Value | None:
    """The stretch of the amount that ends (-1) or begins (1) at ``now``: «منذ يومين», «الأشهر الستة المقبلة».

    ``by_month``: a year or two without «نحو» is written in months («العامين الماضيين»); with «منذ» it is in years.
    None outside the calendar.
    """
    try:
        return _window(now, found, sign, by_month=by_month)
    except OverflowError:
        return None


def _window(now: datetime.date, found: Amount, sign: int, *, by_month: bool) -> Value:
    if found.vague:
        return _vague_window(now, found, sign)
    doubt = found.bound in ("~", ">") or found.unit == "week" and sign < 0 and bool(found.bound)
    edge = shifted(now, found, sign)
    if found.unit == "hour" and edge == now:
        return values.day(now)
    grain = "month" if by_month and found.unit == "year" and found.count <= 2 and not doubt else found.grain
    far = values.of_unit(edge, grain)
    far = far.approximate() if doubt else far
    near = values.of_unit(now, grain)
    return values.span(far, near) if sign < 0 else values.span(near, far)


def _vague_window(now: datetime.date, found: Amount, sign: int) -> Value:
    if found.unit in ("hour", "minute", "second"):
        return values.days(now - DAY, now) if sign < 0 else values.day(now).approximate()
    if found.unit in ("day", "night"):
        return values.of_unit(now, "month").approximate()
    if found.unit == "month":
        return values.of_unit(now, "year").approximate()
    grain = "month" if found.unit == "week" else "year"
    months = sign * (1 if found.unit == "week" else _MONTHS[found.unit] * FEW)
    far = values.of_unit(values.add_months(now.replace(day=1), months), grain).approximate()
    near = values.of_unit(now, grain)
    return values.span(far, near) if sign < 0 else values.span(near, far)
