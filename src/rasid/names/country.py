"""Which country a party belongs to: every country in sight is scored, and the best is taken.

The weights are fitted on labelled articles by ``training/actors.py`` and can be read in
``models/actor_country.tsv``: one feature a row.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasid.data import read_table
from rasid.names.act import Act
from rasid.names.article import Landscape, Sight, own_country
from rasid.names.entries import Sort
from rasid.names.memory import Memory
from rasid.names.reading import Reading
from rasid.names.sector import MODELS

NONE = "---"
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})
_NEAR = 3
_SORTS = {sort: sort.name.lower() for sort in Sort}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the phrase ``[first, last]`` of a sentence as it was read, and what it does or suffers."""

    reading: Reading
    sentence: int
    first: int
    last: int
    words: tuple[str, ...]
    act: Act
    known: str = ""


def rank(question: Question, land: Landscape, memory: Memory) -> list[tuple[float, str]]:
    """Candidates with their scores, best first; equal scores in alphabetical order."""
    weights = in_use()
    scored = [
        (sum([weights.get(name, 0.0) for name in names]), country)
        for country, names in features(question, land, memory).items()
    ]
    return sorted(scored, key=lambda pair: (-pair[0], pair[1]))


class _Weights:
    """The weights in use: those of the package, read at first need, or those that training tries."""

    table: Mapping[str, float] | None = None


def use(weights: Mapping[str, float] | None) -> None:
    """Take other weights (training); None goes back to the package's."""
    _Weights.table = weights


def in_use() -> Mapping[str, float]:
    """The weights that :func:`rank` takes."""
    if _Weights.table is None:
        rows = read_table(MODELS / "actor_country.tsv")
        _Weights.table = {row["feature"]: float(row["weight"]) for row in rows}
    return _Weights.table


def features(question: Question, land: Landscape, memory: Memory) -> dict[str, list[str]]:
    """Names of the features that hold, for each candidate country or body (and for none, ``---``)."""
    found: dict[str, dict[str, None]] = {NONE: dict.fromkeys(_nowhere(question))}
    inside = _inside(question, land)
    for country, name in inside:
        _add(found, country, name)
    for country, name in memory.countries(question, inside=bool(inside)):
        _add(found, country, name)
    if question.known and not question.words:
        _add(found, question.known, "memory:group")
    if not inside or all(name.startswith("in:after") for _, name in inside if name != "in:first"):
        manner = _manner(question.reading)
        for country, name in _outside(question, land):
            _add(found, country, name)
            _add(found, country, f"{name}/{manner}")
    if inside:
        _add(found, NONE, "none:inside")
    return {country: list(names) for country, names in found.items()}


def _nowhere(question: Question) -> Iterator[str]:
    """What speaks for no country: how the phrase leans, its noun, what it does or suffers."""
    reading, act = question.reading, question.act
    manner = _manner(reading)
    yield f"none:{manner}"
    yield f"none:{manner}:{act.type}:{act.side}"
    if reading.deciding:
        yield f"none:{reading.deciding}"
    if reading.sectors:
        yield f"none:{reading.sectors[0]}:{manner}"


def _add(found: dict[str, dict[str, None]], country: str, name: str) -> None:
    found.setdefault(country, {})[name] = None


def _manner(reading: Reading) -> str:
    """How much the phrase leans on its surroundings: by pronoun, by article, as people, as a bare name."""
    if reading.pronoun:
        return "pronoun"
    if reading.head is None:
        return "name"
    if reading.sectors[:1] in (("CVL",), ("UAF",), ("REF",)):
        return "people"
    return "thing" if reading.head.kind == "thing" else reading.head.kind


def _inside(question: Question, land: Landscape) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    seen: set[Sort] = set()
    for number, hit in enumerate(question.reading.hits):
        country = own_country(hit, land.published)
        if not country or (country == NONE and number):
            continue
        if not found:
            found.append((country, "in:first"))
        sort = Sort.DEMONYM if number and hit.of(Sort.DEMONYM) else hit.entry.sort
        after = "after:" if number in question.reading.prepositional and number else ""
        order = "later:" if sort in seen else ""
        head = "head:" if number == 0 else ""
        body = "body:" if country in _BODIES else ""
        found.append((country, f"in:{after}{order}{head}{body}{_SORTS[sort]}"))
        seen.add(sort)
    return found


def _outside(question: Question, land: Landscape) -> Iterable[tuple[str, str]]:
    sentence = question.sentence
    yield from _nearest(land.before(sentence, question.first), "left")
    yield from _nearest(land.after(sentence, question.last), "right")
    previous = land.seen[sentence - 1] if sentence else ()
    yield from _nearest(previous[::-1], "previous")
    if previous:
        yield previous[0].country, "subject"
    last = land.last_before(sentence)
    if last is not None:
        yield last.country, "last"
    for sight in land.seen[0] if sentence else ():
        yield sight.country, "title"
    yield from _dominant(land)
    act = question.act
    if act.place:
        yield act.place, "place"
        yield act.place, f"place:{act.type}:{act.side}"
    for country in act.facing:
        yield country, "facing"
        yield country, f"facing:{act.type}:{act.side}"


def _nearest(sights: Sequence[Sight], side: str) -> Iterable[tuple[str, str]]:
    """The first countries on one side, by order and by the sort of word that names them."""
    countries: list[str] = []
    for sight in sights:
        if sight.country not in countries:
            countries.append(sight.country)
            if len(countries) <= _NEAR:
                yield sight.country, f"{side}{len(countries)}"
                yield sight.country, f"{side}{len(countries)}:{_SORTS[sight.sort]}"


def _dominant(land: Landscape) -> Iterable[tuple[str, str]]:
    for place, (country, share) in enumerate(itertools.islice(land.shares.items(), _NEAR), 1):
        yield country, f"share{place}"
        yield country, f"share{place}:{int(share * 5)}"
    opening = next((seen[0] for seen in land.seen if seen), None)
    if opening is not None:
        yield opening.country, "opening"
