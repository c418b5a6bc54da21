"""Who tells it: phrases that name a source, what they govern, how the source stands to it (CODEBOOK section 5)."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rasid import data
from rasid.events.conjugate import verb_forms
from rasid.events.memo import PerForm
from rasid.events.triggers import act_weight
from rasid.records import Stance, Token
from rasid.words.fold import fold

_VERB_PROCLITICS = frozenset({"", "و", "ف", "س", "ل", "وس"})
_COMMAS = frozenset("،,")
_OPENING = frozenset("\"«“'(")
_CLOSING = frozenset("\"»”')")
_ENDS = frozenset(".؟!؛:…")
_DASHES = frozenset("-–—")
_IN = "في"
_THIS = frozenset({"هذا", "هذه"})
# The longest source phrase that is read: nine tenths of the sources in coded news have at most eight words.
_LONGEST = 12
_LONGEST_APPOSITION = 8
_LONGEST_BEFORE = 9
# How far «عن مصدر» may stand behind the agency that relays it.
_RELAY_REACH = 8
# A bare noun of action this probable ends the source: «أكدت الهند مقتل ...».
_ACT = 0.4
_PRESENT = ("ي", "ت")
_SOURCE_PROCLITICS = frozenset({"", "ال", "ل", "لل"})
_NEGATIONS = frozenset({"لا", "لم", "لن", "ولم", "ولا", "ولن"})
_THAT = frozenset({"ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", "انهما", "اننا"})


@dataclass(frozen=True, slots=True)
class Telling:
    """A source and what it tells, as inclusive token indexes of one sentence.

    ``first`` and ``last`` are -1 when the subject is hidden (وأضاف أن): the source stands in an earlier sentence.
    ``cue`` is the index of the word that tells (قال, بحسب, or the colon of a headline). ``relay`` is the phrase that
    passes it on (نقلت وكالة عن مصدر), first and last token, where there is one.
    """

    first: int
    last: int
    stance: Stance
    scope_first: int
    scope_last: int
    cue: int
    relay: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Words:
    verbs: Mapping[str, Stance]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    skip: frozenset[str]
    stop: frozenset[str]
    listeners: frozenset[str]
    before: frozenset[str]
    heads: frozenset[str]
    utterances: frozenset[str]


def attributions(tokens: Sequence[Token]) -> tuple[Telling, ...]:
    """Every telling in the sentence, from left to right. «نقلت وكالة عن مصدر» gives the last link, the مصدر."""
    words = _words()
    found = list(_headline(tokens, words))
    for at, token in enumerate(tokens):
        if not _may_tell(token):
            continue
        telling = _by_phrase(tokens, at, words) or _by_verb(tokens, at, words)
        if telling is not None:
            found.append(telling)
    return tuple(sorted(found, key=lambda t: (t.cue, t.first)))


def telling_of(tokens: Sequence[Token], first: int, last: int) -> Telling | None:
    """The telling that governs the act with trigger ``first`` to ``last``: the nearest one whose scope covers it."""
    tellings = attributions(tokens)
    covering = [t for t in tellings if t.scope_first <= first <= t.scope_last and not first <= t.cue <= last]
    return min(covering, key=lambda t: abs(t.cue - first), default=None)


def _by_phrase(tokens: Sequence[Token], at: int, words: _Words) -> Telling | None:
    """«بحسب مصدر» and its like; before the act or behind it, they govern the whole sentence."""
    for rest in words.phrases.get(_bare(tokens[at]), ()):
        following = [t.fold for t in tokens[at + 1 : at + 1 + len(rest)]]
        if following == list(rest):
            start, stance = _after_what(tokens, at + 1 + len(rest), words)
            first, last = _source(tokens, start, words)
            if first <= last:
                scope = (0, at - 1) if at > 1 else (last + 1, len(tokens) - 1)
                return Telling(first, last, stance, *scope, cue=at)
    return None


def _after_what(tokens: Sequence[Token], start: int, words: _Words) -> tuple[int, Stance]:
    """Past «ما أعلنت» in «وفق ما أعلنت الشرطة»."""
    stance = Stance.STATES
    for at in range(start, min(start + 3, len(tokens))):
        read = _verb(tokens[at])
        if read is not None:
            return at + 1, read
        if tokens[at].fold not in words.skip:
            break
    return start, stance


def _by_verb(tokens: Sequence[Token], at: int, words: _Words) -> Telling | None:
    stance = _verb(tokens[at])
    if stance is None or _is_negated(tokens, at):
        return None
    first, last = _before(tokens, at, words)
    if first > last:
        first, last = _source(tokens, at + 1, words)
    relay = None
    if first <= last and _relays(tokens, at):
        inner = _relayed(tokens, max(at, last), words)
        if inner is not None:
            relay, (first, last) = (first, last), inner
    end = len(tokens) - 1
    if first > last:
        return Telling(-1, -1, stance, at + 1, end, cue=at) if _opens(tokens, at) else None
    if _relative(tokens, at):
        return Telling(first, last, stance, 0, at - 1, cue=at, relay=relay)
    return Telling(first, last, stance, max(at, last) + 1, end, cue=at, relay=relay)


def _headline(tokens: Sequence[Token], words: _Words) -> Iterator[Telling]:
    """«مصدر أمني: اعتقال ثلاثة»: a short phrase before a colon at the start."""
    colon = next((i for i, t in enumerate(tokens[:_LONGEST_BEFORE]) if t.text == ":"), 0)
    if not 0 < colon < len(tokens) - 1:
        return
    if any(t.text in _ENDS or t.text in _COMMAS or _verb(t) is not None for t in tokens[:colon]):
        return
    if any(t.fold in words.stop for t in tokens[:colon]) or _is_rubric(tokens[:colon]):
        return
    yield Telling(0, colon - 1, Stance.STATES, colon + 1, len(tokens) - 1, cue=colon)


def _is_rubric(tokens: Sequence[Token]) -> bool:
    """«اليمن: مقتل سبعة», «احتجاجات الأردن: ...»: where, or about what, not who."""
    return all(t.fold in _places() or t.stem in _places() for t in tokens) or act_weight(tokens[0]) >= _ACT


def _source(tokens: Sequence[Token], start: int, words: _Words) -> tuple[int, int]:
    """The phrase that begins at ``start`` (after words of time); empty, with last before first, when there is none."""
    first = start
    while first < len(tokens) and tokens[first].fold in words.skip:
        first += 1
    if first < len(tokens) and tokens[first].analyses[0].proclitic not in _SOURCE_PROCLITICS:
        return first, first - 1
    at, quoted = first, False
    while at < len(tokens) and at - first < _LONGEST and _continues(tokens, at, first, quoted, words):
        quoted = quoted ^ (tokens[at].text in _OPENING | _CLOSING)
        at += 1
    return first, _trimmed(tokens, first, _apposition(tokens, at, words) - 1)


def _continues(tokens: Sequence[Token], at: int, first: int, quoted: bool, words: _Words) -> bool:
    token = tokens[at]
    if token.text in _ENDS or token.text in _COMMAS or token.text in _DASHES:
        return False
    if token.text in _OPENING and not quoted:
        return _closes_soon(tokens, at) and (at > first or not _speech(tokens, at, words))
    if at > first and act_weight(token) >= _ACT and token.analyses[0].proclitic == "":
        return False
    if token.fold in words.stop:
        return token.fold == _IN and _keeps_in(tokens, at, first, words) or at == first and token.fold in _THIS
    best = token.analyses[0]
    if at > first and best.proclitic.startswith("و"):
        return _verb(token) is None and not best.stem.startswith(_PRESENT)
    return not (at > first and best.proclitic in ("ل", "لل") and best.stem in words.listeners)


def _keeps_in(tokens: Sequence[Token], at: int, first: int, words: _Words) -> bool:
    """«مصادر في المعارضة» is one phrase; «قال الوزير في بيان» is not."""
    if at == first or at + 1 >= len(tokens) or tokens[at + 1].stem in words.utterances:
        return False
    return any(token.stem in words.heads for token in tokens[first:at])


def _speech(tokens: Sequence[Token], at: int, words: _Words) -> bool:
    """True when the quote that opens at ``at`` holds what is said, not a name («قالت "غارديان" إن»)."""
    if _bare(tokens[at - 1]) in words.phrases or tokens[at - 1].fold == "عن":
        return False
    close = next((i for i in range(at + 1, min(at + 6, len(tokens))) if tokens[i].text in _CLOSING), at)
    after = tokens[close + 1] if close + 1 < len(tokens) else tokens[close]
    return after.fold not in _THAT and after.stem not in ("رسمي", "رسميه")


def _closes_soon(tokens: Sequence[Token], at: int) -> bool:
    return any(t.text in _CLOSING for t in tokens[at + 1 : at + 6])


def _apposition(tokens: Sequence[Token], at: int, words: _Words) -> int:
    """End of «، مايك بومبيو،» behind a title; ``at`` itself when what follows the comma is something else."""
    if at + 1 >= len(tokens) or tokens[at].text not in _COMMAS or _starts_clause(tokens[at + 1], words):
        return at
    for end in range(at + 2, min(at + 2 + _LONGEST_APPOSITION, len(tokens))):
        if tokens[end].text in _COMMAS or tokens[end].fold in _THAT:
            return end
        if tokens[end].text in _ENDS or _verb(tokens[end]) is not None:
            return at
    return at


def _starts_clause(token: Token, words: _Words) -> bool:
    return (
        token.fold in words.stop
        or token.fold in words.skip
        or token.analyses[0].proclitic not in ("", "ال")
        or _verb(token) is not None
    )


def _trimmed(tokens: Sequence[Token], first: int, last: int) -> int:
    while last >= first and tokens[last].text in _OPENING and tokens[last].text not in _CLOSING:
        last -= 1
    return last


def _before(tokens: Sequence[Token], at: int, words: _Words) -> tuple[int, int]:
    """The subject in front of its verb: «وكان الجيش قد أعلن», «إلا أن الوزارة قالت», or a headline's first words."""
    last = at - 1
    while last >= 0 and tokens[last].fold in words.skip:
        last -= 1
    first = last
    while first >= 0 and last - first < _LONGEST_BEFORE and not _bounds_subject(tokens[first], words):
        first -= 1
    if first >= 0 and tokens[first].fold not in words.before:
        return 0, -1
    if first < 0 and not tokens[at].stem.startswith(_PRESENT):
        return 0, -1
    return first + 1, last


