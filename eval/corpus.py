#!/usr/bin/env python3
"""Reads and cleans the whole corpus and checks that nothing is lost on the way.

    eval/corpus.py [--limit N] [--folder FOLDER]

For every record of FOLDER/*.jsonl.xz: it comes out as one article or one rejection; the article's title and body are
the record's to the letter; the offset map is in order and inside the text; every letter and digit of the source is
either covered by the map or listed in set_aside; every letter that changed is listed in repairs. Told besides: what was
rejected, set aside and repaired, articles a second on one core (processor time of reading and cleaning alone), and the
peak of memory. The exit status is 1 when something is lost, reading is slower than 800 articles a
second, or memory passes 400 MB.
"""

from __future__ import annotations

import argparse
import itertools
import json
import lzma
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from rasid import read
from rasid.clean import BLANKED, clean
from rasid.records import Article, Cleaned, Rejected

ROOT = Path(__file__).resolve().parent.parent
MAX_MEMORY = 400  # MB
MIN_SPEED = 800  # articles a second on one core
SHOWN = 20
TATWEEL = 0x640
BLANKS = (0x20, 0x0A)


@dataclass
class Tally:
    """What was counted over all files; ``seconds`` of processor time."""

    articles: int = 0
    characters: int = 0
    reading: float = 0.0
    cleaning: float = 0.0
    faults: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    aside: Counter[str] = field(default_factory=Counter)
    aside_characters: int = 0
    repairs: Counter[str] = field(default_factory=Counter)
    passages: Counter[str] = field(default_factory=Counter)
    dated: Counter[str] = field(default_factory=Counter)


def records(path: Path) -> Iterator[Any]:
    """The parsed lines of a file."""
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def pairs(path: Path, tally: Tally) -> Iterator[tuple[Any, Article | Rejected]]:
    """Each record with what reading made of it; reading alone is timed."""
    found = read.articles([str(path)])
    for record in records(path):
        begun = time.process_time()
        item = next(found, None)
        tally.reading += time.process_time() - begun
        if item is None:
            raise SystemExit(f"{path.name}: reading ended before the file did")
        yield record, item
    if next(found, None) is not None:
        raise SystemExit(f"{path.name}: reading gave more than the file holds")


def faults(article: Article, record: Any, cleaned: Cleaned) -> Iterator[str]:
    """What is wrong with one article."""
    if (article.title or "") not in ("", record.get("title")) or article.body != record["text"]:
        yield "reading changed the title or the body"
    text = np.frombuffer(article.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    clear = np.frombuffer(cleaned.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    starts, ends = np.asarray(cleaned.starts, np.int64), np.asarray(cleaned.ends, np.int64)
    if not len(clear) == len(starts) == len(ends):
        yield "the map is longer or shorter than the cleaned text"
        return
    if len(clear) and (starts.min() < 0 or ends.max() > len(text) or (starts >= ends).any()):
        yield "the map points outside of the text"
        return
    if (np.diff(starts) < 0).any():
        yield "the map goes back"
    listed = covered(len(text), [(span.start, span.end) for span in cleaned.set_aside if span.reason in BLANKED])
    repaired = covered(len(text), [(repair.start, repair.end) for repair in cleaned.repairs])
    shown = ~np.isin(clear, BLANKS)  # a line end may stand for a whole line that was set aside
    mapped = covered(len(text), np.stack((starts[shown], ends[shown]), axis=1))
    yield from lost(text, mapped | listed | repaired)
    yield from changed(text, clear, starts, ends, repaired)


def covered(size: int, spans: Any) -> Any:
    """True for each of ``size`` characters that one of the spans covers."""
    marks = np.zeros(size + 1, np.int64)
    if len(spans):
        edges = np.asarray(spans, np.int64)
        np.add.at(marks, edges[:, 0], 1)
        np.add.at(marks, edges[:, 1], -1)
    return marks.cumsum()[:size] > 0


def lost(text: Any, known: Any) -> Iterator[str]:
    """Letters and digits that are neither in the cleaned text nor listed."""
    gone = [chr(code) for code in text[~known] if code != TATWEEL and chr(code).isalnum()]
    if gone:
        yield f"{len(gone)} letters are gone without being listed: {''.join(gone[:20])!r}"


def changed(text: Any, clear: Any, starts: Any, ends: Any, repaired: Any) -> Iterator[str]:
    """Letters and digits that stand for another character without being listed."""
    at = np.flatnonzero((clear != text[starts]) & ~repaired[starts] & (ends > starts))
    wrong = [chr(text[starts[index]]) for index in at if chr(text[starts[index]]).isalnum()]
    if wrong:
        yield f"{len(wrong)} letters are changed without being listed: {''.join(wrong[:20])!r}"


def check(path: Path, limit: int | None, tally: Tally) -> None:
    """Reads, cleans and checks up to ``limit`` records of a file."""
    for record, item in itertools.islice(pairs(path, tally), limit):
        if isinstance(item, Rejected):
            tally.rejected[item.code] += 1
            continue
        begun = time.process_time()
        cleaned = clean(item)
        tally.cleaning += time.process_time() - begun
        count(item, cleaned, tally)
        for fault in faults(item, record, cleaned):
            tally.faults += 1
            if tally.faults <= SHOWN:
                print(f"{path.name}, {item.id}: {fault}")


def count(article: Article, cleaned: Cleaned, tally: Tally) -> None:
    tally.articles += 1
    tally.characters += len(article.text)
    tally.dated[article.published_by or "none"] += 1
    tally.aside.update(span.reason for span in cleaned.set_aside)
    tally.aside_characters += sum(span.end - span.start for span in cleaned.set_aside if span.reason in BLANKED)
    tally.repairs.update(repair.kind for repair in cleaned.repairs)
    tally.passages.update(passage.language for passage in cleaned.passages)


def peak() -> float:
    """The most memory that the process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def report(tally: Tally) -> None:
    for name in ("rejected", "aside", "repairs", "passages", "dated"):
        found: Counter[str] = getattr(tally, name)
        print(f"{name:9} {', '.join(f'{key} {count}' for key, count in found.most_common()) or 'none'}")
    share = 100 * tally.aside_characters / max(tally.characters, 1)
    print(f"{tally.articles} articles, {tally.characters / 1e6:.0f} million characters, {share:.2f} % set aside")
    both = tally.reading + tally.cleaning
    print(
        f"{tally.articles / both:.0f} articles/s (reading {tally.articles / tally.reading:.0f}, "
        f"cleaning {tally.articles / tally.cleaning:.0f}), peak {peak():.0f} MB, {tally.faults} faults"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--limit", type=int, metavar="N", help="records of each file")
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "data" / "news")
    arguments = parser.parse_args()
    tally = Tally()
    for path in sorted(arguments.folder.glob("*.jsonl.xz")):
        check(path, arguments.limit, tally)
        print(f"{path.name}: {tally.articles} articles so far, peak {peak():.0f} MB", flush=True)
    if not tally.articles:
        print(f"no articles in {arguments.folder}")
        return 1
    report(tally)
    slow = tally.articles / (tally.reading + tally.cleaning) < MIN_SPEED
    return 1 if tally.faults or slow or peak() > MAX_MEMORY else 0


if __name__ == "__main__":
    sys.exit(main())
