"""How an act stands: reported, to come, possible or denied (CODEBOOK section 3), from cue words around its trigger."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rasid import data
from rasid.events.conjugate import noun_forms, verb_forms
from rasid.records import Status, Token
from rasid.words.fold import fold

_STOPS = frozenset(".؟?!؛;")
_COMMAS = frozenset("،,:")
_PRESENT = ("ي", "ت")
_PAST_ENDINGS = ("ت", "وا")
_SUBORDINATORS = frozenset({"ان", "بان", "لان", "الا"})
# Acts of speech: a future or negated verb in them is the utterance itself.
_UTTERED = frozenset({"REJECT", "THREATEN", "AGREE"})
_FUTURE_PROCLITICS = frozenset({"س", "وس", "فس"})
_SHORTEST_FUTURE = 4
_FUTURE_STARTS = ("سي", "ست", "سن")
_VERB_PROCLITICS = frozenset({"", "و", "ف", "ل", "ول", "فل"})
# A future verb (سيعقد) governs the nouns after it: the widest distance seen between «سيعقد» and its «اجتماعا» in coded
# news that was not another clause.
_FUTURE_REACH = 7
_WIDEST = 8
_COMMA_COST = 3


@dataclass(frozen=True, slots=True)
class StatusReading:
    """A status and the cue that told it: inclusive token indexes, both -1 when nothing was said (``reported``)."""

    status: Status
    first: int = -1
    last: int = -1


@dataclass(frozen=True, slots=True)
class _Cue:
    words: tuple[str, ...]
    verb: bool
    status: Status
    reach: int
    needs: str
    after: bool


def status_of(tokens: Sequence[Token], first: int, last: int, *, type_name: str = "") -> Status:
    """Status of the act whose trigger covers tokens ``first`` to ``last`` (inclusive).

    ``type_name`` is the act's PLOVER type when it is known: «لن نسمح» is a refusal that was uttered, not one denied.
    """
    return read_status(tokens, first, last, type_name=type_name).status


def read_status(tokens: Sequence[Token], first: int, last: int, *, type_name: str = "") -> StatusReading:
    """Status of the act with the cue that told it. The nearest cue that reaches the trigger decides."""
    uttered = type_name in _UTTERED
    if uttered and tokens[max(first - 1, 0)].fold in _negations() | {tokens[first].fold}:
        return StatusReading(Status.REPORTED)
    inside = None if uttered else _inside(tokens, first, last)
    if inside is not None:
        return inside
    kinds = _kinds(tokens, first, type_name)
    found = _before(tokens, first, kinds) or _after(tokens, last, kinds)
    return found if found is not None else StatusReading(Status.REPORTED)


def _inside(tokens: Sequence[Token], first: int, last: int) -> StatusReading | None:
    """A future verb, or a negation that is part of the trigger's first words (لم يقتل)."""
    for at in range(first, last + 1):
        if is_future(tokens[at]):
            return StatusReading(Status.FUTURE, at, at)
    if first < last and tokens[first].fold in _negations():
        return StatusReading(Status.NEGATION, first, first)
    return None


def _before(tokens: Sequence[Token], first: int, kinds: frozenset[str]) -> StatusReading | None:
    cost = 0
    for at in range(first - 1, max(first - 1 - _WIDEST, -1), -1):
        token = tokens[at]
        if token.text in _STOPS:
            return None
        cost += _COMMA_COST if token.text in _COMMAS else 1
        found = _cue_at(tokens, at, kinds, cost=cost, after=False)
        if found is not None:
            return found
        if cost <= _FUTURE_REACH and "complement" in kinds and is_future(token):
            return StatusReading(Status.FUTURE, at, at)
    return None


def _after(tokens: Sequence[Token], last: int, kinds: frozenset[str]) -> StatusReading | None:
    for cost, at in enumerate(range(last + 1, min(last + 1 + _WIDEST, len(tokens))), 1):
        if tokens[at].text in _STOPS or tokens[at].text in _COMMAS:
            return None
        found = _cue_at(tokens, at, kinds, cost=cost, after=True)
        if found is not None:
            return found
    return None


