"""Gold argument phrases with their tokens, for fitting and measuring actor codes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from rasid import clean, words
from rasid.gold import read_gold
from rasid.names.coding import Act
from rasid.names.entries import split_code
from rasid.records import Document


@dataclass(frozen=True)
class Phrase:
    """A gold actor or recipient: its tokens (``first`` to ``last``, inclusive), its act, and its code taken apart."""

    document: Document
    sentence: int
    first: int
    last: int
    text: str
    act: Act
    country: str
    sectors: tuple[str, ...]


def read_phrases(path: Path) -> list[Phrase]:
    """Phrases of a gold file in text order of their mentions; one whose words are no tokens of ours is left out."""
    found: list[Phrase] = []
    lines = path.read_text(encoding="utf-8").splitlines()
    for gold, line in zip(read_gold(path), lines, strict=True):
        document = words.stage(clean.stage(Document(gold.article())))
        for mention in json.loads(line)["mentions"]:
            place = (mention.get("place") or {}).get("country") or ""
            for side, name in (("actor", "actors"), ("recipient", "recipients")):
                for party in mention[name]:
                    phrase = _phrase(document, party, Act(mention["type"], side, place))
                    if phrase is not None:
                        found.append(phrase)
    return found


def _phrase(document: Document, party: dict[str, object], act: Act) -> Phrase | None:
    start, end = int(str(party["start"])), int(str(party["end"]))
    index = document.sentence_at(start)
    tokens = (document.sentences or ())[index].tokens
    inside = [at for at, token in enumerate(tokens) if token.start < end and token.end > start]
    if not inside:
        return None
    country, sectors = split_code(str(party.get("code") or ""))
    return Phrase(document, index, inside[0], inside[-1], str(party["text"]), act, country, sectors)
