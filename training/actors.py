"""Fit the country and sector choices of ``rasid.names`` on labelled articles, and write them as readable tables.

    python -m training.actors EVENTS/train.jsonl [LABELS.jsonl NEWS_FOLDER]

With our own labels, these are learned from too, each for less than one of the gold annotator's. The same input gives
the same bytes: no shuffling, full-batch steps from zero.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from eval.phrases import Phrase, considered, read_phrases
from rasid.names import country as countries
from rasid.names import sector
from rasid.names.country import NONE
from training.labels import joined

# Chosen on five folds of the training articles.
L2 = 3.0
L2_SECTOR = 8.0
STEPS = 400
RATE = 0.03
MIN_FEATURE = 4
MIN_CASE = 8
LEAST = 0.05
ROUNDS = 2
# What a phrase of our own labels counts beside one of the gold annotator.
SECOND = 0.15


@dataclass(frozen=True)
class Example:
    """A gold phrase as the choice of country sees it: features of each candidate, the right one, what it counts."""

    candidates: dict[str, list[str]]
    gold: str
    weight: float


@dataclass(frozen=True)
class Case:
    """A gold phrase as the choice of sector sees it: descriptions, sector by its words, gold sector, what it counts."""

    descriptions: tuple[str, ...]
    given: str
    gold: str
    weight: float


def fit_country(examples: list[Example]) -> dict[str, float]:
    """Weights of a softmax over each phrase's candidates, by Adam over the whole set."""
    seen = Counter(name for example in examples for names in example.candidates.values() for name in names)
    index = {name: at for at, name in enumerate(sorted(name for name, n in seen.items() if n >= MIN_FEATURE))}
    rows, cols, owner, right = [], [], [], []
    row = 0
    for number, example in enumerate(examples):
        for candidate, names in example.candidates.items():
            for name in names:
                if name in index:
                    rows.append(row)
                    cols.append(index[name])
            owner.append(number)
            right.append(candidate == example.gold)
            row += 1
    counts = np.array([example.weight for example in examples])[owner]
    found = _descend(np.array(rows), np.array(cols), np.array(owner), np.array(right, dtype=float), counts)
    return {name: round(float(weight), 3) for name, weight in zip(index, found, strict=True)}


