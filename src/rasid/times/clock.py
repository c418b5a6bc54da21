"""Clock times: الساعة 15:30 بتوقيت غرينتش, الخامسة والربع مساء الجمعة, الثانية عشرة إلا ربعا ظهرا.

A record keeps days, so that a clock time is kept as ``symbolic`` (``T15:30``, ``T15:30Z`` in Greenwich time) of the day
beside it; without a day it dates nothing (``refers`` is False, reason ``no_day``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from rasid.times.days import day_of, part_of_day
from rasid.times.lexicon import AND
from rasid.times.numerals import number
from rasid.times.reading import Reading
from rasid.times.terms import Scan

_CLOCK = re.compile(r"([01]?\d|2[0-4])[:.,]([0-5]\d)(?:[:.][0-5]\d)?")
_HOURS, _HALF_DAY, _HOUR = 24, 12, 60
_MINUTES = {"half": 30, "quarter": 15, "third": 20}
_LATE = frozenset({"afternoon", "evening", "night", "noon", "daytime"})
_EXCEPT, _GMT, _FEMININE = "الا", ("ت", "غ"), "ه"
_GREENWICH = frozenset({"غرينتش", "جرينتش", "غرينيتش", "غرنتش", "GMT", "gmt", "UTC", "غ", "العالمي"})
_SMALL_HOURS = 5  # «الثالثة ليلا» is three in the morning


class Told(NamedTuple):
    """Hour and minute as they are said, with the index after the last term."""

    hour: int
    minute: int | None
    end: int


def clock(scan: Scan, at: int) -> Reading | None:
    """A time of day, with the day and the zone that stand beside it."""
    told = _told(scan, at)
    if told is None:
        return None
    end = _zone_end(scan, told.end)
    zone = _utc(scan, told.end, end)
    word = end + scan.is_prep(end, "from")  # «الثالثة من عصر الخميس»
    part = scan.value(word, "part") or ("evening" if scan.get(end, "tonight") else "")
    if not _is_clock(scan, at, told, part):
        return None
    symbolic = _iso(told, part) + (zone or _utc(scan, word + 1, _zone_end(scan, word + 1)))
    after = end + scan.is_prep(end, "from")
    inner = part_of_day(scan, after) or day_of(scan, after)
    if inner and inner.value:
        return inner._replace(start=at, rule=f"{inner.rule}_clock", symbolic=symbolic)
    end = _zone_end(scan, word + 1 if part else end)
    return Reading(at, end, None, "clock", symbolic, None, refers=False, reason="no_day")


def clock_range(scan: Scan, at: int) -> Reading | None:
    """«(من) الساعة 3 إلى الساعة 4 عصرا», «(بين) الثالثة والرابعة من عصر الخميس» after «الساعة»."""
    first = _told(scan, at) if scan.get(at, "clock") else None
    if first is None:
        return None
    to = _zone_end(scan, first.end)
    joined = to + (scan.is_prep(to, "to", "until", "and") or scan.fold(to) == "-")
    final = _told(scan, joined) if joined > to or scan.clitic(to) == AND else None
    if final is None:
        return None
    last = clock(scan, joined)
    end, symbolic = (last.end, last.symbolic or "") if last else (_zone_end(scan, final.end), _iso(final, ""))
    part = next((found for step in range(final.end, end) if (found := scan.value(step, "part"))), "")
    begin = _iso(first, part) if _iso(first, part) <= symbolic else _iso(first, "")
    if last and last.value:
        return last._replace(start=at, symbolic=f"{begin}/{symbolic}")
    return Reading(at, end, None, "clock_range", f"{begin}/{symbolic}", None, refers=False, reason="no_day")


def _is_clock(scan: Scan, at: int, told: Told, part: str) -> bool:
    """«الساعة», a colon, or a feminine ordinal or numeral with a part of day: «الثالثة فجرا», «8 مساء»."""
    if scan.fold(at - 1) in {"+", "-"}:  # GMT+04:00
        return False
    if scan.get(at, "clock") or ":" in scan.fold(at) or scan.get(at - 2, "clock") or scan.get(at - 3, "clock"):
        return True
    cardinal = scan.get(at, "cardinal")  # «الواحدة ظهرا», but «قتل ثلاثة فجر الخميس»
    said = scan.fold(at).endswith(_FEMININE) and (cardinal is None or cardinal.definite)
    number_like = scan.get(at, "num") is not None or said
    return bool(part) and number_like and scan.get(told.end, "unit") is None


def _told(scan: Scan, at: int) -> Told | None:
    start = at + (scan.get(at, "clock") is not None)
    digits = _CLOCK.fullmatch(scan.fold(start))
    if digits:
        return Told(int(digits.group(1)), int(digits.group(2)), start + 1)
    hour = number(scan, start)
    if hour and hour.ordinal and hour.value > _HOURS:  # «الرابعة وأربعون دقيقة»
        first = scan.get(start, "ordinal")
        return _with_minutes(scan, first.number, start + 1) if first else None
    if hour is None or not 1 <= hour.value <= _HOURS:
        return None
    return _with_minutes(scan, hour.value, hour.end)


def _with_minutes(scan: Scan, hour: int, at: int) -> Told:
    """«والربع», «ونصف», «و18 دقيقة», «إلا ثلثا» after the hour."""
    without = scan.fold(at) == _EXCEPT
    joined = at + (scan.is_prep(at, "and") or without)
    if joined == at and scan.clitic(at) != AND:
        return Told(hour, None, at)
    fraction = scan.value(joined, "fraction")
    if fraction:
        return _moved(hour, _MINUTES[fraction], joined + 1, without=without)
    found = number(scan, joined)
    if found is None or not (scan.value(found.end, "unit") or "").startswith("minute"):
        return Told(hour, None, at)
    return _moved(hour, found.value, found.end + 1, without=without)


def _moved(hour: int, minute: int, end: int, *, without: bool) -> Told:
    return Told(hour - 1, _HOUR - minute, end) if without else Told(hour, minute, end)


def _iso(told: Told, part: str) -> str:
    hour = told.hour % _HOURS
    small = part == "night" and told.hour < _SMALL_HOURS or part == "noon" and told.hour > 9
    if part in _LATE and hour < _HALF_DAY and not small:
        hour += _HALF_DAY
    if part in ("morning", "dawn", "midnight", "night") and told.hour == _HALF_DAY:
        hour = 0
    return f"T{hour:02d}" if told.minute is None else f"T{hour:02d}:{told.minute:02d}"


def _utc(scan: Scan, start: int, end: int) -> str:
    """``Z`` where the zone named is Greenwich; other zones are not reckoned to it."""
    return "Z" if end > start and any(scan.fold(at) in _GREENWICH for at in range(start, end)) else ""


def _zone_end(scan: Scan, end: int) -> int:
    """«بتوقيت غرينتش», «بالتوقيت المحلي», «ت غ»."""
    if scan.get(end, "zone"):
        return min(end + 2, scan.count)
    if (scan.fold(end), scan.fold(end + 1)) == _GMT:
        return end + 2
    return end
