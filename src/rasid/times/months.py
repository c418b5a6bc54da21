"""Dates with a month name: 12 مايو/أيار 2018, الأول من أبريل, يومي 12 و13 الجاري, مارس الماضي, رمضان 1440."""

from __future__ import annotations

import datetime
from typing import NamedTuple

from rasid.times import hijri, values
from rasid.times.lexicon import AND, UNSPACED, Entry, misspelt_month
from rasid.times.numerals import number
from rasid.times.reading import PUBLISHED, TEXT, Reading
from rasid.times.terms import Scan
from rasid.times.values import Value
from rasid.times.years import YearPart, year_part

# A date without year lies at most this far ahead, a month at most so many months, when no sign of the future stands
# near. Of 80 coded days without year the farthest behind is 212 days back, the farthest ahead 76; of 45 months the
# farthest are 9 back and 2 ahead, and none is 10 or 11 back. Forty-five days put «22 April» in a late February wrong.
NEAR_FUTURE_DAYS = 100
NEAR_FUTURE_MONTHS = 2
# After the verb of a told past («قتل في 4 آب») less of the future is near.
NEAR_AFTER_PAST_DAYS = 45
_SHORTEST_REPAIR = 5
_OF_IT, _LAST, _FEMININE = "منه", "الاخير", "ه"
_OPENING = frozenset({"(", "["})
_NO_UNIT = Entry("unit", "", 0, False, "")
_BEFORE_MONTHS = ("in", "since", "during", "until", "before", "by")
_BEFORE_DAYS = ("in", "until", "since", "to", "from", "between", "and")
_BEFORE_GREGORIAN = (*_BEFORE_MONTHS, "from", "to", "between")
_PAIR_MARKS = frozenset({"/", "(", "-", "–", "\\", "["})
_CLOSING = frozenset({")", "]"})
SEVERAL_MONTHS = frozenset({"month:2", "month:3"})  # «شهري نيسان وأيار»
_LIST_MARKS = frozenset({"،", ",", "-", "–", "/"})


class MonthName(NamedTuple):
    """A month with the index after its last term; ``weak`` names (رجب, آب, ماي) need a day or year beside them."""

    number: int
    end: int
    is_hijri: bool
    weak: bool
    repaired: bool = False


def month_name(scan: Scan, at: int) -> MonthName | None:
    """A month, maybe after «شهر», in one system or a pair of two: أيلول / سبتمبر, ديسمبر (كانون الأول)."""
    if scan.fold(at) in _OPENING and scan.get(at + 1, "month"):
        return _in_brackets(scan, at)
    word = scan.value(at, "unit") == "month:1"
    known = scan.get(at + word, "month") or scan.get(at + word, "hijri")
    entry = known or scan.get(at + word, "misspelt") or _repaired(scan, at + word)
    if entry is None:
        return _numbered_month(scan, at) if word else None
    end = at + word + 1
    paired = _pair_end(scan, end, entry.number) if entry.kind == "month" else end
    weak = entry.weak and not word and paired == end
    repaired = known is None or entry.clitic in UNSPACED
    return MonthName(entry.number, paired, entry.kind == "hijri", weak, repaired)


def _in_brackets(scan: Scan, at: int) -> MonthName | None:
    """«12 (حزيران) يونيو», «12 (حزيران/يونيو)»."""
    inner = month_name(scan, at + 1)
    if inner is None or scan.fold(inner.end) not in _CLOSING:
        return None
    after = scan.get(inner.end + 1, "month")
    same = after is not None and after.number == inner.number and not after.clitic
    return inner._replace(end=inner.end + 1 + same, weak=False)


def _repaired(scan: Scan, at: int) -> Entry | None:
    """A misspelt month after a day or before a year («أيلولل 2018», «سبتمير»): one letter off one month's name."""
    word = scan.fold(at)
    if len(word) < _SHORTEST_REPAIR or scan.terms[at].kinds:
        return None
    beside = scan.get(at - 1, "num") or scan.get(at - 2, "ordinal") or _year_beside(scan, at + 1)
    return misspelt_month(word) if beside else None


def _year_beside(scan: Scan, at: int) -> bool:
    entry = scan.get(at, "num")
    return entry is not None and 1900 <= entry.number <= 2100


