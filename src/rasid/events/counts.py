"""How many were killed, injured or arrested: numbers, duals and vague words, each tied to the word it belongs to."""

from __future__ import annotations

import enum
import functools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rasid import data
from rasid.events.conjugate import noun_forms, verb_forms
from rasid.events.counts_numbers import Number, number_at, small
from rasid.events.memo import PerForm
from rasid.records import Token
from rasid.words.fold import fold

# How far the number may stand behind its word (إصابة نحو 130) and before it (22 فردا من قوات الأمن أصيبوا).
_REACH_BEHIND = 8
_REACH_BEFORE = 7
_ENDS = frozenset(".؟!؛")
_VERB_PROCLITICS = frozenset({"", "و", "ف", "س", "ل", "ول"})
_DUAL = ("ان", "ين")
# «مقتل أحد جنوده»
_ONE_OF = frozenset({"احد", "احدي"})
# A verb in the plural follows those it tells of (ثلاثة جنود قتلوا).
_PLURAL = ("وا", "ون")
_AGE = frozenset({"عمره", "عمرها", "عمرهم", "عمرهما", "العمر"})
_LONGEST_MODIFIER = 4
_LONGEST_PHRASE = 6
_LONGEST_BETWEEN = 3


class Toll(enum.StrEnum):
    """What is counted."""

    KILLED = "killed"
    INJURED = "injured"
    ARRESTED = "arrested"


class How(enum.StrEnum):
    """What the value was read from; a ``singular`` (مقتل جندي) is the least certain."""

    NUMBER = "number"
    DUAL = "dual"
    VAGUE = "vague"
    SINGULAR = "singular"


@dataclass(frozen=True, slots=True)
class Count:
    """A toll as the codebook writes it: ``12``, ``>=12``, ``10-15``.

    ``first`` and ``last`` are the inclusive token indexes of the number, ``cue`` that of the word it belongs to.
    """

    toll: Toll
    value: str
    first: int
    last: int
    cue: int
    how: How


@dataclass(frozen=True, slots=True)
class _Amount:
    value: str
    first: int
    end: int
    how: How


@dataclass(frozen=True, slots=True)
class _Cue:
    toll: Toll
    at: int
    part: str


@dataclass(frozen=True, slots=True)
class _Words:
    nouns: Mapping[str, tuple[Toll, str]]
    verbs: Mapping[str, Toll]
    phrases: Mapping[tuple[str, str], Toll]
    phrase_ends: frozenset[str]
    duals: frozenset[str]
    singles: frozenset[str]
    two: frozenset[str]
    vague: Mapping[str, int]
    least: frozenset[tuple[str, ...]]
    least_after: frozenset[tuple[str, ...]]
    subset: frozenset[str]
    units: frozenset[str]
    people: frozenset[str]


def counts(tokens: Sequence[Token]) -> tuple[Count, ...]:
    """Every toll told in the sentence, from left to right; parts of a total (بينهم ثمانية أطفال) are left out."""
    words = _words()
    cues = list(_cues(tokens, words))
    if not cues:
        return ()
    found = [count for cue in cues if (count := _own(tokens, cue, words)) is not None]
    amounts = [a for a in _amounts(tokens, words) if not _is_subset(tokens, a, words)]
    told = sorted([*amounts, *_singles(tokens, amounts, words)], key=operator.attrgetter("first"))
    for amount in _summed(tokens, told, {cue.at for cue in cues}):
        cue = _cue_of(tokens, amount, cues) if amount.how is not How.SINGULAR else None
        if cue is not None and not _shared(cue, amount, cues):
            found.append(Count(cue.toll, amount.value, amount.first, amount.end - 1, cue.at, amount.how))
    return tuple(sorted(_strongest(found, tokens), key=lambda count: (count.first, count.last)))


def told_by(token: Token) -> Toll | None:
    """What the word tells of (قتل، اغتيال، مصرع: killed); None when it is no word of toll."""
    found = _cue_word(token)
    return found[0] if found is not None else None


def is_one(token: Token) -> bool:
    """A noun for one person (جندي، شابا), with or without the article."""
    return _is_singular(token.stem, _words())


def _strongest(found: Sequence[Count], tokens: Sequence[Token]) -> list[Count]:
    """Of the counts that share a cue, the nearest number, before a verb in the plural rather than behind it; a singular
    only where nothing better was read."""

    def preferred(count: Count) -> tuple[bool, bool, bool, int]:
        behind_plural = count.first > count.cue and tokens[count.cue].fold.endswith(_PLURAL)
        return count.how is How.SINGULAR, count.how is How.VAGUE, behind_plural, abs(count.first - count.cue)

    best: dict[int, Count] = {}
    for count in sorted(found, key=preferred):
        best.setdefault(count.cue, count)
    return list(best.values())


