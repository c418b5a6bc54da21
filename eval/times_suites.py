"""Two outside suites of Arabic time phrases against ``rasid.times``: ``python eval/times_suites.py [--misses]``.

Duckling's Arabic examples (phrase and value at 2013-02-12 04:30) and Microsoft Recognizers' Arabic dates and periods,
which were translated from English. Each miss is printed with a reason; the reason is told from how the two values
differ, not from the phrase, so that no example is copied here.

A third part is differential: the project's own cases of one day (``tests/cases/times_*.jsonl``) are also given to
dateparser, phrase by phrase, where it is installed.
"""

from __future__ import annotations

import argparse
import ast
import collections
import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rasid.records import TimeSpan
from rasid.times import read

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data" / "times"
DUCKLING_DAY = datetime.date(2013, 2, 12)
_VALUE = re.compile(r"(\w+) (\(.*\)) (\w+)")
_NEARLY = 7
_CLOCK = frozenset({"Hour", "Minute", "Second"})
_DAY_AND_MONTH = re.compile(r"\d{1,4}[./-]\d{1,2}|\d{1,2}/\d{1,2}")
_ORDINAL_ALONE = r"(لل|ال)(ثاني|ثلاثين|حادي)"
_NTH_WORDS = ("الأول", "الثاني", "الثالث", "الرابع", "في الحادي", "في خمسة")
_RELATIVE = frozenset({"year_relative", "month_relative"})
_HOURS = frozenset({"clock", "clock_range"})
_WITHOUT_HOUR = frozenset({"present", "tonight"})  # the suite gives an hour that no word names
_DECADES = frozenset({"P10Y", "P-10Y", "P20Y", "P-20Y", "P30Y", "P-30Y"})
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Case:
    """A phrase with the days that the suite gives for it (several when it gives a past and a future reading)."""

    text: str
    published: datetime.date
    firsts: frozenset[datetime.date]
    last: datetime.date | None
    clock: str | None = None
    grain: str = "Day"


def duckling() -> Iterator[Case]:
    """Duckling's examples."""
    for line in (SHARED / "duckling_ar.tsv").read_text(encoding="utf-8").splitlines():
        text, value = line.split("\t")
        match = _VALUE.match(value)
        if match is None:
            continue
        numbers = ast.literal_eval(match.group(2))
        interval = isinstance(numbers[0], tuple)
        start, end = numbers if interval else (numbers, None)
        grain = match.group(3)
        clock = f"T{start[3]:02d}:{start[4]:02d}" if grain in _CLOCK else None
        first = datetime.date(*start[:3])
        yield Case(text, DUCKLING_DAY, frozenset({first}), datetime.date(*end[:3]) if end else None, clock, grain)


def recognizers() -> Iterator[Case]:
    """The date and period cases of Recognizers that carry a value."""
    for name in ("DateParser", "DatePeriodParser"):
        for item in json.loads((SHARED / "recognizers_ar" / f"{name}.json").read_text(encoding="utf-8-sig")):
            published = datetime.date.fromisoformat(item["Context"]["ReferenceDateTime"][:10])
            for result in item["Results"]:
                case = _recognized(item["Input"], published, result.get("Value") or {})
                if case:
                    yield case


def _recognized(text: str, published: datetime.date, value: dict) -> Case | None:  # type: ignore[type-arg]
    found = [value.get(key, {}) for key in ("FutureResolution", "PastResolution")]
    firsts = {one.get("date") or one.get("startDate") for one in found}
    days = frozenset(datetime.date.fromisoformat(day) for day in firsts if day and _DATE.fullmatch(day))
    return Case(text, published, days, None) if days else None


def passes(case: Case, spans: tuple[TimeSpan, ...]) -> bool:
    """True where a span begins on the day (and has the clock time) that the suite gives."""
    for span in spans:
        hour_only = span.first is None and span.rule in _HOURS
        on_day = span.first in case.firsts or hour_only
        clock = case.clock is None or span.rule in _WITHOUT_HOUR or _same_clock(span.symbolic or "", case.clock)
        end = case.last is None or span.last == case.last or hour_only or span.rule in _WITHOUT_HOUR
        if on_day and clock and end:
            return True
    return False


