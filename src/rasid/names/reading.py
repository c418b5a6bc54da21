"""Reading a phrase: which words of it name a party, and what sector the head and its followers give.

The head noun's own sector comes first; words that only open a phrase (متحدث باسم, عشرات, زعيم) hand over to what
follows them; a known person or group in apposition speaks for a head that says nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rasid.names.entries import Entry, Sort
from rasid.names.forms import bare
from rasid.names.matching import Hit, match
from rasid.records import Token
from rasid.words.fold import fold

# A relative clause tells what the party did, not who it is.
_CLAUSE = frozenset({"الذي", "التي", "الذين", "اللذين", "اللذان", "اللتين", "اللتان", "حيث"})
# Unless the clause names the head of a delegation (الوفد الذي ترأسه رئيس الأركان): he tells what kind of party it is.
_HEADING = frozenset({"تراسه", "يراسه", "يتراسه", "تراسها", "يراسها", "تتراسه", "قاده", "يقوده", "قادها", "يقودها"})
_PREPOSITIONS = frozenset({"في", "من", "الي", "علي", "عن", "لدي", "قرب", "داخل", "خارج", "ضد", "مع", "بين"})
_FORMER = ("ELI",)
_POSTS = frozenset({"role:title", "role:person", "name:title", "name:person", "open:title", "open:person"})
_DUAL = ("ان", "ين")
_DUAL_CONSTRUCT = ("ا", "ي")
# A feminine noun shows its dual by the ending alone (الحكومتان), whatever its plural.
_FEMININE_DUAL = ("تان", "تين")


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase as it was read.

    ``sectors`` is what the words give; ``reason`` names the kind of word that gave it. ``head`` is the first role,
    ``hits`` all that was found, ``rest`` the tokens that no table knows (possibly a name), ``prepositional`` the hits
    that stand after a preposition.
    """

    sectors: tuple[str, ...]
    reason: str
    hits: tuple[Hit, ...]
    head: Entry | None
    rest: tuple[int, ...]
    prepositional: frozenset[int]
    dual: bool = False

    @property
    def is_pair(self) -> bool:
        """Two parties in one phrase: a dual (البلدان، وزيرا الخارجية), or two nationalities of one noun."""
        nationalities = {hit.entry.country for hit in self.hits if hit.entry.sort is Sort.DEMONYM}
        return self.dual or (len(nationalities) == 2 and len(self.hits) <= 4)

    @property
    def deciding(self) -> str:
        """The lemma of the role that speaks for the phrase: the first that does not hand over, else the first."""
        roles = [hit.entry for hit in self.hits if hit.entry.sort is Sort.ROLE]
        return next((role.name for role in roles if not role.opens), roles[0].name if roles else "")

    @property
    def pronoun(self) -> str:
        """The pronoun that hangs on the first role (قائدها), if any."""
        return next((hit.pronoun for hit in self.hits if hit.pronoun), "")


def read(tokens: Sequence[Token], settle: Callable[[Sequence[Hit]], tuple[Hit, ...]] = tuple) -> Reading:
    """Read the tokens of one phrase. ``settle`` decides between the meanings of each hit."""
    end = _clause(tokens)
    hits = settle(match(tokens[:end]))
    covered = {at for hit in hits for at in range(hit.first, hit.last + 1)}
    rest = tuple(at for at in range(end) if at not in covered and _is_word(tokens[at]))
    sectors, reason = _sectors(hits)
    head = next((entry for hit in hits if (entry := hit.of(Sort.ROLE)) and hit.entry.sort is Sort.ROLE), None)
    return Reading(sectors, reason, hits, head, rest, _after_preposition(tokens, hits), _is_dual(tokens, hits))


def _clause(tokens: Sequence[Token]) -> int:
    """Index of the relative pronoun whose clause tells nothing of who the party is; the number of tokens if none."""
    following = [*(token.fold for token in tokens[1:]), ""]
    for at, (token, after) in enumerate(zip(tokens, following, strict=True)):
        if at and token.fold in _CLAUSE and after not in _HEADING:
            return at
    return len(tokens)


