"""Who codes the articles of a run: this process, or others that give their work back in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rasid import export, pipeline
from rasid.clean import Repeated
from rasid.errors import RasidError
from rasid.export.shapes import CodedShape
from rasid.records import Article, Rejected
from rasid.scale.coding import crashed
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
    try:
        return _together(articles, repeated)
    except RasidError:
        raise
    except Exception:  # noqa: BLE001 - whatever it is, one article must not cost the others
        return [_alone(article, repeated) for article in articles]


def _together(articles: Sequence[Article], repeated: Repeated | None) -> list[Outcome]:
    documents = pipeline.code(articles, repeated=repeated)
    return [Ready(found.article, export.coded(found), wordlist.words_of(found)) for found in documents]


def _alone(article: Article, repeated: Repeated | None) -> Outcome:
    try:
        return _together([article], repeated)[0]
    except RasidError:
        raise
    except Exception as error:  # noqa: BLE001 - told as the article's reason
        return crashed(article, f"coding it failed with {type(error).__name__}: {error}")
