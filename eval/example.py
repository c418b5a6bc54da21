#!/usr/bin/env python3
"""The first report that had to work: what must be found in it, checked on the real text.

    eval/example.py [../shared/data/examples/report.txt]

Prints each expectation with yes or no; the exit status is 1 when one does not hold. Names are given as they are spelled
in the report, typing errors included.
"""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rasid import pipeline, read
from rasid.records import Actor, Article, Document, Report

_PUBLISHED = datetime.date(2025, 10, 3)


@dataclass(frozen=True)
class Expected:
    """An event that must be there. Empty fields are not looked at; names are parts of phrases, codes of any party."""

    what: str
    type: str = "CONSULT"
    status: str = ""
    trigger: str = ""
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    edtf: str = ""
    place: str = ""
    source: str = ""

    def holds(self, report: Report) -> bool:
        return all(
            (
                report.type == self.type,
                not self.status or report.status == self.status,
                self.trigger in report.trigger.text,
                _named(self.actors, report.actors),
                _named(self.recipients, report.recipients),
                {actor.code for actor in (*report.actors, *report.recipients)} >= set(self.codes),
                not self.edtf or (report.time is not None and report.time.edtf == self.edtf),
                not self.place or (report.place is not None and report.place.name_en == self.place),
                not self.source or any(self.source in said.text for said in report.attribution),
            )
        )


_EXPECTED = (
    Expected(
        "the Syrian military delegation, received by the deputy defence minister, told by the ministry",
        trigger="استقبل",
        status="reported",
        actors=("الوفد السوري",),
        recipients=("يفكيروف",),
        codes=("SYRMIL", "RUSMIL"),
        source="وزارة الدفاع",
    ),
    Expected("al-Sharaa's coming visit", status="future", trigger="زيارة", actors=("أحمد الشرع",), place="Moscow"),
    Expected("the summit in the middle of the month", status="future", trigger="القمة", edtf="2025-10"),
    Expected(
        "the Damascus meeting of 9 September, in spite of the typing error",
        actors=("الشيباني", "نوفاك"),
        codes=("SYRGOV", "RUSGOV"),
        edtf="2025-09-09",
        place="Damascus",
    ),
    Expected("al-Shaibani's visit in July", trigger="زار", actors=("الشيباني",), edtf="2025-07", place="Moscow"),
    Expected(
        "al-Shaibani's meeting with Putin, his host",
        trigger="التقى",
        recipients=("بوتين",),
        codes=("RUSGOV", "SYRGOV"),
    ),
    Expected("Thursday's talks in Damascus", trigger="بحث", edtf="2025-10-02", place="Damascus", codes=("RUSMIL",)),
    Expected(
        "Bitar receiving the Russian delegation, told by SANA",
        trigger="استقبل",
        actors=("وفدا",),
        recipients=("يحيى بيطار",),
        source="سانا",
    ),
)


def _named(parts: Sequence[str], actors: Sequence[Actor]) -> bool:
    return all(any(part in actor.text.replace("\n", " ") for actor in actors) for part in parts)


def _coded(path: Path) -> Document:
    article = next(iter(read.articles([str(path)], published=_PUBLISHED)))
    if not isinstance(article, Article):
        raise SystemExit(f"{path}: {article.reason}")
    return next(pipeline.code([article]))


def _untouched(document: Document, phrase: str) -> bool:
    """No event has its trigger in the sentence or line that holds ``phrase``."""
    text = document.article.text.replace("\n", " ")
    at = text.find(phrase)
    if at < 0:
        raise SystemExit(f"the report does not hold «{phrase}»; is it the right file?")
    sentence = document.sentence_at(at)
    return all(report.sentence != sentence or report.trigger.end <= at for report in document.reports or ())


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = Path(__file__).parents[2] / "shared" / "data" / "examples" / "report.txt"
    parser.add_argument("report", type=Path, nargs="?", default=default)
    document = _coded(parser.parse_args().report)
    results = [
        (expected.what, any(expected.holds(report) for report in document.reports or ())) for expected in _EXPECTED
    ]
    results.append(("nothing made of the bases", _untouched(document, "تحتفظ بوجود عسكري")))
    results.append(("nothing made of the widget line", _untouched(document, "اظهار أخبار")))
    for what, held in results:
        print("yes" if held else "NO ", what, sep="\t")
    return 0 if all(held for _, held in results) else 1


if __name__ == "__main__":
    sys.exit(main())
