"""Ray actors that code for a store: the driver reads, looks up, and writes in order; they only code."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import ray
import ray.exceptions

from rasid.records import Article
from rasid.scale.cluster import DEATHS, connected, cores
from rasid.scale.coding import Setup, lost, started
from rasid.store.coding import Outcome, Wait, ready

# Batches for each actor: one in work, one waiting, so that no actor waits for the writer.
_EACH = 2
_GONE = (ray.exceptions.RayActorError, ray.exceptions.WorkerCrashedError, ray.exceptions.ObjectLostError)


class Helper:
    """An actor: codes batches of articles; tables and models are loaded once."""

    def __init__(self, setup: Setup) -> None:
        started(setup)
        self._repeated = setup.repeated

    def code(self, articles: Sequence[Article]) -> list[Outcome]:
        """One outcome for each article, in order."""
        return ready(articles, self._repeated)


@contextlib.contextmanager
def helpers(address: str | None, setup: Setup, *, workers: int = 0) -> Iterator[Helpers]:
    """A coder for ``store.ingest`` on the cluster at ``address``, else on one that is started on this machine.

    ``workers`` actors code at the same time; 0: one for each core of the cluster.
    Raises WorkerError when no cluster is there or its actors cannot load what they need.
    """
    with connected(address):
        yield Helpers(setup, workers or cores())


@dataclass(slots=True, eq=False)
class _Place:
    """Room for one actor; another takes it when the actor has died. ``answers`` are those still to come."""

    actor: Any
    answers: list[Any] = field(default_factory=list)

    def load(self) -> int:
        """Batches that are not done."""
        if self.answers:
            self.answers = ray.wait(self.answers, num_returns=len(self.answers), timeout=0)[1]
        return len(self.answers)


class Helpers:
    """Hands batches to the least busy actor; a batch whose actor died goes to another.

    When three actors have died under a batch, its articles are tried one by one, and the one that kills is rejected
    as ``crashed``.
    """

    def __init__(self, setup: Setup, workers: int) -> None:
        self._setup = setup
        self._make: Any = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Helper)
        self._places = [_Place(self._make.remote(setup)) for _ in range(workers)]
        self.ahead = _EACH * workers

    def begin(self, articles: Sequence[Article]) -> Wait:
        """Sends the batch off; what comes back waits for its outcomes."""
        batch = tuple(articles)
        sent = self._send(batch) if batch else None
        return lambda: self._outcomes(batch, sent) if sent else []

    def _send(self, batch: tuple[Article, ...]) -> _Sent:
        place = min(self._places, key=_Place.load)
        sent = _Sent(place, place.actor, place.actor.code.remote(batch))
        place.answers.append(sent.answer)
        return sent

    def _outcomes(self, batch: tuple[Article, ...], sent: _Sent) -> list[Outcome]:
        for death in range(1, DEATHS + 1):
            found = self._heard(sent)
            if found is not None:
                return found
            if death < DEATHS:
                sent = self._send(batch)
        return [outcome for article in batch for outcome in self._tried(article)]

    def _tried(self, article: Article) -> list[Outcome]:
        """The outcome of one article, which may kill."""
        found = self._heard(self._send((article,)))
        return [lost(article)] if found is None else found

    def _heard(self, sent: _Sent) -> list[Outcome] | None:
        """What the actor answers; None when it has died, and then there is another one in its place."""
        try:
            found: list[Outcome] = ray.get(sent.answer)
        except _GONE:
            if sent.place.actor is sent.actor:
                sent.place.actor, sent.place.answers = self._make.remote(self._setup), []
            return None
        return found


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch on its way."""

    place: _Place
    actor: Any
    answer: Any
