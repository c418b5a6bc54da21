"""The stage: every place phrase of a document, pinned or left blank with a reason."""

from __future__ import annotations

import bisect
import operator
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rasid.places.choose import Choice
from rasid.places.context import Context, gather
from rasid.places.gazetteer import named
from rasid.places.names import Line
from rasid.places.phrases import Phrase, phrases
from rasid.places.reasons import Reason
from rasid.places.roles import Role, role
from rasid.places.settle import STRIP, Memory, precision, settle
from rasid.records import Document, Kind, Mention, Place, Token

_PRESS = ("JRN",)
_MARKS = frozenset("\u0640\u0670") | {chr(code) for code in (*range(0x0610, 0x061B), *range(0x064B, 0x0660))}
# Share of the article's country votes that makes a common word after a preposition a place (صور, الباب, نبل).
_BOUND_SHARE = 0.2
_FORCED = 0.9
_start = operator.attrgetter("start")
_TANWIN = "\u064b"


def stage(document: Document) -> Document:
    """``document`` with ``places``: every place phrase of every sentence, in order of the text.

    Requires ``sentences``; uses ``mentions`` when they are there. Names inside the names of persons and groups are
    left out.
    """
    lines = [Line.of(sentence.tokens) for sentence in document.sentences or ()]
    context = gather(lines, _actors(document))
    memory = Memory()
    found: list[Place] = []
    named_in = _names_by_sentence(document)
    for sentence, line in zip(document.sentences or (), lines, strict=True):
        before: tuple[int, Role] | None = None
        for phrase in phrases(line, _barred(named_in.get(sentence.index, ()), line)):
            if _doubtful(phrase, context.shares(sentence.index)):
                continue
            choice = settle(sentence.index, phrase, context, memory)
            joined = before[1] if before is not None and before[0] == phrase.first else None
            standing = role(line, phrase, choice.entry, joined)
            before = (phrase.last, standing)
            place = _place(document, sentence.index, line, phrase, choice, standing)
            if _is_noise(place, phrase):
                continue
            found.append(place)
            if choice.entry is not None and not standing.acts:
                memory.note(choice.entry)
    return document.replace(places=tuple(found))


def context_of(document: Document) -> Context:
    """What :func:`resolve` must know of the article."""
    return gather([Line.of(each.tokens) for each in document.sentences or ()], _actors(document))


def resolve(phrase_tokens: Sequence[Token], document: Document, sentence: int, context: Context) -> Place | None:
    """The place that ``phrase_tokens`` (consecutive tokens of ``sentence``) name, taken for a place phrase.

    A phrase without any known word gets the country that the article speaks of around it, and reason ``unknown``.
    None when the tokens are empty or neither the phrase nor the article tells of a country.
    """
    if not phrase_tokens:
        return None
    memory = _recalled(document, sentence, phrase_tokens[0].start)
    line = Line.of(phrase_tokens)
    found = [
        _place(document, sentence, line, phrase, settle(sentence, phrase, context, memory), Role(_FORCED))
        for phrase in phrases(line, forced=True)
    ]
    start, end = phrase_tokens[0].start, phrase_tokens[-1].end
    text = document.article.text[start:end]
    if found:
        best = min(found, key=lambda place: (place.country is None, place.start))
        return replace(best, start=start, end=end, text=text)
    nation = next((reading.country for reading in line.readings if reading.country), None)
    country = nation or context.country(sentence)
    if country is None:
        return None
    return Place(start, end, text, sentence, country=country, precision="country", reason=Reason.UNKNOWN, score=0.3)


def _is_noise(place: Place, phrase: Phrase) -> bool:
    """True for what turns out to be no place: adverbs in «ـاً», far-off small towns, «القطاع» without a Strip."""
    if _TANWIN in place.text:
        return True
    if place.reason == Reason.WEAK:
        return phrase.head is None
    return place.reason == Reason.NO_CONTEXT and phrase.anaphor is not None and phrase.anaphor.kind == STRIP


def _doubtful(phrase: Phrase, shares: dict[str, float]) -> bool:
    """True for a common word after a preposition that the article's countries do not make a place."""
    hit = phrase.hit
    if hit is None or not hit.named.bound or phrase.head or phrase.parent or phrase.nation:
        return False
    return max(shares.get(entry.country, 0.0) for entry in hit.named.entries) < _BOUND_SHARE


def _recalled(document: Document, sentence: int, before: int) -> Memory:
    """Memory of the pinned places that stand before source offset ``before``."""
    memory = Memory()
    for place in document.places or ():
        if place.start >= before:
            break
        entries = named(place.name) if place.name else None
        for entry in entries.entries if entries else ():
            if entry.country == place.country and entry.latitude == place.latitude:
                memory.note(entry)
                break
    return memory


def _actors(document: Document) -> list[tuple[int, str]]:
    return [
        (mention.sentence, mention.actor.country)
        for mention in document.mentions or ()
        if mention.actor.country and mention.kind is not Kind.COUNTRY and mention.actor.sectors[:1] != _PRESS
    ]


def _names_by_sentence(document: Document) -> dict[int, list[Mention]]:
    """The names of persons and groups in each sentence that has any."""
    found: dict[int, list[Mention]] = {}
    for mention in document.mentions or ():
        if mention.kind is Kind.PERSON or (mention.kind is Kind.ORGANISATION and not mention.is_composed):
            found.setdefault(mention.sentence, []).append(mention)
    return found


def _barred(names: Iterable[Mention], line: Line) -> Iterable[tuple[int, int]]:
    """Token ranges of persons' and groups' names of more than one token, up to a preposition in them."""
    for mention in names:
        first = bisect.bisect_left(line.tokens, mention.start, key=_start)
        inside = range(first, bisect.bisect_left(line.tokens, mention.end, lo=first, key=_start))
        stop = next((at for at in inside[1:] if line.readings[at].word("locative")), None)
        last = stop if stop is not None else (inside[-1] + 1 if inside else 0)
        if inside and (last - inside[0] > 1 or mention.kind is Kind.PERSON):
            yield inside[0], last


def _place(document: Document, sentence: int, line: Line, phrase: Phrase, choice: Choice, standing: Role) -> Place:
    start = _after_clitic(document.article.text, line.tokens[phrase.first], len(phrase.clitic))
    end = line.tokens[phrase.last - 1].end
    reason = Reason.METONYM if standing.acts and choice.entry is not None else choice.reason
    blank = Place(start, end, document.article.text[start:end], sentence, reason=reason,
                  score=round(standing.score * (0.5 + choice.confidence / 2), 3))  # fmt: skip
    entry = choice.entry
    if entry is None:
        return replace(blank, name=phrase.unknown, country=choice.country)
    pinned = choice.reason is not Reason.UNKNOWN
    return replace(
        blank,
        name=entry.name if pinned else phrase.unknown,
        name_en=entry.name_en if pinned else None,
        country=entry.country or None,
        admin1=entry.admin1 or None,
        latitude=entry.latitude if pinned else None,
        longitude=entry.longitude if pinned else None,
        geonames_id=entry.geonames_id if pinned else None,
        precision=precision(phrase, entry) if pinned else None,
    )


def _after_clitic(text: str, token: Token, letters: int) -> int:
    """Source offset after the first ``letters`` letters of a token and their marks."""
    at = token.start
    while letters and at < token.end:
        at += 1
        while at < token.end and text[at] in _MARKS:
            at += 1
        letters -= 1
    return at