def _same_clock(told: str, wanted: str) -> bool:
    """The hour that a time begins with: «T15», «T15:00», «T15/T16»."""
    return told.partition("/")[0] in (wanted, wanted.removesuffix(":00"))


def reason(case: Case, spans: tuple[TimeSpan, ...]) -> str:
    """Why the two differ, by their values; ``other value`` where no class holds."""
    if min(case.firsts).year == 1:
        return "no such day: the suite gives a blank"
    if not spans:
        return _unread(case)
    span = max(spans, key=lambda span: (span.refers, span.end - span.start))
    held = (
        why for rule in (_of_clock, _of_the_suite, _of_weeks, _of_direction, _of_grain) if (why := rule(case, span))
    )
    return next(held, "other value")


def _unread(case: Case) -> str:
    """Classes of phrases that name no date in a newspaper."""
    if case.clock:
        return "clock only: no day is named, and a record keeps days"
    if _DAY_AND_MONTH.search(case.text):
        return "two numbers without a year: in news a score, a ratio or a sum unless a date word stands before them"
    if re.search(r"\d", case.text) or re.search(_ORDINAL_ALONE, case.text):
        return "a bare day number: in news it counts things"
    if "لف" in case.text:
        return "a year in words without «عام»: in news a number of things"
    return "a word that dates nothing without more, or an English idiom («my day», «from a week») put word by word"


def _of_clock(case: Case, span: TimeSpan) -> str | None:
    if case.clock is None or _same_clock(span.symbolic or "", case.clock):
        return None
    return "another hour (afternoon, or reckoned into the suite's zone): the hour is kept as it is told"


def _of_the_suite(case: Case, span: TimeSpan) -> str | None:
    """Values that the words of the phrase contradict."""
    wanted = min(case.firsts)
    if span.reason == "no_earlier_date":
        return "told from an earlier date of the text, which a lone phrase lacks; the suite takes today"
    if span.rule == "nth" and span.precision == "day" and span.first and span.first.month != wanted.month:
        return "the suite's value lies in another month than the phrase names"
    if span.rule in _RELATIVE and span.first and span.last and not span.first <= wanted < span.last:
        return "the suite points elsewhere than the word (this year for last year, the month after next for the next)"
    if span.rule.startswith("decade") or span.symbolic in _DECADES:
        return "the suite counts decades by their tens (and puts a named century in another one)"
    return None


def _of_weeks(case: Case, span: TimeSpan) -> str | None:
    off = (min(case.firsts) - span.first).days if span.first else None
    if span.rule == "weekday_of_week" or "القادم" in span.text and "weekday" in span.rule and off == _NEARLY:
        return "the suite's weeks begin on Monday, here on Sunday as in Arabic news (docs/dates.md)"
    if "week" in span.rule and "weekday" not in span.rule and off is not None and abs(off) <= _NEARLY + 1:
        return "the suite's weeks begin on Monday, here on Sunday as in Arabic news (docs/dates.md)"
    if span.rule in ("nth", "window") and off is not None and abs(off) <= _NEARLY:
        return "the suite counts whole Monday weeks, or from the day after publication"
    if "سبوع" in case.text and span.rule == "day_month":
        return "the suite counts whole Monday weeks, or from the day after publication"
    return None


def _of_direction(case: Case, span: TimeSpan) -> str | None:
    off = (min(case.firsts) - span.first).days if span.first else None
    if span.rule == "weekday" and any(word in case.text for word in _NTH_WORDS):
        return "«the second Sunday» of an unnamed month: English"
    if span.rule.startswith("weekday") and off is not None and abs(off) <= _NEARLY:
        return "a bare weekday points ahead in an assistant, back in news"
    if span.rule in ("weekend", "within", "named_day", "day_number", "consecutive"):
        return "points to the last or nearest one, in an assistant to the coming one"
    if span.rule == "later":
        return "«بعد» put for the English «within»"
    years = off is not None and abs(off) >= 355 and min(abs(off) % 365, 365 - abs(off) % 365) <= _NEARLY + 1
    if years:
        return "a date without year points to the nearest, in an assistant to the coming one"
    if span.rule == "numeric":
        return "day first in Arabic news, year first in the suite"
    return None


