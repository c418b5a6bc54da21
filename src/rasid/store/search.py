"""Full-text search in Arabic: «الموصل» finds «وبالموصل», with any hamza, ta marbuta, alef maqsura and vowel marks.

A query is words that must all stand in one sentence; ``"..."`` asks for words side by side, ``مظاهر*`` for all words
that begin so. Words are looked up as the store keeps them, as folded stems without clitics, in the table ``search``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from rasid.errors import QueryError
from rasid.records import Token
from rasid.store.views import TEXT
from rasid.words.clitics import analyses, inner_start
from rasid.words.tokens import tokenize

_PART = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans("«»“”„", '"' * 5)
_LEAST_PREFIX = 2
# Pronouns that are no ending of other words: «هم» makes "their", while «ي» and «ه» make other words (لبناني, جامعة).
_PRONOUNS = ("ها", "هم", "هما", "هن", "كم", "نا")
_AFTER_TA = (*_PRONOUNS, "ه")
_TA_MARBUTA, _TA = "ه", "ت"
# The indefinite accusative is written with an alif (رجلا), but not after these letters.
_ALIF, _NO_TANWIN = "ا", "اهءي"
# What may stand before a stem in the text, in a regular expression over folded text.
_BEFORE = "[وف]?[بلكس]?(?:ال|ل)?"


@dataclass(frozen=True, slots=True)
class Term:
    """One word asked for: the stems it is stored under, or ``prefix`` of them."""

    stems: tuple[str, ...]
    prefix: str | None = None

    def fits(self, token: Token) -> bool:
        """True when the token of a text is the word asked for."""
        if self.prefix is not None:
            return token.stem.startswith(self.prefix) or token.fold.startswith(self.prefix)
        return token.stem in self.stems or token.fold in self.stems


@dataclass(frozen=True, slots=True)
class Query:
    """Phrases that must all stand in one sentence; a word by itself is a phrase of one."""

    phrases: tuple[tuple[Term, ...], ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """All words, each once."""
        return tuple(dict.fromkeys(term for phrase in self.phrases for term in phrase))


class Condition(NamedTuple):
    """SQL with ``?`` for its values."""

    sql: str
    values: tuple[Any, ...]


class Span(NamedTuple):
    """Where a word asked for stands in the text, half-open."""

    start: int
    end: int


@functools.lru_cache(maxsize=256)
def parse(text: str) -> Query:
    """The query written in ``text``. Raises QueryError when it holds no word."""
    phrases = []
    for quoted, single in _PART.findall(text.translate(_QUOTES)):
        phrase = tuple(_terms(quoted or single))
        if phrase:
            phrases.append(phrase)
    if not phrases:
        raise QueryError(f"text: {text!r} holds no word to look for; write one, as in الموصل")
    return Query(tuple(phrases))


def _terms(text: str) -> Iterator[Term]:
    tokens = tokenize(text)
    for token, after in zip(tokens, (*tokens[1:], None), strict=True):
        if not token.fold[:1].isalnum():
            continue
        if after is not None and after.text == "*" and after.start == token.end and len(token.fold) >= _LEAST_PREFIX:
            yield Term((), _shorn(token.fold))
        else:
            yield Term(_stems(token.fold))


def _shorn(word: str) -> str:
    """The beginning of a word without its article."""
    return word.removeprefix("ال") if len(word) > len("ال") + 1 else word


def _stems(word: str) -> tuple[str, ...]:
    """The stems under which the word is stored: bare, before a pronoun, with the alif of the accusative."""
    stem = analyses(word)[0].stem
    open_form, endings = (stem[:-1] + _TA, _AFTER_TA) if stem.endswith(_TA_MARBUTA) else (stem, _PRONOUNS)
    endings = _AFTER_TA if stem.endswith(_TA) else endings
    joined = [open_form + ending for ending in endings] if len(stem) > _LEAST_PREFIX else []
    if joined and stem[-1] not in _NO_TANWIN:
        joined.append(stem + _ALIF)
    return tuple(dict.fromkeys((stem, *joined)))


def sentences_with(query: Query) -> Condition:
    """SELECT of the numbers of articles and the starts of sentences that hold all words of the query."""
    first, *others = [_looked_up(term) for term in query.terms]
    values = [*first.values]
    fits = []
    for other in others:
        fits.append(f"(article, sentence) IN ({other.sql})")
        values += other.values
    found = f"SELECT DISTINCT article, sentence FROM ({first.sql})"
    return Condition(f"{found} WHERE {' AND '.join(fits)}" if fits else found, tuple(values))


def _looked_up(term: Term) -> Condition:
    """One look-up for each stem: the table is sorted by word, so that each reads a few blocks only."""
    asked = "SELECT article, sentence FROM search WHERE word"
    if term.prefix is not None:
        return Condition(f"{asked} >= ? AND word < ?", (term.prefix, term.prefix + "\uffff"))
    return Condition(" UNION ALL ".join([f"{asked} = ?"] * len(term.stems)), term.stems)


def articles_with(query: Query) -> Condition:
    """SELECT of the ids of articles that hold a sentence with all words of the query, side by side where asked."""
    found = sentences_with(query)
    phrase = _side_by_side(query, "h.sentence")
    sql = f"SELECT DISTINCT a.id FROM ({found.sql}) AS h JOIN articles AS a ON a.number = h.article{phrase.sql}"
    return Condition(sql, (*found.values, *phrase.values))


def events_with(query: Query) -> Condition:
    """Condition on ``events AS e``: one of its reports tells of it in a sentence that the query fits."""
    found = sentences_with(query)
    phrase = _side_by_side(query, "r.sentence_start")
    sql = (
        "e.id IN (SELECT m.event FROM merges AS m WHERE m.report IN ("
        f"SELECT r.id FROM ({found.sql}) AS h JOIN articles AS a ON a.number = h.article "
        f"JOIN reports AS r ON r.article = a.id AND r.sentence_start = h.sentence{phrase.sql}))"
    )
    return Condition(sql, (*found.values, *phrase.values))


def _side_by_side(query: Query, start: str) -> Condition:
    """Condition on the text from ``start`` to its line's end, for the phrases of more than one word."""
    patterns = [_pattern(phrase) for phrase in query.phrases if len(phrase) > 1]
    fits = "".join(f" AND regexp_matches({_FOLDED.format(start=start)}, ?)" for _ in patterns)
    return Condition(f" WHERE TRUE{fits}" if fits else "", tuple(patterns))


