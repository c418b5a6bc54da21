"""Periods told from the publication day or from an earlier date: الأسبوع الماضي, قبل عامين, منذ شهر, بعد ذلك بيومين."""

from __future__ import annotations

import datetime

from rasid.times import quantities, values
from rasid.times.lexicon import ARTICLE, FOR, WITH
from rasid.times.numerals import number
from rasid.times.quantities import Amount, amount
from rasid.times.reading import PUBLISHED, TEXT, Reading
from rasid.times.terms import Scan
from rasid.times.values import DAY, Value
from rasid.times.years import year_part

_SHIFTS = {"past": -1, "this": 0, "next": 1}
_SIGNS = {"past": -1, "this": -1, "next": 1}
_SUNDAY = 6
_GENERAL = frozenset({"العام", "عام"})
_LAST_WORDS = frozenset({"اخر", "واخر"})
_NEW_YEAR_MONTHS = 2  # until then «العام الجديد» is the present year
_FINE = frozenset({"second", "minute", "hour", "night"})
_THAT_TIME = frozenset({"التاريخ", "اليوم", "الحين", "الوقت", "الموعد"})
_WHICH = frozenset({"الذي", "التي"})
_LAST = frozenset({"الاخير", "الاخيره"})


def unit_phrase(scan: Scan, at: int) -> Reading | None:
    """«الأسبوع الماضي», «هذا العام», «الشهر ذاته», «الساعات الـ24 الماضية», «خلال الستة الأيام الماضية»."""
    return _demonstrated(scan, at) or _modified(scan, at) or _counted_window(scan, at)


def _demonstrated(scan: Scan, at: int) -> Reading | None:
    """«هذا الأسبوع», «هذه السنة», «تلك السنة», «نفس العام»."""
    dem = scan.get(at, "dem")
    unit = single_unit(scan, at + 1)
    word = scan.get(at + 1, "unit")
    if dem is None or unit is None or word is None or not word.definite or word.clitic:
        return None
    modifier = scan.value(at + 2, "mod")
    end = at + 2 + (modifier in _SHIFTS)
    if dem.value == "this":
        shift = _SHIFTS.get(modifier or "", 0)
        return _unit_reading(scan, at, end, unit, shift)
    return _from_text(scan, at, at + 2, unit)


def single_unit(scan: Scan, at: int) -> str | None:
    """The name of a singular unit from day to century."""
    entry = scan.get(at, "unit")
    if entry is None or not entry.value.endswith(":1") or entry.value[:-2] in _FINE:
        return None
    return entry.value[:-2]


def _modified(scan: Scan, at: int) -> Reading | None:
    """«الأسبوع الماضي», «العام بعد المقبل», «الشهر قبل الماضي», «العام التالي» (told from the date before it)."""
    unit = single_unit(scan, at)
    if unit and scan.fold(at + 1) in _WHICH:
        return _following(scan, at, unit)
    further = scan.is_prep(at + 1, "after", "before")
    modifier = scan.value(at + 1 + further, "mod")
    if unit is None or modifier is None or _is_general(scan, at):
        return None
    entry = scan.get(at, "unit")
    if entry is None or not entry.definite:
        return None
    if modifier == "same":
        return _from_text(scan, at, at + 2, unit)
    shift = _SHIFTS.get(modifier, 0 if scan.now.month <= _NEW_YEAR_MONTHS else 1) * (1 + further)
    if scan.get(at + 1, "beside"):
        return _beside_known(scan, at, unit, shift)
    return _unit_reading(scan, at, at + 2 + further, unit, shift)


def relative_quarter(scan: Scan, at: int) -> Reading | None:
    """«الربع الماضي», «الربع الجاري» of a year; «الربع الأخير» is a last quarter."""
    entry, shift = scan.get(at, "fraction"), _SHIFTS.get(scan.value(at + 1, "mod") or "")
    last = scan.fold(at + 1) in _LAST
    if entry is None or entry.value != "quarter" or not entry.definite or shift is None or last:
        return None
    value = unit_value(scan.now, "quarter_unit", shift)
    return Reading(at, at + 2, value, "quarter_unit_relative", f"P{3 * shift}M", PUBLISHED)