def _bounds_subject(token: Token, words: _Words) -> bool:
    return token.text in _ENDS or token.text in _COMMAS or token.fold in words.stop or token.fold in words.before


def _relays(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].stem.startswith(("نقل", "تنقل", "ينقل", "اورد"))


def _relayed(tokens: Sequence[Token], last: int, words: _Words) -> tuple[int, int] | None:
    """The source behind «عن», shortly after token ``last``."""
    for at in range(last + 1, min(last + _RELAY_REACH, len(tokens) - 1)):
        if tokens[at].fold == "عن":
            inner = _source(tokens, at + 1, words)
            return inner if inner[0] <= inner[1] else None
    return None


def _relative(tokens: Sequence[Token], at: int) -> bool:
    """«قصف أعلنت عنه», «ما أكدته الوزارة»: the verb is said of what came before."""
    ending = any(a.enclitic in ("ه", "ها") for a in tokens[at].analyses[:1])
    return at > 0 and (tokens[at - 1].fold in ("ما", "كما", "لما", "حسبما", "وفقما") or ending)


def _opens(tokens: Sequence[Token], at: int) -> bool:
    """True where a clause of what is said follows a verb without a subject of its own (وأضاف أن, وتابع:)."""
    return any(t.fold in _THAT or t.text == ":" or t.text in "\"«“" for t in tokens[at + 1 : at + 5])


