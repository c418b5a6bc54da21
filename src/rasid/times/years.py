"""Years: عام 2015, سنة 1440هـ, 1994م, عامي 2013 و2014, العام الماضي after a month."""

from __future__ import annotations

from typing import NamedTuple

from rasid.times import hijri, values
from rasid.times.lexicon import FOR
from rasid.times.numerals import number
from rasid.times.reading import PUBLISHED, TEXT, Reading
from rasid.times.terms import Number, Scan

_YEAR_WORDS = frozenset({"year:1", "year:2", "year:3"})
_DASHES = frozenset({"-", "–", "—", "/"})
_FIRST_BARE, _LAST_BARE = 1900, 2100
_FIRST_WITH_ERA = 300
_BEFORE_YEARS = ("in", "since", "from", "until", "to", "between")


class YearPart(NamedTuple):
    """The year that follows a month, with the index after it: a number, or a modifier of the month (الماضي)."""

    year: int | None
    end: int
    modifier: str = ""
    relative: bool = False


def year_part(scan: Scan, at: int) -> YearPart | None:
    """Year or modifier after a month: 2018, من عام 1991, العام الماضي, من السنة الجارية, الماضي, المقبل."""
    modifier = scan.get(at, "mod")
    if modifier and modifier.value in ("past", "next", "this"):
        after = _year_number(scan, at + 1)
        return YearPart(after[0], after[1]) if after else YearPart(None, at + 1, modifier.value)
    start = at + (scan.fold(at) in {",", "،"})
    start += scan.is_prep(start, "from", "in", "typo_min") or scan.fold(start) == FOR
    dem = scan.value(start, "dem")
    if scan.value(start + bool(dem), "unit") == "year:1":
        return _after_year_word(scan, start, dem)
    after_mark = scan.fold(at) in {",", "،"} or scan.is_prep(at, "from") and scan.get(at + 1, "thousand") is not None
    found = _year_number(scan, start) if start == at or after_mark else None
    return YearPart(found[0], found[1]) if found else None


def _after_year_word(scan: Scan, at: int, dem: str | None) -> YearPart | None:
    if dem is None:
        found = _number_after_word(scan, at + 1)
        if found:
            return YearPart(found[0], found[1])
    modifier = dem or scan.value(at + 1, "mod")
    year = relative_year(scan, modifier)
    if year is not None and scan.get(at + 1, "beside") and scan.known.any:
        year += scan.known.any.first.year - scan.now.year
    return None if year is None else YearPart(year, at + 2, "", True)


def relative_year(scan: Scan, modifier: str | None) -> int | None:
    """The year that «الماضي», «الجاري», «المقبل», «ذاته» speak of; None where nothing is known."""
    if modifier in ("same", "that"):
        return scan.known.any.first.year if scan.known.any else None
    shift = {"past": -1, "next": 1, "this": 0}.get(modifier or "")
    return None if shift is None else scan.now.year + shift


def worded_year(scan: Scan, at: int) -> Reading | None:
    """«ألفين وعشرين», «ألف وتسعمئة وثمانية وأربعين»: a year in words, where a year is looked for."""
    found = _year_number(scan, at) if scan.get(at, "thousand") else None
    return Reading(at, found[1], values.year(found[0]), "year") if found else None


def spoken_year(scan: Scan, at: int) -> Reading | None:
    """«في ألف وتسعمئة وسبعة وستين»: all four parts of a year after such a word, with nothing after it to count."""
    found = number(scan, at)
    said = found is not None and 1500 <= found.value <= _LAST_BARE and found.value % 100 > 0
    if found is None or not said or scan.fold(found.end)[:1].isalpha() or not scan.is_prep(at - 1, *_BEFORE_YEARS):
        return None
    return Reading(at, found.end, values.year(found.value), "year")