def _numbered_month(scan: Scan, at: int) -> MonthName | None:
    """«شهر 3», «الشهر التاسع», «شهر عشرة»; «شهر واحد» is a duration."""
    found = number(scan, at + 1)
    if found is None or not 1 <= found.value <= values.MONTHS or scan.get(found.end, "month"):
        return None
    if found.value == 1 and not found.digits and not found.ordinal:
        return None
    definite = (scan.get(at, "unit") or _NO_UNIT).definite
    return MonthName(found.value, found.end, False, True) if found.ordinal == definite else None


def _pair_end(scan: Scan, end: int, month: int) -> int:
    marked = scan.fold(end) in _PAIR_MARKS
    other = scan.get(end + marked, "month")
    if other is None or other.number != month or other.clitic:
        return end
    after = end + marked + 1
    return after + (scan.fold(after) in _CLOSING and scan.fold(end) in {"(", "["})


class DayList(NamedTuple):
    """Days of one month, first and last, with the index after them."""

    first: int
    final: int
    end: int
    ordinal: bool


def day_list(scan: Scan, at: int) -> DayList | None:
    """One day or several: 12, الثاني عشر, 12 و13, 12-15, 12 إلى 15, 21 أو 22."""
    start = number(scan, at)
    if start is None or not 1 <= start.value <= 31 or _inside_number(scan, at):
        return None
    if not (start.digits or start.ordinal) and (month_name(scan, start.end) is None or start.value == 1):
        return None
    final, end = start.value, start.end
    while True:
        mark = scan.fold(end) in _LIST_MARKS or scan.is_prep(end, "to", "until", "or", "and")
        more = number(scan, end + mark)
        joined = mark or (more is not None and scan.clitic(end) == AND)
        if more is None or not joined or not final < more.value <= 31 or more.ordinal != start.ordinal:
            return DayList(start.value, final, end, start.ordinal)
        final, end = more.value, more.end


def _inside_number(scan: Scan, at: int) -> bool:
    """True at «والثلاثين» of «الحادي والثلاثين»."""
    ten = scan.get(at, "ten")
    before = scan.get(at - 1, "ordinal") or scan.get(at - 1, "cardinal")
    return ten is not None and ten.clitic == AND and before is not None


def day_month(scan: Scan, at: int) -> Reading | None:
    """Day or days with a month, with or without year."""
    found = day_list(scan, at)
    if found is None:
        return None
    joined = found.end + scan.is_prep(found.end, "from", "typo_min")
    doubled = scan.is_prep(found.end, "from") and scan.is_prep(joined, "from")  # «الخامس من من مايو»
    joined += doubled
    joined += not found.ordinal and scan.is_prep(joined, "in")
    joined += scan.fold(joined) in {",", "-", "/", "."} and not found.ordinal
    month = month_name(scan, joined)
    if month is None:
        return _day_of_relative_month(scan, at, found)
    part = year_part(scan, month.end)
    if month.is_hijri:
        return _hijri_day(scan, at, found, month, part)
    reading = _gregorian_day(scan, at, found, month, part)
    repaired = month.repaired or doubled or scan.is_prep(found.end, "typo_min")
    return reading.moved(rule="day_month_repaired") if reading and repaired else reading


def month_day(scan: Scan, at: int) -> Reading | None:
    """The order of other languages: مايو 12, تموز 13 إلى 15, مايو 12 2018."""
    month = month_name(scan, at)
    found = day_list(scan, month.end) if month and not month.is_hijri and not month.weak else None
    if month is None or found is None or scan.get(found.end, "counted") or scan.get(found.end, "unit"):
        return None
    if found.ordinal and found.first <= 10:  # «نوفمبر الثاني» may be the second November
        return None
    part = year_part(scan, found.end)
    return _gregorian_day(scan, at, found, MonthName(month.number, found.end, False, False), part)


def _gregorian_day(scan: Scan, at: int, found: DayList, month: MonthName, part: YearPart | None) -> Reading | None:
    year, yearless = _year_of(scan, at, month.number, found.first, part)
    first = values.valid_day(year, month.number, found.first)
    final = values.valid_day(year, month.number, found.final)
    if first is None or final is None:
        return None
    end = part.end if part else month.end
    anchor = PUBLISHED if yearless else None
    symbolic = f"--{month.number:02d}-{found.first:02d}" if yearless else None
    return Reading(at, end, values.days(first, final), "day_month", symbolic, anchor, yearless=part is None)


