#!/usr/bin/env python3
"""Which mentions improved and which got worse between two coded runs.

    eval/diff.py BEFORE.jsonl AFTER.jsonl GOLD.jsonl

Each gold mention is listed under what became of it: missed, or found with the figures it falls short in. Extra
mentions that came or went follow. Exit status 0 whatever the outcome; 2 when there is nothing to compare.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasid.evaluate import Pairing, faults, pair
from rasid.gold import GoldArticle, Judged, read_coded, read_gold

MISSED = ("missed",)


@dataclass(frozen=True)
class Change:
    """What became of one mention: ``gain`` is positive for an improvement."""

    gain: int
    article: str
    mention: Judged
    before: str
    after: str

    def __str__(self) -> str:
        told = f"{self.article}\ts{self.mention.sentence}\t{self.mention.type}\t{' '.join(self.mention.words.split())}"
        return f"{told}\t{self.before} → {self.after}"


def changes(gold: Sequence[GoldArticle], before: Path, after: Path) -> Iterator[Change]:
    """Every mention whose outcome differs between the runs."""
    old, new = read_coded(before, gold), read_coded(after, gold)
    for article in gold:
        was, now = pair(article, old.get(article.id, ())), pair(article, new.get(article.id, ()))
        yield from _answers(was, now)
        yield from _extras(was, now)


def _answers(was: Pairing, now: Pairing) -> Iterator[Change]:
    old, new = _outcomes(was), _outcomes(now)
    for mention, before in old.items():
        after = new[mention]
        if before != after:
            yield Change(_cost(before) - _cost(after), was.article, mention, _told(before), _told(after))


def _outcomes(found: Pairing) -> dict[Judged, tuple[str, ...]]:
    answered = {gold: faults(gold, coded) for gold, coded in found.pairs}
    return {**answered, **dict.fromkeys(found.missed, MISSED)}


def _cost(outcome: tuple[str, ...]) -> int:
    """A missed mention costs more than any number of faults in one that was found."""
    return 100 if outcome == MISSED else len(outcome)


def _told(outcome: tuple[str, ...]) -> str:
    return ", ".join(outcome) or "right"


def _extras(was: Pairing, now: Pairing) -> Iterator[Change]:
    old, new = Counter(map(_key, was.extra)), Counter(map(_key, now.extra))
    for mention in was.extra:
        if (old - new)[_key(mention)]:
            yield Change(1, was.article, mention, "extra", "gone")
    for mention in now.extra:
        if (new - old)[_key(mention)]:
            yield Change(-1, was.article, mention, "absent", "extra")


def _key(mention: Judged) -> tuple[str, int | None, tuple[int, int] | None]:
    return mention.type, mention.sentence, mention.trigger


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("before", "after", "gold"):
        parser.add_argument(name, type=Path)
    arguments = parser.parse_args()
    gold = read_gold(arguments.gold)
    if not any(article.mentions for article in gold):
        print(f"{arguments.gold}: holds no mentions, nothing to compare", file=sys.stderr)
        return 2
    found = sorted(changes(gold, arguments.before, arguments.after), key=lambda change: (change.article, -change.gain))
    for title, sign in (("improved", 1), ("worse", -1), ("otherwise wrong", 0)):
        listed = [change for change in found if (change.gain > 0) - (change.gain < 0) == sign]
        print(f"{title}: {len(listed)}")
        for change in listed:
            print(f"  {change}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
