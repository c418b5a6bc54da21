"""Phrases that name a party, put together from the names and roles in a sentence.

«نائب وزير الدفاع، يونس بك يفكيروف» is one phrase, not a role, a role and a name.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasid.data import table
from rasid.names.entries import Sort
from rasid.names.forms import bare
from rasid.names.introductions import JOINTS, LONGEST_NAME, is_name_again, is_name_word, may_be_given
from rasid.names.matching import Hit
from rasid.records import Kind, Sentence, Token
from rasid.words.clitics import counts
from rasid.words.fold import fold

_POSTS = frozenset({"person", "title", "rank", "counterpart"})
_HEADS = _POSTS | {"institution", "fighter"}
_COMPLEMENTS = frozenset({Sort.DEMONYM, Sort.COUNTRY, Sort.CAPITAL, Sort.GROUP})
_ALONE = {
    Sort.COUNTRY: Kind.COUNTRY,
    Sort.CAPITAL: Kind.PLACE,
    Sort.SEAT: Kind.PLACE,
    Sort.GROUP: Kind.ORGANISATION,
    Sort.PERSON: Kind.PERSON,
    Sort.DEMONYM: Kind.NATIONALITY,
    Sort.MEDIA: Kind.ORGANISATION,
}
# Sorts whose words, folded, may be prepositions and particles («على» and علي, «أمام» and إمام).
_OPEN = frozenset({Sort.ROLE, Sort.GIVEN})
# Words that tie a body or a land to the post before them: «المتحدث باسم الجيش», «السفير لدى دمشق».
_TIES = frozenset({"باسم", "لدي", "لشؤون"})
_CLITICS = "وفبلك"
_BINDING = ("و", "ف", "ب", "ك", "س")
# A form that is only made by rule may be another word (المرحلة is no deported woman); alone it names nobody.
_MADE = ("ه", "ات", "ي")

# Words that stand for a country named elsewhere.
_LANDS = frozenset({"بلد", "دولة", "جانب", "طرف"})
_PLAIN_NAME = 2
# Words of a name that no table knows are rarer than this in bulk news: foreign names lie below, verbs and nouns above.
_RARE = 100


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first`` to ``last`` (inclusive) name one party; ``hit`` is what opens them, ``composed`` whether more
    than that was put together."""

    kind: Kind
    first: int
    last: int
    hit: Hit
    composed: bool


def compose(sentence: Sentence, hits: Sequence[Hit]) -> Iterator[Phrase]:
    """The phrases of a sentence from left to right, none overlapping."""
    tokens = sentence.tokens
    hits = [hit for hit in hits if hit.entry.sort not in _OPEN or not _is_particle(tokens[hit.first])]
    covering = {at: hit for hit in hits for at in range(hit.first, hit.last + 1)}
    free = 0
    for hit in hits:
        phrase = _phrase(tokens, covering, hit) if hit.first >= free else None
        if phrase is not None:
            yield phrase
            free = phrase.last + 1


def _is_particle(token: Token) -> bool:
    """True for a function word as it is spelled, with or without a clitic before it."""
    known = _particles()
    bare = token.text.removeprefix("ال")
    return token.text in known or bare in known or (token.text[0] in _CLITICS and token.text[1:] in known)


@functools.cache
def _particles() -> frozenset[str]:
    return frozenset(row["word"] for row in table("particles"))


def _phrase(tokens: Sequence[Token], covering: Mapping[int, Hit], hit: Hit) -> Phrase | None:
    sort = hit.entry.sort
    if sort is Sort.ROLE:
        return _of_role(tokens, covering, hit)
    if sort is Sort.GIVEN:
        return _of_name(tokens, covering, hit)
    if sort not in _ALONE:
        return None
    last = _complements(tokens, covering, hit) if sort is Sort.GROUP else hit.last
    return Phrase(_ALONE[sort], hit.first, last, hit, composed=False)


def _of_role(tokens: Sequence[Token], covering: Mapping[int, Hit], hit: Hit) -> Phrase | None:
    """A post, body or fighters with what belongs to them and the name of who holds the post."""
    entry = hit.entry
    if entry.kind not in _HEADS or not (entry.sectors or entry.country or entry.opens):
        return None
    end = _complements(tokens, covering, hit)
    last = _named(tokens, covering, hit, end) if entry.kind in _POSTS else end
    told = any(_is_telling(covering[at]) for at in range(hit.first, last + 1) if at in covering)
    if not told or (last == hit.last and not _is_enough(tokens, hit)):
        return None
    named = last > end
    kind = Kind.PERSON if named else Kind.ORGANISATION if entry.kind == "institution" else Kind.ROLE
    return Phrase(kind, hit.first, last, hit, composed=True)


def _is_telling(hit: Hit) -> bool:
    return hit.entry.sort is not Sort.ROLE or bool(hit.entry.sectors or hit.entry.country)


