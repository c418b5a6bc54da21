"""The day before or after another: «عشية عيد الميلاد», «غداة 11 سبتمبر», «عشية الانتخابات»."""

from __future__ import annotations

from rasid.times import values
from rasid.times.days import weekday_date
from rasid.times.lexicon import ARTICLE, Entry
from rasid.times.months import day_month
from rasid.times.named import named_day
from rasid.times.reading import TEXT, Reading
from rasid.times.terms import Scan
from rasid.times.values import DAY


def _day_of_event(scan: Scan, at: int) -> Reading | None:
    """The day in «القمة المقررة الأحد», «اللقاء المرتقب في 12 يونيو»."""
    planned = next((step for step in (at + 1, at + 2) if scan.get(step, "future")), None)
    if planned is None or scan.terms[at].kinds or not scan.fold(planned).startswith(ARTICLE):
        return None
    after = planned + 1 + scan.is_prep(planned + 1, "in")
    return weekday_date(scan, after) or day_month(scan, after)


def _beside_event(scan: Scan, at: int, entry: Entry) -> Reading | None:
    """«عشية الانتخابات», «غداة الهجوم»: the day beside something whose day is not said."""
    if not scan.fold(at + 1).startswith(ARTICLE) or scan.terms[at + 1].kinds:
        return None
    return Reading(at, at + 2, None, "beside_event", f"P{entry.number}D", TEXT, reason="told_from_an_event")


def _beside_known(scan: Scan, at: int, shift: int) -> Reading | None:
    """«عشية ذلك», «غداة ذلك اليوم»: beside the day before it in the text."""
    end = at + 2 + (scan.value(at + 2, "unit") == "day:1")
    if end == at + 2 and scan.fold(end).startswith(ARTICLE) and scan.get(end, "told") is None:
        return None
    known = scan.known.day
    value = values.day(known.first + shift * DAY) if known else None
    return Reading(at, end, value, "eve", f"P{shift}D", TEXT, reason=None if value else "no_earlier_date")


def beside_day(scan: Scan, at: int) -> Reading | None:
    """«عشية عيد الميلاد», «غداة 11 سبتمبر»: the day before or after; «عشية الجمعة» is Friday's own evening."""
    entry = scan.get(at, "eve")
    if entry is None:
        return None
    if scan.value(at + 1, "dem") == "that":
        return _beside_known(scan, at, entry.number)
    weekday = weekday_date(scan, at + 1)
    if weekday and entry.number < 0:
        return weekday.moved(start=at, rule=f"{weekday.rule}_part")
    inner = named_day(scan, at + 1) or day_month(scan, at + 1) or weekday or _day_of_event(scan, at + 1)
    if inner is None:
        return _beside_event(scan, at, entry)
    if inner.value is None or inner.value.precision != "day":
        return None
    date = inner.value.first + entry.number * DAY
    value = values.day(date).approximate() if inner.value.start_approx else values.day(date)
    return inner.valued(value, f"{inner.rule}_beside").moved(start=at)
