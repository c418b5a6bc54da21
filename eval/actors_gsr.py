#!/usr/bin/env python3
"""Codes of actors and recipients on the span records of the OEDA gold standard, with a table of error classes.

    python -m eval.actors_gsr SPANS.jsonl [--errors]

A record is one sentence without date or article; several annotators marked the words of actor and recipient, with a
CAMEO country and role. The commonest mark of each side is asked about: the country where one is given (it is only
where the phrase itself tells it), the sector where one is given. CAMEO's INT is IGO here, HLH is MED; Kurds have no
code (KUR).
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasid import clean, words
from rasid.names import Act, Coder
from rasid.records import Actor, Article, Document, Token
from rasid.words.fold import fold

_SAME = {"INT": "IGO", "HLH": "MED", "None": "", "UIS": "", "KUR": ""}
_SIDES = {"source": "actor", "target": "recipient"}


@dataclass(frozen=True, slots=True)
class Mark:
    """What annotators marked as one side of an act: words, and country and sector, blank where none was given."""

    side: str
    words: tuple[str, ...]
    country: str
    sector: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A mark with the phrase that it stands for in the sentence, and what Rasid codes it."""

    mark: Mark
    text: str
    actor: Actor


def asked(path: Path) -> Iterator[Asked]:
    """Every mark of the file whose words stand in its sentence, coded."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            record = json.loads(line)
            document = words.stage(clean.stage(Document(Article(str(number), None, record["text"]))))
            coder = Coder(document)
            for mark in _marks(record):
                yield from _coded(document, coder, mark, record["event_type"])


def _marks(record: dict[str, Any]) -> Iterator[Mark]:
    """The commonest mark of each side, if any has words."""
    for key, side in _SIDES.items():
        marks = Counter(
            Mark(side, tuple(span[f"{key}_actor"]), _code(role, "main"), _code(role, "role"))
            for span in record["spans"]
            if span[f"{key}_actor"] and isinstance(role := span[f"{key}_role"], dict)
        )
        if marks:
            yield max(marks, key=lambda mark: (marks[mark], len(mark.words), mark.words))


def _code(role: dict[str, str], name: str) -> str:
    told = role.get(name, "None")
    return _SAME.get(told, told)


def _coded(document: Document, coder: Coder, mark: Mark, event: str) -> Iterator[Asked]:
    sought = [fold(word) for word in mark.words if fold(word)]
    for sentence in document.sentences or ():
        span = _found(sentence.tokens, sought)
        if span is not None:
            first, last = span
            text = document.article.text[sentence.tokens[first].start : sentence.tokens[last].end]
            yield Asked(mark, text, coder.code(first, last, sentence.index, act=Act(event, mark.side)))
            return


def _found(tokens: Sequence[Token], sought: Sequence[str]) -> tuple[int, int] | None:
    """First and last token of the shortest stretch in which the words stand in order."""
    best: tuple[int, int] | None = None
    for first, token in enumerate(tokens):
        if not sought or token.fold != sought[0]:
            continue
        at = first
        for word in sought[1:]:
            at = next((i for i in range(at + 1, len(tokens)) if tokens[i].fold == word), len(tokens))
        if at < len(tokens) and (best is None or at - first < best[1] - best[0]):
            best = first, at
    return best


def _share(name: str, right: Sequence[bool]) -> str:
    return f"{name:22}{sum(right) / max(len(right), 1):.3f}  {sum(right)} of {len(right)}"


def main(path: Path, *, errors: bool) -> int:
    """Print the figures and the classes of error, then each error where asked; 2 when there was nothing to ask."""
    found = list(asked(path))
    for side in _SIDES.values():
        here = [one for one in found if one.mark.side == side]
        print(_share(f"{side} country", [one.actor.country == one.mark.country for one in here if one.mark.country]))
        print(_share(f"{side} sector", [_sector(one) == one.mark.sector for one in here if one.mark.sector]))
    wrong = [one for one in found if one.mark.country and one.actor.country != one.mark.country]
    wrong += [one for one in found if one.mark.sector and _sector(one) != one.mark.sector]
    classes = Counter(_class(one) for one in wrong)
    for name, number in classes.most_common(15):
        print(f"{number:5}  {name}")
    if errors:
        for one in wrong:
            print("\t".join((_class(one), one.actor.code, one.text)))
    return 0 if found else 2


def _sector(one: Asked) -> str:
    return one.actor.sectors[0] if one.actor.sectors else ""


def _class(one: Asked) -> str:
    if one.mark.country and one.actor.country != one.mark.country:
        return f"country: {one.mark.country} coded {one.actor.country or 'none'}"
    return f"sector: {one.mark.sector} coded {_sector(one) or 'none'}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), errors="--errors" in sys.argv))
