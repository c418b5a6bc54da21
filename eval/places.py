"""Measure the places stage on the place phrases of the event sets: found, country, place.

    python eval/places.py GOLD.jsonl [--errors N]

Gold has no coordinates; a name counts as right when the coded phrase shares half of the gold phrase's words, or its
English name is the gold's by fuzzy comparison (tokens, 85 of 100). The stage runs without the mentions of names.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

from rasid.places import resolve, stage
from rasid.places.stage import context_of
from rasid.records import Article, Document, Place, Sentence
from rasid.words.fold import fold
from rasid.words.tokens import tokenize

_SAME_NAME = 85


def document(record: dict[str, Any]) -> Document:
    text = record["text"]
    tokens = tokenize(text)
    sentences = tuple(
        Sentence(index, start, end, tuple(token for token in tokens if start <= token.start < end))
        for index, (start, end) in enumerate(record["sentences"])
    )
    return Document(Article(str(record["article"]), None, text), sentences=sentences)


def overlapping(places: tuple[Place, ...], start: int, end: int) -> Place | None:
    """The place that shares most characters with the span."""
    best = max(places, key=lambda place: min(place.end, end) - max(place.start, start), default=None)
    return best if best is not None and min(best.end, end) > max(best.start, start) else None


def same_words(gold: str, coded: str) -> bool:
    a, b = (re.findall(r"\w+", fold(text)) for text in (gold, coded))
    hit = sum(any(c == g or (c.endswith(g) and len(c) - len(g) <= 2) for c in b) for g in a)
    return bool(a and b) and (2 * hit >= len(a) or (a[0] == b[0] and hit >= 1))


def plain(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    bare = re.sub(r"\b(al|ad|ar|as|at|az|an|ash|the|governorate|camp|city)\b", " ", re.sub("[^a-z ]", " ", bare))
    return " ".join(bare.split())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print N errors of each class")
    args = parser.parse_args()
    counts: collections.Counter[str] = collections.Counter()
    errors: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    spent = 0.0
    for line in args.gold.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        before = document(record)
        started = time.process_time()
        after = stage(before)
        spent += time.process_time() - started
        counts["articles"] += 1
        counts["coded"] += len(after.places or ())
        seen = set()
        for mention in record["mentions"]:
            gold = mention.get("place") or {}
            if gold.get("text"):
                judge(gold, mention, after, counts, errors)
                seen.add((gold["start"], gold["end"]))
    report(counts, spent)
    for kind, rows in errors.items():
        print(f"\n{kind}")
        for text, count in rows.most_common(args.errors):
            print(f"  {count}  {text}")
    return 0 if counts["gold"] else 2


def judge(
    gold: dict[str, Any], mention: dict[str, Any], after: Document, counts: collections.Counter[str],
    errors: dict[str, collections.Counter[str]],
) -> None:  # fmt: skip
    counts["gold"] += 1
    place = overlapping(after.places or (), gold["start"], gold["end"])
    counts["found"] += place is not None
    if place is None:
        errors["missed"][f"{gold['text']} = {gold['name']} {gold['country']}"] += 1
        number = gold.get("from", mention["sentence"])
        sentence = (after.sentences or ())[number]
        tokens = [token for token in sentence.tokens if token.end > gold["start"] and token.start < gold["end"]]
        place = resolve(tokens, after, number, context_of(after))
        counts["bound"] += place is not None
    if place is None:
        return
    counts["metonym"] += place.score < 0.25
    if place.score < 0.25:
        errors["low score"][f"{gold['text']} → {place.text} {place.score}"] += 1
    counts["country"] += place.country == gold["country"]
    words = same_words(gold["text"], place.text)
    counts["words"] += words
    named = place.name_en is not None and fuzz.token_set_ratio(plain(gold["name"]), plain(place.name_en)) >= _SAME_NAME
    counts["name"] += named
    counts["place"] += words or named
    coded = f"{place.text} = {place.name_en} {place.country} {place.reason}"
    shown = f"{gold['text']} = {gold['name']} {gold['country']} → {coded}"
    if place.country != gold["country"]:
        errors["country"][shown] += 1
    elif not named:
        errors["name"][shown] += 1
    if not words:
        errors["words"][shown] += 1


def report(counts: collections.Counter[str], spent: float) -> None:
    gold = counts["gold"]
    for key in ("found", "bound", "country", "words", "name", "place", "metonym"):
        print(f"{key:8} {counts[key] / max(gold, 1):.4f}  {counts[key]} of {gold}")
    articles = counts["articles"]
    print(f"{counts['coded'] / articles:.1f} places an article, {1000 * spent / articles:.2f} ms an article")


if __name__ == "__main__":
    sys.exit(main())
