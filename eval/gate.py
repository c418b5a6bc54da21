#!/usr/bin/env python3
"""Quality gate: codes the pinned gold files and fails where a figure lies below its floor.

    eval/gate.py [--raise] [FLOORS.toml]

It fails as well when a gold file is missing or is another than the pinned one, when nothing was scored, and when the
reference scorer, where it is there, comes to other figures. --raise writes floors that are higher now; it lowers none.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import runpy
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasid import export, pipeline
from rasid.cli_evaluate import as_record
from rasid.evaluate import Scores, score
from rasid.gold import place_coded, read_gold

FLOORS = Path(__file__).parent / "floors.toml"
# How far below the figure reached a raised floor is set. Models may round otherwise on other processors. A single type
# has 10 to 120 gold mentions, so that one or two of them move its F1 by more than any change to the whole would.
SLACK, TYPE_SLACK = 0.002, 0.05
# Types with fewer gold mentions than this get no floor of their own.
FEW = 10

_LAST_DIGIT = 0.00015


@dataclass(frozen=True)
class Pinned:
    """A gold file with its digest and its floors."""

    name: str
    file: Path
    sha256: str
    reference: Path | None
    floors: Mapping[str, float]


def pinned(path: Path) -> tuple[Pinned, ...]:
    """The sets of a floors file; its paths count from the folder above the file's."""
    root = path.resolve().parent.parent
    return tuple(
        Pinned(
            name=name,
            file=root / found["file"],
            sha256=found["sha256"],
            reference=root / found["reference"] if "reference" in found else None,
            floors=found.get("floors", {}),
        )
        for name, found in tomllib.loads(path.read_text(encoding="utf-8")).items()
    )


def figures(scores: Scores) -> dict[str, float]:
    """Every figure that has a value, by name; F1 of single types under ``type_ASSAULT`` and so on."""
    named = {name: figure.value for name, figure in scores.parts() if figure.value is not None}
    return {**named, "type_macro_f1": scores.type_macro_f1, **type_figures(scores)}


def type_figures(scores: Scores) -> dict[str, float]:
    """F1 of each type with enough gold mentions to tell anything."""
    return {f"type_{name}": found.value or 0.0 for name, found in sorted(scores.by_type.items()) if found.n >= FEW}


def measured(gold: Pinned) -> tuple[Scores, list[Any]]:
    """Scores of the pipeline on the gold file, and the coded records they were taken on."""
    articles = read_gold(gold.file)
    coded = [export.coded(document) for document in pipeline.code(article.article() for article in articles)]
    return score(articles, place_coded(coded, articles)), coded


def faults(gold: Pinned, scores: Scores) -> Iterator[str]:
    """What is wrong with the figures, a line each."""
    reached = figures(scores)
    if not scores.type.n or not gold.floors:
        yield f"{gold.name}: nothing was scored; the gold file has no mentions or {FLOORS.name} no floors"
    for name, floor in gold.floors.items():
        if name not in reached:
            yield f"{gold.name}: {name} has a floor of {floor} and no value"
        elif reached[name] < floor:
            yield f"{gold.name}: {name} is {reached[name]:.4f}, below its floor of {floor}"


def unpinned(gold: Pinned) -> str | None:
    """Why the file cannot be scored, or None when it is the pinned one."""
    if not gold.file.is_file():
        return f"{gold.name}: {gold.file} is not there, so nothing was scored; put the gold file in its place"
    digest = hashlib.sha256(gold.file.read_bytes()).hexdigest()
    if digest != gold.sha256:
        return (
            f"{gold.name}: {gold.file} has digest {digest}, the floors are pinned to {gold.sha256}; measure them anew"
        )
    return None


def disagreement(gold: Pinned, scores: Scores, coded: list[Any]) -> str | None:
    """Where the reference scorer comes to other figures, or None."""
    if gold.reference is None or not gold.reference.is_file():
        return None
    records = [json.loads(line) for line in gold.file.read_text(encoding="utf-8").splitlines()]
    expected, _ = runpy.run_path(str(gold.reference))["score"](records, coded)
    ours = as_record(scores)
    differing = sorted(name for name in ours.keys() & expected.keys() if _differs(ours[name], expected[name]))
    return f"{gold.name}: the reference scorer differs in {', '.join(differing)}" if differing else None


def _differs(ours: object, reference: object) -> bool:
    """The reference takes the mean over types of rounded figures, which can move the last digit."""
    if isinstance(ours, float) and isinstance(reference, float):
        return abs(ours - reference) > _LAST_DIGIT
    return ours != reference


def raised(gold: Pinned, scores: Scores) -> dict[str, float]:
    """Floors lifted to just below the figures reached, in the order of the figures; none is lowered."""
    types = type_figures(scores)
    slack = {name: TYPE_SLACK if name in types else SLACK for name in figures(scores)}
    lifted = {name: math.floor((value - slack[name]) * 1000) / 1000 for name, value in figures(scores).items()}
    return {**gold.floors, **{name: max(value, gold.floors.get(name, 0.0)) for name, value in lifted.items()}}


def rewritten(text: str, gold: Pinned, floors: Mapping[str, float]) -> str:
    """The floors file with the floors of one set replaced; all else stays as it is."""
    head, mark, rest = text.partition(f"[{gold.name}.floors]\n")
    if not mark:
        head, mark = f"{text.rstrip()}\n\n", f"[{gold.name}.floors]\n"
    _, gap, tail = rest.partition("\n[")
    lines = "".join(f"{name} = {value}\n" for name, value in floors.items())
    return head + mark + lines + gap + tail


def check(path: Path, *, lift: bool) -> list[str]:
    """Runs the gate over a floors file and returns what is wrong; ``lift`` rewrites floors that are higher now."""
    wrong = []
    for gold in pinned(path):
        reason = unpinned(gold)
        if reason:
            wrong.append(reason)
            continue
        scores, coded = measured(gold)
        if lift and scores.type.n:
            path.write_text(rewritten(path.read_text("utf-8"), gold, raised(gold, scores)), encoding="utf-8")
        for name, value in figures(scores).items():
            print(f"{gold.name:6}{name:18}{value:7.4f}   floor {gold.floors.get(name, '–')}")
        wrong += [*faults(gold, scores), *filter(None, [disagreement(gold, scores, coded)])]
    return wrong or ([] if pinned(path) else [f"{path}: names no gold file, so nothing was scored"])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("floors", nargs="?", type=Path, default=FLOORS)
    parser.add_argument("--raise", dest="lift", action="store_true", help="write floors that are higher now")
    arguments = parser.parse_args()
    wrong = check(arguments.floors, lift=arguments.lift)
    for line in wrong:
        print(f"FAILED {line}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
