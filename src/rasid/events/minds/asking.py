"""What a language model is asked: the codebook in short, the numbered sentences, and the form of the answer."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

from rasid import codebook
from rasid.records import Document, Stance, Status


def _object(**fields: object) -> Mapping[str, Any]:
    return {"type": "object", "properties": fields, "required": [*fields], "additionalProperties": False}


def _maybe(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


_TEXT: Mapping[str, Any] = {"type": "string"}
_NUMBER: Mapping[str, Any] = {"type": "integer"}
_PHRASE = _object(text=_TEXT, sentence=_NUMBER)
_SOURCE = _object(text=_TEXT, sentence=_NUMBER, stance={"enum": [*map(str, Stance)]})
_EVENT = _object(
    sentence=_NUMBER,
    type={"enum": [*codebook.types()]},
    trigger=_TEXT,
    status={"enum": [*map(str, Status)]},
    historical={"type": "boolean"},
    modes={"type": "array", "items": _TEXT},
    actors={"type": "array", "items": _PHRASE},
    recipients={"type": "array", "items": _PHRASE},
    time=_maybe(_PHRASE),
    place=_maybe(_PHRASE),
    attribution=_maybe(_SOURCE),
    killed=_maybe(_TEXT),
    injured=_maybe(_TEXT),
    arrested=_maybe(_TEXT),
    confidence={"type": "number"},
)
SCHEMA = _object(events={"type": "array", "items": _EVENT})

_HOW = """You code Arabic news into PLOVER events. List every act that a sentence tells, told or planned or denied.
Types: {types}.
status: reported; future (announced, planned); hypothetical (conditional, wished); negation (said not to have happened).
historical: more than a year before publication, or told as history.
actor does, recipient is done to; a visitor is actor, the host recipient; talks without a host have actors only.
attribution: who tells it, with stance. time and place: the phrase that dates the act and where it happened.
killed, injured, arrested: numbers as given (12, >=12, 10-15), else null.
Copy every phrase to the letter from the sentence whose number you give, without a leading و ف ب ل ك. Translate nothing.
Modes by type: {modes}. confidence: 0 to 1."""


@functools.cache
def rules() -> str:
    """The codebook in short."""
    kinds = codebook.types()
    types = "; ".join(f"{name}: {kind.meaning}" for name, kind in kinds.items())
    modes = "; ".join(f"{name}: {', '.join(kind.modes)}" for name, kind in kinds.items() if kind.modes)
    return _HOW.format(types=types, modes=modes)


def question(document: Document) -> str:
    """The article as numbered sentences, with its day of publication."""
    text, published = document.article.text, document.article.published
    lines = (f"{s.index}\t{' '.join(text[s.start : s.end].split())}" for s in document.sentences or ())
    return f"published: {published or 'unknown'}\n" + "\n".join(lines)
