"""What the time of each event costs and gains when a blank is made less likely: ``python eval/binding.py GOLD.jsonl``.

After the event models were trained anew, it shows whether BLANK in ``training/times.py`` still stands where it should:
every row is as if BLANK were so much larger.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

from rasid import pipeline
from rasid.evaluate import Accuracy, pair
from rasid.gold import GoldArticle, Judged, read_gold
from rasid.records import Document, Report
from rasid.times import bind
from rasid.times.bind import weights

STEPS = (-0.4, -0.2, 0.0, 0.2, 0.4)


def before_dates(gold: Sequence[GoldArticle]) -> list[Document]:
    """The documents with the reports that the models found, their times not yet bound."""
    names = [stage.name for stage in pipeline.STAGES]
    stages = pipeline.STAGES[: names.index("dates")]
    return pipeline.run([Document(article.article()) for article in gold], stages)


def figures(gold: Sequence[GoldArticle], documents: Sequence[Document]) -> tuple[Accuracy, Accuracy, int]:
    """Accuracy of time over all matched mentions and over those with a time, and how many times stand for a blank."""
    whole, said, spurious = Accuracy(), Accuracy(), 0
    for article, document in zip(gold, documents, strict=True):
        for told, found in pair(article, [_judged(report, article) for report in document.reports or ()]).pairs:
            whole.count(told.edtf == found.edtf)
            if told.edtf:
                said.count(told.edtf == found.edtf)
            spurious += not told.edtf and bool(found.edtf)
    return whole, said, spurious


def _judged(report: Report, article: GoldArticle) -> Judged:
    trigger = report.trigger
    return Judged(
        type=report.type,
        status=report.status,
        historical=report.historical,
        sentence=article.sentence_at(trigger.start),
        trigger=(trigger.start, trigger.end),
        words=trigger.text,
        actors=(),
        recipients=(),
        edtf=report.time.edtf if report.time else None,
        place=None,
        sources=(),
        counts=(None, None, None),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, help="coded articles, one JSON object a line (codebook, section 6)")
    gold = read_gold(parser.parse_args().gold)
    documents = before_dates(gold)
    _print("models alone", *figures(gold, documents))
    shipped = dict(weights())
    for step in STEPS:
        changed = {**shipped, "none": shipped["none"] - step}
        with mock.patch("rasid.times.bind.weights", lambda changed=changed: changed):
            _print(f"BLANK {step:+.1f}", *figures(gold, [bind(document) for document in documents]))


def _print(name: str, whole: Accuracy, said: Accuracy, spurious: int) -> None:
    print(f"{name:14} time {whole.value:.4f}  where said {said.value:.4f}  instead of a blank {spurious}")


if __name__ == "__main__":
    main()
