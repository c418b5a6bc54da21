"""The stage: every place phrase of a document, pinned or left blank with a reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rasid.places.choose import Choice, Clues, choose
from rasid.places.context import Context, gather
from rasid.places.gazetteer import Entry, by_country, named
from rasid.places.names import Line
from rasid.places.phrases import Phrase, phrases
from rasid.places.reasons import Reason
from rasid.places.roles import role
from rasid.places.vocabulary import capitals
from rasid.records import Article, Document, Kind, Place, Sentence, Token

_MARKS = frozenset("\u0640\u0670") | {chr(code) for code in (*range(0x0610, 0x061B), *range(0x064B, 0x0660))}
# Share of the article's country votes that makes a common word after a preposition a place (صور, الباب, نبل).
_BOUND_SHARE = 0.2
_STRIP = ("strip", "PSE", "قطاع غزه")
_HEAD_KINDS = frozenset(("city", "town", "village", "province", "district", "region"))
_CAPITAL, _EMBASSY, _COUNTRY, _EMBASSIES = "capital", "embassy", "country", ("سفار", "قنصلي")


@dataclass
class _Memory:
    """What the places found so far leave for anaphors: the latest entry of each kind."""

    latest: dict[str, Entry] = field(default_factory=dict)

    def note(self, entry: Entry) -> None:
        kind = {"town": "city", "village": "city", "district": "province", "seat": "building"}.get(
            entry.kind, entry.kind
        )
        self.latest[kind] = entry
        if kind != _COUNTRY:
            self.latest["any"] = entry


def stage(document: Document) -> Document:
    """``document`` with ``places``: every place phrase of every sentence, in order of the text.

    Requires ``sentences``; uses ``mentions`` when they are there. Names inside the names of persons and groups are
    left out.
    """
    lines = [Line.of(sentence.tokens) for sentence in document.sentences or ()]
    context = gather(lines, _actors(document))
    memory = _Memory()
    found: list[Place] = []
    for sentence, line in zip(document.sentences or (), lines, strict=True):
        for phrase in phrases(line, _barred(document, sentence, line)):
            if _doubtful(phrase, context.shares(sentence.index)):
                continue
            place = _place(document, sentence.index, line, phrase, context, memory)
            if place.reason != Reason.WEAK or phrase.head is not None:
                found.append(place)
    return document.replace(places=tuple(found))


def resolve(phrase_tokens: Sequence[Token], document: Document, sentence: int) -> Place | None:
    """The place that ``phrase_tokens`` (consecutive tokens of ``sentence``) name, taken for a place phrase.

    A phrase without any known word gets the country that the article speaks of around it, and reason ``unknown``.
    None when the tokens are empty or neither the phrase nor the article tells of a country.
    """
    if not phrase_tokens:
        return None
    sentences = document.sentences or ()
    context = gather([Line.of(each.tokens) for each in sentences], _actors(document))
    memory = _recalled(document, sentence, phrase_tokens[0].start)
    line = Line.of(phrase_tokens)
    found = [_place(document, sentence, line, phrase, context, memory) for phrase in phrases(line, forced=True)]
    start, end = phrase_tokens[0].start, phrase_tokens[-1].end
    text = document.article.text[start:end]
    if found:
        best = min(found, key=lambda place: (place.country is None, place.start))
        return replace(best, start=start, end=end, text=text, score=max(best.score, 0.5))
    country = context.country(sentence)
    if country is None:
        return None
    return Place(start, end, text, sentence, country=country, precision="country", reason=Reason.UNKNOWN, score=0.3)


def _doubtful(phrase: Phrase, shares: dict[str, float]) -> bool:
    """True for a common word after a preposition that the article's countries do not make a place."""
    hit = phrase.hit
    if hit is None or not hit.named.bound or phrase.head or phrase.nation or phrase.parent:
        return False
    return max(shares.get(entry.country, 0.0) for entry in hit.named.entries) < _BOUND_SHARE


def _recalled(document: Document, sentence: int, before: int) -> _Memory:
    """Memory of the pinned places that stand before source offset ``before``."""
    memory = _Memory()
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
        if mention.actor.country and mention.kind is not Kind.COUNTRY
    ]


def _barred(document: Document, sentence: Sentence, line: Line) -> Iterable[tuple[int, int]]:
    """Token ranges of persons' and groups' names of more than one token, up to a preposition in them."""
    for mention in document.mentions or ():
        if mention.sentence != sentence.index or mention.kind not in (Kind.PERSON, Kind.ORGANISATION):
            continue
        inside = [at for at, token in enumerate(line.tokens) if mention.start <= token.start < mention.end]
        stop = next((at for at in inside[1:] if line.readings[at].word("locative")), None)
        last = stop if stop is not None else (inside[-1] + 1 if inside else 0)
        if inside and (last - inside[0] > 1 or mention.kind is Kind.PERSON):
            yield inside[0], last


