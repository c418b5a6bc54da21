"""Changing one field of an event by hand: what is allowed, and what follows from it."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from rasid import codebook, merge
from rasid.errors import JudgementError
from rasid.export.shapes import ActorShape, AttributionShape, EventShape, PlaceShape, TimeShape
from rasid.records import Stance, Status

_PERSON = "person"
_EDTF = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?~?")
_PRECISIONS = ("exact", "locality", "district", "province", "country")


def changed(event: EventShape, field: str, value: Any, *, text: str) -> EventShape:
    """``event`` with ``field`` set to ``value``, and the codes that follow from it.

    ``text`` is the article's, which spans must quote. Raises JudgementError for another field or a wrong value.
    """
    if field not in _FIELDS:
        raise JudgementError(f"{field!r} is no field that can be set; the fields are {', '.join(sorted(_FIELDS))}")
    new = cast("EventShape", {**event, field: _FIELDS[field](value, text)})
    return coded(new) if field in ("type", "modes", "status", "contexts") else new


def added(article: str, value: Mapping[str, Any], *, id: str, text: str) -> EventShape:  # noqa: A002
    """An event that the machine missed: ``value`` holds ``type``, ``trigger`` and any other field.

    Raises JudgementError when one of the two is missing, or any value is wrong.
    """
    if not {"type", "trigger"} <= value.keys():
        raise JudgementError(f"an event added to {article} needs a type and a trigger, as in the coded record")
    trigger = _trigger(value["trigger"], text)
    event: EventShape = {
        "id": id,
        "type": _type(value["type"], text),
        "modes": [],
        "status": Status.REPORTED.value,
        "historical": False,
        "plover": "",
        "cameo": "",
        "quad": 0,
        "score": 0.0,
        "contexts": [],
        "confidence": 1.0,
        "sentence": {"start": trigger["start"], "end": trigger["end"]},
        "trigger": trigger,
        "actors": [],
        "recipients": [],
        "time": None,
        "place": None,
        "attribution": [],
        "killed": None,
        "injured": None,
        "arrested": None,
        "coref": 0,
        "evidence": [],
    }
    for field in value.keys() - {"type", "trigger", "sentence"}:
        event = changed(event, field, value[field], text=text)
    return coded(event)


def coded(event: EventShape) -> EventShape:
    """``event`` with the codes that type, modes, status and contexts give."""
    status = Status(event["status"])
    modes = [mode for mode in event["modes"] if mode in codebook.types()[event["type"]].modes]
    code = codebook.cameo(event["type"], modes, contexts=event["contexts"], status=status)
    plover = codebook.plover_type(event["type"], status)
    quad = codebook.types()[plover].quad
    return {**event, "modes": modes, "plover": plover, "cameo": code.code, "quad": quad, "score": code.goldstein}


def cleared(event: EventShape, text: str) -> EventShape:
    """``event`` without the spans (of parties, time, place, attribution) that no longer quote ``text``."""
    return {
        **event,
        "actors": [actor for actor in event["actors"] if _stands(actor, text)],
        "recipients": [actor for actor in event["recipients"] if _stands(actor, text)],
        "attribution": [said for said in event["attribution"] if _stands(said, text)],
        "time": event["time"] if event["time"] and _stands(event["time"], text) else None,
        "place": event["place"] if event["place"] and _stands(event["place"], text) else None,
    }


def _stands(span: Mapping[str, Any], text: str) -> bool:
    return span["start"] is None or text[span["start"] : span["end"]] == span["text"]


def _one_of(value: Any, allowed: Mapping[str, object] | tuple[str, ...], name: str) -> str:
    if value not in allowed:
        raise JudgementError(f"{value!r} is no {name}; it is one of {', '.join(allowed)}")
    return str(value)


def _type(value: Any, text: str) -> str:
    return _one_of(value, codebook.types(), "type")


def _modes(value: Any, text: str) -> list[str]:
    known = tuple(mode for kind in codebook.types().values() for mode in kind.modes)
    return [_one_of(mode, known, "mode") for mode in _list(value)]


def _contexts(value: Any, text: str) -> list[str]:
    return [_one_of(context, codebook.contexts(), "context") for context in _list(value)]


def _status(value: Any, text: str) -> str:
    return _one_of(value, tuple(Status), "status")


def _historical(value: Any, text: str) -> bool:
    if not isinstance(value, bool):
        raise JudgementError(f"historical is true or false, not {value!r}")
    return value


def _count(value: Any, text: str) -> str | None:
    if value in (None, ""):
        return None
    if merge.count(str(value)) is None:
        raise JudgementError(f"{value!r} is no count; write it as 12, >=12 or 10-15")
    return str(value)


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise JudgementError(f"{value!r} is no list")
    return value


def _span(value: Mapping[str, Any], text: str) -> dict[str, Any]:
    """Offsets and text of a phrase; a value that stands nowhere in the article has no offsets."""
    start, end = value.get("start"), value.get("end")
    if start is None or end is None:
        return {"start": None, "end": None, "text": value.get("text")}
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise JudgementError(f"{start}-{end} is no span of the article, which has {len(text)} characters")
    return {"start": start, "end": end, "text": text[start:end]}


def _object(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise JudgementError(f"{value!r} is no object with named values")
    return value


def _trigger(value: Any, text: str) -> Any:
    found = _span(_object(value), text)
    if found["start"] is None:
        raise JudgementError("a trigger needs start and end, the place of the words in the article")
    return found


def _parties(value: Any, text: str) -> list[ActorShape]:
    return [_party(_object(party), text) for party in _list(value)]


def _party(value: Mapping[str, Any], text: str) -> ActorShape:
    code = str(value.get("code") or "")
    sectors = [code[at : at + 3] for at in range(3, len(code), 3)]
    wrong = [sector for sector in sectors if sector not in codebook.sectors()]
    if wrong:
        raise JudgementError(f"{code!r} holds no sector {wrong[0]!r}; they are {', '.join(codebook.sectors())}")
    given = {key: value.get(key) for key in ("name", "name_en", "id", "title")}
    country = code[:3] if code and code[:3] != "---" else None
    return cast("ActorShape", {**_span(value, text), **given, "country": country, "sectors": sectors, "code": code})


def _attribution(value: Any, text: str) -> list[AttributionShape]:
    return [
        cast(
            "AttributionShape",
            {
                **_span(_object(said), text),
                "code": str(said.get("code") or ""),
                "stance": _one_of(said.get("stance", Stance.STATES.value), tuple(Stance), "stance"),
            },
        )
        for said in _list(value)
    ]


def _place(value: Any, text: str) -> PlaceShape | None:
    if value is None:
        return None
    given = _object(value)
    precision = given.get("precision")
    if precision is not None:
        _one_of(precision, _PRECISIONS, "precision of a place")
    fields = ("name", "name_en", "country", "admin1", "latitude", "longitude", "geonames_id", "precision")
    told = {key: given.get(key) for key in fields}
    return cast("PlaceShape", {**_span(given, text), **told, "reason": _PERSON})


def _time(value: Any, text: str) -> TimeShape | None:
    if value is None:
        return None
    given = _object(value) if not isinstance(value, str) else {"edtf": value}
    edtf = str(given.get("edtf") or "")
    first, last, precision = _days(edtf)
    told = {"edtf": edtf, "first": first.isoformat(), "last": last.isoformat(), "precision": precision}
    rest = {"calendar": "gregorian", "anchor": None, "reason": None}
    return cast("TimeShape", {**_span(given, text), **told, **rest})


def _days(edtf: str) -> tuple[datetime.date, datetime.date, str]:
    """First and last day of an EDTF text of level 0, and its precision."""
    start, slash, end = edtf.partition("/")
    try:
        first, last, precision = _unit(start)
        if slash:
            last, precision = _unit(end)[1], "interval"
    except ValueError as error:
        message = f"{edtf!r} is no date; write 2025, 2025-10, 2025-10-03 or 2025-10-03/2025-10-07"
        raise JudgementError(message) from error
    return first, last, precision


def _unit(edtf: str) -> tuple[datetime.date, datetime.date, str]:
    match = _EDTF.fullmatch(edtf)
    if not match:
        raise ValueError(edtf)
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if day:
        return datetime.date(year, month, day), datetime.date(year, month, day), "day"
    if month:
        last = calendar.monthrange(year, month)[1]
        return datetime.date(year, month, 1), datetime.date(year, month, last), "month"
    return datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year"


_FIELDS: Mapping[str, Callable[[Any, str], Any]] = {
    "type": _type,
    "modes": _modes,
    "contexts": _contexts,
    "status": _status,
    "historical": _historical,
    "killed": _count,
    "injured": _count,
    "arrested": _count,
    "trigger": _trigger,
    "actors": _parties,
    "recipients": _parties,
    "attribution": _attribution,
    "place": _place,
    "time": _time,
}
