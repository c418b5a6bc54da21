"""Place names in a sentence: the longest gazetteer name at each token, behind at most one clitic chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rasid.places.gazetteer import Named, gazetteer, is_blocked, named
from rasid.places.vocabulary import Reading, reading
from rasid.records import Token


@dataclass(frozen=True, slots=True)
class Hit:
    """Tokens ``first`` to ``last`` (exclusive) of a line spell a name after ``clitic``."""

    first: int
    last: int
    clitic: str
    name: str
    named: Named


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence without quotation marks and hash signs: its tokens, what each can be, and the names they spell."""

    tokens: tuple[Token, ...]
    readings: tuple[Reading, ...]
    hits: tuple[Hit, ...] = ()

    @classmethod
    def of(cls, tokens: Sequence[Token]) -> Line:
        pairs = [(token, read) for token in tokens if not (read := reading(token.fold)).noise]
        line = cls(tuple([token for token, _ in pairs]), tuple([read for _, read in pairs]))
        return replace(line, hits=tuple(_hits(line)))


def _hits(line: Line) -> Iterator[Hit]:
    """Non-overlapping names from left to right, the longest at each place."""
    free = 0
    for at, read in enumerate(line.readings):
        if at >= free and read.names:
            hit = _longest(line, at)
            if hit is not None:
                yield hit
                free = hit.last


def _longest(line: Line, at: int) -> Hit | None:
    best: Hit | None = None
    for clitic, form in line.readings[at].names:
        hit = _spelled(line, at, clitic, form)
        if hit is not None and (best is None or hit.last > best.last):
            best = hit
    return best


def _is_adjective(line: Line, at: int) -> bool:
    """True for «السعودية» and the like, a state's name and a nationality, after a noun that it can describe."""
    if not at or line.readings[at].country is None or line.readings[at].forms[0] != ("", line.tokens[at].fold):
        return False
    noun = line.readings[at - 1]
    return (noun.word("land") or noun.word("anaphor")) is not None


def _spelled(line: Line, at: int, clitic: str, form: str) -> Hit | None:
    words = [form, *[token.fold for token in line.tokens[at + 1 : at + gazetteer().longest.get(form, 1)]]]
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        places = None if clitic and count == 1 and is_blocked(line.tokens[at].fold) else named(name)
        if places is not None and not (count == 1 and _is_adjective(line, at)):
            return Hit(at, at + count, clitic, name, places)
    return None
