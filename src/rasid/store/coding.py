"""Who codes the articles of a run: this process, or others that give their work back in order."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rasid import export, pipeline
from rasid.clean import Repeated
from rasid.export.shapes import CodedShape
from rasid.records import Article, Rejected
from rasid.scale.coding import sparing
from rasid.store import wordlist
from rasid.store.wordlist import Word


@dataclass(frozen=True, slots=True)
class Ready:
    """A coded article with the words of its sentences, as it will be stored."""

    article: Article
    record: CodedShape
    words: tuple[Word, ...]


Outcome = Ready | Rejected
Wait = Callable[[], list[Outcome]]


class Coder(Protocol):
    """Codes batches. ``ahead`` batches may be under way beside the one that is waited for."""

    @property
    def ahead(self) -> int:
        """Batches that are begun before the first of them is waited for."""

    def begin(self, articles: Sequence[Article]) -> Wait:
        """Start on a batch; what it gives waits for the outcomes, one for each article, in order."""


@dataclass(frozen=True, slots=True)
class Here:
    """Codes in this process, when the outcomes are asked for."""

    repeated: Repeated | None = None
    ahead: int = 0

    def begin(self, articles: Sequence[Article]) -> Wait:
        """Nothing yet; the batch is coded when it is waited for."""
        return lambda: ready(articles, self.repeated)


def ready(articles: Sequence[Article], repeated: Repeated | None = None) -> list[Outcome]:
    """The outcomes of a batch; an article on which the program fails is rejected as ``crashed``.

    Raises RasidError when tables or models cannot be loaded.
    """
    return sparing(articles, functools.partial(_together, repeated=repeated))


def _together(articles: Sequence[Article], *, repeated: Repeated | None) -> list[Ready]:
    documents = pipeline.code(articles, repeated=repeated)
    return [Ready(found.article, export.coded(found), wordlist.words_of(found)) for found in documents]
