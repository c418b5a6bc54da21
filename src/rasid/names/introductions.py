"""Where an article introduces a person: title and name (وزير الخارجية التركي هاكان فيدان), or name and title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rasid.names.entries import Sort
from rasid.names.matching import Hit
from rasid.records import Sentence, Token
from rasid.words.clitics import counts

_TITLED = frozenset({"person", "title", "rank", "fighter", "counterpart"})
JOINTS = frozenset({"،", ",", ":", "-", "–", '"', "«", "»", "(", ")"})
_LINKS = frozenset({"في", "باسم", "لدي", "من", "لشؤون", "لل"})
# A word seen oftener than this in bulk news is taken for a common word, unless it is a given name. Names such as
# «الشيباني» or «يفكيروف» lie far below; verbs and nouns that follow titles lie above.
_COMMON = 1500
LONGEST_NAME = 5
# Words before which the article does not close a name (عبد الله، نور الدين); elsewhere it opens the last word of one.
_OPENING = frozenset({"عبد", "ابو", "ابي", "ابا", "بن", "ابن", "ال"})
# Trades and ranks that are family names as well (سامي الخطيب).
_FAMILIES = frozenset(
    "الخطيب القاضي الحكيم الامام المفتي النجار الحداد الصباغ الشيخ الامير الكاتب الفقيه الحاج البيطار المهندس الوزير "
    "الملا السيد الصياد الخياط القصاب الطيار الدباغ العامل الصايغ الصائغ الراعي العسكري الجندي البحار الطباخ".split()
)
_FAITH = frozenset({"الدين", "الله", "الاسلام", "الحق"})
_LONGEST_TITLE = 14


def introductions(sentence: Sentence, hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """First and last token of each phrase that ties a name to a title."""
    covering = {at: hit for hit in hits for at in range(hit.first, hit.last + 1)}
    at = 0
    while at < len(sentence.tokens):
        hit = covering.get(at)
        end = _titled(sentence.tokens, covering, hit) if hit and _is_title(hit) else None
        if end is not None:
            yield at, end
        at = 1 + (end if end is not None else hit.last if hit else at)
    for hit in hits:
        if _is_title(hit):
            start = _named_before(sentence.tokens, covering, hit)
            if start is not None:
                yield start, _title_end(sentence.tokens, covering, hit.last + 1) - 1


def _is_title(hit: Hit) -> bool:
    return hit.entry.sort is Sort.ROLE and hit.entry.kind in _TITLED


def _titled(tokens: Sequence[Token], covering: Mapping[int, Hit], title: Hit) -> int | None:
    """Last token of the name that follows a title and its complements; None without a name."""
    at = _title_end(tokens, covering, title.last + 1)
    if at < len(tokens) and tokens[at].fold in JOINTS:
        at += 1
    length = _name_length(tokens, covering, at)
    return at + length - 1 if length else None


def _title_end(tokens: Sequence[Token], covering: Mapping[int, Hit], at: int) -> int:
    """First token after the complements of a title: adjectives, ministries, countries, further titles."""
    start = at
    while at < len(tokens) and at - start < _LONGEST_TITLE:
        hit = covering.get(at)
        if hit is not None and at > start and is_name_again(hit, tokens[at]):
            break
        if hit is not None and hit.entry.sort not in (Sort.PERSON, Sort.GIVEN):
            at = hit.last + 1
        elif _leads_on(tokens[at], covering.get(at + 1)):
            at += 1
        else:
            break
    return at


def is_name_again(hit: Hit, token: Token) -> bool:
    """A given name that is a rank too (رائد، عميد), without the article behind a title's adjective: no second title."""
    return hit.entry.sort is Sort.ROLE and hit.first == hit.last and may_be_given(hit, token)


def may_be_given(hit: Hit, token: Token) -> bool:
    return not token.fold.startswith("ال") and any(entry.sort is Sort.GIVEN for entry in hit.entries)


def _leads_on(token: Token, following: Hit | None) -> bool:
    """A preposition before a known word, or a comma before a further title."""
    if following is None:
        return False
    return token.fold in _LINKS or (token.fold in JOINTS and _is_title(following))


def _name_length(tokens: Sequence[Token], covering: Mapping[int, Hit], at: int) -> int:
    """How many tokens from ``at`` on form a personal name; 0 for none."""
    length = 0
    while length < LONGEST_NAME and at + length < len(tokens):
        hit = covering.get(at + length)
        begins = length == 0 and hit is not None and may_be_given(hit, tokens[at])
        if not begins and not is_name_word(tokens[at + length], hit, inside=length > 0):
            break
        if _is_closed(tokens[at : at + length]) and not _goes_on(tokens[at + length], hit):
            break
        length += 1
    return length


def _is_closed(name: Sequence[Token]) -> bool:
    """The name ends in a family name with the article (رائد المجالي)."""
    if len(name) < 2 or not name[-1].fold.startswith("ال") or name[-1].fold in _FAITH:
        return False
    return name[-2].fold not in _OPENING


def _goes_on(token: Token, hit: Hit | None) -> bool:
    """What can follow a family name within the name: another with the article, or a word known from names."""
    return token.fold.startswith("ال") or (hit is not None and hit.entry.sort in (Sort.PERSON, Sort.GIVEN))


def is_name_word(token: Token, hit: Hit | None, *, inside: bool) -> bool:
    """True for a word that the tables know in names, and for a rare one; ``inside``: not the name's first."""
    if hit is not None and hit.entry.sort in (Sort.PERSON, Sort.GIVEN):
        return True
    if not "ء" <= token.fold[0] <= "ي" or len(token.fold) < 3:
        return False
    if hit is not None:
        return inside and hit.first == hit.last and (hit.entry.sort is Sort.PLACE or token.fold in _FAMILIES)
    return counts().get(token.fold, 0) < _COMMON and not token.analyses[0].proclitic.startswith(("و", "ف", "س", "ب"))


def _named_before(tokens: Sequence[Token], covering: Mapping[int, Hit], title: Hit) -> int | None:
    """First token of a name that stands before a title, parted by a comma; None without one."""
    at = title.first - 1
    if at < 1 or tokens[at].fold not in JOINTS:
        return None
    start = at
    while (
        start > 0
        and at - start < LONGEST_NAME
        and is_name_word(tokens[start - 1], covering.get(start - 1), inside=True)
    ):
        start -= 1
    known = any(covering[i].entry.sort in (Sort.PERSON, Sort.GIVEN) for i in range(start, at) if i in covering)
    return start if at - start >= 2 and known else None
