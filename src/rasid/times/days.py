"""Days reckoned from the publication day: اليوم, أمس, weekdays, nights, day parts, named days, numeric dates."""

from __future__ import annotations

import datetime
import re

from rasid.times import hijri, values
from rasid.times.lexicon import AND, ARTICLE, FOR, Entry
from rasid.times.months import day_month, infer_year
from rasid.times.numerals import number
from rasid.times.reading import PUBLISHED, TEXT, Reading, longest
from rasid.times.terms import Number, Scan
from rasid.times.values import DAY, MONTHS, Value
from rasid.times.years import year_part

_DAYS_AHEAD = 6
_NOW = Entry("deictic", "0", 0, True, "")
_HIJRI_YEARS = range(1300, 1500)
_DUAL, _FEMININE = "ين", "ه"
_DATE_WORDS = frozenset({"تاريخ", "بتاريخ", "وبتاريخ", "يوم"})
_SEPARATORS = frozenset({"/", "-", "–", "\\", "."})
_NIGHT_MARKS = frozenset({"-", "–", "/", "الي", "علي"})
_DOTTED = re.compile(r"(\d{1,4})[.:](\d{1,2})[.](\d{2,4})")
_OPEN, _CLOSE = frozenset({"(", "،", ",", "["}), frozenset({")", "]"})


def today(scan: Scan, at: int) -> Reading | None:
    """«اليوم», «أمس الجمعة», «أول من أمس», «بعد غد», «اليوم (الأحد)»: the day named beside it wins over the count."""
    if scan.value(at, "unit") == "day:1" and (scan.get(at + 1, "deictic") or _NOW).number:
        reading = today(scan, at + 1)
        return reading.moved(start=at) if reading else None
    entry = scan.get(at, "deictic") or scan.get(at, "tonight")
    if entry is None or entry.number == 0 and _is_not_today(scan, at):
        return None
    date = scan.now + entry.number * DAY
    reading = Reading(at, at + 1, values.day(date), entry.kind, f"P{entry.number}D", PUBLISHED)
    after = at + 1 + (scan.fold(at + 1) in _OPEN)
    beside = day_month(scan, after) or numeric(scan, after)
    if beside and beside.value and beside.value.precision == "day":
        return beside.moved(start=at, end=_closed(scan, after, beside.end), rule="today_date")
    named = scan.get(after, "weekday") if not scan.clitic(after) else None
    if named is None:
        return reading
    return _with_weekday(scan, reading, after, named.number)


def _is_not_today(scan: Scan, at: int) -> bool:
    """«اليوم الثالث», «اليوم التالي», «اليوم نفسه», «ذلك اليوم» are other days; «اليوم العالمي» none."""
    if scan.value(at, "unit") != "day:1":
        return False
    follows = scan.get(at + 1, "ordinal") or scan.get(at + 1, "mod") or scan.get(at + 1, "ten")
    named = scan.fold(at + 1) in _DAY_NAMES or scan.get(at + 1, "set_adj") is not None
    before = scan.value(at - 1, "dem") in ("that", "same") or scan.is_prep(at - 1, "every")
    return bool(follows and follows.definite) or named or before or scan.value(at + 1, "mod") is not None


_DAY_NAMES = frozenset({"ال", "العالمي", "الدولي", "الوطني", "الموعود", "المفتوح", "الواحد"})


def _closed(scan: Scan, after: int, end: int) -> int:
    return end + (scan.fold(after - 1) in {"(", "["} and scan.fold(end) in _CLOSE)


def _with_weekday(scan: Scan, reading: Reading, after: int, weekday: int) -> Reading:
    """The weekday that stands beside «اليوم» or «أمس»; a day or two off it corrects a wrong publication date."""
    assert reading.value is not None
    inner = weekday_date(scan, after)
    end = _closed(scan, after, inner.end if inner else after + 1)
    if inner and inner.rule == "weekday_date":
        return inner.moved(start=reading.start, end=end)
    near = min((reading.value.first + step * DAY for step in (0, -1, 1, -2, 2, -3, 3)), key=lambda d: _off(d, weekday))
    return Reading(reading.start, end, values.day(near), "deictic_weekday", reading.symbolic, PUBLISHED)


