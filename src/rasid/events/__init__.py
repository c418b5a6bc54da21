"""Triggers, arguments, status, attribution and counts → Report.

The trained models decide (``find``); in a checkout where none were trained the tables decide alone (``rules``).
"""

from __future__ import annotations

from collections.abc import Sequence

from rasid.events import find, rules
from rasid.events.considered import Considered, considered
from rasid.events.model import shipped
from rasid.records import Document

__all__ = ["Considered", "considered", "stage"]


def stage(documents: Sequence[Document], *, least: float | None = None) -> list[Document]:
    """Fill ``reports`` with events of confidence ``least`` or more; parties have no codes yet.

    Without ``least``, from the confidence that gives the best type F1.

    Raises ModelError when the package's models cannot be loaded.
    """
    model = shipped()
    if model is None:
        found = [rules.find(document) for document in documents]
    else:
        found = find.find(documents, model, least=least)
    return [document.replace(reports=reports) for document, reports in zip(documents, found, strict=True)]
