"""The time of each event: of all times told in its sentence and before, the likeliest, or none.

A log-linear model over the cues of :mod:`rasid.times.cues`, fitted on coded articles (``training/times.py``), to which
the event models' own proposals are added.
"""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rasid.data import read_table
from rasid.records import Document, Evidence, Report, TimeSpan
from rasid.times.choose import choose
from rasid.times.cues import blank, cues
from rasid.times.scene import Act, Bound, Placed, Scene, scene

PROPOSED = "time"  # value of the evidence by which the event models propose a phrase
_BY = "model:times-1"
_FILE = Path(__file__).parents[1] / "models" / "time_weights.tsv"
_YEAR = 365
# How much the log-odds of the models' proposal count for a time of the event's own sentence (where the models have
# all there is to see) and for one of an earlier sentence. Chosen on dev, as BLANK and SCALE in training/times.py: of
# 1.1 to 2.2 and 0.2 to 1.0, between the pair that finds most times told and the one with most right blanks.
_HERE, _BEFORE = 1.5, 0.3
_LEAST, _MOST = 0.05, 0.98


def bind(document: Document) -> Document:
    """Fill ``time`` of every report anew."""
    reports = list(document.reports or ())
    stage = scene(document, reports)
    earlier: list[Bound] = []
    for n in sorted(range(len(reports)), key=lambda n: reports[n].trigger.start):
        act = stage.act(reports[n])
        time, score = _likeliest(stage, earlier, act)
        earlier.append(Bound(act, time))
        reports[n] = _timed(reports[n], time, score, document.article.published)
    return document.replace(reports=tuple(reports))


def _likeliest(stage: Scene, earlier: Sequence[Bound], act: Act) -> tuple[TimeSpan | None, float]:
    """The time of an act, and the probability that it is the right one among those that stand to choose."""
    times = stage.candidates(act.report.sentence)
    scores = [_weight(blank(stage, act, earlier))]
    scores += [_weight(cues(stage, act, earlier, time)) + _proposed(act.report, time) for time in times]
    best = max(range(len(scores)), key=scores.__getitem__)
    share = 1 / sum(math.exp(score - scores[best]) for score in scores)
    return (times[best - 1].span if best else None), share


def _weight(found: Iterable[str]) -> float:
    weigh = weights().get
    return sum(weigh(cue, 0.0) for cue in found)


def _proposed(report: Report, time: Placed) -> float:
    """What the event models say of the time; nothing where no model spoke."""
    if not any(evidence.value == PROPOSED or evidence.by.startswith("model:") for evidence in report.evidence):
        return 0.0
    scores = [one.score for one in _proposals(report) if one.start < time.span.end and time.span.start < one.end]
    score = max(scores, default=_LEAST)
    share = _HERE if time.span.sentence == report.sentence else _BEFORE
    return share * math.log(max(score, _LEAST) / (1 - min(score, _MOST)))


def _proposals(report: Report) -> list[Evidence]:
    return [evidence for evidence in report.evidence if evidence.value == PROPOSED]


def _timed(report: Report, time: TimeSpan | None, score: float, published: datetime.date | None) -> Report:
    """The report with its time, or with the phrase of its own that has no value when there is no other."""
    told = [evidence for evidence in report.evidence if evidence.value != PROPOSED]
    if time is None:
        kept = report.time if report.time is not None and report.time.edtf is None else None
        return replace(report, time=kept, evidence=tuple(told))
    time = _worded(report, time)
    evidence = Evidence(_BY, f"time={time.edtf}", time.start, time.end, round(score, 4))
    historical = report.historical
    if time.last is not None and published is not None:
        historical = (published - time.last).days > _YEAR
    return replace(report, time=time, historical=historical, evidence=(*told, evidence))


def _worded(report: Report, time: TimeSpan) -> TimeSpan:
    """The time as the proposed phrase words it («عام 2018» of «منذ عام 2018»)."""
    best = max(_proposals(report), key=lambda one: one.score, default=None)
    return choose((time,), best.start, best.end) or time if best is not None else time


@functools.cache
def weights() -> dict[str, float]:
    """Weight of each cue. Raises LexiconError when the package's file is missing."""
    return {row["cue"]: float(row["weight"]) for row in read_table(_FILE)}