def _summed(tokens: Sequence[Token], amounts: Sequence[_Amount], cues: Set[int]) -> list[_Amount]:
    """«رجلين وثلاث نساء» is one amount of five: exact amounts joined by «و» with no other word of toll between."""
    joined: list[_Amount] = []
    for amount in amounts:
        before = joined[-1] if joined else None
        alone = before is not None and before.how is amount.how is How.SINGULAR
        if before is not None and not alone and _joins(tokens, before, amount, cues):
            total = str(int(before.value) + int(amount.value))
            joined[-1] = _Amount(total, before.first, amount.end, How.NUMBER)
        else:
            joined.append(amount)
    return joined


def _singles(tokens: Sequence[Token], amounts: Sequence[_Amount], words: _Words) -> Iterator[_Amount]:
    """One person listed with a number: «جندي أمريكي و6 عراقيين», «أربعة مدنيين وجندي»."""
    taken = {at for amount in amounts for at in range(amount.first, amount.end + 1)}
    for at, token in enumerate(tokens):
        if at not in taken and token.analyses[0].proclitic in ("", "و") and _is_singular(token.stem, words):
            yield _Amount("1", at, at + 1, How.SINGULAR)


def _joins(tokens: Sequence[Token], before: _Amount, amount: _Amount, cues: Set[int]) -> bool:
    between = range(before.end, amount.first)
    near = range(before.end, amount.end + 2)
    return (
        before.value.isdigit()
        and amount.value.isdigit()
        and len(between) <= _LONGEST_BETWEEN
        and _follows_and(tokens, amount.first)
        and not any(at in cues for at in near)
        and not any(tokens[at].text in "،,.؛" for at in between)
    )


def _follows_and(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].fold.startswith("و") or at > 0 and tokens[at - 1].fold == "و"


def _shared(cue: _Cue, amount: _Amount, cues: Sequence[_Cue]) -> bool:
    """«مقتل وإصابة 33», «15 قتيلا وجريحا»: the number belongs to both words together and to neither alone."""
    ahead = cue.at < amount.first
    neighbour = next((c for c in cues if c.at == (cue.at - 1 if ahead else cue.at + 1) and c.part != "after"), None)
    return neighbour is not None and neighbour.toll != cue.toll and (neighbour.part == "number") != ahead


def _cues(tokens: Sequence[Token], words: _Words) -> Iterator[_Cue]:
    for at, token in enumerate(tokens):
        found = _cue_word(token)
        if found is not None and not _is_another(token, words):
            yield _Cue(found[0], at, found[1])
        elif at + 1 < len(tokens) and tokens[at + 1].fold in words.phrase_ends:
            toll = words.phrases.get((token.stem, tokens[at + 1].fold))
            if toll is not None:
                yield _Cue(toll, at, "noun")


def _is_another(token: Token, words: _Words) -> bool:
    """«أسرة» is no form of «أسر»: where ة is written, no pronoun hangs on the word."""
    return token.text.endswith("ة") and not {token.fold, token.stem} & words.nouns.keys()


def _find_cue_word(token: Token) -> tuple[Toll, str] | None:
    words = _words()
    for stem, proclitic in ((token.fold, ""), *((a.stem, a.proclitic) for a in token.analyses[:2])):
        if stem in words.nouns:
            return words.nouns[stem]
        if stem in words.verbs and proclitic in _VERB_PROCLITICS:
            return words.verbs[stem], "verb"
    return None


_cue_word: PerForm[tuple[Toll, str] | None] = PerForm(_find_cue_word)


def _own(tokens: Sequence[Token], cue: _Cue, words: _Words) -> Count | None:
    """What the cue says by itself: قتيلان, or one person named right behind it (مقتل جندي)."""
    token = tokens[cue.at]
    if cue.part == "number":
        if token.fold in words.duals or token.stem in words.duals:
            return Count(cue.toll, "2", cue.at, cue.at, cue.at, How.DUAL)
        single = token.stem in words.singles and token.analyses[0].proclitic in ("", "و")
        return Count(cue.toll, "1", cue.at, cue.at, cue.at, How.SINGULAR) if single else None
    at = cue.at + 1
    if at >= len(tokens):
        return None
    one = tokens[at].analyses[0].proclitic == "" and _is_singular(tokens[at].stem, words)
    if one or (cue.part == "noun" and tokens[at].fold in _ONE_OF):
        return Count(cue.toll, "1", at, at, cue.at, How.SINGULAR)
    return None


