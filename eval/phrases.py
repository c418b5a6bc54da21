"""Gold argument phrases with their tokens, for fitting and measuring actor codes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rasid import clean, words
from rasid.gold import read_gold
from rasid.names.act import Act
from rasid.names.coding import Coder, Seen
from rasid.names.entries import split_code
from rasid.records import Document


@dataclass(frozen=True)
class Phrase:
    """A gold actor or recipient: its tokens (``first`` to ``last``, inclusive), its act, and its code taken apart.

    ``others`` are the token spans of the other side. ``nth`` counts phrases of the same words on one side, as where one
    phrase means two parties.
    """

    document: Document
    sentence: int
    first: int
    last: int
    text: str
    act: Act
    country: str
    sectors: tuple[str, ...]
    others: tuple[tuple[int, int, int], ...]
    nth: int


def considered(phrases: Iterable[Phrase]) -> Iterator[tuple[Phrase, Coder, Act, Seen]]:
    """Each phrase in the order given, with its document's coder, its act as far as it is told, and how it was read."""
    coder: Coder | None = None
    document = None
    for phrase in phrases:
        if coder is None or phrase.document is not document:
            document = phrase.document
            coder = Coder(document)
        act = replace(phrase.act, facing=coder.told_countries(phrase.others))
        yield phrase, coder, act, coder.consider(phrase.first, phrase.last, phrase.sentence, act=act)


def read_phrases(path: Path) -> list[Phrase]:
    """Phrases of a gold file in text order of their mentions; one whose words are no tokens of ours is left out."""
    found: list[Phrase] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for gold, line in zip(read_gold(path), lines, strict=True):
        document = words.stage(clean.stage(Document(gold.article())))
        for mention in json.loads(line)["mentions"]:
            found.extend(_of_mention(document, mention))
    return found


def _of_mention(document: Document, mention: dict[str, Any]) -> Iterator[Phrase]:
    place = (mention.get("place") or {}).get("country") or ""
    spans = {name: [_span(document, party) for party in mention[name]] for name in ("actors", "recipients")}
    for side, name, other in (("actor", "actors", "recipients"), ("recipient", "recipients", "actors")):
        seen: Counter[tuple[int, int, int]] = Counter()
        others = tuple(span for span in spans[other] if span is not None)
        for party, span in zip(mention[name], spans[name], strict=True):
            if span is not None:
                first, last, sentence = span
                act = Act(mention["type"], side, place)
                country, sectors = split_code(party.get("code") or "")
                yield Phrase(document, sentence, first, last, party["text"], act, country, sectors, others, seen[span])
                seen[span] += 1


def _span(document: Document, party: dict[str, Any]) -> tuple[int, int, int] | None:
    start, end = party["start"], party["end"]
    index = document.sentence_at(start)
    tokens = (document.sentences or ())[index].tokens
    inside = [at for at, token in enumerate(tokens) if token.start < end and token.end > start]
    return (inside[0], inside[-1], index) if inside else None
