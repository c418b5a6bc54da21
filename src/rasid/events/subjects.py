"""Hidden subjects that syntax makes plain: «زار الوزير بغداد والتقى الرئيس» has one subject for both verbs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasid.events.triggers import find
from rasid.records import Actor, Report, Sentence

_AND = "و"
_MEETING = "CONSULT"
_ACTIVE = "active"


def with_subjects(reports: Sequence[Report], sentences: Sequence[Sentence]) -> tuple[Report, ...]:
    """``reports``, in text order, in which a verb joined by «و» and without a doer of its own has the verb's before it.

    Nothing is taken over where the models found a doer; a phrase that they put on both sides counts as none.
    """
    found: list[Report] = []
    for report in reports:
        before = found[-1] if found and found[-1].sentence == report.sentence else None
        if before is not None and before.actors and _lacks_doer(report) and _is_joined_verb(report, sentences):
            report = _with_doer(report, before.actors)
        found.append(report)
    return tuple(found)


def _lacks_doer(report: Report) -> bool:
    return not report.actors or _spans(report.actors) == _spans(report.recipients)


def _with_doer(report: Report, doers: tuple[Actor, ...]) -> Report:
    """In a meeting both sides are actors; elsewhere the other party is the recipient."""
    if report.type != _MEETING:
        return replace(report, actors=doers)
    others = tuple(actor for actor in report.recipients if actor not in doers)
    return replace(report, actors=(*doers, *others), recipients=())


def _spans(actors: Sequence[Actor]) -> list[tuple[int, int]]:
    return [(actor.start, actor.end) for actor in actors]


def _is_joined_verb(report: Report, sentences: Sequence[Sentence]) -> bool:
    tokens = sentences[report.sentence].tokens
    at = next((i for i, token in enumerate(tokens) if token.end > report.trigger.start), 0)
    if not tokens[at].analyses[0].proclitic.startswith(_AND):
        return False
    return any(hit.first == at and hit.voice == _ACTIVE for hit in find(tokens))
