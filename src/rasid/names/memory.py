"""What the article has already told of a party: its name in full, its post, its code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasid.names.country import Question


@dataclass(frozen=True, slots=True)
class Known:
    """A party met in the article: the words of its phrase, country or body, sectors, and identity if any."""

    sentence: int
    words: tuple[str, ...]
    head: str
    country: str
    sectors: tuple[str, ...]
    id: str = ""
    name: str = ""
    name_en: str = ""
    title: str = ""


@dataclass(slots=True)
class Memory:
    """Parties met so far, by each word of their names and by their head noun."""

    by_name: dict[str, list[Known]] = field(default_factory=dict)
    by_head: dict[str, list[Known]] = field(default_factory=dict)

    def learn(self, known: Known) -> None:
        """Keep a party for later phrases."""
        for word in known.words:
            self.by_name.setdefault(word, []).append(known)
        if known.head:
            self.by_head.setdefault(known.head, []).append(known)

    def named(self, words: Iterable[str]) -> Known | None:
        """The party whose name shares the last possible word with ``words``."""
        for word in reversed(tuple(words)):
            if word in self.by_name:
                return self.by_name[word][0]
        return None

    def countries(self, question: Question) -> Iterable[tuple[str, str]]:
        """Countries that earlier phrases suggest: the same name, the same head noun."""
        known = self.named(question.words)
        if known is not None and known.country:
            yield known.country, "memory:name"
        head = question.reading.head
        if head is not None and not question.reading.pronoun:
            met = [one for one in self.by_head.get(head.name, ()) if one.country]
            if met:
                yield met[-1].country, "memory:head"
                yield met[0].country, "memory:first"