def _year_of(scan: Scan, at: int, month: int, day: int | None, part: YearPart | None) -> tuple[int, bool]:
    """The year of a date and whether it had to be reckoned from the publication day."""
    if part is None:
        return infer_year(scan, at, month, day), True
    if part.year is not None:
        return part.year, part.relative
    return modified_year(scan.now, month, day, part.modifier), True


def infer_year(scan: Scan, at: int, month: int, day: int | None) -> int:
    """Year of a date that names none: the last one, or the coming one when the text looks ahead or it is near."""
    now, year = scan.now, scan.now.year
    if day is None:
        ahead = (month - now.month) % values.MONTHS
        future = scan.future(at) or ahead <= NEAR_FUTURE_MONTHS
        return year + (future and month < now.month) - (not future and month > now.month)
    date = values.valid_day(year, month, min(day, 28)) or now
    ahead = (date - now).days
    if scan.future(at):
        return year + (ahead < -NEAR_FUTURE_DAYS)
    if ahead > (NEAR_AFTER_PAST_DAYS if scan.past(at) else NEAR_FUTURE_DAYS):
        return year - 1
    return year + (ahead < NEAR_FUTURE_DAYS - 365)


def modified_year(now: datetime.date, month: int, day: int | None, modifier: str) -> int:
    """Year of «مارس الماضي», «12 يونيو المقبل», «5 مايو الجاري» seen from ``now``."""
    here = (now.month, now.day if day is not None else 0)
    there = (month, day or 0)
    if modifier == "past":
        return now.year - (there >= here)
    return now.year + (there <= here) if modifier == "next" else now.year


def _hijri_day(scan: Scan, at: int, found: DayList, month: MonthName, part: YearPart | None) -> Reading | None:
    end = part.end if part else month.end
    year = _hijri_year(scan, month.number, part)
    first = hijri.day_value(year, month.number, found.first)
    final = hijri.day_value(year, month.number, found.final)
    if first is None or final is None:
        return None
    value = first if found.first == found.final else values.span(first, final)
    anchor = None if part and part.year and not part.relative else PUBLISHED
    symbolic = f"--{month.number:02d}-{found.first:02d}"
    return Reading(at, end, value, "hijri_day", symbolic, anchor, "hijri", yearless=part is None)


def _hijri_year(scan: Scan, month: int, part: YearPart | None) -> int:
    """A given year up to 1600 is Hijri, a later one Gregorian; without one the occurrence nearest to now is meant."""
    if part and part.year is not None:
        return part.year if part.year < 1600 else _hijri_in(part.year, month)
    now = scan.now
    here = hijri.year_of(now)
    around = [here - 1, here, here + 1]
    modifier = part.modifier if part else ""
    if modifier == "past":
        return max((y for y in around if hijri.month_value(y, month).last <= now), default=here)
    if modifier == "next":
        return min((y for y in around if hijri.month_start(y, month) > now), default=here)
    return min(around, key=lambda y: _distance(hijri.month_value(y, month), now))


def _hijri_in(year: int, month: int) -> int:
    """The Hijri year whose ``month`` begins in the Gregorian ``year``."""
    first = hijri.year_of(datetime.date(year, 1, 1))
    return next((y for y in (first, first + 1) if hijri.month_start(y, month).year == year), first)


def _distance(value: Value, now: datetime.date) -> int:
    return max((value.first - now).days, (now - value.final).days, 0)


def _day_of_relative_month(scan: Scan, at: int, found: DayList) -> Reading | None:
    """«13 الجاري», «الـ9 من الشهر المقبل», «22 من الشهر ذاته», «8 و9 منه»."""
    of_month = relative_month(scan, found.end + scan.is_prep(found.end, "from", "in"))
    part_of = found.ordinal and found.end < scan.count and scan.fold(found.end) == _OF_IT
    if of_month is None or part_of and not _dated(scan, at):  # «النصف الأول منه» is no day
        return None
    base, end, anchor = of_month
    first = values.valid_day(base.year, base.month, found.first)
    final = values.valid_day(base.year, base.month, found.final)
    if first is None or final is None:
        return None
    return Reading(at, end, values.days(first, final), "day_of_month", f"---{found.first:02d}", anchor)


