"""What the tables know: one Entry for each name or role, and the word sequences that call it."""

from __future__ import annotations

import datetime
import enum
import functools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from rasid.data import as_json, compiled, table
from rasid.names.forms import bare, nisba, phrase_forms
from rasid.words.fold import fold

Words = tuple[str, ...]
_SOUND = ("ون", "ين", "و", "ات", "ا")


class Sort(enum.IntEnum):
    """What an entry names; where one phrase calls several, the lowest wins."""

    COUNTRY = 0
    CAPITAL = 1
    SEAT = 2
    GROUP = 3
    PERSON = 4
    DEMONYM = 5
    ROLE = 6
    MEDIA = 7
    PLACE = 8
    GIVEN = 9


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a table, in the shape that reading a phrase needs.

    ``kind`` is the row's own kind (of a role, group, medium). ``opens``: the sector of what follows wins over the own
    one. ``yields``: the sector of a known person wins over it. ``doubtful``: the form is also another word, and counts
    only with support. ``broken``: a role with a broken plural, whose forms in ان and ين are duals. ``first``: the usual
    name of a state or capital. ``heads``: nouns by which a group is taken up again (التنظيم، الحركة).
    ``since``, ``until``: years or months of a group, ends open when blank.
    """

    sort: Sort
    country: str = ""
    sectors: tuple[str, ...] = ()
    kind: str = ""
    name: str = ""
    name_en: str = ""
    id: str = ""
    opens: bool = False
    yields: bool = False
    doubtful: bool = False
    plural: bool = False
    broken: bool = False
    first: bool = False
    heads: frozenset[str] = frozenset()
    since: str = ""
    until: str = ""

    def stood(self, day: datetime.date | None) -> bool:
        """False for a group outside the years in which it went by its names."""
        told = day.isoformat() if day else ""
        return not told or (self.since <= told and (not self.until or told[: len(self.until)] <= self.until))


@dataclass(frozen=True, slots=True)
class Term:
    """An office held by a person from a day to a day (ISO dates, ends open when blank)."""

    country: str
    sectors: tuple[str, ...]
    office: str
    group: str
    first: str
    last: str


def split_code(code: str) -> tuple[str, tuple[str, ...]]:
    """A code taken apart into country (blank for ``---``) and sectors."""
    country = code[:3].replace("---", "")
    return country, tuple(code[at : at + 3] for at in range(3, len(code), 3))


def cells(value: str) -> list[str]:
    """The alternatives in a cell."""
    return [part.strip() for part in value.split("|") if part.strip()]


def key(words: str) -> Words:
    """The folded words of a table name, without quotes and brackets."""
    return tuple(fold(words).replace("-", " ").replace('"', " ").replace("(", " ").replace(")", " ").split())


def _doubtful(note: str) -> frozenset[str]:
    """The forms that a note lists after "ambiguous:"."""
    return frozenset(cells(note.partition("ambiguous:")[2].partition(";")[0]))


def all_entries() -> Iterator[tuple[Words, Entry]]:
    """Every word sequence of every table with what it calls."""
    yield from _countries()
    yield from _groups()
    yield from _persons()
    yield from _media()
    yield from _roles()
    yield from _places()
    yield from _given()


def _countries() -> Iterator[tuple[Words, Entry]]:
    for row in table("countries"):
        iso, english = row["iso3"], row["name_en"]
        doubtful = _doubtful(row["note"])
        name = cells(row["names"])[0]
        for sort, column in ((Sort.COUNTRY, "names"), (Sort.CAPITAL, "capital"), (Sort.SEAT, "seats")):
            shown, shown_en = (name, english) if sort is not Sort.CAPITAL else ("", row["capital_en"])
            for words in cells(row[column]):
                entry = Entry(
                    sort,
                    iso,
                    ("GOV",),
                    name=shown or words,
                    name_en=shown_en,
                    doubtful=words in doubtful,
                    first=words == cells(row[column])[0] and sort is not Sort.SEAT,
                )
                yield key(words), entry
        for words in cells(row["demonyms"]):
            yield from _demonym(words, iso, doubtful)


def _demonym(cell: str, iso: str, doubtful: frozenset[str]) -> Iterator[tuple[Words, Entry]]:
    words, _, mark = cell.partition("=")
    first, *rest = fold(words).split()
    if mark:
        yield (first, *rest), Entry(Sort.DEMONYM, iso, plural=True, doubtful=words in doubtful)
        return
    forms = nisba(first)
    for form in forms:
        plural = form.endswith(("ون", "ين", "ات")) and form != first
        agreeing = [nisba(word) if word.endswith("ي") else (word,) for word in rest]
        for tail in _products(agreeing):
            yield (form, *tail), Entry(Sort.DEMONYM, iso, plural=plural, doubtful=words in doubtful)


def _products(parts: list[tuple[str, ...]]) -> list[Words]:
    found: list[Words] = [()]
    for part in parts:
        found = [(*front, form) for front in found for form in part]
    return found


def _groups() -> Iterator[tuple[Words, Entry]]:
    for row in table("groups"):
        country, sectors = split_code(row["code"])
        names = cells(row["names"])
        heads = frozenset(bare(fold(words).split()[0]) for words in names if " " in words)
        doubtful = _doubtful(row["note"])
        sure = Entry(
            Sort.GROUP, country, sectors, row["kind"], names[0], row["name_en"], row["id"], heads=heads,
            since=row["from"], until=row["to"],
        )  # fmt: skip
        for words in names:
            yield key(words), replace(sure, doubtful=True) if words in doubtful else sure


def _persons() -> Iterator[tuple[Words, Entry]]:
    for row in table("persons"):
        names = cells(row["names"])
        doubtful = _doubtful(row["note"])
        for words in names:
            sure = words not in doubtful
            yield key(words), Entry(Sort.PERSON, name=names[0], name_en=row["name_en"], id=row["id"], doubtful=not sure)


def _media() -> Iterator[tuple[Words, Entry]]:
    for row in table("media"):
        country, sectors = split_code(row["code"])
        names = cells(row["names"])
        listed = _doubtful(row["note"])
        for words in names:
            doubtful = words in listed
            yield (
                key(words),
                Entry(
                    Sort.MEDIA, country, sectors, row["kind"], names[0], row["name_en"], row["id"], doubtful=doubtful
                ),
            )


def _roles() -> Iterator[tuple[Words, Entry]]:
    rows = table("roles")
    irregular = {bare(fold(row["lemma"])): _heads(row["forms"]) for row in rows if " " not in row["lemma"]}
    for row in rows:
        body = row["country_default"] and " " in row["lemma"]
        first, blank, _ = fold(row["lemma"]).partition(" ")
        heads = irregular.get(bare(first), ()) if blank else ()
        entry = Entry(
            Sort.ROLE,
            row["country_default"],
            tuple(row["sector"].split()),
            row["kind"],
            name=row["lemma"],
            opens="of" in row["note"].split(),
            yields="name" in row["note"].split() or row["kind"] == "rank",
            broken=any(not form.endswith(_SOUND) for form in (*heads, *_heads(row["forms"]))),
            heads=frozenset({bare(fold(row["lemma"]).split()[0])} if body else ()),
        )
        for words in phrase_forms(row["lemma"], row["kind"], heads):
            yield words, entry
        for form in cells(row["forms"]):
            yield tuple(bare(word) for word in fold(form).split()), entry


def _heads(forms: str) -> tuple[str, ...]:
    return tuple(bare(fold(form)) for form in cells(forms) if " " not in form)


def _places() -> Iterator[tuple[Words, Entry]]:
    for row in table("places"):
        names = cells(row["names"])
        for words in names:
            entry = Entry(
                Sort.PLACE, row["iso3"], (), row["kind"], names[0], row["name_en"], doubtful=bool(row["needs"])
            )
            yield key(words), entry


def _given() -> Iterator[tuple[Words, Entry]]:
    for row in table("given_names"):
        for words in cells(row["names"]):
            yield key(words), Entry(Sort.GIVEN, kind=row["origin"])


@functools.cache
def terms() -> Mapping[str, tuple[Term, ...]]:
    """Offices by person id, in the order of the table."""
    return compiled("names-terms", _held, _read_terms)


def _held() -> Iterator[tuple[str, bytes]]:
    found: dict[str, list[tuple[object, ...]]] = {}
    for row in table("offices"):
        held = (row["country"], row["sectors"].split(), row["office"], row["group_id"], row["from"], row["to"])
        found.setdefault(row["person_id"], []).append(held)
    return ((person, as_json(held)) for person, held in found.items())


def _read_terms(_: str, told: bytes) -> tuple[Term, ...]:
    held = json.loads(told)
    return tuple(Term(country, tuple(sectors), *rest) for country, sectors, *rest in held)