# As rasid.words.fold.fold: vowel marks and tatweel go, letters are levelled. No sentence goes on after its line; one
# that follows on the line may hold the phrase, too.
_FOLDED = (
    "translate(regexp_replace(string_split(substring(" + TEXT + ", {start} + 1, 2000), chr(10))[1],"
    " '[\u0610-\u061a\u064b-\u065f\u0670\u0640]', '', 'g'), 'أإآٱىةیکھ٠١٢٣٤٥٦٧٨٩', 'اااايهيكه0123456789')"
)


def _pattern(phrase: Iterable[Term]) -> str:
    """A regular expression (RE2) for words side by side, each with what clitics it may have."""
    words = [rf"{_BEFORE}{_either(term)}" for term in phrase]
    return r"(?:^|[^\p{L}\p{N}])" + r"[^\p{L}\p{N}]+".join(words) + r"(?:$|[^\p{L}\p{N}])"


def _either(term: Term) -> str:
    if term.prefix is not None:
        return re.escape(term.prefix) + r"\p{L}*"
    return f"(?:{'|'.join(re.escape(stem) for stem in term.stems)})"


def highlights(text: str, query: Query) -> list[Span]:
    """The words asked for in ``text``, in order; a phrase is one span. «وبالموصل» gives الموصل."""
    tokens = [token for token in tokenize(text) if token.fold[:1].isalnum()]
    found = {span for phrase in query.phrases for span in _occurrences(tokens, phrase, text)}
    return sorted(found)


def _occurrences(tokens: list[Token], phrase: tuple[Term, ...], text: str) -> Iterator[Span]:
    for at in range(len(tokens) - len(phrase) + 1):
        here = tokens[at : at + len(phrase)]
        if all(term.fits(token) for term, token in zip(phrase, here, strict=True)):
            yield Span(inner_start(here[0], text), here[-1].end)