def _dated(scan: Scan, at: int) -> bool:
    word = scan.value(at - 1, "unit") or ""
    return scan.clitic(at) == AND or word.startswith("day") or scan.is_prep(at - 1, *_BEFORE_DAYS)


def relative_month(scan: Scan, at: int) -> tuple[datetime.date, int, str] | None:
    """First day of «الشهر الجاري», «هذا الشهر», «الجاري», «الشهر ذاته», «منه», the index after it, its anchor."""
    known = scan.known.month.first.replace(day=1) if scan.known.month else None
    if scan.fold(at) == _OF_IT:
        return (known, at + 1, TEXT) if known else None
    dem = scan.value(at, "dem")
    word = scan.value(at + bool(dem), "unit") == "month:1"
    modifier = dem if dem else scan.value(at + word, "mod")
    end = at + word + 1
    bare = not word and (dem is not None or modifier == "same" or not _is_bare_month(scan, at))
    if modifier in (None, "new") or bare:
        return None
    if modifier in ("same", "that"):
        return (known, end, TEXT) if known else None
    shift = {"past": -1, "next": 1, "this": 0}[modifier]
    return values.add_months(scan.now.replace(day=1), shift), end, PUBLISHED


def _is_bare_month(scan: Scan, at: int) -> bool:
    """«الجاري», «الماضي» for the month; «الثالثة والأخيرة», «الثاني الأخير» are none."""
    word = scan.fold(at)
    return not scan.clitic(at) and word[-1:] != _FEMININE and word != _LAST


def month_only(scan: Scan, at: int) -> Reading | None:
    """A month without a day: أبريل 2016, مارس الماضي, شهر مايو, رمضان."""
    month = month_name(scan, at)
    if month is None:
        return None
    part = year_part(scan, month.end)
    if month.weak and part is None and not _introduced(scan, at) or _named_after_month(scan, at, part):
        return None
    end = part.end if part else month.end
    if month.is_hijri:
        year = _hijri_year(scan, month.number, part)
        anchor = None if part and part.year and not part.relative else PUBLISHED
        value = hijri.month_value(year, month.number)
        return Reading(at, end, value, "hijri_month", None, anchor, "hijri", yearless=part is None)
    year, yearless = _year_of(scan, at, month.number, None, part)
    symbolic = f"--{month.number:02d}" if yearless else None
    anchor = PUBLISHED if yearless else None
    rule = "month_repaired" if month.repaired else "month"
    return Reading(at, end, values.month(year, month.number), rule, symbolic, anchor, yearless=part is None)


def _introduced(scan: Scan, at: int) -> bool:
    """«في آب», «بحلول رمضان», «نهاية ماي»: a weak name is a month after such a word."""
    words = _BEFORE_MONTHS if scan.get(at, "hijri") else _BEFORE_GREGORIAN
    if scan.get(at - 1, "edge") or scan.is_prep(at - 1, *words):
        return True
    if scan.clitic(at) == AND and scan.get(at - 1, "month"):  # «فبراير ومارس»
        return True
    unit = scan.value(at - 1, "unit")
    if unit in SEVERAL_MONTHS and scan.get(at, "month"):
        return True
    if unit == "day:3" and scan.get(at - 2, "ordinal"):  # «أول أيام رمضان»
        return True
    if scan.is_prep(at - 1, "from") and _is_part(scan, at - 2):
        return True  # «الثلث الأول من رمضان», «الجمعة الأخيرة من رمضان»
    return scan.get(at - 1, "last_ten") is not None or scan.get(at - 2, "last_ten") is not None


def _is_part(scan: Scan, at: int) -> bool:
    return not {"ordinal", "last", "weekday"}.isdisjoint(scan.terms[at].kinds)


def _named_after_month(scan: Scan, at: int, part: YearPart | None) -> bool:
    """«شارع أكتوبر»: a month after such a head, without a year, is part of a name."""
    return part is None and scan.get(at - 1, "namehead") is not None
