"""Text with coloured spans. The characters shown are those of the text, to the letter, and never read as HTML."""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

ROLES = ("trigger", "actor", "recipient", "time", "place", "attribution", "search", "aside")
_FIRST, _LAST = 0xD800, 0xDFFF  # lone surrogates, which no page can carry


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of the text: its role, the short label shown at it, what it means, and the report card it belongs to."""

    start: int
    end: int
    role: str
    tag: str = ""
    note: str = ""
    target: str = ""


def marked(text: str, marks: Iterable[Mark], *, start: int = 0, end: int | None = None) -> Markup:
    """``text[start:end]`` as HTML with its marks; where marks overlap, the words carry the classes of all.

    The text content of the result equals the text (lone surrogates, which UTF-8 cannot carry, become U+FFFD).
    """
    end = len(text) if end is None else end
    inside = sorted((m for m in marks if m.start < end and m.end > start), key=lambda m: (m.start, -m.end))
    return Markup("").join(_piece(text, piece, start) for piece in _pieces(inside, start, end))


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    marks: tuple[Mark, ...]


def _pieces(marks: Sequence[Mark], start: int, end: int) -> Iterator[_Piece]:
    """The text cut wherever a mark starts or ends."""
    bounds = {start, end, *(m.start for m in marks), *(m.end for m in marks)}
    cuts = sorted(bound for bound in bounds if start <= bound <= end)
    waiting, open_marks = list(marks), list[Mark]()
    for here, there in itertools.pairwise(cuts):
        open_marks = [mark for mark in open_marks if mark.end > here]
        while waiting and waiting[0].start <= here:
            open_marks.append(waiting.pop(0))
        yield _Piece(here, there, tuple(mark for mark in open_marks if mark.end > here))


def _piece(text: str, piece: _Piece, start: int) -> Markup:
    inner = escaped(text[piece.start : piece.end])
    if not piece.marks:
        return inner
    roles = sorted({mark.role for mark in piece.marks}, key=ROLES.index)
    classes = " ".join(f"m-{role}" for role in roles)
    standing = {mark.role for mark in piece.marks if max(mark.start, start) < piece.start}
    opening = [m for m in piece.marks if max(m.start, start) == piece.start and m.tag and m.role not in standing]
    tags = " ".join(dict.fromkeys(mark.tag for mark in opening))
    note = "\n".join(dict.fromkeys(mark.note for mark in piece.marks if mark.note))
    attributes = f' class="m {classes}"'
    attributes += _attribute("data-tag", tags) + _attribute("title", note)
    targets = list(dict.fromkeys(mark.target for mark in piece.marks if mark.target))
    attributes += _attribute("data-cards", " ".join(targets))
    if targets:
        return Markup(f'<a href="#{escaped(targets[0])}"{attributes}>{inner}</a>')
    return Markup(f"<span{attributes}>{inner}</span>")


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escaped(value)}"' if value else ""


def escaped(text: str) -> Markup:
    """``text`` for HTML content or a quoted attribute; a carriage return keeps its place."""
    plain = "".join("\ufffd" if _FIRST <= ord(char) <= _LAST else char for char in text) if _odd(text) else text
    return Markup(html.escape(plain, quote=True).replace("\r", "&#13;").replace("\0", "\u2400"))


def _odd(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def event_marks(event: Mapping[str, Any], labels: Mapping[str, str], *, target: str = "") -> list[Mark]:
    """The marks of one event of a coded record: trigger, parties, time, place and sources.

    ``labels`` gives the short label of each role; ``target`` is the id of the card that tells of the event.
    """
    told = [("trigger", event["trigger"], event["type"])]
    told += [("actor", actor, _party_note(actor)) for actor in event["actors"]]
    told += [("recipient", actor, _party_note(actor)) for actor in event["recipients"]]
    told += [("time", event["time"], event["time"]["edtf"] or event["time"]["reason"])] if event["time"] else []
    told += [("place", event["place"], _place_note(event["place"]))] if event["place"] else []
    told += [("attribution", said, f"{said['code']} {said['stance']}".strip()) for said in event["attribution"]]
    return [
        Mark(span["start"], span["end"], role, labels.get(role, role), _note(labels, role, value), target)
        for role, span, value in told
        if span["start"] is not None and span["end"] > span["start"]
    ]


def _note(labels: Mapping[str, str], role: str, value: str | None) -> str:
    return f"{labels.get(role, role)}: {value}" if value else labels.get(role, role)


def _party_note(actor: Mapping[str, Any]) -> str:
    name = actor["name_en"] or actor["name"] or ""
    return " · ".join(filter(None, (actor["code"], name)))


def _place_note(place: Mapping[str, Any]) -> str:
    told = (place["name_en"] or place["name"], place["country"], place["precision"])
    return " · ".join(filter(None, told)) or place["reason"] or ""
