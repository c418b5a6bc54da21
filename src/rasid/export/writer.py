"""What all writers have in common."""

from __future__ import annotations

import abc
from typing import BinaryIO

from rasid.export.shapes import RejectedShape
from rasid.export.written import Written


class Writer(abc.ABC):
    """Writes records to ``sink``; formats of events alone have no line for a rejected input."""

    def __init__(self, sink: BinaryIO) -> None:
        self.sink = sink

    @abc.abstractmethod
    def write(self, item: Written) -> None:
        """Writes one record."""

    def reject(self, record: RejectedShape) -> None:  # noqa: B027 - most formats have no place for it
        """Writes down an input that could not be coded, where the format has a place for it."""

    def close(self) -> None:
        """Writes what remains. The sink stays open."""
        self.sink.flush()
