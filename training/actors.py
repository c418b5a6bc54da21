"""Fit the country and sector choices of ``rasid.names`` on labelled articles, and write them as readable tables.

    python -m training.actors EVENTS/train.jsonl

The same input gives the same bytes: no shuffling, full-batch steps from zero.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.phrases import Phrase, considered, read_phrases
from rasid.names import country as countries
from rasid.names import sector
from rasid.names.country import NONE

# Chosen on five folds of the training articles.
L2 = 1.0
STEPS = 400
RATE = 0.03
MIN_FEATURE = 4
MIN_CASE = 4
ROUNDS = 2
MIN_SHARE = 0.45
Example = tuple[dict[str, list[str]], str]


@dataclass(frozen=True)
class Case:
    """A gold phrase as the choice of sector sees it: descriptions, finest first, gold sector, article."""

    descriptions: tuple[str, ...]
    gold: str
    article: str


def fit_country(examples: list[Example]) -> dict[str, float]:
    """Weights of a softmax over each phrase's candidates, by Adam over the whole set."""
    seen = Counter(name for found, _ in examples for names in found.values() for name in names)
    index = {name: at for at, name in enumerate(sorted(name for name, n in seen.items() if n >= MIN_FEATURE))}
    rows, cols, owner, right = [], [], [], []
    row = 0
    for number, (found, gold) in enumerate(examples):
        for candidate, names in found.items():
            for name in names:
                if name in index:
                    rows.append(row)
                    cols.append(index[name])
            owner.append(number)
            right.append(candidate == gold)
            row += 1
    return _descend(np.array(rows), np.array(cols), np.array(owner), np.array(right, dtype=float), list(index))


def _descend(
    rows: np.ndarray, cols: np.ndarray, owner: np.ndarray, right: np.ndarray, names: list[str]
) -> dict[str, float]:
    weights, mean, power = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    count = owner.max() + 1
    for step in range(1, STEPS + 1):
        score = np.bincount(rows, weights[cols], minlength=len(owner))
        top = np.full(count, -np.inf)
        np.maximum.at(top, owner, score)
        share = np.exp(score - top[owner])
        share /= np.bincount(owner, share, minlength=count)[owner]
        slope = np.bincount(cols, (right - share)[rows], minlength=len(names)) - L2 * weights
        mean = 0.9 * mean + 0.1 * slope
        power = 0.99 * power + 0.01 * slope**2
        weights += RATE * mean / (1 - 0.9**step) / (np.sqrt(power / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def fit_sector(cases: list[Case]) -> dict[str, str]:
    """For each case description the sector that most of its gold phrases have, where that is plain.

    Articles are counted, not phrases: an article that names its hero forty times says it once.
    """
    by_article: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for case in cases:
        for description in case.descriptions:
            by_article[description, case.article][case.gold] += 1
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    articles: Counter[str] = Counter()
    for (description, _), golds in by_article.items():
        articles[description] += 1
        for gold, number in golds.items():
            counted[description][gold] += number / golds.total()
    found = {}
    for description in sorted(counted):
        golds = counted[description]
        best, number = max(golds.items(), key=lambda pair: (round(pair[1], 6), pair[0]))
        if articles[description] >= MIN_CASE and number >= MIN_SHARE * golds.total():
            found[description] = best
    return found


def collect(phrases: list[Phrase]) -> tuple[list[Example], list[Case]]:
    """What fitting needs, from gold phrases in text order; the gold code is remembered, not the guessed one."""
    examples: list[Example] = []
    cases: list[Case] = []
    for phrase, coder, act, seen in considered(phrases):
        examples.append((countries.features(seen.question, coder.land, coder.memory), phrase.country or NONE))
        told = sector.keys(seen.sectors, seen.question.reading, act=act, country=phrase.country, known=seen.how)
        gold = phrase.sectors[0] if phrase.sectors else "-"
        cases.append(Case(tuple(told), gold, phrase.document.article.id))
        coder.learn(seen, phrase.country, seen.sectors)
    return [pair for pair in examples if pair[1] in pair[0]], cases


def write(path: Path, header: tuple[str, str], rows: dict[str, float] | dict[str, str]) -> None:
    """A two-column table, in the order of its first column."""
    lines = ["\t".join(header), *(f"{name}\t{value}" for name, value in sorted(rows.items()))]
    path.write_text("# Made by training/actors.py; not edited.\n" + "\n".join(lines) + "\n", encoding="utf-8")


def fit(phrases: list[Phrase]) -> tuple[dict[str, float], dict[str, str]]:
    """Both tables. Twice over, since what an article introduces is itself coded with the weights."""
    weights: dict[str, float] = {}
    cases: dict[str, str] = {}
    for _ in range(ROUNDS):
        countries.use(weights)
        examples, seen = collect(phrases)
        weights, cases = fit_country(examples), fit_sector(seen)
    countries.use(weights)
    return weights, cases


def main(gold: Path) -> None:
    """Fit both tables on a gold file and write them where the package reads them."""
    weights, cases = fit(read_phrases(gold))
    write(sector.MODELS / "actor_country.tsv", ("feature", "weight"), {k: v for k, v in weights.items() if v})
    write(sector.MODELS / "actor_sector.tsv", ("case", "sector"), cases)
    print(f"{len(weights)} country features, {len(cases)} sector cases")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