def _is_negated(tokens: Sequence[Token], at: int) -> bool:
    return at > 0 and tokens[at - 1].fold in _NEGATIONS


def _find_verb(token: Token) -> Stance | None:
    verbs = _words().verbs
    for analysis in token.analyses:
        if analysis.proclitic in _VERB_PROCLITICS and analysis.stem in verbs:
            return verbs[analysis.stem]
    return None


def _find_may_tell(token: Token) -> bool:
    return _bare(token) in _words().phrases or _verb(token) is not None


def _bare(token: Token) -> str:
    joined = len(token.fold) > 3 and token.fold.startswith("و") and not token.fold.startswith("وف")
    return token.fold[1:] if joined else token.fold


_verb: PerForm[Stance | None] = PerForm(_find_verb)
_may_tell: PerForm[bool] = PerForm(_find_may_tell)


@functools.cache
def _places() -> frozenset[str]:
    names = (name for row in data.table("countries") for name in row["names"].split("|"))
    return frozenset(fold(word) for name in names for word in name.split())


@functools.cache
def _words() -> _Words:
    rows = data.table("attribution_verbs")
    phrases: dict[str, list[tuple[str, ...]]] = {}
    verbs: dict[str, Stance] = {}
    for row in rows:
        if row["kind"] == "phrase":
            head, *rest = fold(row["lemma"]).split()
            phrases.setdefault(head, []).append(tuple(rest))
        elif row["kind"] == "verb":
            forms = verb_forms(row["root"], row["form"])
            verbs.update(dict.fromkeys(forms.active | forms.passive, Stance(row["stance"])))
    for never in _kind(rows, "never"):
        verbs.pop(never, None)
    return _Words(
        verbs,
        {head: tuple(rests) for head, rests in phrases.items()},
        _kind(rows, "skip"),
        _kind(rows, "stop"),
        _kind(rows, "listener"),
        _kind(rows, "before"),
        _kind(rows, "head"),
        _kind(rows, "utterance"),
    )


def _kind(rows: Sequence[Mapping[str, str]], kind: str) -> frozenset[str]:
    return frozenset(fold(row["lemma"]) for row in rows if row["kind"] == kind)
