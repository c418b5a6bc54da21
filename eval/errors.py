#!/usr/bin/env python3
"""Where end-to-end coding goes wrong, by class: every gold mention that is not fully right, and every extra event.

    eval/errors.py GOLD.jsonl [--show CLASS] [--most N]

Of several faults of one mention the first counts: missed, status, actors, recipients. ``--show`` lists a class.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasid import events, export, pipeline
from rasid.evaluate import Pairing, end_to_end, pair, same_phrase
from rasid.gold import GoldArticle, Judged, Party, place_coded, read_gold
from rasid.records import Document


@dataclass(frozen=True)
class Fault:
    """One error: its class, and the words that show it."""

    kind: str
    article: str
    words: str


def faults(gold: GoldArticle, document: Document) -> Iterator[Fault]:
    """Every error on one article."""
    (coded,) = place_coded([export.coded(document)], [gold]).values()
    pairing = pair(gold, coded)
    for mention in pairing.missed:
        yield Fault(_missed(mention, pairing, document), gold.id, f"{mention.type} {mention.words}")
    for mention in pairing.extra:
        yield Fault(_extra(mention, gold), gold.id, f"{mention.type} {mention.words}")
    for mention, answer in pairing.pairs:
        if not end_to_end(mention, answer):
            yield Fault(_wrong(mention, answer), gold.id, f"{mention.type} {mention.words}: {_told(mention, answer)}")


def _missed(mention: Judged, pairing: Pairing, document: Document) -> str:
    if any(_touch(mention, other) for other in pairing.extra):
        return "missed: coded as another type"
    if any(_touch(mention, other) for _, other in pairing.pairs):
        return "missed: two acts in one word"
    start, end = mention.trigger or (0, 0)
    near = [one for one in events.considered(document) if one.start < end and start < one.end]
    if any(one.reason == "too_unsure" for one in near):
        return "missed: seen, too unsure"
    return "missed: in the tables, not seen" if near else "missed: not seen"


def _extra(mention: Judged, gold: GoldArticle) -> str:
    if any(_touch(mention, other) for other in gold.mentions):
        return "extra: another type than the gold's"
    if any(mention.sentence == other.sentence for other in gold.mentions):
        return "extra: beside a gold mention"
    return "extra: in a sentence without mentions"


def _touch(one: Judged, other: Judged) -> bool:
    if one.trigger is None or other.trigger is None:
        return False
    return one.trigger[0] < other.trigger[1] and other.trigger[0] < one.trigger[1]


def _wrong(mention: Judged, answer: Judged) -> str:
    if mention.status != answer.status:
        return f"status: {mention.status} taken for {answer.status}"
    for role, wanted, got in (
        ("actor", mention.actors, answer.actors),
        ("recipient", mention.recipients, answer.recipients),
    ):
        if _countries(wanted) != _countries(got):
            return f"{role}: {_party_fault(wanted, got)}"
    return "other"


def _countries(parties: Sequence[Party]) -> list[str]:
    return sorted(str(party.country) for party in parties)


def _party_fault(wanted: Sequence[Party], got: Sequence[Party]) -> str:
    found = [any(same_phrase(party.words, other.words) for other in got) for party in wanted]
    if len(wanted) == len(got):
        return "country wrong" if all(found) else "another phrase"
    if not got:
        return "missed"
    if not wanted:
        return "added where the gold has none"
    return "one of several missed" if len(got) < len(wanted) else "one too many"


def _told(mention: Judged, answer: Judged) -> str:
    def shown(parties: Sequence[Party]) -> str:
        return " + ".join(f"{' '.join(party.words)}={party.country}" for party in parties) or "-"

    return (
        f"{shown(mention.actors)} → {shown(mention.recipients)}"
        f" | coded {shown(answer.actors)} → {shown(answer.recipients)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--show", help="list the mentions of a class")
    parser.add_argument("--most", type=int, default=50)
    args = parser.parse_args()
    gold = read_gold(args.gold)
    documents = pipeline.code(article.article() for article in gold)
    found = [fault for article, document in zip(gold, documents, strict=True) for fault in faults(article, document)]
    if args.show:
        for fault in [fault for fault in found if fault.kind.startswith(args.show)][: args.most]:
            print(f"{fault.article}  {fault.words}")
        return
    print(f"| class of error | of {len(found)} | share |\n|---|---|---|")
    for kind, n in Counter(fault.kind for fault in found).most_common():
        print(f"| {kind} | {n} | {n / len(found):.3f} |")


if __name__ == "__main__":
    main()
