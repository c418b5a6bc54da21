"""Giving each count of killed, injured or arrested to the event of its sentence that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rasid.events.counts import Count, Toll, counts, is_one, told_by
from rasid.names.forms import bare
from rasid.records import Kind, Mention, Report, Sentence, Status
from rasid.words.fold import fold

# Types that can have such a toll, the likelier first (counted on the training articles).
_TYPES = {
    Toll.KILLED: ("ASSAULT", "PROTEST", "COERCE"),
    Toll.INJURED: ("ASSAULT", "PROTEST", "COERCE"),
    Toll.ARRESTED: ("COERCE", "SANCTION", "RETREAT", "ASSAULT"),
}

_PEOPLE = frozenset({Kind.PERSON, Kind.ROLE})
_CAUSE_AND_EFFECT = 2
_AND = "و"
_BY = "ب"
_CAUSES = frozenset({"في", "اثر", "جراء", "نتيجه", "بسبب", "خلال"})


def with_tolls(
    reports: Sequence[Report], sentences: Sequence[Sentence], mentions: Sequence[Mention] = ()
) -> tuple[Report, ...]:
    """``reports`` with ``killed``, ``injured`` and ``arrested`` filled from the counts of their own sentence.

    What befalls one person alone, without a number, has a toll of 1 (مقتل جندي، اغتيال الوزير فلان، اعتقال ناشط).
    """
    found = list(reports)
    people = [mention for mention in mentions if mention.kind in _PEOPLE]
    for number in sorted({report.sentence for report in reports}):
        here = [i for i, report in enumerate(found) if report.sentence == number]
        for count in counts(sentences[number].tokens):
            owner = _owner(count, [found[i] for i in here], sentences[number])
            if owner is not None:
                found[here[owner]] = _filled(found[here[owner]], count)
        for i in here:
            toll = _told(found[i], sentences[number])
            if toll is not None and getattr(found[i], toll.value) is None and _is_one(found[i], sentences, people):
                found[i] = _with(found[i], toll, "1")
        _share(found, [i for i in here if found[i].type == "ASSAULT"])
    return tuple(found)


def _told(report: Report, sentence: Sentence) -> Toll | None:
    """What the trigger itself tells of, where the report is of the type that goes with it."""
    trigger = report.trigger
    told = (told_by(sentence.tokens[i]) for i in sentence.within(trigger.start, trigger.end))
    toll = next((toll for toll in told if toll is not None), None)
    if toll is None and "arrest" in report.modes:
        toll = Toll.ARRESTED
    return toll if toll is not None and report.type == _TYPES[toll][0] else None


def _is_one(report: Report, sentences: Sequence[Sentence], people: Sequence[Mention]) -> bool:
    """One recipient, who is one person told by name or by a noun in the singular, and no list (فلان وآخرون)."""
    if report.status is not Status.REPORTED or len(report.recipients) != 1:
        return False
    victim = report.recipients[0]
    sentence = sentences[victim.sentence]
    tokens = [sentence.tokens[i] for i in sentence.within(victim.start, victim.end)]
    if not tokens or any(token.text.startswith(_AND) and token.analyses[0].proclitic for token in tokens[1:]):
        return False
    first = tokens[0]
    inside = [mention for mention in people if mention.start < victim.end and victim.start < mention.end]
    posts = [mention.actor.name or "" for mention in inside if first.start <= mention.start < first.end]
    return (
        any(mention.kind is Kind.PERSON for mention in inside)
        or is_one(first)
        or any(first.stem == bare(fold(post).partition(" ")[0]) for post in posts)
    )


def _share(found: list[Report], attacks: Sequence[int]) -> None:
    """An attack and the deaths it caused, told in one sentence, have one toll (مقتل ثلاثة في غارة): both carry it."""
    if len(attacks) != _CAUSE_AND_EFFECT:
        return
    one, other = found[attacks[0]], found[attacks[1]]
    killed, injured = one.killed or other.killed, one.injured or other.injured
    for i in attacks:
        found[i] = replace(found[i], killed=found[i].killed or killed, injured=found[i].injured or injured)


def _owner(count: Count, reports: Sequence[Report], sentence: Sentence) -> int | None:
    """The likeliest type's event at the word of the count, else the one named behind it as the cause (قتل 3 في غارة),
    else the nearest.
    """
    cue = sentence.tokens[count.cue]
    for type_name in _TYPES[count.toll]:
        fitting = [i for i, report in enumerate(reports) if report.type == type_name]
        if fitting:
            at_word = [i for i in fitting if not _distance(reports[i], cue.start, cue.end)]
            causes = [i for i in fitting if _is_cause(reports[i], cue.end, sentence)]
            return min(at_word or causes or fitting, key=lambda i: _distance(reports[i], cue.start, cue.end))
    return None


def _is_cause(report: Report, after: int, sentence: Sentence) -> bool:
    at = sentence.within(report.trigger.start, report.trigger.end)
    if not at or report.trigger.start < after:
        return False
    before = sentence.tokens[at[0] - 1].fold if at[0] else ""
    return before in _CAUSES or sentence.tokens[at[0]].analyses[0].proclitic == _BY


def _distance(report: Report, start: int, end: int) -> int:
    """Characters between the trigger and the word the count belongs to; 0 where they overlap."""
    return max(0, report.trigger.start - end, start - report.trigger.end)


def _filled(report: Report, count: Count) -> Report:
    """The first count of a kind stands; later ones of the same sentence are subsets as a rule (بينهم)."""
    return report if getattr(report, count.toll.value) else _with(report, count.toll, count.value)


def _with(report: Report, toll: Toll, value: str) -> Report:
    match toll:
        case Toll.KILLED:
            return replace(report, killed=value)
        case Toll.INJURED:
            return replace(report, injured=value)
        case Toll.ARRESTED:
            return replace(report, arrested=value)