def _off(date: datetime.date, weekday: int) -> bool:
    return date.weekday() != weekday


def weekday_date(scan: Scan, at: int) -> Reading | None:
    """«الاثنين», «يوم الأربعاء المقبل», «السبت 20 فيفري», «الخميس الموافق 14 شهر شباط», «السبت من الأسبوع الماضي»."""
    day_word = scan.value(at, "unit") in ("day:1", "day:2", "day:3")
    name = at + day_word
    entry = scan.get(name, "weekday")
    if entry is None or day_word and scan.clitic(name):
        return None
    if day_word and not entry.definite and scan.fold(name + 1).startswith(ARTICLE) and not scan.terms[name + 1].kinds:
        return None  # «يوم جمعة الغضب» has a name
    if not day_word and not entry.definite:
        return _weekday_of_week(scan, at, name, entry.number)
    return (
        _dated_weekday(scan, at, name, entry.number)
        or _weekdays(scan, at, name, entry.number)
        or _every_weekday(scan, at, name)
        or _weekday_of_week(scan, at, name, entry.number)
        or _modified_weekday(scan, at, name, entry.number)
    )


def _dated_weekday(scan: Scan, at: int, name: int, weekday: int) -> Reading | None:
    """A calendar date beside the weekday; without a year the nearest year in which the two agree is taken."""
    after = name + 1
    after += scan.value(after, "mod") in ("past", "next", "this")
    after += scan.fold(after) in _OPEN or scan.is_prep(after, "matching", "in")
    after += scan.fold(after) in {FOR, ":"} or scan.is_prep(after, "to") or scan.value(after, "unit") == "day:1"
    if after == name + 1 and scan.get(after, "ordinal") and scan.fold(after).endswith(_FEMININE):
        return None  # «الجمعة الثالثة من رمضان» is the third Friday
    beside = day_month(scan, after) or numeric(scan, after) or _short_date(scan, after)
    if beside is None or beside.value is None:
        return _weekday_number(scan, at, name, weekday)
    value = _agreeing(beside.value, weekday) if beside.yearless else beside.value
    if beside.calendar == "hijri":
        value = _sighted(value, weekday)
    if scan.get(after, "ordinal") and value.precision == "day" and value.first.weekday() != weekday:
        return None  # «الثلاثاء الثالث من أيلول» is the third Tuesday
    return beside.valued(value, "weekday_date").moved(start=at, end=_closed(scan, after, beside.end))


def _agreeing(value: Value, weekday: int) -> Value:
    if value.precision != "day" or value.first.weekday() == weekday:
        return value
    for step in (-1, 1):
        moved = values.valid_day(value.first.year + step, value.first.month, value.first.day)
        if moved and moved.weekday() == weekday:
            return values.day(moved)
    return value


def _sighted(value: Value, weekday: int) -> Value:
    """A Hijri day moved to the weekday that the text names, where the two are a day or two apart: the month was sighted
    so much earlier or later than reckoned."""
    if value.precision != "day":
        return value
    near = [value.first + step * DAY for step in (0, 1, -1, 2, -2)]
    return values.day(next((day for day in near if day.weekday() == weekday), value.first)).approximate()


def _weekday_number(scan: Scan, at: int, name: int, weekday: int) -> Reading | None:
    """«السبت السادس عشر», «الاثنين 12»: the nearest such day of month and week."""
    joined = scan.is_prep(name + 1, "in") and not scan.fold(name + 2).endswith(_FEMININE)  # not «في الثانية عشرة»
    found = number(scan, name + 1 + joined)
    if found is None or not 1 <= found.value <= 31 or scan.is_prep(found.end, "from") or not _stands_alone(scan, found):
        return None
    if joined and not found.ordinal:  # «الخميس في الحادي والعشرين», not «الخميس في 21»
        return None
    for step in range(-15, 46):
        date = scan.now + step * DAY
        if date.day == found.value and date.weekday() == weekday:
            return Reading(at, found.end, values.day(date), "weekday_number", None, PUBLISHED)
    return None


def _stands_alone(scan: Scan, found: Number) -> bool:
    """An ordinal from 11 on, or digits that nothing follows which they could count."""
    if found.ordinal:
        return found.value > 10
    return found.digits and (scan.get(found.end, "prep") is not None or not scan.fold(found.end)[:1].isalpha())