def _is_dual(tokens: Sequence[Token], hits: Sequence[Hit]) -> bool:
    """True when the first role stands in the dual; masculine nouns show it only where their plural is broken."""
    hit = hits[0] if hits else None
    if (
        hit is None
        or hit.entry.sort is not Sort.ROLE
        or hit.pronoun
        or hit.entry.kind == "amount"
    ):
        return False
    noun = bare(fold(hit.entry.name)).split()[0]
    word, lemma = tokens[hit.first].stem, noun.removesuffix("ه")
    if noun != lemma and word.removeprefix(lemma) in _FEMININE_DUAL:
        return True
    if not hit.entry.broken:
        return False
    ending = word[len(lemma) :].removeprefix("ت") if word.startswith(lemma) else ""
    followed = hit.first < hit.last or len(hits) > 1
    return ending in _DUAL or (followed and ending in _DUAL_CONSTRUCT)


def _is_word(token: Token) -> bool:
    return "ء" <= token.fold[0] <= "ي" and token.fold not in _PREPOSITIONS


def _after_preposition(tokens: Sequence[Token], hits: Sequence[Hit]) -> frozenset[int]:
    found = set()
    for number, hit in enumerate(hits):
        before = tokens[hit.first - 1].fold if hit.first else ""
        if hit.first and (before in _PREPOSITIONS or tokens[hit.first].analyses[0].proclitic.startswith(("ب", "ل"))):
            found.add(number)
    return frozenset(found)


def _sectors(hits: Sequence[Hit]) -> tuple[tuple[str, ...], str]:
    said = _said([hit for hit in hits if not _is_former(hit)])
    if said[0] == ("GOV",) and said[1] in _POSTS and any(_is_former(hit) for hit in hits):
        return _FORMER, "former"
    return said


def _said(hits: Sequence[Hit]) -> tuple[tuple[str, ...], str]:
    fallback: tuple[tuple[str, ...], str] | None = None
    beside: tuple[tuple[str, ...], str] | None = None
    opened: str | None = None
    for hit in hits:
        entry = hit.entry
        ready = fallback is None or opened is not None
        if entry.sort is Sort.ROLE and entry.opens:
            opened = opened or entry.kind
            fallback = fallback or ((entry.sectors, f"open:{entry.kind}") if entry.sectors else None)
        elif entry.sort is Sort.ROLE and ready and entry.sectors and entry.kind != "modifier":
            return entry.sectors, f"{'name' if entry.yields else 'role'}:{entry.kind}"
        elif entry.sort is Sort.ROLE and ready:
            beside = beside or (entry.sectors, f"role:{entry.kind}")
        elif entry.sort is Sort.GROUP and ready:
            return entry.sectors, "group"
        elif entry.sort is Sort.MEDIA and opened is not None and fallback is None:
            return entry.sectors, "media"
        elif entry.sort is Sort.DEMONYM and entry.plural and opened == "amount" and fallback is None:
            return ("CVL",), "people"
        elif fallback is None and opened is None:
            fallback = _bare(entry)
    return beside or fallback or ((), opened or "unknown")


def _is_former(hit: Hit) -> bool:
    return hit.entry.sort is Sort.ROLE and hit.entry.kind == "modifier" and hit.entry.sectors == _FORMER


def _bare(entry: Entry) -> tuple[tuple[str, ...], str] | None:
    """What a phrase that opens with a country, a nationality or a place stands for."""
    if entry.sort is Sort.DEMONYM:
        return (("CVL",), "people") if entry.plural else (("GOV",), "nationality")
    if entry.sort in (Sort.COUNTRY, Sort.CAPITAL, Sort.SEAT):
        return ("GOV",), entry.sort.name.lower()
    if entry.sort is Sort.MEDIA:
        return entry.sectors, "media"
    if entry.sort is Sort.PLACE:
        return (), "place"
    return None