def _year_number(scan: Scan, at: int) -> tuple[int, int] | None:
    """A four-digit year that stands alone, or a year in words, with an era after it if there is one."""
    if scan.get(at, "thousand"):
        words = number(scan, at)
        inside = words is not None and 1800 <= words.value <= _LAST_BARE and not counts_things(scan, words.end)
        return (words.value, words.end) if words and inside else None
    entry = scan.get(at, "num")
    if entry and _FIRST_WITH_ERA <= entry.number < 1000 and scan.get(at + 1, "era"):
        return entry.number, at + 2
    if entry is None or not 1000 <= entry.number < 2200 or len(entry.value) != 4 or counts_things(scan, at + 1):
        return None
    return entry.number, at + 1 + (scan.get(at + 1, "era") is not None)


def _number_after_word(scan: Scan, at: int) -> tuple[int, int] | None:
    """The number after «عام»: three or four digits, two digits of this or the last century, or words."""
    found = number(scan, at + (scan.fold(at) == "("))
    if found is None or found.ordinal:
        return None
    era = scan.get(found.end, "era")
    end = found.end + (era is not None)
    if found.value >= 100 or era and found.value:
        return (found.value, end) if found.value < 2200 else None
    return (_two_digits(scan, found), end) if found.digits and found.value > 9 else None


def _two_digits(scan: Scan, found: Number) -> int:
    """«عام 67» is 1967; up to ten years ahead of now it is this century."""
    here = scan.now.year // 100 * 100
    return here + found.value if here + found.value <= scan.now.year + 10 else here - 100 + found.value


def counts_things(scan: Scan, at: int) -> bool:
    """True where what follows a number shows that it counts something: دولار, قتيل, %, units."""
    mark = scan.fold(at)
    return mark in {"%", "٪", "$", "€", "+"} or scan.get(at, "counted") is not None and not scan.is_prep(at, "typo_min")


def year(scan: Scan, at: int) -> Reading | None:
    """«عام 2015», «العام 2007», «عامي 2013 و2014», «سنة 1440هـ», «العام 2015/2016»."""
    if scan.value(at, "unit") not in _YEAR_WORDS:
        return None
    found = _number_after_word(scan, at + 1)
    if found is None or found[0] < 100 and not scan.get(found[1] - 1, "era"):
        return None
    return _with_more(scan, at, found)


def bare_year(scan: Scan, at: int) -> Reading | None:
    """A year alone: 2013, 1994م, 1980-1988. Numbers of resolutions, flights and sums are not years."""
    entry = scan.get(at, "num")
    if entry is None or scan.get(at - 1, "numbered") or scan.get(at - 1, "counted"):
        return None
    era = scan.get(at + 1, "era")
    if era and _FIRST_WITH_ERA <= entry.number < 2200:
        return _with_more(scan, at, (entry.number, at + 2))
    if len(entry.value) != 4 or not _FIRST_BARE <= entry.number <= _LAST_BARE or _is_quantity(scan, at):
        return None
    return _with_more(scan, at, (entry.number, at + 1))


def _is_quantity(scan: Scan, at: int) -> bool:
    before = scan.fold(at - 1)
    unit = scan.value(at + 1, "unit")
    counted = counts_things(scan, at + 1) or unit is not None and scan.clitic(at + 1) == ""
    zone = scan.fold(at + 1) == "(" and scan.fold(at + 2) == "GMT"  # 1900 (GMT+04:00)
    return counted or zone or before in {"$", "€", "+", ".", "#"} or scan.value(at - 1, "approx") is not None


def _with_more(scan: Scan, at: int, found: tuple[int, int]) -> Reading | None:
    """Further years joined to the first: «2013 و2014», «1980-1988», «2010 إلى 2012»."""
    first, end = found
    final, era = first, scan.value(found[1] - 1, "era")
    while True:
        more = _joined_year(scan, end)
        if more is None or more[0] <= final:
            break
        if era == "ah" and scan.value(more[1] - 1, "era") == "ce":  # 626هـ/1229م
            return Reading(at, more[1], values.year(more[0]), "two_calendars", None, None, "hijri")
        final, end = more
    return _year_reading(at, end, first, final, scan.value(end - 1, "era"))