def _weekdays(scan: Scan, at: int, name: int, weekday: int) -> Reading | None:
    """«يومي السبت والأحد», «ليل السبت الأحد», «الثلاثاء - الأربعاء»: from the first to the last."""
    end, final = name + 1, weekday
    dual = scan.get(name + 2, "mod") is not None and scan.fold(name + 2).endswith(_DUAL)  # «السبت والأحد الماضيين»
    two = dual or scan.value(at, "unit") in ("day:2", "day:3")
    while True:
        mark = scan.fold(end) in _NIGHT_MARKS and not two or (scan.fold(end) == "،" or scan.is_prep(end, "and")) and two
        entry = scan.get(end + mark, "weekday")
        if entry is None or not entry.definite or not (two or mark) or entry.clitic not in ("", AND):
            break
        final, end = entry.number, end + mark + 1
    if final == weekday:
        return None
    start = nearest_weekday(scan, weekday, name)
    modified = _modified_weekday(scan, at, end - 1, weekday)
    start = modified.value.first if modified and modified.value and modified.end > end else start
    end = modified.end if modified else end
    return Reading(at, end, values.days(start, start + (final - weekday) % 7 * DAY), "weekdays", None, PUBLISHED)


def _every_weekday(scan: Scan, at: int, name: int) -> Reading | None:
    """«أيام الجمعة», «أيام الاثنين من كل أسبوع»: a set."""
    if scan.value(at, "unit") != "day:3" or scan.get(name + 1, "mod"):
        return None
    each = scan.is_prep(name + 1, "from") and scan.is_prep(name + 2, "every") and scan.get(name + 3, "unit")
    return Reading(at, name + (4 if each else 1), None, "set", None, None, refers=False, reason="set")


def _weekday_of_week(scan: Scan, at: int, name: int, weekday: int) -> Reading | None:
    """«الأحد من الأسبوع الماضي», «اثنين الأسبوع الحالي»."""
    word = name + 1 + scan.is_prep(name + 1, "from")
    dem = scan.value(word, "dem")
    if scan.value(word + bool(dem), "unit") != "week:1":
        return None
    modifier = dem or scan.value(word + 1, "mod")
    shift = {"past": -7, "this": 0, "next": 7}.get(modifier or "")
    if shift is None:
        return None
    date = values.week_start(scan.now) + (shift + (weekday + 1) % 7) * DAY
    return Reading(at, word + 2, values.day(date), "weekday_of_week", None, PUBLISHED)


def _modified_weekday(scan: Scan, at: int, name: int, weekday: int) -> Reading:
    further = scan.is_prep(name + 1, "after", "before") and scan.get(name + 2, "mod") is not None
    modifier = scan.value(name + 1 + further, "mod")
    ahead = (weekday - scan.now.weekday()) % 7
    symbolic = f"XXXX-WXX-{weekday + 1}"
    if modifier == "past":
        value = values.day(scan.now - (7 - ahead + 7 * further) * DAY)
        return Reading(at, name + 2 + further, value, "weekday_past", symbolic, PUBLISHED)
    if modifier == "next":
        value = values.day(scan.now + ((ahead or 7) + 7 * further) * DAY)
        return Reading(at, name + 2 + further, value, "weekday_next", symbolic, PUBLISHED)
    end = name + 1 + (modifier == "this")
    return Reading(at, end, values.day(nearest_weekday(scan, weekday, name)), "weekday", symbolic, PUBLISHED)


def nearest_weekday(scan: Scan, weekday: int, at: int) -> datetime.date:
    """A bare weekday: publication day, tomorrow unless the past is told, the next one after a sign of the future up to
    five days ahead, else the last one.

    Of 505 coded bare weekdays the same day is meant 201 of 201 times, tomorrow 19 of 23; two to five days ahead the
    future is meant 5 of 6 times with a sign of it and 4 of 104 without.
    """
    ahead = (weekday - scan.now.weekday()) % 7
    future = ahead == 1 and not scan.past(at) or ahead < _DAYS_AHEAD and scan.future(at)
    return scan.now + (ahead if future else ahead - 7 if ahead else 0) * DAY


