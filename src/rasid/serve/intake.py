"""Storing articles while the desk is open: coding that takes turns, and pages that show what has come so far."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rasid.records import Article
from rasid.store import Progress
from rasid.store.coding import Outcome, Wait, ready

_SHOWN_EVERY = 5.0  # seconds after which pages show what a run has stored so far


@dataclass(frozen=True, slots=True)
class InTurn:
    """Codes batches in this process, in turn with the texts that the API is asked to code."""

    turn: threading.BoundedSemaphore
    ahead: int = 0

    def begin(self, articles: Sequence[Article]) -> Wait:
        """Nothing yet; the batch is coded when it is waited for."""

        def wait() -> list[Outcome]:
            with self.turn:
                return ready(articles)

        return wait


class Now:
    """Tells of progress, but not more often than pages can bear to be made anew."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = tell
        self._told = time.monotonic()

    def __call__(self, _: Progress) -> None:
        if time.monotonic() - self._told >= _SHOWN_EVERY:
            self._tell()
            self._told = time.monotonic()