def _following(scan: Scan, at: int, unit: str) -> Reading | None:
    """«العام الذي يليه», «اليوم الذي سبقه»: beside the date before it."""
    follows, entry = scan.value(at + 2, "follows"), scan.get(at, "unit")
    if follows is None or entry is None or not entry.definite:
        return None
    known = _known_for(scan, unit)
    shift = _SHIFTS[follows]
    value = unit_value(known.first, unit, shift) if known and _holds(known, unit) else None
    reason = None if value else "no_earlier_date"
    return Reading(at, at + 3, value, f"{unit}_beside", f"P{shift}", TEXT, reason=reason)


def _known_for(scan: Scan, unit: str) -> Value | None:
    """The latest date before that a unit can stand beside: a day for days, a month or day for weeks and months."""
    return scan.known.day if unit == "day" else scan.known.month if unit in ("week", "month") else scan.known.any


def _beside_known(scan: Scan, at: int, unit: str, shift: int) -> Reading | None:
    """«العام التالي», «الشهر السابق»: beside the date before it; beside publication where there is none."""
    known = _known_for(scan, unit)
    if known is None or not _holds(known, unit):
        return _unit_reading(scan, at, at + 2, unit, shift)
    return Reading(at, at + 2, unit_value(known.first, unit, shift), f"{unit}_beside", f"P{shift}", TEXT)


def _is_general(scan: Scan, at: int) -> bool:
    """«الأمين العام الحالي»: general, not year."""
    return scan.get(at - 1, "general") is not None and scan.fold(at) in _GENERAL


def _unit_reading(scan: Scan, at: int, end: int, unit: str, shift: int) -> Reading | None:
    value = unit_value(scan.now, unit, shift)
    day = end + (scan.value(end, "unit") == "day:1")
    weekday = scan.get(day, "weekday")
    if unit == "week" and value and weekday and weekday.definite and not scan.clitic(day):
        date = value.first + (weekday.number - value.first.weekday()) % 7 * DAY
        return Reading(at, day + 1, values.day(date), "weekday_of_week", None, PUBLISHED)
    if unit == "week" and value and (days := _days_of_week(scan, at, end, value)):
        return days
    letter = {"day": "D", "week": "W", "month": "M", "year": "Y"}.get(unit, "Y")
    return Reading(at, end, value, f"{unit}_relative", f"P{shift}{letter}", PUBLISHED) if value else None


def _days_of_week(scan: Scan, at: int, end: int, week: Value) -> Reading | None:
    """«الأسبوع المقبل بين الأربعاء والجمعة», «الأسبوع الماضي من الأحد إلى الثلاثاء»."""
    first = scan.get(end + 1, "weekday") if scan.is_prep(end, "between", "from") else None
    joined = end + 2 + scan.is_prep(end + 2, "to", "until", "and")
    final = scan.get(joined, "weekday") if first else None
    if first is None or final is None or not (first.definite and final.definite):
        return None
    start, last = (week.first + (day.number - week.first.weekday()) % 7 * DAY for day in (first, final))
    return Reading(at, joined + 1, values.days(start, last), "days_of_week", None, PUBLISHED) if start <= last else None