def part_of_day(scan: Scan, at: int) -> Reading | None:
    """«مساء أمس السبت», «فجر الخميس», «ليل السبت الأحد», «بعد ظهر اليوم», «ليلة الثلاثاء - الأربعاء»."""
    entry = scan.get(at, "part")
    if entry is None:
        return None
    after = at + 1 + (scan.fold(at + 1) in {"،", ","} or scan.is_prep(at + 1, "from", "in"))
    if entry.value in ("night", "midnight"):
        night = _two_days(scan, at, after)
        if night:
            return night
    inner = day_of(scan, after)
    return inner.moved(start=at, rule=f"{inner.rule}_part") if inner else None


def day_of(scan: Scan, at: int) -> Reading | None:
    """Any single day: weekday, deictic, calendar date."""
    return weekday_date(scan, at) or today(scan, at) or day_month(scan, at) or numeric(scan, at) or same_day(scan, at)


def _two_days(scan: Scan, at: int, after: int) -> Reading | None:
    """A night named by both its days: «ليل السبت الأحد», «ليل الأحد للإثنين»."""
    first = scan.get(after, "weekday")
    mark = scan.fold(after + 1) in _NIGHT_MARKS or scan.is_prep(after + 1, "to")
    second = scan.get(after + 1 + mark, "weekday")
    if first is None or second is None or second.clitic not in ("", FOR, AND):
        return None
    if (second.number - first.number) % 7 != 1:
        return None
    end = after + 2 + mark
    start = nearest_weekday(scan, first.number, after)
    past = scan.value(end, "mod") in ("past", "next")
    return Reading(at, end + past, values.days(start, start + DAY), "night", None, PUBLISHED)


def same_day(scan: Scan, at: int) -> Reading | None:
    """«اليوم نفسه», «اليوم ذاته», «ذلك اليوم», «اليوم التالي», «نفس اليوم من عام 1990»."""
    dem = scan.value(at, "dem")
    word = at + (dem in ("that", "same"))
    entry = scan.get(word, "unit")
    if entry is None or entry.value != "day:1" or word > at and not entry.definite:  # «ذات يوم» is once
        return None
    modifier = scan.value(word + 1, "mod")
    if word == at and modifier not in ("same", "next", "past"):
        return None
    end = word + 1 if word > at else word + 2
    shift = {"next": 1, "past": -1}.get(modifier or "", 0) if word == at else 0
    if word == at and modifier == "past":
        return Reading(at, end, values.day(scan.now - DAY), "day_before", "P-1D", PUBLISHED)
    known = scan.known.day
    if shift == 0 and (anniversary := _same_day_of_year(scan, at, end)):
        return anniversary
    if known is None:
        return Reading(at, end, None, "same_day", f"P{shift}D", TEXT, reason="no_earlier_date")
    return Reading(at, end, values.day(known.first + shift * DAY), "same_day", f"P{shift}D", TEXT)


def _same_day_of_year(scan: Scan, at: int, end: int) -> Reading | None:
    """«نفس اليوم من عام 1990»: the day of the date before it, in that year."""
    part = year_part(scan, end)
    if part is None or part.year is None:
        return None
    base = scan.known.day.first if scan.known.day else scan.now
    date = values.valid_day(part.year, base.month, base.day)
    return Reading(at, part.end, values.day(date), "same_day_of_year", "P0D", TEXT) if date else None


def numeric(scan: Scan, at: int) -> Reading | None:
    """9/11/2018 and 9-11-2018 (day first), 2018-11-09, 9.11.2018; two-digit years; never month first."""
    dotted = _DOTTED.fullmatch(scan.fold(at))
    if dotted:
        return _numeric(at, at + 1, [int(part) for part in dotted.groups()], len(dotted.group(3)))
    parts = [scan.get(at + step, "num") for step in (0, 2, 4)]
    marks = {scan.fold(at + 1), scan.fold(at + 3)}
    if None in parts or len(marks) != 1 or not marks <= _SEPARATORS:
        return None
    last = parts[2]
    end = at + 5 + (scan.get(at + 5, "era") is not None)
    return _numeric(at, end, [part.number for part in parts if part], len(last.value) if last else 0)


