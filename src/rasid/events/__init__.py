"""Triggers, arguments, status, attribution and counts → Report.

The trained models decide (``find``), unless another finder was chosen (``choice``); in a checkout where none were
trained the tables decide alone (``rules``).
"""

from __future__ import annotations

from collections.abc import Sequence

from rasid.events import find, rules
from rasid.events.choice import LLM, NEURAL, TABLES, Choice, in_use, parse, use
from rasid.events.considered import Considered, considered
from rasid.events.model import shipped
from rasid.records import Document, Report

__all__ = ["Choice", "Considered", "considered", "in_use", "parse", "stage", "use"]


def stage(documents: Sequence[Document]) -> list[Document]:
    """Fill ``reports``; parties have no codes yet.

    Raises ModelError when models cannot be loaded or a server does not answer.
    """
    return [
        document.replace(reports=reports)
        for document, reports in zip(documents, _found(documents, in_use()), strict=True)
    ]


def _found(documents: Sequence[Document], choice: Choice) -> list[tuple[Report, ...]]:
    if choice.finder == LLM:
        from rasid.events.minds import llm

        return [_sure(llm.connect(choice.what).find(document), choice) for document in documents]
    model = shipped()
    if model is None or choice.finder == TABLES:
        return [_sure(rules.find(document), choice) for document in documents]
    if choice.finder == NEURAL:
        from rasid.events.minds import neural

        return find.find(documents, model, least=choice.least, tagger=neural.load(choice.what))
    return find.find(documents, model, least=choice.least)


def _sure(reports: Sequence[Report], choice: Choice) -> tuple[Report, ...]:
    return tuple(report for report in reports if report.confidence >= (choice.least or 0))
