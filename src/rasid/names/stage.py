"""The two stages: names into mentions, and the parties of reports into codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rasid.names.act import Act
from rasid.names.article import own_country
from rasid.names.coding import Coder, located, written
from rasid.names.composing import Phrase, compose
from rasid.names.entries import Entry, Sort
from rasid.names.matching import Hit
from rasid.names.people import office, sectors_of
from rasid.records import COMPOSED, Actor, Attribution, Document, Evidence, Kind, Mention, Report

_KINDS = {
    Sort.COUNTRY: Kind.COUNTRY,
    Sort.CAPITAL: Kind.PLACE,
    Sort.SEAT: Kind.PLACE,
    Sort.GROUP: Kind.ORGANISATION,
    Sort.PERSON: Kind.PERSON,
    Sort.DEMONYM: Kind.NATIONALITY,
    Sort.ROLE: Kind.ROLE,
    Sort.MEDIA: Kind.ORGANISATION,
    Sort.PLACE: Kind.PLACE,
}
_SORTS = {sort: sort.name.lower() for sort in Sort}
_UNTOLD = frozenset({"amount", "thing", "modifier"})


def stage(document: Document) -> Document:
    """Fill ``mentions``: names, nationalities and roles of the tables, and the phrases that they make up."""
    coder = Coder(document)
    text = document.article.text
    found = [*_tabled(coder, text), *_composed(coder, text)]
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return document.replace(mentions=tuple(found))


def _composed(coder: Coder, text: str) -> Iterator[Mention]:
    """Title, complements and name together (وزير الخارجية التركي هاكان فيدان), with what their words tell."""
    introduced = {(actor.sentence, actor.end): actor for actor in coder.introduced}
    for sentence, hits in zip(coder.land.sentences, coder.land.hits, strict=True):
        for phrase in compose(sentence, hits):
            if phrase.composed:
                start, end = located(sentence, phrase.first, phrase.last)
                actor = introduced.get((sentence.index, end)) or _told_by_words(coder, hits, phrase)
                actor = replace(actor, start=start, end=end, text=text[start:end], sentence=sentence.index)
                yield Mention(phrase.kind, sentence.index, actor, Evidence(COMPOSED, actor.code, start, end))


def _told_by_words(coder: Coder, hits: Sequence[Hit], phrase: Phrase) -> Actor:
    inside = [hit for hit in hits if phrase.first <= hit.first <= phrase.last]
    countries = (own_country(hit, coder.land.published) for hit in inside)
    country = next((country for country in countries if country), "")
    sectors = next((hit.entry.sectors for hit in inside if hit.entry.sectors), ())
    code = written(country, sectors) if country or sectors else ""
    return Actor(0, 0, "", 0, None, None, None, None, country or None, sectors, code)


def _tabled(coder: Coder, text: str) -> Iterator[Mention]:
    for sentence, hits in zip(coder.land.sentences, coder.land.hits, strict=True):
        for hit in hits:
            entry = hit.entry
            kind = _KINDS.get(entry.sort)
            if kind is None or entry.kind in _UNTOLD:
                continue
            start, end = located(sentence, hit.first, hit.last)
            country = own_country(hit, coder.land.published)
            actor = of_table(coder, entry, country)
            span = Actor(start, end, text[start:end], sentence.index, *actor)
            yield Mention(kind, sentence.index, span, Evidence("names.tables", _SORTS[entry.sort], start, end))


def of_table(
    coder: Coder, entry: Entry, country: str
) -> tuple[str | None, str | None, str | None, str | None, str | None, tuple[str, ...], str]:
    """Name, English name, id, title, country, sectors and code of an entry; for the last fields of an Actor."""
    sectors, title = entry.sectors, None
    if entry.sort is Sort.PERSON:
        term = office(entry.id, coder.land.published)
        sectors = sectors_of(term, coder.land.published) if term else ()
        title = term.office if term else None
    code = written(country, sectors) if country or sectors else ""
    return entry.name or None, entry.name_en or None, entry.id or None, title, country or None, sectors, code


def code_reports(document: Document) -> Document:
    """Code actors, recipients and attributions of the reports; a party keeps one id throughout the article."""
    coder = Coder(document)
    return document.replace(reports=tuple(_coded(coder, report) for report in document.reports or ()))


def _coded(coder: Coder, report: Report) -> Report:
    place = report.place.country if report.place and report.place.country else ""
    coded = replace(
        report,
        actors=_side(coder, report.actors, Act(report.type, "actor", place, _told(coder, report.recipients))),
        recipients=_side(coder, report.recipients, Act(report.type, "recipient", place, _told(coder, report.actors))),
        attribution=tuple(_source(coder, said) for said in report.attribution),
    )
    return replace(coded, evidence=(*coded.evidence, *_spellings(coder, (*coded.actors, *coded.recipients))))


def _spellings(coder: Coder, parties: Iterable[Actor]) -> Iterator[Evidence]:
    """The persons whose names are near to a party's, whether one was taken or not."""
    for party in parties:
        span = coder.tokens_of(party.start, party.end, party.sentence)
        for found in coder.spelled.get((*span, party.sentence), ()) if span else ():
            yield Evidence("names.variants", found.person.id, party.start, party.end, found.likeness)


def _told(coder: Coder, actors: Sequence[Actor]) -> tuple[str, ...]:
    spans = ((actor, coder.tokens_of(actor.start, actor.end, actor.sentence)) for actor in actors)
    return coder.told_countries((*span, actor.sentence) for actor, span in spans if span is not None)


def _side(coder: Coder, actors: Sequence[Actor], act: Act) -> tuple[Actor, ...]:
    """The parties of one side; a phrase that means two parties gives two, unless it already stands there twice."""
    found: list[Actor] = []
    for actor in actors:
        span = coder.tokens_of(actor.start, actor.end, actor.sentence)
        if span is None:
            found.append(actor)
        elif (actor.start, actor.end) not in {(one.start, one.end) for one in found}:
            coded = coder.code_all(*span, actor.sentence, act=act)
            found.extend(replace(one, start=actor.start, end=actor.end, text=actor.text) for one in coded)
    return tuple(found)


def _source(coder: Coder, said: Attribution) -> Attribution:
    span = coder.tokens_of(said.start, said.end, said.sentence)
    if span is None:
        return said
    return replace(said, code=coder.code(*span, said.sentence, act=Act(side="source")).code)
