"""Fit the weights by which ``rasid.times.bind`` gives each event its time: ``models/time_weights.tsv``.

    python -m training.times TRAIN.jsonl

For each coded event the right time among those it may have, or none, is made likeliest: a log-linear model with a
penalty on large weights. Events whose time is not among them are left out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from rasid.gold import read_gold
from rasid.pipeline import before_events
from rasid.records import Actor, Document, Report, Status, TimeSpan, Trigger
from rasid.times.choose import choose
from rasid.times.cues import blank, cues
from rasid.times.scene import Bound, scene

OUT = Path(__file__).parents[1] / "src" / "rasid" / "models" / "time_weights.tsv"
PENALTY = 2.0
# Cues that fewer choices show get no weight; a single word beside a time must be seen more often.
LEAST, LEAST_WORD = 5, 12
WORDS = ("before=", "after=", "first=")
SMALL = 0.02  # weights below this are not written
# Chosen on dev together with the shares of the models' proposals in rasid.times.bind: all weights count for SCALE of
# themselves beside these, and having no time for BLANK less. A larger BLANK finds more times that are told and gives
# more to events that have none.
SCALE, BLANK = 0.8, 1.35

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """Cues of having no time and of each time that an event may have, and which of them is right."""

    cues: tuple[tuple[str, ...], ...]
    right: int


def choices(path: Path) -> Iterator[Choice]:
    """The choices of all coded events of a file."""
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    documents = before_events([article.article() for article in read_gold(path)])
    for document, record in zip(documents, records, strict=True):
        yield from _in_document(document, record)


def _in_document(document: Document, record: dict[str, Any]) -> Iterator[Choice]:
    mentions = sorted(record["mentions"], key=lambda mention: mention["trigger"]["start"])
    reports = [_report(document, mention) for mention in mentions]
    stage = scene(document, reports)
    earlier: list[Bound] = []
    for report, mention in zip(reports, mentions, strict=True):
        act, told = stage.act(report), _told(document, mention)
        times = stage.candidates(report.sentence)
        right = next((n for n, time in enumerate(times, 1) if told and time.span.start == told.start), 0)
        if right or not (mention["time"] or {}).get("edtf"):
            found = (blank(stage, act, earlier), *(cues(stage, act, earlier, time) for time in times))
            yield Choice(tuple(tuple(each) for each in found), right)
        earlier.append(Bound(act, told))


def _report(document: Document, mention: dict[str, Any]) -> Report:
    trigger = mention["trigger"]
    return Report(
        "",
        mention["type"],
        (),
        Status(mention["status"]),
        bool(mention["historical"]),
        document.sentence_at(trigger["start"]),
        Trigger(trigger["start"], trigger["end"], trigger["text"]),
        *(tuple(Actor(0, 0, party["text"], 0) for party in mention[side]) for side in ("actors", "recipients")),
    )


def _told(document: Document, mention: dict[str, Any]) -> TimeSpan | None:
    time = mention["time"]
    if not time or time.get("start") is None:
        return None
    return choose(document.times or (), time["start"], time["end"])


def fit(found: list[Choice]) -> dict[str, float]:
    """Weights of the cues."""
    count = Counter(cue for choice in found for each in choice.cues for cue in each)
    names = sorted(cue for cue, times in count.items() if times >= _least(cue))
    number = {cue: n for n, cue in enumerate(names)}
    rows = [[number[cue] for cue in each if cue in number] for choice in found for each in choice.cues]
    sizes = np.array([len(choice.cues) for choice in found])
    starts = np.cumsum(sizes) - sizes
    right = starts + np.array([choice.right for choice in found])
    group = np.repeat(np.arange(len(found)), sizes)
    flat = [at for row in rows for at in row]
    ends = np.cumsum([0, *map(len, rows)])
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(rows), len(names)))

    def loss(weights: Floats) -> tuple[float, Floats]:
        scores = matrix @ weights
        top = np.maximum.reduceat(scores, starts)
        shares = np.exp(scores - top[group])
        sums = np.bincount(group, shares)
        total = float((np.log(sums) + top - scores[right]).sum())
        slope = shares / sums[group]
        slope[right] -= 1
        return total + PENALTY / 2 * float(weights @ weights), matrix.T @ slope + PENALTY * weights

    weights = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return dict(zip(names, weights.tolist(), strict=True))


def _least(cue: str) -> int:
    return LEAST_WORD if any(word in cue for word in WORDS) else LEAST


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="coded articles, one JSON object a line (codebook, section 6)")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    found = list(choices(arguments.gold))
    weights = {cue: SCALE * weight for cue, weight in fit(found).items()}
    weights["none"] -= BLANK
    lines = [f"{cue}\t{weight:.3f}" for cue, weight in sorted(weights.items()) if abs(weight) >= SMALL]
    head = "# Made by training/times.py; not edited.\ncue\tweight\n"
    arguments.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{arguments.out.name}: {len(lines)} weights from {len(found)} events")


if __name__ == "__main__":
    main()
