"""Corrections: from the fields of a form to judgements, each for one changed field."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from rasid import store as stores
from rasid.errors import JudgementError
from rasid.export.shapes import EventShape
from rasid.serve import bearers

_CODE = 3


class Form(Protocol):
    """The fields of a sent form."""

    def get(self, name: str) -> Any: ...

    def getlist(self, name: str) -> Sequence[Any]: ...


def seen(event: EventShape) -> str:
    """A digest of what a page showed of an event: a correction made on a page that is out of date is refused."""
    told = json.dumps(event, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def check_seen(event: EventShape, digest: str) -> None:
    """Raises JudgementError when the event is no longer what the page showed."""
    if digest and digest != seen(event):
        raise JudgementError("this report was changed meanwhile by someone else; look at it again")


def changes(event: EventShape, form: Form) -> Iterator[tuple[str, Any]]:
    """For each field that the form changes: its name and new value, as a judgement sets it.

    Raises JudgementError for a value that cannot be, SeveralBearers when a place's name leaves a choice.
    """
    for field in ("type", "status"):
        if form.get(field) and form.get(field) != event[field]:
            yield field, form.get(field)
    if form.get("modes_shown"):
        modes = [str(mode) for mode in form.getlist("modes")]
        if set(modes) != set(event["modes"]):
            yield "modes", modes
        if (form.get("historical") == "yes") != event["historical"]:
            yield "historical", form.get("historical") == "yes"
    for toll in ("killed", "injured", "arrested"):
        value = _text(form, toll)
        if value is not None and value != (event[toll] or ""):
            yield toll, value or None
    yield from _time(event, form)
    yield from _place(event, form)
    for role, side in (("actors", event["actors"]), ("recipients", event["recipients"])):
        parties = _parties(side, role, form)
        if parties is not None:
            yield role, parties


def _text(form: Form, name: str) -> str | None:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else None


def _time(event: EventShape, form: Form) -> Iterator[tuple[str, Any]]:
    edtf = _text(form, "edtf")
    time = event["time"]
    if edtf is None or edtf == ((time["edtf"] if time else None) or ""):
        return
    yield "time", {**_span(time), "edtf": edtf} if edtf else None


def _span(found: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: found[key] if found else None for key in ("start", "end", "text")}


def _place(event: EventShape, form: Form) -> Iterator[tuple[str, Any]]:
    name, country, precision = (_text(form, f"place_{key}") for key in ("name", "country", "precision"))
    if name is None:
        return
    place = event["place"]
    was = tuple((place[key] if place else None) or "" for key in ("name", "country", "precision"))
    now = (name, (country or "").upper(), precision or "")
    if now == was:
        return
    if not any(now):
        yield "place", None
        return
    if place and was[:2] == now[:2]:
        twin = bearers.like(name, country=now[1], precision=now[2])
        yield "place", {**place, **(bearers.known(twin) if twin else {}), "precision": now[2] or None}
        return
    told = {"name": name or None, "country": now[1] or None, "precision": now[2] or ("country" if not name else None)}
    yield "place", {**_span(place), **told, **_gazetted(now, touched=now[2] != was[2], form=form)}


def _gazetted(now: tuple[str, str, str], *, touched: bool, form: Form) -> dict[str, Any]:
    """What the gazetteer knows of the place now told: names, coordinates, GeoNames number, and precision.

    A precision that the person ``touched`` holds; without coordinates there is none but theirs.
    """
    name, country, precision = now
    theirs = precision if touched else ""
    chosen = _text(form, "bearer") or ""
    entry = bearers.settled(name, country=country, precision=precision, chosen=chosen) if name else None
    if entry is None:
        return {"precision": theirs or None} if name else {}
    return {**bearers.known(entry), "country": entry.country or country or None, "precision": theirs or entry.precision}


def _parties(parties: Sequence[Mapping[str, Any]], role: str, form: Form) -> list[dict[str, Any]] | None:
    """The parties as the form leaves them; None when it changes none."""
    if form.get(f"{role}_shown") is None:
        return None
    kept, changed = [], False
    for n, party in enumerate(parties):
        code = (_text(form, f"{role}_{n}") or "").upper()
        if form.get(f"{role}_{n}_out") == "yes":
            changed = True
            continue
        if code != party["code"]:
            check_code(code)
            changed = True
        kept.append({**party, "code": code})
    code, text = (_text(form, f"{role}_new") or "").upper(), _text(form, f"{role}_new_text") or None
    if code or text:
        check_code(code)
        kept.append({"start": None, "end": None, "text": text, "code": code})
        changed = True
    return kept if changed else None


def check_code(code: str) -> None:
    """Raises JudgementError for a code that is not of three letters each."""
    if len(code) % _CODE or not all(letter.isalpha() or letter == "-" for letter in code):
        raise JudgementError(f"{code!r} is no code; write a country or group, then sectors, as in SYRMIL")


def judgements(who: str, form: Form, event: EventShape | None) -> list[stores.Judgement]:
    """The judgements that a form stands for; ``event`` is the one it corrects, if any. Raises JudgementError."""
    what, target, why = (_text(form, name) or "" for name in ("what", "target", "why"))
    if what not in tuple(stores.What):
        raise JudgementError(f"{what!r} is nothing that can be decided; it is one of {', '.join(stores.What)}")
    decided = stores.What(what)
    if decided is stores.What.SET and event is not None:
        told = [{"field": field, "value": value} for field, value in changes(event, form)]
        return [stores.Judgement(who, decided, target, value, why) for value in told]
    return [stores.Judgement(who, decided, target, _value(decided, form), why)]


def _value(what: stores.What, form: Form) -> dict[str, Any]:
    if what is stores.What.SPLIT:
        return {"reports": [str(name) for name in form.getlist("reports")]}
    if what is stores.What.JOIN:
        return {"events": (_text(form, "events") or "").replace(",", " ").split()}
    if what is stores.What.ADD:
        return _added(form)
    return {}


def _added(form: Form) -> dict[str, Any]:
    """An event that was missed: its type, status and the span of its trigger."""
    try:
        start, end = int(_text(form, "start") or ""), int(_text(form, "end") or "")
    except ValueError as error:
        raise JudgementError("select the words that tell the act first") from error
    told: dict[str, Any] = {"type": _text(form, "type") or "", "trigger": {"start": start, "end": end}}
    if _text(form, "status"):
        told["status"] = _text(form, "status")
    for role in ("actors", "recipients"):
        code = (_text(form, f"{role}_new") or "").upper()
        if code:
            check_code(code)
            told[role] = [{"start": None, "end": None, "text": None, "code": code}]
    return told
