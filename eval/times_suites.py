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
        on_day = span.first in case.firsts or span.first is None and span.rule == "clock"
        clock = case.clock is None or span.rule == "present" or _same_clock(span.symbolic or "", case.clock)
        end = case.last is None or span.last == case.last or span.rule == "clock"
        if on_day and clock and end:
            return True
    return False


def _same_clock(told: str, wanted: str) -> bool:
    return told == wanted or told == wanted.removesuffix(":00")


def reason(case: Case, spans: tuple[TimeSpan, ...]) -> str:
    """Why the two differ, by their values."""
    wanted = min(case.firsts)
    if wanted.year == 1:
        return "no such day; the suite gives a blank"
    if not spans:
        return "not read: a number, a word or an English order that dates nothing in a newspaper without more"
    span = max(spans, key=lambda span: span.end - span.start)
    off = (wanted - span.first).days if span.first else None
    if "weekday" in span.rule and off in (7, -7):
        return "a bare weekday points ahead in an assistant, back in news"
    if "week" in span.rule and off in (1, -1, 7):
        return "the suite's weeks begin on Monday, here on Sunday as in Arabic news"
    if span.first and span.last and span.first <= wanted < span.last:
        return "coarser: the text names a week, month or year, and the codebook is never finer than the text"
    if span.rule in ("nth", "window", "within", "later") and off is not None and abs(off) <= _NEARLY:
        return "the suite counts from Monday weeks, or from the day after publication"
    if span.rule in ("weekend", "within") or "named_day" in span.rule:
        return "points to the last or nearest one, in an assistant to the coming one"
    if span.rule.rpartition("_")[2] in ("start", "early", "mid", "late", "end", "rest"):
        return "part of a month or year, valued as the whole by the codebook (never finer than the text allows)"
    if span.calendar == "hijri" and off is not None and abs(off) <= 1:
        return "one day of doubt between Hijri calendars"
    if case.clock is not None:
        return "clock times: a record keeps days"
    if off is not None and abs(off) >= 360 and (abs(off) % 365 <= 8 or abs(off) % 365 >= 357):
        return "another year: a date without year points to the nearest, not to the coming one"
    return "other value"


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
    """How many of the project's own cases of one day dateparser reads, given the phrase alone."""
    try:
        import dateparser
    except ImportError:
        print("dateparser is not installed: nothing was compared")
        return
    total = right = 0
    for text, published, wanted in _own_days():
        settings = {"RELATIVE_BASE": datetime.datetime.combine(published, datetime.time()), "PREFER_DATES_FROM": "past",
                    "DATE_ORDER": "DMY"}  # fmt: skip
        found = dateparser.parse(text, languages=["ar"], settings=settings)
        total += 1
        right += found is not None and found.date().isoformat() == wanted
    print(f"dateparser reads {right} of {total} own cases of one day ({right / total:.3f}); rasid reads all (tests)")


def _own_days() -> Iterator[tuple[str, datetime.date, str]]:
    for path in sorted((Path(__file__).resolve().parents[1] / "tests" / "cases").glob("times_*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["kind"] in ("known-failure", "must-not-change") or not row["published"] or len(row["times"]) != 1:
                continue
            phrase, edtf = row["times"][0]
            if edtf and _DATE.fullmatch(edtf):
                yield phrase, datetime.date.fromisoformat(row["published"]), edtf


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