def _numeric(at: int, end: int, parts: list[int], last_digits: int) -> Reading | None:
    first, second, third = parts
    if first in _HIJRI_YEARS and 1 <= second <= MONTHS:
        return _hijri_numeric(at, end, first, second, third)
    if first > 31:
        date = values.valid_day(first, second, third) if first >= 1000 else None
    else:
        year = third if last_digits == 4 else 2000 + third if third < 50 else 1900 + third
        if year in _HIJRI_YEARS and 1 <= second <= MONTHS:  # 29/9/1445: no newspaper dates anything to the 15th century
            return _hijri_numeric(at, end, year, second, first)
        date = values.valid_day(year, second, first) if last_digits in (2, 4) and year >= 1000 else None
    return Reading(at, end, values.day(date), "numeric") if date else None


def _hijri_numeric(at: int, end: int, year: int, month: int, day: int) -> Reading | None:
    value = hijri.day_value(year, month, day)
    return Reading(at, end, value, "hijri_numeric", None, None, "hijri") if value else None


def month_year(scan: Scan, at: int) -> Reading | None:
    """2/2013: a month and a year."""
    month, year = scan.get(at, "num"), scan.get(at + 2, "num")
    if month is None or year is None or scan.fold(at + 1) not in {"/", "-"} or scan.fold(at - 1) in _SEPARATORS:
        return None
    if month.number > MONTHS and len(year.value) <= 2:
        month, year = year, month
    if not (1 <= month.number <= MONTHS and 1900 <= year.number <= 2100) or scan.get(at - 1, "numbered"):
        return None
    return Reading(at, at + 3, values.month(year.number, month.number), "month_year")


def _day_number(scan: Scan, at: int) -> Reading | None:
    """«يوم 27», «يومي 12 و13»: that day of the month nearest to publication."""
    found = number(scan, at)
    if found is None or not found.digits or not 1 <= found.value <= 31:
        return None
    second = _second_day(scan, at, found)
    if second is None and not _stands_alone(scan, found):
        return None
    for step in sorted(range(-20, 21), key=abs):
        date = scan.now + step * DAY
        if date.day == found.value:
            final = date + (second.value - found.value if second else 0) * DAY
            end = (second or found).end
            return Reading(at, end, values.days(date, final), "day_number", f"---{found.value:02d}", PUBLISHED)
    return None


def _second_day(scan: Scan, at: int, found: Number) -> Number | None:
    """The second of «يومي 12 و13»."""
    dual = scan.value(at - 1, "unit") == "day:2"
    joined = scan.is_prep(found.end, "and") or scan.fold(found.end) in {"-", "–"}
    second = number(scan, found.end + 1) if dual and joined else None
    return second if second and second.digits and found.value < second.value <= 31 else None


def written_short(scan: Scan, at: int) -> Reading | None:
    """«في 22/4», «بتاريخ 5/6»: day and month without a year, where a word before them says that it is a date."""
    day = scan.get(at, "num")
    dated = scan.fold(at - 1) in _DATE_WORDS or scan.is_prep(at - 1, "in") and day is not None and day.number > MONTHS
    reading = _short_date(scan, at) if dated else None
    return reading if reading and scan.fold(reading.end) not in _SEPARATORS else None


def _short_date(scan: Scan, at: int) -> Reading | None:
    """«السبت 21/09»: day and month beside a weekday."""
    day, month = scan.get(at, "num"), scan.get(at + 2, "num")
    if day is None or month is None or scan.fold(at + 1) not in {"/", "-"}:
        return None
    year = infer_year(scan, at, month.number, day.number) if 1 <= month.number <= MONTHS else 0
    date = values.valid_day(year, month.number, day.number)
    return Reading(at, at + 3, values.day(date), "short_date", None, PUBLISHED, yearless=True) if date else None


def day_of_relative_month(scan: Scan, at: int) -> Reading | None:
    """«اليوم الأول منه», «اليوم الثالث من أكتوبر», «الأول من الشهر المقبل»."""
    if scan.value(at, "unit") not in ("day:1", "day:2", "day:3"):
        return None
    rules = (day_month, numeric, _short_date, _day_number)
    reading = longest(*(rule(scan, at + 1) for rule in rules))
    return reading.moved(start=at) if reading else None