def _is_singular(stem: str, words: _Words) -> bool:
    """A noun that the table also has in the plural or the accusative, or that accusative (جندي، جنديا)."""
    nouns = (noun for noun in (stem, stem.removesuffix("ا")) if noun in words.people)
    return any(noun + "ين" in words.people or noun + "ا" in words.people for noun in nouns)


def _amounts(tokens: Sequence[Token], words: _Words) -> Iterator[_Amount]:
    at = 0
    while at < len(tokens):
        amount = _amount(tokens, at, words)
        if amount is None:
            at += 1
            continue
        if not _counts_things(tokens, amount, words):
            yield amount
        at = amount.end


def _amount(tokens: Sequence[Token], at: int, words: _Words) -> _Amount | None:
    vague = _vague(tokens, at, words)
    if vague is not None:
        return vague
    if tokens[at].fold in words.two or tokens[at].stem in words.two:
        return _Amount("2", at, at + 1, How.DUAL)
    if (several := _definite(tokens, at, words)) is not None:
        return several
    number = number_at(tokens, at)
    if number is None or _is_year(tokens, at, number, words) or _is_date(tokens, at, number.value):
        return None
    if number.value == 1 and not tokens[at].fold.isdigit() and tokens[at - 1].stem not in words.people:
        return None  # «من أسرة واحدة»
    upper = _upper(tokens, number.end)
    if upper is not None:
        return _Amount(f"{number.value}-{upper[0]}", at, upper[1], How.NUMBER)
    least = _modified(tokens, at, words.least) or _followed(tokens, number.end, words)
    return _Amount(f">={number.value}" if least else str(number.value), at, number.end, How.NUMBER)


def _definite(tokens: Sequence[Token], at: int, words: _Words) -> _Amount | None:
    """«الجنود الثلاثة»: a definite number behind the people it counts."""
    token, before = tokens[at], tokens[at - 1] if at else None
    if before is None or not token.fold.startswith("ال") or before.stem not in words.people:
        return None
    value = small(token.stem)
    return _Amount(str(value), at, at + 1, How.NUMBER) if value else None


def _vague(tokens: Sequence[Token], at: int, words: _Words) -> _Amount | None:
    key = tokens[at].fold if tokens[at].fold in words.vague else tokens[at].stem
    if at + 1 < len(tokens) and f"{key} {tokens[at + 1].stem}" in words.vague:
        return _Amount(f">={words.vague[f'{key} {tokens[at + 1].stem}']}", at, at + 2, How.VAGUE)
    if key in words.vague:
        return _Amount(f">={words.vague[key]}", at, at + 1, How.VAGUE)
    return None


