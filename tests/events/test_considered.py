"""Explaining what was not coded: every candidate quotes the text and none of them is a coded event."""

from __future__ import annotations

from rasid import events, pipeline
from rasid.records import Article

TEXT = (
    "هددت الحكومة بفرض عقوبات على الشركة إذا لم تدفع ما عليها. وكان النائب قد قال إن الحرب على الفساد بدأت، "
    "وإن زيارة السوق صارت عادة أسبوعية لأهل البلدة."
)


def test_candidates_quote_the_text_and_are_not_coded() -> None:
    (document,) = pipeline.code([Article("a", None, TEXT)])
    found = events.considered(document)
    coded = {(report.trigger.start, report.type) for report in document.reports or ()}
    assert found
    assert {one.reason for one in found} <= {"too_unsure", "standing_state", "no_act_here"}
    for one in found:
        assert TEXT[one.start : one.end].strip() == TEXT[one.start : one.end]
        assert (one.start, one.type) not in coded
        assert 0 <= one.confidence <= 1


def test_spans_are_told_once() -> None:
    (document,) = pipeline.code([Article("a", None, TEXT)])
    spans = [(one.start, one.end) for one in events.considered(document)]
    assert len(spans) == len(set(spans))
