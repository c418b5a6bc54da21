"""Tokens of one sentence as terms: what each word can mean to the grammar of times."""

from __future__ import annotations

import contextlib
import datetime
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from rasid.records import Token
from rasid.times.glued import pairs
from rasid.times.lexicon import (
    ALONE,
    BEFORE_OTHERS,
    UNKNOWN,
    Entry,
    Form,
    Term,
    lexicon,
    misspelt_name,
    number_term,
)
from rasid.times.reading import Reading
from rasid.times.values import Value

# 9.11.2018 and 2018.11.9 are one number token, so no table of anchors can hold them.
_NUMERIC = re.compile(r"\d{3} [مه](?: |$)|\d{1,4}\.\d{1,2}\.\d{2,4}|\d{1,2} [/\-–] \d{1,2}|\d{1,2}:\d{2}")
_DIGIT = re.compile("[0-9]")  # much faster than the search for all of a date; most sentences have none
# How far before a date a sign of the future may stand and still speak of it, in terms. A sign after the date is not
# asked: of 6 such signs within three terms of coded weekdays 4 were of another clause («الأحد بأن حكومته سترد»).
FUTURE_BEFORE = 12
# How far before a weekday the verb of a told past may stand.
PAST_BEFORE = 3
_CLAUSE_END = frozenset({"؛", ".", "؟", "!", ";"})


# No rule looks further than this past the end of what it has read.
PADS = 16
# Present-future prefix «س» before a verb's person letter; «سي» also begins names, hence the analysis is asked too.
_FUTURE_VERB = re.compile(r"^[وف]?س[يتنا]\w{2,}$")
_STAND_IN = datetime.date(2000, 1, 1)


class Number(NamedTuple):
    """A number with the index after its last term. ``ordinal`` is True for «الثالث», False for «ثلاثة» and digits."""

    value: int
    end: int
    ordinal: bool
    digits: bool


class Known(NamedTuple):
    """What an article has dated so far: the latest day, the latest day or month, and the latest value of any kind."""

    day: Value | None = None
    month: Value | None = None
    any: Value | None = None

    def after(self, value: Value) -> Known:
        """This memory with one more value."""
        single = value.precision == "day"
        month = single or value.precision == "month"
        return Known(value if single else self.day, value if month else self.month, value)


NOTHING = Known()


@dataclass(slots=True)
class Terms:
    """A sentence cut into terms: the terms and their folded texts (with empty ones after them), the first token of each
    (then the number of tokens), and where a time may begin."""

    terms: list[Term] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Scan:
    """One sentence being read.

    ``terms`` ends in empty ones, so that rules may look past the end (and before the start); ``count`` are real.
    ``now`` is the publication day, or a stand-in where there is none (what is reckoned from it is dropped later).
    ``known`` holds the values before the term in the article, ``here`` those of the sentence; they and the memories
    ``numbers`` and ``read`` change during reading.
    """

    tokens: Sequence[Token]
    cut: Terms
    published: datetime.date | None
    known: Known = NOTHING
    here: Known = NOTHING
    numbers: dict[int, Number | None] = field(default_factory=dict)
    read: dict[int, Reading | None] = field(default_factory=dict)
    now: datetime.date = field(init=False)
    terms: Sequence[Term] = field(init=False)
    count: int = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.published or _STAND_IN
        self.terms = self.cut.terms
        self.count = len(self.cut.firsts) - 1

    def remember(self, value: Value) -> None:
        """Know one more value; what was read ahead without it is read again."""
        self.known, self.here = self.known.after(value), self.here.after(value)
        self.read.clear()

    @contextlib.contextmanager
    def knowing(self, value: Value) -> Iterator[None]:
        """What is read inside is told from ``value`` too."""
        known = self.known
        self.known = known.after(value)
        self.read.clear()
        yield
        self.known = known
        self.read.clear()

    def get(self, at: int, kind: str) -> Entry | None:
        """The meaning of ``kind`` that the term at ``at`` has, if any."""
        return self.terms[at].kinds.get(kind)

    def value(self, at: int, kind: str) -> str | None:
        """The value cell of that meaning."""
        entry = self.terms[at].kinds.get(kind)
        return entry.value if entry else None

    def is_prep(self, at: int, *names: str) -> bool:
        """True where the term is one of these connecting words, without a proclitic that would begin a new phrase."""
        return self.value(at, "prep") in names

    def fold(self, at: int) -> str:
        """The folded text of the term, empty outside the sentence."""
        return self.cut.names[at]

    def clitic(self, at: int) -> str:
        """The proclitic of the term's first meaning."""
        return self.terms[at].clitic

    def future(self, at: int) -> bool:
        """True where a sign of the future stands before the term in the same clause."""
        before = range(at - 1, max(at - FUTURE_BEFORE, 0) - 1, -1)
        clause = itertools.takewhile(lambda sign: self.cut.names[sign] not in _CLAUSE_END, before)
        return any(map(self._is_sign, clause))

    def _is_sign(self, at: int) -> bool:
        kinds = self.terms[at].kinds
        if kinds or _FUTURE_VERB.match(self.cut.names[at]) is None:
            return "future" in kinds
        return _is_future(self.tokens[self.cut.firsts[at]])

    def past(self, at: int) -> bool:
        """True where «منذ» or the verb of a told past (بدأ, قتل, أعلن) stands just before the term."""
        near = range(max(at - PAST_BEFORE, 0), at)
        return any(self.get(before, "told") or self.is_prep(before, "since") for before in near)