def _joined_year(scan: Scan, at: int) -> tuple[int, int] | None:
    """The year after a dash, «و» or «إلى»; three digits only with an era."""
    joined = scan.fold(at) in _DASHES or scan.is_prep(at, "and", "to", "until", "or") or scan.fold(at) == "،"
    if not joined:
        return None
    at += 1
    at += scan.value(at, "unit") == "year:1"
    entry = scan.get(at, "num")
    if entry and scan.get(at + 1, "era") and _FIRST_WITH_ERA <= entry.number < 2200:
        return entry.number, at + 2
    return _year_number(scan, at)


def _year_reading(at: int, end: int, first: int, final: int, era: str | None) -> Reading | None:
    if era == "bc":
        return Reading(at, end, None, "year_bc", f"-{first - 1:04d}", None, reason="before_calendar")
    if era == "ah":
        one, last = hijri.year_value(first), hijri.year_value(final)
        value = one if first == final else values.span(one, last)
        return Reading(at, end, value, "hijri_year", None, None, "hijri")
    value = values.year(first) if first == final else values.years(first, final)
    return Reading(at, end, value, "year")


def decade(scan: Scan, at: int) -> Reading | None:
    """«التسعينات», «ثمانينيات القرن الماضي», «الثلاثينيات من القرن العشرين»."""
    entry = scan.get(at, "decade")
    if entry is None:
        return None
    after = century(scan, at + 1 + scan.is_prep(at + 1, "from"))
    base = after.value.first.year - 1 if after and after.value else _century_of_decade(scan, entry.number)
    end = after.end if after else at + 1
    return Reading(at, end, values.years(base + entry.number, base + entry.number + 9), "decade")


def _century_of_decade(scan: Scan, tens: int) -> int:
    here = scan.now.year // 100 * 100
    return here if here + tens <= scan.now.year - 10 else here - 100


def century(scan: Scan, at: int) -> Reading | None:
    """«القرن العشرين», «القرن الـ19», «القرن الحادي والعشرين», «القرن الماضي»."""
    if scan.value(at, "unit") != "century:1":
        return None
    modifier = scan.value(at + 1, "mod")
    found = number(scan, at + 1)
    if modifier in ("past", "this", "next"):
        shift = {"past": -1, "this": 0, "next": 1}[modifier]
        first = scan.now.year // 100 * 100 + 100 * shift + 1
        return Reading(at, at + 2, values.years(first, first + 99), "century", None, PUBLISHED)
    if found is None or not 1 <= found.value <= 22:
        return None
    first = (found.value - 1) * 100 + 1
    era = scan.value(found.end, "era")
    end = found.end + (era is not None)
    if era == "bc":
        return Reading(at, end, None, "century_bc", None, None, reason="before_calendar")
    if era == "ah":
        value = values.span(hijri.year_value(first), hijri.year_value(first + 99))
        return Reading(at, end, value, "hijri_century", None, None, "hijri")
    return Reading(at, end, values.years(first, first + 99), "century")


def same_year(scan: Scan, at: int) -> Reading | None:
    """«العام ذاته», «في العام نفسه», «ذلك العام»: the year of the latest date before it."""
    dem = scan.value(at, "dem")
    word = at + (dem in ("that", "same"))
    unit = scan.get(word, "unit")
    if unit is None or unit.value != "year:1" or not unit.definite:
        return None
    same = dem in ("that", "same") or scan.value(word + 1, "mod") == "same"
    year_number = relative_year(scan, "same") if same else None
    if not same:
        return None
    end = word + 1 if word > at else word + 2
    value = values.year(year_number) if year_number else None
    return Reading(at, end, value, "same_year", "P0Y", TEXT, reason=None if value else "no_earlier_date")