def _cue_at(
    tokens: Sequence[Token], at: int, kinds: frozenset[str], *, cost: int, after: bool
) -> StatusReading | None:
    table = _cues()
    for key, verbal in _keys(tokens[at]):
        for cue in table.get(key, ()):
            fits = cue.after == after and cost <= cue.reach and cue.needs in kinds and (verbal or not cue.verb)
            if fits and _said(cue, tokens, at):
                return StatusReading(cue.status, at, at + len(cue.words) - 1)
    return None


def _said(cue: _Cue, tokens: Sequence[Token], at: int) -> bool:
    following = tokens[at + 1 : at + len(cue.words)]
    return len(following) == len(cue.words) - 1 and all(
        word in (token.fold, token.stem) for word, token in zip(cue.words[1:], following, strict=True)
    )


def _keys(token: Token) -> tuple[tuple[str, bool], ...]:
    """What the token may be looked up as, and whether that could be a verb."""
    best = token.analyses[0]
    if best.stem == token.fold:
        return ((token.fold, True),)
    return (token.fold, True), (best.stem, best.proclitic in _VERB_PROCLITICS)


def _kinds(tokens: Sequence[Token], first: int, type_name: str) -> frozenset[str]:
    """What the trigger is, as the column ``needs`` of the cues names it."""
    if _is_present(tokens[first]):
        after_an = first > 0 and tokens[first - 1].fold in _SUBORDINATORS
        return frozenset({"any", "present", type_name, "complement" if after_an else ""})
    if _is_past(tokens[first]):
        return frozenset({"any", type_name})
    return frozenset({"any", "noun", "complement", type_name})


def _is_present(token: Token) -> bool:
    best = token.analyses[0]
    return best.proclitic in _VERB_PROCLITICS and best.stem.startswith(_PRESENT)


def _is_past(token: Token) -> bool:
    return token.stem.endswith(_PAST_ENDINGS) and len(token.stem) > 3 and token.analyses[0].proclitic in ("", "و", "ف")


def is_future(token: Token) -> bool:
    """True for a verb with the future prefix (سيزور, وستعقد)."""
    bare = token.fold[1:] if token.fold.startswith(("و", "ف")) else token.fold
    if not bare.startswith(_FUTURE_STARTS):
        return "سأ" in token.text and token.analyses[0].proclitic in _FUTURE_PROCLITICS
    if len(bare) < _SHORTEST_FUTURE or bare.startswith(_not_future()):
        return False
    return len(token.analyses) == 1 or any(a.proclitic in _FUTURE_PROCLITICS for a in token.analyses)


@functools.cache
def _not_future() -> tuple[str, ...]:
    """How words begin that only look like a future verb (سياسة, سيناء)."""
    return tuple(fold(row["cue"]) for row in data.table("status_cues") if row["side"] == "never")


@functools.cache
def _negations() -> frozenset[str]:
    rows = (row for row in data.table("status_cues") if row["status"] == Status.NEGATION and row["match"] == "word")
    return frozenset(fold(row["cue"]) for row in rows)


@functools.cache
def _cues() -> Mapping[str, tuple[_Cue, ...]]:
    found: dict[str, list[_Cue]] = {}
    for row in (row for row in data.table("status_cues") if row["side"] != "never"):
        words = tuple(fold(row["cue"]).split())
        cue = _Cue(
            words=words,
            verb=row["match"] == "verb",
            status=Status(row["status"]),
            reach=int(row["reach"]),
            needs=row["needs"],
            after=row["side"] == "after",
        )
        for form in _spellings(row, words[0]):
            found.setdefault(form, []).append(cue)
    return {form: tuple(cues) for form, cues in found.items()}


def _spellings(row: Mapping[str, str], word: str) -> Iterable[str]:
    if row["match"] == "verb":
        forms = verb_forms(row["root"], row["form"])
        return forms.active | forms.passive
    return noun_forms(word) if row["match"] == "lemma" else (word,)
