"""Giving each count of killed, injured or arrested to the event of its sentence that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasid.events.counts import Count, Toll, counts, tells_death
from rasid.records import Kind, Mention, Report, Sentence, Status

# Types that can have such a toll, the likelier first (counted on the training articles).
_TYPES = {
    Toll.KILLED: ("ASSAULT", "PROTEST", "COERCE"),
    Toll.INJURED: ("ASSAULT", "PROTEST", "COERCE"),
    Toll.ARRESTED: ("COERCE", "SANCTION", "RETREAT", "ASSAULT"),
}

_CAUSE_AND_EFFECT = 2
_AND = "و"


def with_tolls(
    reports: Sequence[Report], sentences: Sequence[Sentence], mentions: Sequence[Mention] = ()
) -> tuple[Report, ...]:
    """``reports`` with ``killed``, ``injured`` and ``arrested`` filled from the counts of their own sentence.

    The killing of one person told by name, without a number, has a toll of 1.
    """
    found = list(reports)
    people = [(mention.start, mention.end) for mention in mentions if mention.kind is Kind.PERSON]
    for number in sorted({report.sentence for report in reports}):
        here = [i for i, report in enumerate(found) if report.sentence == number]
        for count in counts(sentences[number].tokens):
            owner = _owner(count, [found[i] for i in here], sentences[number])
            if owner is not None:
                found[here[owner]] = _filled(found[here[owner]], count)
        for i in here:
            if found[i].killed is None and _kills_one(found[i], sentences[number], people):
                found[i] = replace(found[i], killed="1")
        _share(found, [i for i in here if found[i].type == "ASSAULT"])
    return tuple(found)


def _kills_one(report: Report, sentence: Sentence, people: Sequence[tuple[int, int]]) -> bool:
    """«اغتيال الوزير فلان»: one recipient, who is a person told by name and no list (فلان وآخرون)."""
    if report.type != "ASSAULT" or report.status is not Status.REPORTED or len(report.recipients) != 1:
        return False
    trigger, victim, tokens = report.trigger, report.recipients[0], sentence.tokens
    if not any(tells_death(tokens[i]) for i in sentence.within(trigger.start, trigger.end)):
        return False
    listed = any(
        t.text.startswith(_AND) for t in tokens if victim.start < t.start < victim.end and t.analyses[0].proclitic
    )
    return not listed and any(start < victim.end and victim.start < end for start, end in people)


def _share(found: list[Report], attacks: Sequence[int]) -> None:
    """An attack and the deaths it caused, told in one sentence, have one toll (مقتل ثلاثة في غارة): both carry it."""
    if len(attacks) != _CAUSE_AND_EFFECT:
        return
    one, other = found[attacks[0]], found[attacks[1]]
    killed, injured = one.killed or other.killed, one.injured or other.injured
    for i in attacks:
        found[i] = replace(found[i], killed=found[i].killed or killed, injured=found[i].injured or injured)


def _owner(count: Count, reports: Sequence[Report], sentence: Sentence) -> int | None:
    cue = sentence.tokens[count.cue]
    for type_name in _TYPES[count.toll]:
        fitting = [i for i, report in enumerate(reports) if report.type == type_name]
        if fitting:
            return min(fitting, key=lambda i: _distance(reports[i], cue.start, cue.end))
    return None


def _distance(report: Report, start: int, end: int) -> int:
    """Characters between the trigger and the word the count belongs to; 0 where they overlap."""
    return max(0, report.trigger.start - end, start - report.trigger.end)


def _filled(report: Report, count: Count) -> Report:
    """The first count of a kind stands; later ones of the same sentence are subsets as a rule (بينهم)."""
    if count.toll is Toll.KILLED:
        return replace(report, killed=report.killed or count.value)
    if count.toll is Toll.INJURED:
        return replace(report, injured=report.injured or count.value)
    return replace(report, arrested=report.arrested or count.value)
