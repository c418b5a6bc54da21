"""An event in one plain line, in English and in Arabic, made from its codes and names.

shelling by Syria armed forces of Syria civilians in An Nur, Syria, 3 October 2025 (killed 3)
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from rasid.data import table
from rasid.records import Status
from rasid.store.rows import EventPartyRow, EventRow

_MOST_PARTIES = 3
_CODE = 3


class Language(StrEnum):
    """Languages of a line: names of the columns that hold its words."""

    ENGLISH = "en"
    ARABIC = "ar"


_COMMA = {Language.ENGLISH: ", ", Language.ARABIC: "، "}
_JOINED = {Language.ENGLISH: " ", Language.ARABIC: ""}  # Arabic «و» is written together with the word after it
_DASH = "–"


class _Words(NamedTuple):
    """The row of ``lexicon/event_lines.tsv`` for an act, in one language."""

    noun: str
    by: str
    to: str
    mutual: bool


def line(event: EventRow, parties: Sequence[EventPartyRow], language: Language) -> str:
    """The event in one line. What is not known is left out."""
    parts = [_status(event, language), _act(event, parties, language), _where(event, language)]
    told = " ".join(part for part in parts if part)
    when = _when(event, language)
    whole = _COMMA[language].join(part for part in (told, when) if part)
    tolls = _COMMA[language].join(_tolls(event, language))
    return f"{whole} ({tolls})" if tolls else whole


def _act(event: EventRow, parties: Sequence[EventPartyRow], language: Language) -> str:
    words = _words(event.type, next(iter(event.modes), ""), language)
    actors = _names((party for party in parties if party.role == "actor"), language)
    recipients = _names((party for party in parties if party.role == "recipient"), language)
    if words.mutual and len(actors) > 1 and not recipients:
        return f"{words.noun} {_word('word', 'between', language)} {_list(actors, language)}"
    told = words.noun
    if actors:
        told += f" {words.by} {_list(actors, language)}"
    if recipients:
        told += f" {words.to} {_list(recipients, language)}"
    return told


def _status(event: EventRow, language: Language) -> str:
    marks = [_word("status", event.status, language)] if event.status != Status.REPORTED else []
    marks += [_word("word", "historical", language)] if event.historical else []
    return f"{_COMMA[language].join(marks)}:" if marks else ""


def _where(event: EventRow, language: Language) -> str:
    name = event.place_name_en if language is Language.ENGLISH else event.place_name
    country = _country(event.country, language)
    names = list(dict.fromkeys(part for part in (name, country) if part))
    return f"{_word('word', 'in', language)} {_COMMA[language].join(names)}" if names else ""


def _when(event: EventRow, language: Language) -> str:
    if event.first is None or event.last is None:
        return ""
    if event.precision in ("month", "year"):
        return _day(event.first, language, event.precision)
    last = _day(event.last, language, "day")
    if event.first == event.last:
        return last
    same_month = (event.first.year, event.first.month) == (event.last.year, event.last.month)
    return f"{event.first.day if same_month else _day(event.first, language, 'day')}{_DASH}{last}"


def _day(day: datetime.date, language: Language, precision: str) -> str:
    parts = [str(day.day), _word("month", str(day.month), language), str(day.year)]
    return " ".join(parts[{"day": 0, "month": 1, "year": 2}[precision] :])


def _tolls(event: EventRow, language: Language) -> Iterable[str]:
    counts = {
        "killed": (event.killed_low, event.killed_high),
        "injured": (event.injured_low, event.injured_high),
        "arrested": (event.arrested_low, event.arrested_high),
    }
    for name, (low, high) in counts.items():
        if low is not None:
            yield f"{_word('word', name, language)} {_range(low, high, language)}"


def _range(low: int, high: int | None, language: Language) -> str:
    if high is None:
        return f"{low} {_word('word', 'more', language)}"
    return str(low) if low == high else f"{low}{_DASH}{high}"


def _names(parties: Iterable[EventPartyRow], language: Language) -> list[str]:
    return list(dict.fromkeys(name for party in parties if (name := _party(party, language))))


def _party(party: EventPartyRow, language: Language) -> str:
    name = party.name_en if language is Language.ENGLISH else party.name
    if name:
        return name
    place, sectors = party.code[:_CODE], [party.code[at : at + _CODE] for at in range(_CODE, len(party.code), _CODE)]
    owner = _country(place, language) or _word("body", place, language)
    sector = _word("sector", sectors[0], language) if sectors else ""
    parts = (owner, sector) if language is Language.ENGLISH else (sector, f"({owner})" if sector and owner else owner)
    return " ".join(part for part in parts if part)


def _list(names: Sequence[str], language: Language) -> str:
    shown = [*names[:_MOST_PARTIES], *([_word("word", "others", language)] if len(names) > _MOST_PARTIES else [])]
    joint = f" {_word('word', 'and', language)}{_JOINED[language]}"
    return joint.join(part for part in (_COMMA[language].join(shown[:-1]), shown[-1]) if part)


@functools.lru_cache(maxsize=512)
def _words(kind: str, mode: str, language: Language) -> _Words:
    rows = {(row["type"], row["mode"]): row for row in table("event_lines")}
    row = rows.get((kind, mode)) or rows[kind, ""]
    return _Words(row[language], row[f"{language}_by"], row[f"{language}_to"], row["mutual"] == "yes")


def _word(kind: str, key: str, language: Language) -> str:
    return _all_words(language).get((kind, key), "")


@functools.cache
def _all_words(language: Language) -> Mapping[tuple[str, str], str]:
    return {(row["kind"], row["key"]): row[language] for row in table("event_words")}


def _country(code: str | None, language: Language) -> str:
    return _countries(language).get(code or "", "")


@functools.cache
def _countries(language: Language) -> Mapping[str, str]:
    if language is Language.ENGLISH:
        return {row["iso3"]: row["name_en"] for row in table("countries")}
    return {row["iso3"]: row["names"].split("|")[0] for row in table("countries")}
