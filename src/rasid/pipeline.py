"""The stages in order: read this first.

    Article ─clean→ ─words→ ─names→ ─times→ ─places→ ─events→ ─dates→ ─bind→ ─codes→ ─coref→ Document

Each stage takes documents and returns copies with its own fields filled. ``check`` proves that every stage finds what
it requires; it runs in the tests, and at start-up when RASID_DEBUG is set.
"""

from __future__ import annotations

import dataclasses
import functools
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rasid import clean, coref, events, names, places, times, words
from rasid.errors import PipelineError
from rasid.records import Article, Document

# Articles coded together, so that the models see full batches. 16 keeps peak memory under 400 MB on bulk news.
_BATCH = 16

Run = Callable[[Sequence[Document]], list[Document]]


@dataclass(frozen=True, slots=True)
class Stage:
    """A named step with the Document fields it reads and those it fills."""

    name: str
    requires: frozenset[str]
    assigns: frozenset[str]
    run: Run


def _each(step: Callable[[Document], Document]) -> Run:
    return lambda documents: [step(document) for document in documents]


def _stage(name: str, requires: str, assigns: str, run: Run) -> Stage:
    return Stage(name, frozenset(requires.split()), frozenset(assigns.split()), run)


READING = (
    _stage("clean", "article", "cleaned", _each(clean.stage)),
    _stage("words", "article cleaned", "sentences", _each(words.stage)),
    _stage("names", "article sentences", "mentions", _each(names.stage)),
    _stage("times", "article sentences", "times", _each(times.stage)),
    _stage("places", "article sentences mentions", "places", _each(places.stage)),
)
STAGES = (
    *READING,
    _stage("events", "article sentences mentions times places", "reports", events.stage),
    _stage("dates", "article sentences times reports", "reports", _each(times.bind)),
    _stage("bind", "article sentences mentions places reports", "reports", _each(places.bind)),
    _stage("codes", "article sentences mentions places reports", "reports", _each(names.code_reports)),
    _stage("coref", "article reports", "reports", _each(coref.stage)),
)


def check(stages: Sequence[Stage]) -> None:
    """Raises PipelineError when a stage requires a field that no earlier stage assigns."""
    known = {"article"}
    for stage in stages:
        missing = stage.requires - known
        if missing:
            raise PipelineError(f"stage {stage.name} requires {', '.join(sorted(missing))}; place it after its maker")
        known |= stage.assigns


def run(documents: Sequence[Document], stages: Sequence[Stage]) -> list[Document]:
    """``documents`` after all ``stages``, in order."""
    for stage in stages:
        documents = stage.run(documents)
    return list(documents)


def before_events(articles: Iterable[Article]) -> list[Document]:
    """Documents with all that the events stage reads, for training."""
    return run([Document(article) for article in articles], READING)


def after_events(documents: Sequence[Document]) -> list[Document]:
    """Documents whose reports another finder has found, with all that the stages after the events stage fill."""
    return run(documents, STAGES[len(READING) + 1 :])


def code(articles: Iterable[Article], *, repeated: clean.Repeated | None = None) -> Iterator[Document]:
    """Coded documents, one for each article, in order; memory stays flat over any number of articles.

    Lines that ``repeated`` has learned of a publisher are set aside.
    """
    stages = _learned(repeated) if repeated is not None else STAGES
    if os.environ.get("RASID_DEBUG"):
        check(stages)
    waiting = iter(articles)
    while batch := list(itertools.islice(waiting, _BATCH)):
        yield from run([Document(article) for article in batch], stages)


def _learned(repeated: clean.Repeated) -> tuple[Stage, ...]:
    """The stages, of which the first knows the learned lines."""
    first = dataclasses.replace(STAGES[0], run=_each(functools.partial(clean.stage, repeated=repeated)))
    return first, *STAGES[1:]
