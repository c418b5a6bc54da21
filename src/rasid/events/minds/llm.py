"""A language model behind an OpenAI-compatible server as finder of events (``rasid[llm]``).

It is asked for the codebook's fields in a fixed JSON form. Every phrase it gives must stand in the text, to the letter,
in the sentence it names; an event whose trigger does not is refused, and so is any other phrase, which the evidence
tells. Dates, places and codes of parties are then worked out as for every other finder.
"""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rasid import codebook
from rasid.errors import ModelError
from rasid.events.build import place_at, time_at
from rasid.events.minds.asking import SCHEMA, question, rules
from rasid.records import Actor, Attribution, Document, Evidence, Report, Stance, Status, Trigger

_TIMEOUT_S = 120.0
_TRIES = 2
_KEY = "RASID_LLM_KEY"


class BadAnswer(ValueError):
    """The server answered with something else than the form asked for."""


@dataclass(frozen=True)
class Asked:
    """A server and the model it is asked for."""

    client: Any
    model: str

    def find(self, document: Document) -> tuple[Report, ...]:
        """The reports of ``document``, in text order.

        Raises ModelError when the server cannot be reached or refuses, BadAnswer for an answer that is not the form.
        """
        import openai

        try:
            answer = self.client.chat.completions.create(
                model=self.model,
                temperature=0,
                messages=[{"role": "system", "content": rules()}, {"role": "user", "content": question(document)}],
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "events", "schema": SCHEMA, "strict": True},
                },
            )
        except openai.OpenAIError as error:
            raise ModelError(f"{self.client.base_url}: no answer ({error}); check address, model and key") from error
        return reports(document, answer.choices[0].message.content or "", by=f"llm:{self.model}")


@functools.cache
def connect(what: str) -> Asked:
    """The model that ``MODEL@URL`` names; the key, where one is needed, is in RASID_LLM_KEY.

    Raises ModelError where the extra is not installed.
    """
    model, _, url = what.rpartition("@")
    try:
        import openai
    except ImportError as error:
        raise ModelError("a language model as finder needs more packages: pip install 'rasid[llm]'") from error
    key = os.environ.get(_KEY, "none")
    return Asked(openai.OpenAI(base_url=url, api_key=key, timeout=_TIMEOUT_S, max_retries=_TRIES), model)


def reports(document: Document, answer: str, *, by: str) -> tuple[Report, ...]:
    """The reports in an answer whose phrases stand in the text. Raises BadAnswer."""
    try:
        told = json.loads(answer)["events"]
        found = [report for event in told for report in _report(document, event, by)]
    except (json.JSONDecodeError, KeyError, TypeError, ValueError) as error:
        raise BadAnswer(f"the answer of {by} is not in the form asked for ({error!r})") from error
    unlike = {(report.trigger.start, report.type): report for report in found}
    return tuple(unlike[key] for key in sorted(unlike))


def _report(document: Document, event: Mapping[str, Any], by: str) -> Iterator[Report]:
    type_name = event["type"]
    number = int(event["sentence"])
    span = _span(document, event["trigger"], number)
    if type_name not in codebook.types() or span is None:
        return
    start, end = span
    refused: list[str] = []
    allowed = codebook.types()[type_name].modes
    score = min(1.0, max(0.0, float(event["confidence"])))
    time, place = event["time"], event["place"]
    at_time, at_place = _phrase(document, time, number, refused), _phrase(document, place, number, refused)
    report = Report(
        id=f"{document.article.id}#{start}-{type_name}",
        type=type_name,
        modes=tuple(mode for mode in event["modes"] if mode in allowed),
        status=Status(event["status"]),
        historical=bool(event["historical"]),
        sentence=number,
        trigger=Trigger(start, end, document.article.text[start:end]),
        actors=_parties(document, event["actors"], number, refused),
        recipients=_parties(document, event["recipients"], number, refused),
        time=time_at(document, *at_time[1:]) if at_time else None,
        place=place_at(document, *at_place) if at_place else None,
        attribution=_source(document, event["attribution"], number, refused),
        killed=event["killed"],
        injured=event["injured"],
        arrested=event["arrested"],
        confidence=round(score, 4),
        evidence=(Evidence(by, f"type={type_name}", start, end, round(score, 4)),),
    )
    proposed = (Evidence(by, "time", *at_time[1:], round(score, 4)),) if at_time else ()
    proofs = tuple(Evidence(by, f"refused, not in the text: {words}", start, end, 0.0) for words in refused)
    yield replace(report, evidence=(*report.evidence, *proposed, *proofs))


def _span(document: Document, words: str, number: int) -> tuple[int, int] | None:
    """Where ``words`` stand in sentence ``number``, to the letter."""
    sentences = document.sentences or ()
    if not words.strip() or not 0 <= number < len(sentences):
        return None
    sentence = sentences[number]
    at = document.article.text.find(words, sentence.start, sentence.end)
    return None if at < 0 else (at, at + len(words))


def _phrase(
    document: Document, told: Mapping[str, Any] | None, number: int, refused: list[str]
) -> tuple[int, int, int] | None:
    """Sentence, start and end of a phrase; the event's own sentence is tried too."""
    if told is None:
        return None
    for sentence in (int(told["sentence"]), number):
        span = _span(document, told["text"], sentence)
        if span is not None:
            return sentence, *span
    refused.append(told["text"])
    return None


def _parties(
    document: Document, told: Sequence[Mapping[str, Any]], number: int, refused: list[str]
) -> tuple[Actor, ...]:
    found = [phrase for party in told if (phrase := _phrase(document, party, number, refused))]
    return tuple(Actor(start, end, document.article.text[start:end], sentence) for sentence, start, end in found)


def _source(
    document: Document, told: Mapping[str, Any] | None, number: int, refused: list[str]
) -> tuple[Attribution, ...]:
    phrase = _phrase(document, told, number, refused)
    if phrase is None or told is None:
        return ()
    sentence, start, end = phrase
    return (Attribution(start, end, document.article.text[start:end], sentence, "", Stance(told["stance"])),)