@functools.cache
def _anchors() -> frozenset[str]:
    """The anchors of the tables, and pairs of words that are glued together."""
    return lexicon().anchors | pairs()


def has_times(folds: Sequence[str]) -> bool:
    """Cheap test on the folded tokens: False means that no time can be in the sentence."""
    if not _anchors().isdisjoint(folds):
        return True
    text = " ".join(folds)
    digit = _DIGIT.search(text)
    return digit is not None and _NUMERIC.search(text, digit.start()) is not None


_SHORTEST_REPAIR, _REPAIR_YEARS = 5, range(1900, 2101)
_DIGITS, _PAST_DIGITS = frozenset("0123456789"), ":"  # few words sort before the colon: a quick first test


def read_terms(tokens: Sequence[Token], folds: Sequence[str]) -> Terms:
    """The terms of a sentence."""
    known: list[Form | None] = list(map(lexicon().words.get, folds))
    terms = [UNKNOWN if form is None else form.alone for form in known]
    names, firsts = list(folds), list(range(len(folds) + 1))
    found = Terms(terms, names, firsts)
    gone = end = 0  # terms that phrases have taken in, and the token after the last phrase
    for at, form in enumerate(known):
        if form is None:
            if folds[at] < _PAST_DIGITS and folds[at][:1] in _DIGITS and at >= end:
                terms[at - gone] = term = number_term(folds[at])
                if term.begins == ALONE and at > end and known[at - 1] is None:
                    _repair_month(found, term, at - gone - 1)
                if term.begins:
                    found.starts.append(at - gone)
            continue
        if not form.marked or at < end:
            continue
        place = at - gone
        if form.phrases:
            term, size, word = _phrase(form, folds, at)
            terms[place : place + size], names[place : place + size] = [term], [word]
            del firsts[place + 1 : place + size]
            gone, end = gone + size - 1, at + size
        if terms[place].begins:
            found.starts.append(place)
    terms += [UNKNOWN] * PADS
    names += [""] * PADS
    return found


def _repair_month(found: Terms, year: Term, place: int) -> None:
    """Take an unknown word before a year for the misspelt month that it is («أيلولل 2018»)."""
    word = found.names[place]
    if len(word) < _SHORTEST_REPAIR or year.kinds["num"].number not in _REPAIR_YEARS or not word.isalpha():
        return
    entry = misspelt_name(word)
    if entry:
        found.terms[place] = Term({"misspelt": entry}, "", BEFORE_OTHERS)
        found.starts.append(place)


def _is_future(token: Token) -> bool:
    """«سيزور», «وستبدأ»; «سأزور» with its hamza, or names like «سالم» would be verbs too."""
    if not token.analyses[0].proclitic.endswith("س"):
        return False
    return token.fold.find("سا", 0, 3) < 0 or token.text.find("سأ", 0, 3) >= 0


def _phrase(known: Form, folds: Sequence[str], at: int) -> tuple[Term, int, str]:
    """The longest phrase that stands at ``at``, else the word alone, with its number of tokens and its text."""
    for parts, term in known.phrases.get(folds[at + 1], ()) if at + 1 < len(folds) else ():
        if tuple(folds[at + 1 : at + len(parts)]) == parts[1:]:
            return term, len(parts), " ".join(parts)
    return known.alone, 1, folds[at]