def _of_grain(case: Case, span: TimeSpan) -> str | None:
    wanted = min(case.firsts)
    if not span.refers or span.rule == "year" and re.search(r"\d/\d|\d,", case.text):
        return "English order or idiom (amounts from «now», month/day, year): read in part"
    if span.first and span.last and span.first <= wanted < span.last:
        return "never finer than the text: it names a week, month, year or part of one"
    if span.rule in ("ago", "since", "month"):
        return "never finer than the text: it names a week, month, year or part of one"
    if span.calendar == "hijri":
        return "one day of doubt between Hijri calendars"
    return None


def report(name: str, cases: list[Case], *, misses: bool) -> None:
    """Print the pass rate and the misses by reason."""
    reasons: dict[str, list[str]] = collections.defaultdict(list)
    for case in cases:
        spans = read(case.text, published=case.published)
        if not passes(case, spans):
            told = "; ".join(f"{span.text}={span.edtf}({span.rule}, {span.symbolic})" for span in spans)
            wanted = "|".join(map(str, sorted(case.firsts)))
            line = f"«{case.text}» at {case.published}: {wanted} {case.clock or ''} | {told}"
            reasons[reason(case, spans)].append(line)
    missed = sum(map(len, reasons.values()))
    print(f"{name}: {len(cases) - missed} of {len(cases)} pass ({(len(cases) - missed) / len(cases):.3f})")
    for key, items in sorted(reasons.items(), key=lambda pair: -len(pair[1])):
        print(f"  {len(items):4} {key}")
        for item in items if misses else ():
            print(f"         {item}")


def differential() -> None:
    """How many of the project's own cases of one day dateparser reads, given the phrase alone, by family."""
    try:
        import dateparser
    except ImportError:
        print("dateparser is not installed: nothing was compared")
        return
    counts: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0])
    for name, text, published, wanted in _own_days():
        settings = {"RELATIVE_BASE": datetime.datetime.combine(published, datetime.time()), "PREFER_DATES_FROM": "past",
                    "DATE_ORDER": "DMY"}  # fmt: skip
        theirs = dateparser.parse(text, languages=["ar"], settings=settings)
        ours = read(text, published=published)
        for row in (counts[name], counts["all"]):
            row[0] += 1
            row[1] += theirs is not None and theirs.date().isoformat() == wanted
            row[2] += any(span.first and span.first.isoformat() == wanted for span in ours)
    print(f"{'own cases of one day, by family':60}{'cases':>7}{'dateparser':>12}{'rasid':>7}")
    for name, row in sorted(counts.items(), key=lambda pair: -pair[1][0]):
        print(f"{name:60}{row[0]:7}{row[1] / row[0]:12.2f}{row[2] / row[0]:7.2f}")


def _own_days() -> Iterator[tuple[str, str, datetime.date, str]]:
    for path in sorted((Path(__file__).resolve().parents[1] / "tests" / "cases").glob("times_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["kind"] in ("known-failure", "must-not-change") or not row["published"] or len(row["times"]) != 1:
                continue
            phrase, edtf = row["times"][0]
            if edtf and _DATE.fullmatch(edtf):
                yield row["name"], phrase, datetime.date.fromisoformat(row["published"]), edtf


def main() -> None:
    """Run both suites."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print every miss")
    options = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"no data at {SHARED}: nothing was measured")
    report("duckling", list(duckling()), misses=options.misses)
    report("recognizers", list(recognizers()), misses=options.misses)
    differential()


if __name__ == "__main__":
    main()
