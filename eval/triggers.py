"""The rule side of event finding against coded news: triggers, status, attribution, tolls.

    python eval/triggers.py GOLD.jsonl...

Status and attribution are read at the gold triggers; tolls are compared by sentence.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasid.events.attribution import attributions, telling_of
from rasid.events.counts import Toll, counts
from rasid.events.status import status_of
from rasid.events.triggers import find
from rasid.records import Token
from rasid.words import tokenize

THRESHOLDS = (0.0, 0.3, 0.5, 0.7)


@dataclass(frozen=True)
class Coded:
    """One sentence with its coded mentions; ``start`` is its offset in the article."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    mentions: tuple[dict[str, Any], ...]

    def covered(self, start: int, end: int) -> tuple[int, int]:
        """First and last token that the article span touches."""
        inside = [i for i, t in enumerate(self.tokens) if t.start < end - self.start and start - self.start < t.end]
        return inside[0], inside[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+", help="coded articles, one JSON object a line")
    for path in parser.parse_args().gold:
        sentences = list(read(path))
        print(f"{path.name}: {len(sentences)} sentences")
        measure_triggers(sentences)
        measure_status(sentences)
        measure_attribution(sentences)
        measure_counts(sentences)


def read(path: Path) -> Iterator[Coded]:
    for line in path.read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        for number, (start, end) in enumerate(article["sentences"]):
            mentions = tuple(m for m in article["mentions"] if m["sentence"] == number)
            yield Coded(start, end, tokenize(article["text"][start:end]), mentions)


def measure_triggers(sentences: Sequence[Coded]) -> None:
    """Recall by sentence and type of a hit that overlaps the gold trigger; precision of hits by least weight."""
    gold: Counter[str] = Counter()
    reached: Counter[str] = Counter()
    hits: Counter[tuple[str, float]] = Counter()
    right: Counter[tuple[str, float]] = Counter()
    for sentence in sentences:
        told = {(m["type"], *sentence.covered(m["trigger"]["start"], m["trigger"]["end"])) for m in sentence.mentions}
        found = find(sentence.tokens)
        gold.update({name for name, _, _ in told})
        reached.update(
            {n for n, first, last in told for h in found if h.type == n and h.first <= last and first <= h.last}
        )
        for hit in found:
            ok = any(n == hit.type and hit.first <= last and first <= hit.last for n, first, last in told)
            for least in THRESHOLDS:
                hits[hit.type, least] += hit.weight >= least
                right[hit.type, least] += ok and hit.weight >= least
    print(f"  triggers: recall {ratio(reached.total(), gold.total())}; precision at least weight {THRESHOLDS}")
    right.update({("all", least): sum(right[n, least] for n in gold) for least in THRESHOLDS})
    hits.update({("all", least): sum(hits[n, least] for n in gold) for least in THRESHOLDS})
    reached["all"], gold["all"] = reached.total(), gold.total()
    for name in sorted(gold):
        at = "  ".join(ratio(right[name, least], hits[name, least]) for least in THRESHOLDS)
        print(f"    {name:10} {gold[name]:5}  recall {ratio(reached[name], gold[name])}  precision {at}")


def measure_status(sentences: Sequence[Coded]) -> None:
    pairs: Counter[tuple[str, str]] = Counter()
    for sentence in sentences:
        for mention in sentence.mentions:
            first, last = sentence.covered(mention["trigger"]["start"], mention["trigger"]["end"])
            read_as = status_of(sentence.tokens, first, last, type_name=mention["type"])
            pairs[mention["status"], read_as.value] += 1
    right = sum(n for (a, b), n in pairs.items() if a == b)
    base = sum(n for (a, _), n in pairs.items() if a == "reported")
    print(f"  status: accuracy {ratio(right, pairs.total())} (all reported: {ratio(base, pairs.total())})")
    for name in ("future", "hypothetical", "negation"):
        told = sum(n for (a, _), n in pairs.items() if a == name)
        read_so = sum(n for (_, b), n in pairs.items() if b == name)
        hit = pairs[name, name]
        print(f"    {name:12} {told:5}  precision {ratio(hit, read_so)}  recall {ratio(hit, told)}")


def measure_attribution(sentences: Sequence[Coded]) -> None:
    """Sources named in the sentence; a tie between a mention and its own actor is not counted as attribution."""
    sources = reached = gold = predicted = right = stances = 0
    for sentence in sentences:
        spans = {(a["start"], a["end"]) for m in sentence.mentions if (a := _source(sentence, m))}
        tellings = [t for t in attributions(sentence.tokens) if t.first >= 0]
        sources += len(spans)
        reached += sum(any(_same(sentence, t.first, t.last, *span) for t in tellings) for span in spans)
        for mention in sentence.mentions:
            wanted = _source(sentence, mention)
            telling = telling_of(sentence.tokens, *sentence.covered(*_span(mention["trigger"])))
            gold += wanted is not None
            if telling is None or telling.first < 0 or _is_actor(sentence, telling.first, telling.last, mention):
                continue
            predicted += 1
            if wanted and _same(sentence, telling.first, telling.last, wanted["start"], wanted["end"]):
                right += 1
                stances += telling.stance == wanted["stance"]
    print(
        f"  attribution: sources reached {ratio(reached, sources)}; by mention precision {ratio(right, predicted)} "
        f"recall {ratio(right, gold)}; stance {ratio(stances, right)}"
    )


def measure_counts(sentences: Sequence[Coded]) -> None:
    gold: Counter[str] = Counter()
    hits: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for sentence in sentences:
        if not sentence.mentions:
            continue
        told = {(toll.value, m[toll.value]) for m in sentence.mentions for toll in Toll if m[toll.value]}
        found = {(count.toll.value, count.value) for count in counts(sentence.tokens)}
        gold.update(name for name, _ in told)
        hits.update(name for name, _ in found)
        right.update(name for name, _ in told & found)
    for name in gold:
        precision, recall = ratio(right[name], hits[name]), ratio(right[name], gold[name])
        print(f"  {name}: {gold[name]}  precision {precision}  recall {recall}")


def _span(phrase: dict[str, Any]) -> tuple[int, int]:
    return phrase["start"], phrase["end"]


def _source(sentence: Coded, mention: dict[str, Any]) -> dict[str, Any] | None:
    source = mention["attribution"]
    return source if source and sentence.start <= source["start"] < sentence.end else None


def _shared(sentence: Coded, first: int, last: int, start: int, end: int) -> int:
    mine = sentence.tokens[first].start + sentence.start, sentence.tokens[last].end + sentence.start
    return max(0, min(mine[1], end) - max(mine[0], start))


def _same(sentence: Coded, first: int, last: int, start: int, end: int) -> bool:
    """At least half of the gold phrase."""
    return 2 * _shared(sentence, first, last, start, end) >= end - start


def _is_actor(sentence: Coded, first: int, last: int, mention: dict[str, Any]) -> bool:
    return any(_shared(sentence, first, last, *_span(actor)) for actor in mention["actors"])


def ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "  -  "


if __name__ == "__main__":
    main()