def unit_value(now: datetime.date, unit: str, shift: int) -> Value | None:
    """The day, week, month, quarter, year or decade that lies ``shift`` units from the one that holds ``now``."""
    if unit == "day":
        return values.day(now + shift * DAY)
    if unit == "week":
        return values.week(_week_of(now, shift))
    if unit == "month":
        return values.of_unit(values.add_months(now.replace(day=1), shift), "month")
    if unit == "quarter_unit":
        return quarter(now.year, (now.month - 1) // 3 + shift)
    if unit == "year":
        return values.year(now.year + shift)
    return values.years(*sorted((now.year, now.year + 10 * (shift or -1)))) if unit == "decade" else None


def _week_of(now: datetime.date, shift: int) -> datetime.date:
    """First day of the week that lies ``shift`` weeks off. On a Sunday the week that is ending and the one that begins
    tomorrow are meant (3 of 3 coded), the last week still runs from Sunday (2 of 2)."""
    if now.weekday() == _SUNDAY and shift >= 0:
        return now - (6 - 7 * shift) * DAY
    return values.week_start(now) + 7 * shift * DAY


def quarter(year: int, index: int) -> Value:
    """Quarter ``index`` (0 is the first) counted from the start of ``year``."""
    first = values.add_months(datetime.date(year, 1, 1), 3 * index)
    return Value(first, values.add_months(first, 3), "quarter", "month")


def _from_text(scan: Scan, at: int, end: int, unit: str) -> Reading:
    known = _known_for(scan, unit)
    value = unit_value(known.first, unit, 0) if known and _holds(known, unit) else None
    part = year_part(scan, end) if unit == "month" and value else None
    if part and part.year is not None and value:  # «الشهر نفسه من العام السابق»
        value, end = values.month(part.year, value.first.month), part.end
    return Reading(at, end, value, f"{unit}_same", "P0D", TEXT, reason=None if value else "no_earlier_date")


def _holds(known: Value, unit: str) -> bool:
    """A unit can be told from a value that is not longer than itself."""
    length = {"day": 1, "week": 7, "month": 31, "quarter_unit": 92, "year": 366}.get(unit, 3700)
    return (known.last - known.first).days <= length


def _counted_window(scan: Scan, at: int) -> Reading | None:
    """«الأيام القليلة الماضية», «الأشهر الستة المقبلة», «الـ48 ساعة المقبلة», «الأسبوعين الأخيرين»."""
    found, end, some = definite_amount(scan, at)
    if found is None:
        return _number_first(scan, at)
    modifier = scan.value(end, "mod")
    if modifier not in _SIGNS:
        return None
    sign = _SIGNS[modifier]
    value = quantities.window(scan.now, found, sign, by_month=True)
    if found.vague and found.unit == "day":
        value = _few_days(scan.now, sign, some)
    return Reading(at, end + 1, value, "window", _signed(found, sign), PUBLISHED)


def _number_first(scan: Scan, at: int) -> Reading | None:
    """«3 أيام القادمة», «آخر 24 ساعة», «آخر ثلاث سنوات»."""
    last = scan.fold(at) in _LAST_WORDS
    found = amount(scan, at + last)
    modifier = "past" if last else scan.value(found.end, "mod") if found else None
    if last and scan.get(at + 1, "unit"):  # «آخر ليلة»
        return None
    if found is None or found.vague or modifier not in _SIGNS:
        return None
    sign = _SIGNS[modifier]
    value = quantities.window(scan.now, found, sign, by_month=True)
    return Reading(at, found.end + (not last), value, "window", _signed(found, sign), PUBLISHED)


def _few_days(now: datetime.date, sign: int, some: bool) -> Value:
    """«الأيام القليلة الماضية» is three or four days, «الأيام الماضية» the month, «الأيام المقبلة» a week."""
    if sign > 0:
        return values.span(values.day(now), values.day(now + 7 * DAY).approximate())
    few = values.span(values.day(now - quantities.FEW * DAY).approximate(), values.day(now))
    return few if some else values.of_unit(now, "month").approximate()


def definite_amount(scan: Scan, at: int) -> tuple[Amount | None, int, bool]:
    """A definite amount in any order of noun and number, the index after it, and whether «القليلة» stands there."""
    first = number(scan, at)
    if first and not first.ordinal and (scan.fold(at).startswith(ARTICLE) or scan.fold(at).endswith(ARTICLE)):
        unit = scan.value(first.end, "unit")
        end = first.end + 1
        return (_amount(unit, first.value, end), end, False) if unit else (None, at, False)
    entry = scan.get(at, "unit")
    if entry is None or not (entry.definite or scan.get(at + 1, "mod")):
        return None, at, False
    size = int(entry.value[-1])
    after = at + 1
    some = scan.get(after, "filler") is not None
    after += some
    count = number(scan, after) if size != 2 else None
    if count and not count.ordinal and size == 3:
        return _amount(entry.value, count.value, count.end), count.end, False
    if size == 1:
        return None, at, False
    return _amount(entry.value, 2 if size == 2 else None, after), after, some


def _amount(unit: str, count: int | None, end: int) -> Amount:
    return Amount(float(count or quantities.FEW), unit[:-2], end, count is None)


def _signed(found: Amount, sign: int) -> str:
    return found.symbolic.replace("P", "P-", 1) if sign < 0 else found.symbolic


def ago(scan: Scan, at: int) -> Reading | None:
    """«قبل ثلاثة أيام», «قبل نحو أسبوعين», «قبل أكثر من عام», «قبل ذلك بأسابيع»."""
    if not scan.is_prep(at, "before"):
        return None
    if scan.value(at + 1, "dem") == "that":
        return _chained(scan, at, at + 2, -1)
    found = amount(scan, at + 1)
    if found is None:
        return None
    if end := _end_of_that(scan, found.end):
        return _from_known(scan, at, end, found, -1)
    if _is_event_relative(scan, found.end):
        return Reading(at, found.end, None, "ago", _signed(found, -1), TEXT, reason="told_from_an_event")
    return Reading(at, found.end, quantities.point(scan.now, found, -1), "ago", _signed(found, -1), PUBLISHED)


def _is_event_relative(scan: Scan, end: int) -> bool:
    """«قبل يومين من الانتخابات» is told from the elections."""
    return scan.is_prep(end, "from") and scan.value(end + 1, "deictic") is None


def since(scan: Scan, at: int) -> Reading | None:
    """«منذ أسبوع», «منذ نحو عامين»: from then until publication."""
    found = amount(scan, at + 1)
    if found is None:
        return None
    if found.vague and found.grain == "day" and found.unit in ("week", "day"):
        far = quantities.point(scan.now, found, -1) or values.day(scan.now)
        return Reading(at, found.end, values.span(far, values.day(scan.now)), "since", _signed(found, -1), PUBLISHED)
    value = quantities.window(scan.now, found, -1)
    return Reading(at, found.end, value, "since", _signed(found, -1), PUBLISHED)


def within(scan: Scan, at: int) -> Reading | None:
    """«في غضون 24 ساعة», «خلال يومين», «خلال أيام»: ahead, or back where no sign of the future stands near."""
    if not scan.is_prep(at, "during", "within"):
        return None
    found = amount(scan, at + 1)
    if found is None:
        return None
    modifier = scan.value(found.end, "mod")
    ahead = modifier == "next" or modifier is None and (scan.is_prep(at, "within") or scan.future(at))
    sign = 1 if ahead else -1
    value = quantities.window(scan.now, found, sign, by_month=True)
    if found.vague and found.unit in _FINE:  # «خلال ساعات» is within the day
        value = values.day(scan.now)
    end = found.end + (modifier in _SIGNS)
    return Reading(at, end, value, "within", _signed(found, sign), PUBLISHED)


def later(scan: Scan, at: int) -> Reading | None:
    """«بعد ذلك بيومين»; «بعد أسبوع» ahead; «بعد يومين من …» dates the event that is named after it.

    The event named lies the amount before the sentence's own act, which is of the date before it in the sentence, else
    of publication day: so valued to the letter 12 of 25 times in coded news, and mostly
    within a day or two otherwise.
    """
    if not scan.is_prep(at, "after") or scan.is_prep(at - 1, "on"):
        return None
    if scan.value(at + 1, "dem") == "that":
        return _chained(scan, at, at + 2, 1)
    found = amount(scan, at + 1)
    if found is None:
        return None
    if end := _end_of_that(scan, found.end):
        return _from_known(scan, at, end, found, 1)
    if scan.is_prep(found.end, "from") and (scan.get(found.end + 1, "now") or scan.get(found.end + 1, "deictic")):
        value = quantities.point(scan.now, found, 1)
        return Reading(at, found.end + 2, value, "later", found.symbolic, PUBLISHED)
    if scan.is_prep(found.end, "from", "on") or scan.get(found.end, "only"):
        return _after_event(scan, at, found)
    if scan.future(at):
        return Reading(at, found.end, quantities.point(scan.now, found, 1), "later", found.symbolic, PUBLISHED)
    return Reading(at, found.end, None, "later", found.symbolic, TEXT, reason="told_from_an_event")


def _after_event(scan: Scan, at: int, found: Amount) -> Reading:
    act = scan.here.day if found.grain == "day" else scan.here.any
    years_off = act is None and (found.grain == "year" or found.vague)
    value = None if years_off else quantities.point(act.first if act else scan.now, found, -1)
    reason = None if value else "told_from_an_event"
    return Reading(
        at, found.end, value, "after_event", _signed(found, -1), TEXT if act or not value else PUBLISHED, reason=reason
    )


def after_it(scan: Scan, at: int) -> Reading | None:
    """«بعدها بيومين», «قبلها بأسبوع»."""
    return _chained(scan, at, at + 1, 1 if scan.is_prep(at, "after_it") else -1)


def _chained(scan: Scan, at: int, start: int, sign: int) -> Reading | None:
    """«بعد ذلك بعامين», «قبل ذلك بأسابيع»: told from the latest date before it; the amount begins at ``start``."""
    found = amount(scan, start) if scan.fold(start).startswith(WITH) else None
    return _from_known(scan, at, found.end, found, sign) if found else None


def _end_of_that(scan: Scan, at: int) -> int:
    """The index after «من ذلك», «من ذلك التاريخ»; 0 where there is none or a thing is named («من ذلك الهجوم»)."""
    if not scan.is_prep(at, "from") or scan.value(at + 1, "dem") != "that":
        return 0
    end = at + 2 + (scan.fold(at + 2) in _THAT_TIME)
    thing = scan.fold(end).startswith(ARTICLE) and scan.get(end, "told") is None  # but «من ذلك التقى»
    return 0 if end == at + 2 and thing else end


def _from_known(scan: Scan, at: int, end: int, found: Amount, sign: int) -> Reading:
    known = scan.known.month or scan.known.any
    value = quantities.point(known.first, found, sign) if known else None
    reason = None if value else "no_earlier_date"
    symbolic = _signed(found, sign)
    return Reading(at, end, value, "chained", symbolic, TEXT, reason=reason)


def day_count(scan: Scan, at: int) -> Reading | None:
    """«لليوم الثالث على التوالي» (from then until publication), «اليوم الـ14 من الحرب» (publication day)."""
    word = scan.value(at, "unit")
    if word not in ("day:1", "week:1", "night:1", "month:1", "year:1") or not _starts_count(scan, at):
        return None
    found = number(scan, at + 1)
    if found is None or found.value < 1 or not (found.ordinal or scan.fold(at + 1) == ARTICLE):
        return None
    if scan.is_prep(found.end, "on") and scan.is_prep(found.end + 1, "running"):
        counted = Amount(float(found.value - 1), word[:-2], found.end + 2)
        value = quantities.window(scan.now, counted, -1) if found.value > 1 else values.day(scan.now)
        return Reading(at, found.end + 2, value, "consecutive", _signed(counted, -1), PUBLISHED)
    numbered = (
        scan.fold(at + 1) == ARTICLE
        or scan.is_prep(found.end, "from", "on")
        or scan.fold(found.end).startswith(FOR + FOR)
    )
    if word == "day:1" and found.value > 1 and numbered and not scan.get(found.end + 1, "month"):
        return Reading(at, found.end, values.day(scan.now), "day_count", "P0D", PUBLISHED)
    return None


def _starts_count(scan: Scan, at: int) -> bool:
    entry = scan.get(at, "unit")
    return entry is not None and entry.definite