def _is_enough(tokens: Sequence[Token], hit: Hit) -> bool:
    """A role that names a party alone: more than one word, or definite in a form that the table gives."""
    if hit.last > hit.first:
        return True
    stem = tokens[hit.first].stem
    given = stem == bare(fold(hit.entry.name)) or not stem.endswith(_MADE)
    general = hit.entry.opens or hit.entry.name in _LANDS or hit.entry.name.endswith("ي")
    return hit.definite and given and not general and not hit.pronoun


def _complements(tokens: Sequence[Token], covering: Mapping[int, Hit], head: Hit) -> int:
    """Last token of the nationalities, bodies and further roles that belong to a head."""
    last, landed = head.last, False
    while (hit := _next(tokens, covering, last)) is not None:
        tied = hit.first > last + 1
        if hit.entry.sort is Sort.ROLE:
            named = last > head.last and is_name_again(hit, tokens[hit.first])
            if named or not _joins(hit, head, landed) or _is_object(tokens, hit, head):
                break
        elif hit.entry.sort not in _COMPLEMENTS or (landed and not tied):
            break
        landed = landed or hit.entry.sort is not Sort.ROLE
        last = hit.last
    return last


def _next(tokens: Sequence[Token], covering: Mapping[int, Hit], last: int) -> Hit | None:
    """What stands next, over a word that ties it or an adjective (رئيس الأركان العامة اللواء)."""
    hit = covering.get(last + 1)
    if hit is None and last + 1 < len(tokens) and last + 2 in covering:
        word, beyond = tokens[last + 1].fold, covering[last + 2]
        if word in _TIES or (word.startswith("ال") and beyond.entry.kind == "rank"):
            hit = beyond
    if hit is None or tokens[hit.first].analyses[0].proclitic.startswith(_BINDING):
        return None
    return hit


def _joins(hit: Hit, head: Hit, landed: bool) -> bool:
    """Whether a role belongs to the head before it.

    After a nationality a post opens another phrase («استقبل الرئيس السوري وزير الخارجية»), a rank does not; after a
    body it does.
    """
    kind = hit.entry.kind
    if kind in ("amount", "thing", "counterpart") or not _is_telling(hit):
        return False
    if kind == "rank":
        return head.entry.kind in _POSTS
    return kind == "modifier" or not landed


def _is_object(tokens: Sequence[Token], hit: Hit, head: Hit) -> bool:
    """A noun in the accusative after one that is not: the object of the verb before («قتل مسلحون شرطيا»)."""
    return tokens[hit.first].fold.endswith("ا") and not (hit.definite or tokens[head.first].fold.endswith("ا"))


def _named(tokens: Sequence[Token], covering: Mapping[int, Hit], head: Hit, last: int) -> int:
    """Last token of the name after a post, else of the post."""
    at = last + 1
    joined = at < len(tokens) and tokens[at].fold in JOINTS
    at += joined
    if at >= len(tokens) or tokens[at].analyses[0].proclitic.startswith("و") or _is_verb(head, last):
        return last
    hit = covering.get(at)
    if hit is not None and hit.entry.sort is Sort.PERSON:
        return hit.last
    known = hit is not None and (hit.entry.sort is Sort.GIVEN or may_be_given(hit, tokens[at]))
    length = _name_length(tokens, covering, at)
    unknown = head.entry.kind in ("title", "rank", "counterpart") and not joined
    return at + length - 1 if (known and length > joined) or (unknown and length >= _PLAIN_NAME) else last


def _is_verb(head: Hit, last: int) -> bool:
    """A bare word such as «طالب» before a name is rather a verb."""
    return head.entry.kind == "person" and head.last == last and not head.definite and not head.pronoun


def _name_length(tokens: Sequence[Token], covering: Mapping[int, Hit], at: int) -> int:
    """How many tokens from ``at`` on form one personal name; after two words only what is surely a name goes on."""
    length = words = 0
    while length < LONGEST_NAME and at + length < len(tokens):
        token, hit = tokens[at + length], covering.get(at + length)
        sure = token.fold.startswith("ال") or (hit is not None and hit.entry.sort is Sort.GIVEN)
        if length and (token.analyses[0].proclitic.startswith("و") or (words >= _PLAIN_NAME and not sure)):
            break
        known = hit is not None or (length and token.fold.startswith("ال")) or counts().get(token.fold, 0) < _RARE
        begins = not length and hit is not None and may_be_given(hit, token)
        if not begins and (not (known and is_name_word(token, hit, inside=length > 0)) or _is_particle(token)):
            break
        length += 1
        words += hit is None or hit.entry.kind != "particle"
    return length


def _of_name(tokens: Sequence[Token], covering: Mapping[int, Hit], hit: Hit) -> Phrase | None:
    """A personal name that no table knows: a given name and at least one word more."""
    length = _name_length(tokens, covering, hit.first)
    if length < _PLAIN_NAME or hit.entry.kind == "particle":
        return None
    return Phrase(Kind.PERSON, hit.first, hit.first + length - 1, hit, composed=True)
