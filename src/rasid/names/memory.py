"""What the article has already told of a party: its name in full, its post, its code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasid.names.country import Question


@dataclass(frozen=True, slots=True)
class Known:
    """A party met in the article: the words of its phrase, country or body, sectors, and identity if any.

    ``sure``: the phrase itself named its country.
    """

    sentence: int
    words: tuple[str, ...]
    head: str
    country: str
    sectors: tuple[str, ...]
    id: str = ""
    name: str = ""
    name_en: str = ""
    title: str = ""
    sure: bool = False


@dataclass(slots=True)
class Memory:
    """Parties met so far, by each word of their names and by their head noun."""

    by_name: dict[str, list[Known]] = field(default_factory=dict)
    by_head: dict[str, list[Known]] = field(default_factory=dict)

    def copy(self) -> Memory:
        """The same parties, to which others can be added apart."""
        return Memory(
            {word: list(met) for word, met in self.by_name.items()},
            {head: list(met) for head, met in self.by_head.items()},
        )

    def learn(self, known: Known) -> None:
        """Keep a party for later phrases."""
        for word in known.words:
            self.by_name.setdefault(word, []).append(known)
        if known.head:
            self.by_head.setdefault(known.head, []).append(known)

    def named(self, words: Sequence[str]) -> Known | None:
        """The party whose name ends in the same word, else one whose last word is among ``words``."""
        if not words:
            return None
        met = self.by_name.get(words[-1], ())
        if met:
            return next((known for known in met if known.sure), met[0])
        for word in words:
            for known in self.by_name.get(word, ()):
                if known.words[-1] == word:
                    return known
        return None

    def countries(self, question: Question, *, inside: bool) -> Iterable[tuple[str, str]]:
        """Countries that earlier phrases suggest: the same name, the same head noun."""
        suffix = "/inside" if inside else ""
        known = self.named(question.words)
        if known is not None:
            yield known.country or "---", f"memory:name{':sure' if known.sure else ''}{suffix}"
        head = question.reading.head
        if head is not None and not question.reading.pronoun and not inside:
            met = self.by_head.get(head.name, ())
            if met:
                yield met[-1].country or "---", f"memory:head/{head.kind}"
                yield met[0].country or "---", f"memory:first/{head.kind}"