def _place(document: Document, sentence: int, line: Line, phrase: Phrase, context: Context, memory: _Memory) -> Place:
    choice, precision = _resolved(sentence, phrase, context, memory)
    start = _after_clitic(document.article.text, line.tokens[phrase.first], len(phrase.clitic))
    end = line.tokens[phrase.last - 1].end
    standing = role(line, phrase, choice.entry)
    reason = Reason.METONYM if standing.acts and choice.entry is not None else choice.reason
    blank = Place(start, end, document.article.text[start:end], sentence, reason=reason,
                  score=round(standing.score * (0.5 + choice.confidence / 2), 3))  # fmt: skip
    entry = choice.entry
    if entry is None:
        country = phrase.nation or _parent_country(sentence, phrase, context, memory) or context.country(sentence)
        return replace(blank, name=phrase.unknown, country=country)
    if not standing.acts:
        memory.note(entry)
    pinned = choice.reason is not Reason.UNKNOWN
    return replace(
        blank,
        name=entry.name if pinned else phrase.unknown,
        name_en=_english(phrase, entry) if pinned else None,
        country=entry.country,
        admin1=entry.admin1 or None,
        latitude=entry.latitude if pinned else None,
        longitude=entry.longitude if pinned else None,
        geonames_id=entry.geonames_id if pinned else None,
        precision=precision if pinned else None,
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


_DIRECTIONS = {"شمال": "Northern", "جنوب": "Southern", "شرق": "Eastern", "غرب": "Western"}


def _english(phrase: Phrase, entry: Entry) -> str:
    return entry.name_en


def _resolved(sentence: int, phrase: Phrase, context: Context, memory: _Memory) -> tuple[Choice, str | None]:
    parent = None
    if phrase.parent is not None:
        parent = _resolved(sentence, phrase.parent, context, memory)[0].entry
    if phrase.hit is not None:
        choice = _known(sentence, phrase, parent, context)
    elif phrase.unknown is not None:
        choice = _unheard(sentence, phrase, parent, context, memory)
    elif phrase.land is not None:
        choice = _land(sentence, phrase, parent, context)
    else:
        choice = _anaphor(sentence, phrase, parent, context, memory)
    return choice, _precision(phrase, choice.entry)


def _known(sentence: int, phrase: Phrase, parent: Entry | None, context: Context) -> Choice:
    assert phrase.hit is not None
    kind = phrase.head.kind if phrase.head is not None else None
    if kind == _EMBASSY:
        return _hosted(sentence, phrase.hit.named.entries[0].country, parent, context)
    kind = "city" if kind == _CAPITAL else kind
    clues = Clues(
        sentence,
        kind if kind in _HEAD_KINDS or kind == "camp" else None,
        phrase.nation,
        parent if parent is not None and parent.kind != _COUNTRY else None,
        parent.country if parent is not None else None,
    )
    return choose(phrase.hit.named, clues, context)


def _unheard(sentence: int, phrase: Phrase, parent: Entry | None, context: Context, memory: _Memory) -> Choice:
    """A name that no gazetteer has: its country, without a pin."""
    country = phrase.nation or (parent.country if parent else context.country(sentence))
    entry = by_country().get(country) if country else None
    if parent is not None and parent.kind != _COUNTRY:
        return Choice(parent, 0.6, Reason.CONTAINED)
    return Choice(entry, 0.4, Reason.UNKNOWN)


def _land(sentence: int, phrase: Phrase, parent: Entry | None, context: Context) -> Choice:
    assert phrase.land is not None
    country = phrase.nation
    if any(stem in phrase.land.form for stem in _EMBASSIES):
        return _hosted(sentence, country, parent, context)
    if _is_capital(phrase.land):
        return Choice(_capital(country), 0.95, Reason.NATIONALITY)
    return Choice(by_country().get(country or ""), 0.9, Reason.NATIONALITY)


def _hosted(sentence: int, guest: str | None, parent: Entry | None, context: Context) -> Choice:
    """An embassy of ``guest``: in the place that the phrase names, else in the other country of the context."""
    if parent is not None:
        return Choice(parent, 0.8, Reason.CONTAINED)
    host = by_country().get(context.country(sentence, beside=guest) or "")
    return Choice(host, 0.5, Reason.CONTEXT if host else Reason.NO_CONTEXT)


def _is_capital(word: object) -> bool:
    return getattr(word, "form", "") in ("العاصمه", "عاصمه")


def _capital(country: str | None) -> Entry | None:
    places = named(capitals().get(country or "", "")) if country else None
    found = [entry for entry in places.entries if entry.country == country] if places else []
    towns = [entry for entry in found if entry.kind != _COUNTRY]
    return (towns or found or [by_country().get(country or "")])[0]


def _anaphor(sentence: int, phrase: Phrase, parent: Entry | None, context: Context, memory: _Memory) -> Choice:
    assert phrase.anaphor is not None
    kind = phrase.anaphor.kind
    beside = phrase.beyond.named.entries[0].country if phrase.beyond else None
    country = phrase.nation or (parent.country if parent else None) or context.country(sentence, beside=beside)
    if kind == _CAPITAL:
        return Choice(_capital(country), 0.7, Reason.ANAPHOR if country else Reason.NO_CONTEXT)
    if kind == _STRIP[0]:
        strip = named(_STRIP[2])
        near = {"PSE", "ISR"} & context.shares(sentence).keys()
        return Choice(strip.entries[0], 0.8, Reason.ANAPHOR) if strip and near else Choice(None, 0.2, Reason.NO_CONTEXT)
    before = memory.latest.get(kind)
    if kind not in (_COUNTRY, "facility") and before is None:
        before = memory.latest.get("any")
    if before is not None and beside is None and kind != _COUNTRY:
        return Choice(before, 0.6, Reason.ANAPHOR)
    entry = by_country().get(country or "")
    return Choice(entry, 0.5, Reason.ANAPHOR if entry else Reason.NO_CONTEXT)


def _parent_country(sentence: int, phrase: Phrase, context: Context, memory: _Memory) -> str | None:
    if phrase.parent is None:
        return None
    entry = _resolved(sentence, phrase.parent, context, memory)[0].entry
    return entry.country if entry else None


_COARSER = {"exact": "exact", "locality": "district", "district": "district", "province": "province",
            "country": "province"}  # fmt: skip


def _precision(phrase: Phrase, entry: Entry | None) -> str | None:
    if entry is None:
        return None
    if phrase.partial and phrase.parent is None:
        return _COARSER[entry.precision]
    return entry.precision
