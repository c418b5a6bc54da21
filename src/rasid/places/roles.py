"""How a place phrase stands in its sentence: as a place, or as a government or group that acts."""

from __future__ import annotations

from dataclasses import dataclass

from rasid.places.gazetteer import Entry
from rasid.places.names import Line
from rasid.places.phrases import Phrase
from rasid.places.vocabulary import capitals
from rasid.words.fold import fold

# Scores by position. Measured on the train part of the event sets as the share of names in that position that an
# event there takes for its place, rounded.
_INSIDE, _TOWARDS, _ON, _WIDENED, _ACTED_ON, _NAMED, _STATE = 0.95, 0.8, 0.5, 0.85, 0.75, 0.6, 0.35
_DATELINE, _SUBJECT, _OF_A_PARTY = 0.7, 0.05, 0.1
_PREPOSITIONS = {
    "في": _INSIDE, "داخل": _INSIDE, "قرب": _INSIDE, "بالقرب": _INSIDE, "خارج": _INSIDE, "عند": _INSIDE, "حول": _INSIDE,
    "من": _TOWARDS, "الي": _TOWARDS, "نحو": _TOWARDS, "باتجاه": _TOWARDS, "صوب": _TOWARDS, "علي": _ON, "بين": _NAMED,
    "عن": _STATE,
}  # fmt: skip
_PUNCTUATION = frozenset(".،,؛:؟!()[]-–—…|/")
_AND = "و"
_DASH = frozenset("-–—:(/")


@dataclass(frozen=True, slots=True)
class Role:
    """``score`` is how likely the phrase tells where something happened; ``acts`` marks a metonym."""

    score: float
    acts: bool = False


def role(line: Line, phrase: Phrase, entry: Entry | None, joined: Role | None = None) -> Role:
    """The role of ``phrase``, resolved to ``entry``; ``joined`` is the role of a phrase that «و» joins it to."""
    if "ب" in phrase.clitic:
        return Role(_INSIDE)
    if joined is not None and phrase.clitic == _AND:
        return joined
    before = line.readings[phrase.first - 1] if phrase.first else None
    if before is not None and not phrase.clitic:
        preposition = before.word("locative")
        if preposition is not None:
            return Role(_PREPOSITIONS.get(preposition.form, _INSIDE))
    if phrase.head is not None or phrase.partial or phrase.land is not None or phrase.anaphor is not None:
        return Role(_WIDENED)
    if before is not None and before.word("party") and not phrase.clitic:
        return Role(_OF_A_PARTY, acts=True)
    if before is not None and before.word("act") and not phrase.clitic:
        return Role(_ACTED_ON)
    return _bare(line, phrase, entry)


def _bare(line: Line, phrase: Phrase, entry: Entry | None) -> Role:
    """A name alone, without preposition or head word."""
    if phrase.first == 0 and phrase.last < len(line.tokens) and line.tokens[phrase.last].fold in _DASH:
        return Role(_DATELINE)
    if not _is_state(entry):
        return Role(_NAMED)
    if _says_before(line, phrase) or _says_after(line, phrase):
        return Role(_SUBJECT, acts=True)
    return Role(_STATE)


def _is_state(entry: Entry | None) -> bool:
    if entry is None:
        return False
    return entry.kind in ("country", "seat") or capitals().get(entry.country) == fold(entry.name)


def _says_before(line: Line, phrase: Phrase) -> bool:
    return bool(phrase.first and line.readings[phrase.first - 1].word("say"))


def _says_after(line: Line, phrase: Phrase) -> bool:
    """«واشنطن تدعو», «موسكو: …»: the name opens its clause and a verb of acting follows."""
    if phrase.last >= len(line.tokens):
        return False
    opens = phrase.first == 0 or line.tokens[phrase.first - 1].fold in _PUNCTUATION or phrase.clitic == "و"
    return bool(line.readings[phrase.last].word("say")) or (
        opens and phrase.first == 0 and line.tokens[phrase.last].fold.startswith("ت") and phrase.last == 1
    )
