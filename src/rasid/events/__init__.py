"""Triggers, arguments, status, attribution and counts → Report.

The trained models decide (``find``); in a checkout where none were trained the tables decide alone (``rules``).
"""

from __future__ import annotations

from collections.abc import Sequence

from rasid.events import find, rules
from rasid.events.model import shipped
from rasid.records import Document

__all__ = ["stage"]


def stage(documents: Sequence[Document]) -> list[Document]:
    """Fill ``reports``; parties have no codes yet.

    Raises ModelError when the package's models cannot be loaded.
    """
    model = shipped()
    found = [rules.find(document) for document in documents] if model is None else find.find(documents, model)
    return [document.replace(reports=reports) for document, reports in zip(documents, found, strict=True)]
