#!/usr/bin/env python3
"""Measures what is taken for one happening: within articles on gold mentions, across articles on labelled clusters.

    python -m eval.merging GOLD.jsonl NEWS_FOLDER [--split test] [--order]

Within articles: MUC, B³, CEAFe (entities) and their mean, the CoNLL score; gold mentions are given, and a happening
never reaches over two types. Across articles (training/labels/clusters.jsonl, coded anew from NEWS_FOLDER): B³ and
pairs over all labelled reports, pairs of two articles alone, and the same for the field's one-a-day filter, which takes
all events of one day, type, actor country and recipient country for one. ``--order`` tells besides how far the events
differ when the days come one after another, and in reverse.
"""

from __future__ import annotations

import argparse
import collections
import datetime
import itertools
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rasid import coref
from rasid.merge import Known, Told, join
from training.merging_data import Window, gold_documents, windows

Groups = Mapping[str, str]  # report to the name of its group


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def __str__(self) -> str:
        return f"precision {self.precision:.3f}, recall {self.recall:.3f}, F1 {self.f1:.3f}"


def sets_of(groups: Groups) -> list[frozenset[str]]:
    """The groups as sets of reports."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for report, group in groups.items():
        found[group].add(report)
    return [frozenset(members) for members in found.values()]


def b_cubed(gold: Groups, told: Groups) -> Score:
    """B³ (Bagga and Baldwin 1998) over the reports of both, which must be the same."""
    gold_of = {report: members for members in sets_of(gold) for report in members}
    told_of = {report: members for members in sets_of(told) for report in members}
    both = {report: len(gold_of[report] & told_of[report]) for report in gold}
    count = len(gold) or 1
    return Score(
        sum(both[report] / len(told_of[report]) for report in gold) / count,
        sum(both[report] / len(gold_of[report]) for report in gold) / count,
    )


def pairwise(pairs: Iterable[tuple[str, str]], gold: Groups, told: Groups) -> Score:
    """Precision and recall of the pairs that are told as one."""
    tally = collections.Counter((gold[a] == gold[b], told[a] == told[b]) for a, b in pairs)
    right = tally[True, True]
    return Score(right / max(right + tally[False, True], 1), right / max(right + tally[True, False], 1))


def muc(gold: Sequence[Groups], told: Sequence[Groups]) -> Score:
    """Links kept (Vilain et al. 1995), over all articles."""
    kept, needed = map(sum, zip(*(_links(a, b) for a, b in zip(gold, told, strict=True)), strict=True))
    right, made = map(sum, zip(*(_links(b, a) for a, b in zip(gold, told, strict=True)), strict=True))
    return Score(right / max(made, 1), kept / max(needed, 1))


def _links(gold: Groups, told: Groups) -> tuple[int, int]:
    members = sets_of(gold)
    return (
        sum(len(group) - len({told[report] for report in group}) for group in members),
        sum(len(group) - 1 for group in members),
    )


def ceaf(gold: Sequence[Groups], told: Sequence[Groups]) -> Score:
    """CEAF over entities (Luo 2005): the best one-to-one match of groups, by their overlap."""
    total, gold_count, told_count = 0.0, 0, 0
    for a, b in zip(gold, told, strict=True):
        first, second = sets_of(a), sets_of(b)
        total += best_match([[2 * len(x & y) / (len(x) + len(y)) for y in second] for x in first])
        gold_count, told_count = gold_count + len(first), told_count + len(second)
    return Score(total / max(told_count, 1), total / max(gold_count, 1))


def best_match(weights: Sequence[Sequence[float]]) -> float:
    """Greatest sum of weights with no row and no column used twice (the Hungarian method)."""
    if not weights or not weights[0]:
        return 0.0
    if len(weights) > len(weights[0]):
        return best_match([list(column) for column in zip(*weights, strict=True)])
    rows, columns = len(weights), len(weights[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    matched = [0] * (columns + 1)
    for row in range(1, rows + 1):
        _augment(row, weights, row_price, column_price, matched)
    return sum(weights[matched[column] - 1][column - 1] for column in range(1, columns + 1) if matched[column])


def _augment(
    row: int, weights: Sequence[Sequence[float]], row_price: list[float], column_price: list[float], matched: list[int]
) -> None:
    """Match ``row``, moving others where that costs least; rows and columns count from 1."""
    columns = len(column_price)
    matched[0] = row
    slack, before, used = [float("inf")] * columns, [0] * columns, [False] * columns
    at = 0
    while matched[at]:
        used[at] = True
        step, following = float("inf"), 0
        for column in range(1, columns):
            if used[column]:
                continue
            cost = -weights[matched[at] - 1][column - 1] - row_price[matched[at]] - column_price[column]
            if cost < slack[column]:
                slack[column], before[column] = cost, at
            if slack[column] < step:
                step, following = slack[column], column
        for column in range(columns):
            if used[column]:
                row_price[matched[column]] += step
                column_price[column] -= step
            else:
                slack[column] -= step
        at = following
    while at:
        matched[at] = matched[before[at]]
        at = before[at]


def within(gold_path: Path) -> None:
    """Prints the within-article figures."""
    gold: list[Groups] = []
    told: list[Groups] = []
    for document, numbers in gold_documents(gold_path):
        found = coref.stage(document).reports or ()
        gold.append({report.id: f"{number} {report.type}" for report, number in zip(found, numbers, strict=True)})
        told.append({report.id: str(report.coref) for report in found})
    whole_gold = {name: f"{at} {group}" for at, groups in enumerate(gold) for name, group in groups.items()}
    whole_told = {name: f"{at} {group}" for at, groups in enumerate(told) for name, group in groups.items()}
    pairs = [pair for groups in gold for pair in itertools.combinations(sorted(groups), 2)]
    scores = {"MUC": muc(gold, told), "B³": b_cubed(whole_gold, whole_told), "CEAFe": ceaf(gold, told)}
    print(f"within {len(gold)} articles, {len(whole_gold)} gold mentions")
    for name, score in scores.items():
        print(f"  {name:6} {score}")
    print(f"  CoNLL  {sum(score.f1 for score in scores.values()) / len(scores):.3f}")
    print(f"  pairs  {pairwise(pairs, whole_gold, whole_told)}")


def one_a_day(reports: Sequence[Told]) -> Groups:
    """The field's filter: one event a day, type, actor country and recipient country; the day is that of publication
    where no finer one is told.
    """
    return {report.id: _day_key(report) for report in reports}


def _day_key(report: Told) -> str:
    exact = report.days is not None and report.days.first == report.days.last
    day = report.days.first if exact and report.days is not None else report.published
    actor, recipient = (
        next((party.country or party.code[:3] for party in report.parties if party.role == role), "") for role in _ROLES
    )
    return f"{day} {report.type} {actor} {recipient}"


_ROLES = ("actor", "recipient")


def merged(reports: Sequence[Told]) -> Groups:
    """The events of all reports at once."""
    return {name: event.id for event in join(reports) for name in event.reports}


def merged_by_day(reports: Sequence[Told], *, reverse: bool = False) -> Groups:
    """The events when the reports of one day of publication come after those of another."""
    by_id = {report.id: report for report in reports}
    events: dict[str, Known] = {}
    days = sorted({report.published or datetime.date.min for report in reports}, reverse=reverse)
    for day in days:
        new = [report for report in reports if (report.published or datetime.date.min) == day]
        for event in join(new, tuple(events.values())):
            for gone in event.absorbed:
                events.pop(gone)
            events[event.id] = Known(event.id, tuple(by_id[name] for name in event.reports))
    return {told.id: event.id for event in events.values() for told in event.reports}


def across(found: Sequence[Window], *, order: bool) -> None:
    """Prints the figures across articles."""
    gold = {
        report.id: label
        for window in found
        for report, label in zip(window.reports, window.happenings, strict=True)
        if label is not None
    }
    several = [members for members in sets_of(gold) if len({name.rpartition(":")[0] for name in members}) > 1]
    print(f"across articles: {len(gold)} labelled reports, {len(several)} happenings told by several articles")
    _print_scores("merged", gold, [_prefixed(window, merged(window.reports)) for window in found])
    _print_scores("one a day", gold, [_prefixed(window, one_a_day(window.reports)) for window in found])
    if order:
        for reverse in (False, True):
            agreement = [
                b_cubed(merged(window.reports), merged_by_day(window.reports, reverse=reverse)).f1 for window in found
            ]
            shown = ", ".join(f"{value:.3f}" for value in agreement)
            print(f"  day after day{' in reverse' if reverse else ''}, against all at once: B³ F1 {shown}")


def _prefixed(window: Window, groups: Groups) -> Groups:
    return {name: f"{window.name} {group}" for name, group in groups.items()}


def _print_scores(title: str, gold: Groups, parts: Sequence[Groups]) -> None:
    told = {name: group for part in parts for name, group in part.items() if name in gold}
    pairs = [pair for part in parts for pair in itertools.combinations(sorted(set(part) & set(gold)), 2)]
    apart = [(a, b) for a, b in pairs if a.partition(":")[0] != b.partition(":")[0]]
    print(f"  {title}")
    print(f"    B³                        {b_cubed(gold, told)}")
    print(f"    all pairs                 {pairwise(pairs, gold, told)}")
    score = pairwise(apart, gold, told)
    print(f"    pairs of two articles     {score}")
    print(f"    wrongly merged {1 - score.precision:.1%} of what it merges, left {1 - score.recall:.1%} of duplicates")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("news", type=Path)
    parser.add_argument("--split", default="test")
    parser.add_argument("--order", action="store_true")
    args = parser.parse_args()
    within(args.gold)
    across(list(windows(args.news, args.split)), order=args.order)
    return 0


if __name__ == "__main__":
    sys.exit(main())
