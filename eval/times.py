"""Measure the reading of times against coded news and two outside suites: ``python eval/times.py [--misses]``.

Reads ``../shared/data`` when it is there. For each coded time with a phrase: is a span found that overlaps the phrase,
and has one of them the same EDTF value? Reported by set and by family of the phrase.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import gc
import itertools
import json
import lzma
import re
import time
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rasid import clean, words
from rasid.records import Article, Document, Sentence, TimeSpan
from rasid.times import choose, stage
from rasid.words.fold import fold
from rasid.words.tokens import tokens_of

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
DAY = datetime.date(2018, 5, 18)
_FAMILIES = (
    ("since", r"^منذ"),
    ("ago", r"^قبل"),
    ("later", r"^بعد"),
    ("within", r"^(خلال|في غضون|غضون)"),
    ("night or part", r"^(ليل|ليله|مساء|صباح|فجر|عصر|ظهر|امسيه)"),
    ("deictic", r"(اليوم|امس|غدا|غد)"),
    ("weekday", r"(الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه|السبت)"),
    ("week", r"(الاسبوع|الاسابيع|اسبوع)"),
    (
        "day and month",
        r"(\d+|من) ?\S* ?[^ ]*(يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر)",
    ),
    (
        "month",
        r"(يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|شباط|اذار|نيسان|ايار|تموز)",
    ),
    ("relative month or year", r"(الشهر|العام|السنه) "),
    ("year", r"\d{4}"),
)


@dataclass(frozen=True)
class Gold:
    """A coded time: sentence, source span, value."""

    article: str
    published: str
    sentence: int
    start: int
    end: int
    text: str
    edtf: str | None


@dataclass(frozen=True)
class Outcome:
    """A coded time and the spans that overlap it."""

    gold: Gold
    spans: tuple[TimeSpan, ...]

    @property
    def right(self) -> bool:
        return any(span.edtf == self.gold.edtf for span in self.spans)

    @property
    def chosen(self) -> bool:
        """Right as a report takes it whose phrase is the coded one."""
        span = choose(self.spans, self.gold.start, self.gold.end)
        return span is not None and span.edtf == self.gold.edtf

    @property
    def right_days(self) -> bool:
        """Right when doubt (~) and the way of writing an edge are set aside."""
        return any(span.edtf and _plain(span.edtf) == _plain(self.gold.edtf or "") for span in self.spans)


def _plain(edtf: str) -> str:
    return edtf.replace("~", "")


def family(text: str) -> str:
    """The kind of phrase, by its words."""
    folded = fold(text)
    return next((name for name, pattern in _FAMILIES if re.search(pattern, folded)), "other")


def records(path: Path) -> Iterator[dict[str, object]]:
    """JSON objects of a file, one a line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def document(record: dict) -> Document:  # type: ignore[type-arg]
    """A record of the event sets as a document with its own sentences."""
    text = record["text"]
    starts, ends = array("l", range(len(text))), array("l", range(1, len(text) + 1))
    sentences = tuple(
        Sentence(number, start, end, tokens_of(text, start, end, starts, ends))
        for number, (start, end) in enumerate(record["sentences"])
    )
    published = datetime.date.fromisoformat(record["published"])
    return Document(Article(record["article"], None, text, published=published), sentences=sentences)


def gold_times(record: dict) -> set[Gold]:  # type: ignore[type-arg]
    """The coded times of a record that have a phrase, each once."""
    found = set()
    for mention in record["mentions"]:
        told = mention["time"] or {}
        if not told.get("text") or not told.get("edtf"):
            continue
        number = mention["sentence"] if told.get("from") is None else told["from"]
        start, end = record["sentences"][number]
        at = record["text"].find(told["text"], start, end)
        if at >= 0:
            edtf, text = told["edtf"], told["text"]
            found.add(Gold(record["article"], record["published"], number, at, at + len(text), text, edtf))
    return found


def outcomes(path: Path) -> list[Outcome]:
    """Every coded time of a set with what was found for it."""
    found = []
    for record in records(path):
        times = stage(document(record)).times or ()
        for gold in sorted(gold_times(record), key=lambda gold: gold.start):
            over = tuple(span for span in times if span.start < gold.end and gold.start < span.end)
            found.append(Outcome(gold, over))
    return found


def report(name: str, found: list[Outcome], *, misses: bool) -> None:
    """Print found and right by family, and the misses when asked."""
    groups = collections.defaultdict(list)
    for outcome in found:
        groups[family(outcome.gold.text)].append(outcome)
    print(f"{name}: {_line(found)}")
    for key, group in sorted(groups.items(), key=lambda pair: -len(pair[1])):
        print(f"  {key:24}{_line(group)}")
    for outcome in found if misses else ():
        if not outcome.right:
            told = "; ".join(f"{span.text}={span.edtf}({span.rule})" for span in outcome.spans)
            gold = outcome.gold
            print(f"  - {gold.published} «{gold.text}» gold {gold.edtf} | {told}")


def _line(found: list[Outcome]) -> str:
    total = len(found)
    overlap = sum(bool(outcome.spans) for outcome in found)
    right, days = sum(outcome.right for outcome in found), sum(outcome.right_days for outcome in found)
    chosen = sum(outcome.chosen for outcome in found)
    shares = f"equal EDTF {right / total:.3f}, without ~ {days / total:.3f}, as chosen {chosen / total:.3f}"
    return f"{total:5} coded, found {overlap / total:.3f}, {shares}"


def bulk() -> Iterator[Document]:
    """Forty articles of each archive of mixed news, cut into sentences."""
    for path in sorted((SHARED / "news").glob("*.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in itertools.islice(lines, 0, 40 * 20, 20):
                record = json.loads(line)
                article = Article(record["id"], record["title"], record["text"] or "", published=DAY)
                yield words.stage(clean.stage(Document(article)))


def speed(name: str, documents: list[Document]) -> None:
    """Sentences a second on one core: of five rounds the best time of each document, so that a busy machine matters
    less; the share of sentences with a time says how much there was to do."""
    count = sum(len(item.sentences or ()) for item in documents)
    dated = sum(len({span.sentence for span in stage(item).times or ()}) for item in documents)
    gc.collect()
    gc.freeze()
    took = sum(min(_seconds(item) for _ in range(5)) for item in documents)
    print(f"speed, {name}: {count} sentences, {dated / count:.2f} with a time, {count / took:,.0f} a second")


def _seconds(item: Document) -> float:
    start = time.perf_counter()
    stage(item)
    return time.perf_counter() - start


def main() -> None:
    """Run all measurements whose data is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print every coded time that was missed")
    parser.add_argument("--only", choices=("train", "dev"))
    options = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"no data at {SHARED}: nothing was measured")
    for name in ("train", "dev"):
        path = SHARED / "events" / f"{name}.jsonl"
        if options.only in (None, name):
            report(name, outcomes(path), misses=options.misses)
    speed("coded news", [document(record) for record in records(SHARED / "events" / "train.jsonl")])
    speed("mixed news", list(bulk()))


if __name__ == "__main__":
    main()