def _upper(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """The second end of «10-15» or «10 إلى 15»."""
    if end + 1 >= len(tokens) or tokens[end].fold not in ("-", "–", "الي"):
        return None
    number = number_at(tokens, end + 1)
    return (number.value, number.end) if number is not None else None


def _is_date(tokens: Sequence[Token], at: int, value: int) -> bool:
    before = tokens[at - 1].stem if at else ""
    after = tokens[at + 1].stem if at + 1 < len(tokens) else ""
    return before in _dating() or after in _months() or "/" in (before, after)


def _is_year(tokens: Sequence[Token], at: int, number: Number, words: _Words) -> bool:
    """A bare 19xx or 20xx that no people follow."""
    after = tokens[number.end].stem if number.end < len(tokens) else ""
    return tokens[at].fold.isdigit() and 1900 <= number.value < 2100 and after not in words.people


def _modified(tokens: Sequence[Token], at: int, modifiers: frozenset[tuple[str, ...]]) -> bool:
    said = tuple(token.fold for token in tokens[max(at - _LONGEST_MODIFIER, 0) : at])
    for length in range(1, len(said) + 1):
        tail = said[-length:]
        if tail in modifiers or (tail[0].lstrip("وفبل"), *tail[1:]) in modifiers:
            return True
    return False


def _followed(tokens: Sequence[Token], end: int, words: _Words) -> bool:
    """«على الأقل» within the noun phrase behind the number."""
    for start in range(end, min(end + _LONGEST_PHRASE, len(tokens))):
        if tokens[start].text in "،,." or tokens[start].fold[:1].isdigit():
            return False
        if any(tuple(t.fold for t in tokens[start : start + len(w)]) == w for w in words.least_after):
            return True
    return False


def _counts_things(tokens: Sequence[Token], amount: _Amount, words: _Words) -> bool:
    """True for years, ages, distances, shells and the like."""
    after = tokens[amount.end] if amount.end < len(tokens) else None
    if after is not None and after.fold == "من" and amount.end + 1 < len(tokens):
        return tokens[amount.end + 1].fold in _AGE
    if after is None or after.analyses[0].proclitic.endswith("ب"):
        return False
    return after.fold in words.units or after.stem in words.units


def _is_subset(tokens: Sequence[Token], amount: _Amount, words: _Words) -> bool:
    before = tokens[max(amount.first - 2, 0) : amount.first]
    last = next((at for at, token in enumerate(before) if token.stem in words.subset), None)
    return last is not None and not any(_cue_word(token) for token in before[last + 1 :])


def _cue_of(tokens: Sequence[Token], amount: _Amount, cues: Sequence[_Cue]) -> _Cue | None:
    """The word the number belongs to: «20 قتيلا» right behind, else the last word before it, else the verb after."""
    behind = [c for c in cues if c.at >= amount.end and c.at - amount.end < _REACH_BEFORE]
    ahead = [c for c in cues if c.at < amount.first and amount.first - c.at <= _REACH_BEHIND]
    behind = [c for c in behind if not _broken(tokens, amount.end, c.at)]
    ahead = [c for c in ahead if not _broken(tokens, c.at, amount.first)]
    direct = next((c for c in behind if c.part == "number" and c.at - amount.end <= 1), None)
    if direct is not None:
        return direct
    if ahead:
        return ahead[-1]
    return next((c for c in behind if c.part in ("verb", "number", "after") or c.at - amount.end <= 2), None)


def _broken(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(token.text in _ENDS for token in tokens[first:last])


@functools.cache
def _dating() -> frozenset[str]:
    return frozenset(map(fold, ("عام", "سنة", "يوم", "الساعة", "ساعة", "رقم", "عمر", "مجموعة")))


@functools.cache
def _months() -> frozenset[str]:
    return frozenset(fold(form.split()[0]) for row in data.table("months") for form in row["forms"].split("|"))


@functools.cache
def _words() -> _Words:
    rows = data.table("count_words")
    tolls = [row for row in rows if row["kind"] in tuple(Toll)]
    countable = [fold(row["lemma"]) for row in tolls if row["part"] == "number"]
    stems = [noun[:-1] + "ت" if noun.endswith("ه") else noun for noun in countable]
    plurals = frozenset(form for row in tolls for form in _forms(row))
    return _Words(
        nouns=_noun_cues(row for row in tolls if row["part"] in ("noun", "number", "after")),
        verbs=_verb_cues(row for row in tolls if row["part"] == "verb"),
        phrases={_pair(row["lemma"]): Toll(row["kind"]) for row in tolls if row["part"] == "phrase"},
        phrase_ends=frozenset(_pair(row["lemma"])[1] for row in tolls if row["part"] == "phrase"),
        duals=frozenset(stem + ending for stem in stems for ending in _DUAL) - plurals,
        singles=frozenset(countable) | frozenset(noun + "ا" for noun in countable),
        two=_all_forms(rows, "dual"),
        vague={fold(row["lemma"]).replace(" ال", " "): int(row["value"]) for row in _of(rows, "vague")},
        least=_sayings(rows, "least"),
        least_after=_sayings(rows, "least_after"),
        subset=_all_forms(rows, "subset"),
        units=_all_forms(rows, "unit"),
        people=_all_forms(rows, "people"),
    )


def _noun_cues(rows: Iterable[Mapping[str, str]]) -> dict[str, tuple[Toll, str]]:
    found: dict[str, tuple[Toll, str]] = {}
    for row in rows:
        forms = (*noun_forms(fold(row["lemma"])), *_forms(row))
        found.update(dict.fromkeys(forms, (Toll(row["kind"]), row["part"])))
    return found


def _verb_cues(rows: Iterable[Mapping[str, str]]) -> dict[str, Toll]:
    found: dict[str, Toll] = {}
    for row in rows:
        forms = verb_forms(row["root"], row["form"])
        found.update(dict.fromkeys(forms.active | forms.passive, Toll(row["kind"])))
    return found


def _pair(phrase: str) -> tuple[str, str]:
    first, second = fold(phrase).split()
    return first, second


def _of(rows: Iterable[Mapping[str, str]], kind: str) -> list[Mapping[str, str]]:
    return [row for row in rows if row["kind"] == kind]


def _forms(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(fold(form) for form in row["forms"].split("|") if form)


def _all_forms(rows: Iterable[Mapping[str, str]], kind: str) -> frozenset[str]:
    return frozenset(form for row in _of(rows, kind) for form in (fold(row["lemma"]), *_forms(row)))


def _sayings(rows: Iterable[Mapping[str, str]], kind: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(fold(row["lemma"]).split()) for row in _of(rows, kind))
