"""Triggers, arguments, status, attribution and counts → Report."""

from __future__ import annotations

from collections.abc import Sequence

from rasid.errors import ModelError
from rasid.events.find import find
from rasid.events.model import shipped
from rasid.records import Document

__all__ = ["stage"]


def stage(documents: Sequence[Document]) -> list[Document]:
    """Fill ``reports``.

    Raises ModelError when the package carries no models.
    """
    model = shipped()
    if model is None:
        raise ModelError("the package carries no event models; run `make train` in a checkout, or reinstall Rasid")
    return [document.replace(reports=found) for document, found in zip(documents, find(documents, model), strict=True)]
