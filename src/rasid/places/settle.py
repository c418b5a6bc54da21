"""What a place phrase stands for: a known name, an unheard one, a noun with a nationality, or an anaphor."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from rasid.places.choose import Choice, Clues, choose
from rasid.places.context import Context
from rasid.places.gazetteer import Entry, by_country, named
from rasid.places.phrases import Phrase, is_embassy
from rasid.places.reasons import Reason
from rasid.places.vocabulary import capitals

_HEAD_KINDS = frozenset(("city", "town", "village", "province", "district", "region", "camp"))
_CAPITAL, _EMBASSY, _COUNTRY = "capital", "embassy", "country"
_CAPITALS = ("العاصمه", "عاصمه")
STRIP = "strip"
_STRIP_NAME, _STRIP_COUNTRIES = "قطاع غزه", {"PSE", "ISR"}


@dataclass
class Memory:
    """What the places found so far leave for anaphors: the latest entry of each kind."""

    latest: dict[str, Entry] = field(default_factory=dict)

    def note(self, entry: Entry) -> None:
        if not entry.country:
            return
        kind = {"town": "city", "village": "city", "district": "province", "seat": "building"}.get(
            entry.kind, entry.kind
        )
        self.latest[kind] = entry
        if kind != _COUNTRY:
            self.latest["any"] = entry


def settle(sentence: int, phrase: Phrase, context: Context, memory: Memory) -> Choice:
    """The place of ``phrase`` in ``sentence``, or none with the reason and the country it must be in."""
    parent = None
    if phrase.parent is not None:
        parent = settle(sentence, phrase.parent, context, memory).entry
    if phrase.hit is not None:
        choice = _known(sentence, phrase, parent, context)
    elif phrase.unknown is not None:
        choice = _unheard(sentence, phrase, parent, context)
    elif phrase.land is not None:
        choice = _land(sentence, phrase, parent, context)
    else:
        choice = _anaphor(sentence, phrase, parent, context, memory)
    if choice.entry is None:
        country = phrase.nation or (parent.country if parent else None) or context.country(sentence)
        return replace(choice, country=country or None)
    return choice


def _known(sentence: int, phrase: Phrase, parent: Entry | None, context: Context) -> Choice:
    assert phrase.hit is not None
    kind = phrase.head.kind if phrase.head is not None else None
    if kind == _EMBASSY:
        return _hosted(sentence, phrase.hit.named.entries[0].country, parent, context)
    first = phrase.hit.named.entries[0]
    if kind == _CAPITAL and first.kind == _COUNTRY and phrase.hit.named.entries[-1].kind == _COUNTRY:
        return Choice(_capital(first.country), 0.95, Reason.CONTAINED)
    kind = "city" if kind == _CAPITAL else kind
    clues = Clues(
        sentence,
        kind if kind in _HEAD_KINDS else None,
        phrase.nation,
        parent if parent is not None and parent.kind != _COUNTRY else None,
        parent.country if parent is not None else None,
    )
    return choose(phrase.hit.named, clues, context)


def _unheard(sentence: int, phrase: Phrase, parent: Entry | None, context: Context) -> Choice:
    """A name that no gazetteer has: its country, without a pin."""
    country = phrase.nation or (parent.country if parent else context.country(sentence))
    entry = by_country().get(country) if country else None
    if parent is not None and parent.kind != _COUNTRY:
        return Choice(parent, 0.6, Reason.CONTAINED)
    return Choice(entry, 0.4, Reason.UNKNOWN)


def _land(sentence: int, phrase: Phrase, parent: Entry | None, context: Context) -> Choice:
    assert phrase.land is not None
    country = phrase.nation
    if is_embassy(phrase.land):
        return _hosted(sentence, country, parent, context)
    if phrase.land.form in _CAPITALS:
        return Choice(_capital(country), 0.95, Reason.NATIONALITY)
    return Choice(by_country().get(country or ""), 0.9, Reason.NATIONALITY)


def _hosted(sentence: int, guest: str | None, parent: Entry | None, context: Context) -> Choice:
    """An embassy of ``guest``: in the place that the phrase names, else in the other country of the context."""
    if parent is not None:
        return Choice(parent, 0.8, Reason.CONTAINED)
    host = by_country().get(context.country(sentence, beside=guest) or "")
    return Choice(host, 0.5, Reason.CONTEXT if host else Reason.NO_CONTEXT)


def _capital(country: str | None) -> Entry | None:
    places = named(capitals().get(country or "", "")) if country else None
    found = [entry for entry in places.entries if entry.country == country] if places else []
    towns = [entry for entry in found if entry.kind != _COUNTRY]
    return next(iter(towns or found), by_country().get(country or ""))


def _anaphor(sentence: int, phrase: Phrase, parent: Entry | None, context: Context, memory: Memory) -> Choice:
    assert phrase.anaphor is not None
    kind = phrase.anaphor.kind
    beside = phrase.beyond.named.entries[0].country if phrase.beyond else None
    country = phrase.nation or (parent.country if parent else None) or context.country(sentence, beside=beside)
    if kind == _CAPITAL:
        return Choice(_capital(country), 0.7, Reason.ANAPHOR if country else Reason.NO_CONTEXT)
    if kind == STRIP:
        strip = named(_STRIP_NAME)
        near = _STRIP_COUNTRIES & context.shares(sentence).keys()
        return Choice(strip.entries[0], 0.8, Reason.ANAPHOR) if strip and near else Choice(None, 0.2, Reason.NO_CONTEXT)
    before = memory.latest.get(kind)
    if kind not in (_COUNTRY, "facility") and before is None:
        before = memory.latest.get("any")
    if before is not None and beside is None and kind != _COUNTRY:
        return Choice(before, 0.6, Reason.ANAPHOR)
    entry = by_country().get(country or "")
    return Choice(entry, 0.5, Reason.ANAPHOR if entry else Reason.NO_CONTEXT)


_COARSER = {"exact": "exact", "locality": "district", "district": "district", "province": "province",
            "country": "country"}  # fmt: skip


def precision(phrase: Phrase, entry: Entry) -> str:
    """Precision class of ``phrase``: a direction or part of a place is known less finely than the place. A part of a
    country («شمال البلاد», «داخل القنصلية») has no point of its own, and that of the whole would be a false pin.
    """
    if phrase.partial and phrase.parent is None:
        return _COARSER[entry.precision]
    return entry.precision