def _descend(
    rows: np.ndarray, cols: np.ndarray, owner: np.ndarray, right: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    width, count = cols.max() + 1, owner.max() + 1

    def slope(weights: np.ndarray) -> np.ndarray:
        score = np.bincount(rows, weights[cols], minlength=len(owner))
        top = np.full(count, -np.inf)
        np.maximum.at(top, owner, score)
        share = np.exp(score - top[owner])
        share /= np.bincount(owner, share, minlength=count)[owner]
        return np.bincount(cols, (counts * (right - share))[rows], minlength=width) - L2 * weights

    return _adam(slope, (width,))


def _adam(slope: Callable[[np.ndarray], np.ndarray], shape: tuple[int, ...]) -> np.ndarray:
    """Weights from zero, uphill along ``slope`` of the whole set, with Adam's steps (Kingma and Ba 2015)."""
    weights, mean, power = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    for step in range(1, STEPS + 1):
        found = slope(weights)
        mean = 0.9 * mean + 0.1 * found
        power = 0.99 * power + 0.01 * found**2
        weights += RATE * mean / (1 - 0.9**step) / (np.sqrt(power / (1 - 0.99**step)) + 1e-8)
    return weights


def fit_sector(cases: list[Case]) -> dict[str, dict[str, float]]:
    """Weights of a softmax over sectors for each description, and how far it speaks for the sector the words give."""
    seen = Counter(name for case in cases for name in case.descriptions)
    names = sorted(name for name, count in seen.items() if count >= MIN_CASE)
    sectors = sorted({case.gold for case in cases} | {case.given for case in cases})
    column = {name: at for at, name in enumerate(names)}
    place = {name: at for at, name in enumerate(sectors)}
    found = [[column[name] for name in case.descriptions if name in column] for case in cases]
    starts = np.concatenate([[0], np.cumsum([len(row) for row in found])])
    shape = (len(cases), len(names))
    holds = csr_matrix((np.ones(starts[-1]), np.concatenate(found), starts), shape=shape)
    gold, given = (np.eye(len(sectors))[[place[getattr(case, side)] for case in cases]] for side in ("gold", "given"))
    weights = _descend_sectors(holds, gold, given, np.array([case.weight for case in cases]))
    told = (
        (name, {s: w for s, w in zip([*sectors, sector.SAME], row, strict=True) if abs(w) >= LEAST})
        for name, row in zip(names, weights.round(2).tolist(), strict=True)
    )
    return {name: row for name, row in told if row}


def _descend_sectors(holds: csr_matrix, gold: np.ndarray, given: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """(descriptions, sectors + 1); the last column belongs to the sector given."""
    back = holds.T.tocsr()

    def slope(weights: np.ndarray) -> np.ndarray:
        told = holds @ weights
        score = told[:, :-1] + given * told[:, -1:]
        share = np.exp(score - score.max(1, keepdims=True))
        miss = (gold - share / share.sum(1, keepdims=True)) * counts[:, None]
        return back @ np.hstack([miss, (miss * given).sum(1, keepdims=True)]) - L2_SECTOR * weights

    return _adam(slope, (holds.shape[1], gold.shape[1] + 1))


def collect(phrases: Sequence[Phrase], weight: float) -> tuple[list[Example], list[Case]]:
    """What fitting needs, from gold phrases in text order; the gold code is remembered, not the guessed one."""
    examples: list[Example] = []
    cases: list[Case] = []
    for phrase, coder, act, seen in considered(phrases):
        candidates = countries.features(seen.question, coder.land, coder.memory)
        if (phrase.country or NONE) in candidates:
            examples.append(Example(candidates, phrase.country or NONE, weight))
        told = sector.keys(seen.sectors, seen.question.reading, act=act, country=phrase.country, known=seen.how)
        given, gold = (sectors[0] if sectors else sector.BARE for sectors in (seen.sectors, phrase.sectors))
        cases.append(Case(tuple(told), given, gold, weight))
        coder.learn(seen, phrase.country, seen.sectors)
    return examples, cases


def write(path: Path, header: tuple[str, str], rows: Mapping[str, object]) -> None:
    """A two-column table, in the order of its first column."""
    lines = ["\t".join(header), *(f"{name}\t{value}" for name, value in sorted(rows.items()))]
    path.write_text("# Made by training/actors.py; not edited.\n" + "\n".join(lines) + "\n", encoding="utf-8")


def fit(sources: Sequence[tuple[Sequence[Phrase], float]]) -> tuple[dict[str, float], sector.Weights]:
    """Both tables, from phrases with what each counts. Twice over, since what an article introduces is itself coded
    with the weights.
    """
    weights: dict[str, float] = {}
    cases: list[Case] = []
    for _ in range(ROUNDS):
        countries.use(weights)
        found = [collect(phrases, weight) for phrases, weight in sources]
        weights = fit_country([example for examples, _ in found for example in examples])
        cases = [case for _, told in found for case in told]
    countries.use(weights)
    return weights, fit_sector(cases)


def main(gold: Path, own: Path | None = None, news: Path | None = None) -> None:
    """Fit both tables and write them where the package reads them."""
    sources = [(read_phrases(gold), 1.0)]
    if own is not None and news is not None:
        with joined(own, news) as file:
            sources.append((read_phrases(file), SECOND))
    weights, cases = fit(sources)
    write(sector.MODELS / "actor_country.tsv", ("feature", "weight"), {k: v for k, v in weights.items() if v})
    told = {case: " ".join(f"{name}:{weight:g}" for name, weight in row.items()) for case, row in cases.items()}
    write(sector.MODELS / "actor_sector.tsv", ("case", "sectors"), told)
    print(f"{len(weights)} country features, {len(cases)} sector cases")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
