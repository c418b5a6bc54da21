"""A report made ready for comparing: what is looked at for every pair is reckoned once."""

from __future__ import annotations

import datetime
import functools
import math
from collections.abc import Iterable
from dataclasses import dataclass

from rasid.data import table
from rasid.merge.acts import kinds, root
from rasid.merge.records import Days, Party, Told
from rasid.merge.tallies import Range, count
from rasid.words.clitics import all_words, counts

# Weight of a word: log of all words over its own count in bulk news. The floor is that of everyday news words
# (president, country), which tell two happenings apart from nothing.
_LIGHTEST, _HEAVIEST = 6.5, 13.0
_LIGHT = 1.5  # words up to this weight open no block
_HEAVY, _HEAVY_STORY = 6, 4
_FINE = 7  # days; a longer interval says too little to compare days by
_BODIES = frozenset({"", "---", "IGO", "NGO", "MNC", "IMG", "ISM"})


@dataclass(frozen=True, slots=True)
class Side:
    """The actors or the recipients of a report."""

    ids: frozenset[str]
    codes: frozenset[str]
    countries: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Profile:
    """``days`` is set only when the text dates the act within a week; ``window`` is where the act is looked for."""

    told: Told
    actors: Side
    recipients: Side
    either: Side
    days: Days | None
    window: tuple[datetime.date, datetime.date] | None
    killed: Range | None
    injured: Range | None
    arrested: Range | None
    roots: frozenset[str]
    acts: frozenset[str]
    heavy: tuple[str, ...]
    heavy_story: tuple[str, ...]
    words_weight: float
    near_weight: float
    story_weight: float


def profile(told: Told) -> Profile:
    """``told``, ready to be compared."""
    days = told.days if told.days and (told.days.last - told.days.first).days < _FINE else None
    return Profile(
        told=told,
        actors=_side(party for party in told.parties if party.role == "actor"),
        recipients=_side(party for party in told.parties if party.role != "actor"),
        either=_side(told.parties),
        days=days,
        window=_window(told),
        killed=count(told.killed),
        injured=count(told.injured),
        arrested=count(told.arrested),
        roots=frozenset(letters for word in told.trigger if len(letters := root(word)) > 1),
        acts=kinds(told.trigger),
        heavy=heaviest(told.words | told.trigger, _HEAVY),
        heavy_story=heaviest(told.story, _HEAVY_STORY),
        words_weight=weight_of(told.words),
        near_weight=weight_of(told.near),
        story_weight=weight_of(told.story),
    )


@functools.lru_cache(maxsize=1 << 16)
def weight(word: str) -> float:
    """How much it says that two reports share ``word``: 0 for everyday words, up to 6.5 for words hardly ever seen."""
    known = counts()
    seen = known.get(word, 0) + known.get("ال" + word, 0)
    rare = math.log(all_words() / (seen + 1))
    return min(max(rare - _LIGHTEST, 0.0), _HEAVIEST - _LIGHTEST)


def weight_of(words: Iterable[str]) -> float:
    """Sum of the words' weights, in an order that does not depend on the set's."""
    return math.fsum(map(weight, words))


def heaviest(words: Iterable[str], number: int) -> tuple[str, ...]:
    """The ``number`` rarest words, rarest first; everyday words are left out."""
    ranked = sorted((-weight(word), word) for word in words)
    return tuple(word for heavy, word in ranked[:number] if -heavy > _LIGHT)


def compatible_types(first: str, second: str) -> bool:
    """True when one happening may be told as both (lexicon/merge_types.tsv)."""
    return first == second or (first, second) in _type_pairs()


@functools.cache
def _type_pairs() -> frozenset[tuple[str, str]]:
    rows = [(row["first"], row["second"]) for row in table("merge_types")]
    return frozenset(rows) | {(second, first) for first, second in rows}


def _window(told: Told) -> tuple[datetime.date, datetime.date] | None:
    """Days on which the act is looked for: those told, else that of publication and the one before."""
    if told.days is not None:
        return told.days.first, told.days.last
    if told.published is None or told.historical:
        return None
    return told.published - datetime.timedelta(days=1), told.published


def _side(parties: Iterable[Party]) -> Side:
    listed = list(parties)
    return Side(
        ids=frozenset(party.id for party in listed if party.id),
        codes=frozenset(party.code for party in listed if party.code),
        countries=frozenset(
            country for party in listed if (country := party.country or party.code[:3]) and country not in _BODIES
        ),
        words=frozenset(word for party in listed for word in party.words if weight(word) > 0),
    )
