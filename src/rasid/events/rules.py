"""Finding reports by the tables alone: used where there are no models, and what the models are measured against.

A hit of the trigger table is an event when its weight passes a threshold; parties are the mentions around it, by word
order, voice and the preposition that the table gives for the recipient.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rasid.events import triggers
from rasid.events.attribution import telling_of
from rasid.events.chains import with_chains
from rasid.events.status import status_of
from rasid.events.tolls import with_tolls
from rasid.events.triggers import TriggerHit
from rasid.records import (
    Actor,
    Attribution,
    Document,
    Evidence,
    Kind,
    Mention,
    Place,
    Report,
    Sentence,
    Status,
    TimeSpan,
    Trigger,
)
from rasid.words.clitics import inner_start

# Weight from which a table hit is taken for an event: best type F1 on the training articles (0.3 and 0.7 lose).
_THRESHOLD = 0.5
# How far, in tokens, a party may stand from its trigger.
_REACH = 14
_PARTIES = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.COUNTRY, Kind.NATIONALITY, Kind.ROLE})
# Acts whose noun has the one acted on as its genitive (مقتل جندي); other nouns have the doer (زيارة الوزير).
_GENITIVE_IS_RECIPIENT = frozenset({"ASSAULT", "COERCE", "SANCTION", "RETREAT", "AID"})
_MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})


@dataclass(frozen=True, slots=True)
class _Party:
    """A mention with the place of its first token in the sentence and the preposition before it, if any."""

    mention: Mention
    at: int
    preposition: str


def find(document: Document) -> tuple[Report, ...]:
    """The reports of ``document``, in text order."""
    found: list[Report] = []
    for sentence in document.sentences or ():
        parties = _parties(document, sentence)
        found += [_report(document, sentence, hit, parties) for hit in _chosen(sentence)]
    return with_chains(with_tolls(found, document.sentences or (), document.mentions or ()), document)


def _chosen(sentence: Sentence) -> list[TriggerHit]:
    hits = [hit for hit in triggers.find(sentence.tokens) if hit.weight >= _THRESHOLD]
    hits.sort(key=lambda hit: (hit.first - hit.last, -hit.weight, hit.first))
    taken: set[int] = set()
    kept: list[TriggerHit] = []
    for hit in hits:
        span = set(range(hit.first, hit.last + 1))
        if not span & taken:
            taken |= span
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)


def _parties(document: Document, sentence: Sentence) -> list[_Party]:
    found: list[_Party] = []
    for mention in document.mentions or ():
        if mention.sentence != sentence.index or mention.kind not in _PARTIES:
            continue
        at = next((i for i, token in enumerate(sentence.tokens) if token.end > mention.start), 0)
        found.append(_Party(mention, at, _preposition(sentence, at)))
    return found


def _preposition(sentence: Sentence, at: int) -> str:
    chain = sentence.tokens[at].analyses[0].proclitic.lstrip("وف").removesuffix("ال")
    if chain:
        return "ل" if chain.startswith("ل") else chain
    return sentence.tokens[at - 1].text if at else ""


def _report(document: Document, sentence: Sentence, hit: TriggerHit, parties: Sequence[_Party]) -> Report:
    text = document.article.text
    start, end = inner_start(sentence.tokens[hit.first], text), sentence.tokens[hit.last].end
    actors, recipients = _arguments(hit, [party for party in parties if abs(party.at - hit.first) <= _REACH])
    return Report(
        id=f"{document.article.id}#{start}-{hit.type}",
        type=hit.type,
        modes=hit.modes,
        status=Status(status_of(sentence.tokens, hit.first, hit.last, type_name=hit.type)),
        historical=False,
        sentence=sentence.index,
        trigger=Trigger(start, end, text[start:end]),
        actors=actors,
        recipients=recipients,
        time=_nearest_time(document, sentence, start),
        place=_nearest_place(document, sentence, end),
        attribution=_source(document, sentence, hit),
        confidence=hit.weight,
        evidence=(Evidence("lexicon:triggers", hit.lemma, start, end, hit.weight),),
    )


def _arguments(hit: TriggerHit, parties: Sequence[_Party]) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    before = [party for party in parties if party.at < hit.first and not party.preposition]
    after = [party for party in parties if party.at > hit.last]
    marked = [party for party in after if party.preposition in hit.recipient]
    plain = [party for party in after if party not in marked]
    if hit.type in _MUTUAL:
        return _actors([*before[-1:], *plain[:1], *marked[:1]]), ()
    if hit.voice == "passive?":
        return (), _actors(plain[:1])
    if hit.voice == "nominal":
        if hit.type in _GENITIVE_IS_RECIPIENT and not marked:
            return (), _actors(plain[:1])
        return _actors(plain[:1] or before[-1:]), _actors(marked[:1])
    doer = before[-1:] or plain[:1]
    done_to = marked[:1] or [party for party in plain if party not in doer][:1]
    return _actors(doer), _actors(done_to)


def _actors(parties: Sequence[_Party]) -> tuple[Actor, ...]:
    return tuple(party.mention.actor for party in parties)


def _nearest_time(document: Document, sentence: Sentence, at: int) -> TimeSpan | None:
    here = [time for time in document.times or () if time.sentence == sentence.index and time.refers]
    return min(here, key=lambda time: abs(time.start - at), default=None)


def _nearest_place(document: Document, sentence: Sentence, at: int) -> Place | None:
    here = [place for place in document.places or () if place.sentence == sentence.index and place.country]
    return min(here, key=lambda place: (place.start < at, abs(place.start - at)), default=None)


def _source(document: Document, sentence: Sentence, hit: TriggerHit) -> tuple[Attribution, ...]:
    told = telling_of(sentence.tokens, hit.first, hit.last)
    if told is None or told.first < 0:
        return ()
    start, end = sentence.tokens[told.first].start, sentence.tokens[told.last].end
    start = inner_start(sentence.tokens[told.first], document.article.text)
    return (Attribution(start, end, document.article.text[start:end], sentence.index, "", told.stance),)
