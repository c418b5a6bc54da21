"""Lists that the models take for one party: «وزارة الدفاع والبيت الأبيض», «أربعة مدنيين وجندي أمريكي»."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rasid.records import Actor, Document, Kind, Mention, Report, Token
from rasid.words.clitics import inner_start

_AND = "و"
_NAMES = frozenset({Kind.PERSON, Kind.ORGANISATION, Kind.COUNTRY})
_PRESS = ("JRN",)
# «وزيرة العدل والشرطة»: what follows belongs to the ministry, unless it is a name.
_MINISTRY = ("وزير", "وزار")


def with_parties(reports: Sequence[Report], document: Document) -> tuple[Report, ...]:
    """``reports`` with names whole, each list of parties that stands as one phrase taken apart, and no phrase running
    into another of the other side («التقى الوزير المصري نظيره السوداني»).
    """
    names: dict[int, list[Mention]] = {}
    for mention in filter(_is_name, document.mentions or ()):
        names.setdefault(mention.sentence, []).append(mention)
    whole = (_with_whole_names(report, names, document.article.text) for report in reports)
    return tuple(_parted(report, document) for report in whole)


def _parted(report: Report, document: Document) -> Report:
    actors = tuple(_before(actor, report.recipients, document) for actor in report.actors)
    recipients = tuple(_before(actor, report.actors, document) for actor in report.recipients)
    return replace(report, actors=_listed(actors, document), recipients=_listed(recipients, document))


def _with_whole_names(report: Report, names: Mapping[int, Sequence[Mention]], text: str) -> Report:
    """No party ends or begins within a name («الولايات» of «الولايات المتحدة»), unless the rest is another party's."""
    both = (*report.actors, *report.recipients)
    actors, recipients = (
        tuple(_whole(party, both, names.get(party.sentence, ()), text) for party in side)
        for side in (report.actors, report.recipients)
    )
    return replace(report, actors=actors, recipients=recipients)


def _whole(actor: Actor, parties: Sequence[Actor], names: Sequence[Mention], text: str) -> Actor:
    start, end = actor.start, actor.end
    for mention in names:
        if start <= mention.start < end < mention.end:
            end = mention.end
        elif mention.start < start < mention.end <= end:
            start = mention.start
    taken = any(other is not actor and other.start < end and start < other.end for other in parties)
    if taken or (start, end) == (actor.start, actor.end):
        return actor
    return replace(actor, start=start, end=end, text=text[start:end])


def _is_name(mention: Mention) -> bool:
    return mention.kind in _NAMES and not mention.is_composed and mention.actor.sectors[:1] != _PRESS


def _before(actor: Actor, others: Sequence[Actor], document: Document) -> Actor:
    """``actor`` without a party of the other side that ends it."""
    for other in others:
        if actor.start < other.start and other.end == actor.end:
            sentence, text = (document.sentences or ())[actor.sentence], document.article.text
            kept = [sentence.tokens[i] for i in sentence.within(actor.start, other.start)]
            kept = [token for token in kept if token.end <= other.start]
            if kept:
                return _part(kept, actor, text)
    return actor


def _listed(actors: Sequence[Actor], document: Document) -> tuple[Actor, ...]:
    return tuple(part for actor in actors for part in _parts(actor, document))


def _parts(actor: Actor, document: Document) -> Iterator[Actor]:
    sentence, text = (document.sentences or ())[actor.sentence], document.article.text
    tokens = [sentence.tokens[i] for i in sentence.within(actor.start, actor.end)]
    if not any(map(_joined, tokens[1:])):
        yield actor
        return
    inside = (m for m in document.mentions or () if actor.start <= m.start and m.end <= actor.end)
    parties = [m for m in inside if m.kind is Kind.PERSON or not m.is_composed]
    start = 0
    for at in range(1, len(tokens)):
        if _opens(tokens, start, at, parties):
            yield _part(tokens[start:at], actor, text)
            start = at
    yield _part(tokens[start:], actor, text) if start else actor


def _joined(token: Token) -> bool:
    return token.analyses[0].proclitic.startswith(_AND)


def _opens(tokens: Sequence[Token], start: int, at: int, parties: Sequence[Mention]) -> bool:
    """A new party begins at token ``at``, behind its «و», and another one ends before it."""
    if not _joined(tokens[at]):
        return False
    left, right = tokens[start:at], tokens[at:]
    here = [m for m in parties if tokens[at].start < m.start < tokens[at].end]
    before = [m for m in parties if left[0].start <= m.start and m.end <= tokens[at].start]
    if not here or not before:
        return False
    if any(m.kind in _NAMES or m.kind is Kind.PLACE and m.actor.sectors for m in here):  # a seat of power stands for it
        return True
    ministry = any(token.stem.startswith(_MINISTRY) for token in left)
    return len(left) > 1 and len(right) > 1 and not ministry and all(m.kind is not Kind.NATIONALITY for m in here)


def _part(tokens: Sequence[Token], actor: Actor, text: str) -> Actor:
    words = [token for token in tokens if token.fold[-1:].isalnum() or token is tokens[0]]
    start, end = max(actor.start, inner_start(tokens[0], text)), min(actor.end, words[-1].end)
    return Actor(start, end, text[start:end], actor.sentence)
