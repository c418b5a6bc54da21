"""Documents to coded records: the public, versioned output that every other format is made from."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Iterable

import rasid
from rasid import codebook, names
from rasid.clean import KEPT
from rasid.export.shapes import (
    SCHEMA,
    ActorShape,
    ArticleShape,
    AttributionShape,
    CodedShape,
    DatelineShape,
    EventShape,
    EvidenceShape,
    PassageShape,
    PlaceShape,
    RejectedShape,
    RepairShape,
    SetAsideShape,
    SpanShape,
    TimeShape,
    TriggerShape,
)
from rasid.records import (
    Actor,
    Article,
    Attribution,
    Cleaned,
    Document,
    Evidence,
    Mention,
    Place,
    Rejected,
    Report,
    SetAside,
    TimeSpan,
    Trigger,
)

_UNTOUCHED = Cleaned("", array("i"), array("i"))
_PRESS = ("JRN",)
_DAY = datetime.timedelta(days=1)


def coded(document: Document) -> CodedShape:
    """The coded record of a document that went through the whole pipeline."""
    cleaned = document.cleaned or _UNTOUCHED
    return {
        "rasid": rasid.__version__,
        "schema": SCHEMA,
        "article": _article(document.article),
        "dateline": _dateline(document, cleaned),
        "events": [_event(document, report) for report in document.reports or ()],
        "mentions": [_actor(mention.actor) for mention in names.shown(document)],
        "times": [_time(span) for span in document.times or ()],
        "places": [_place(place) for place in document.places or ()],
        "set_aside": _set_aside(cleaned),
        "repairs": _repairs(cleaned),
        "passages": _passages(cleaned),
    }


def rejected(item: Rejected) -> RejectedShape:
    """The record of an input that could not be coded."""
    return {
        "rasid": rasid.__version__,
        "schema": SCHEMA,
        "article": _unknown_article(item.id),
        "rejected": {"code": item.code, "reason": item.reason},
    }


def _article(article: Article) -> ArticleShape:
    return {
        "id": article.id,
        "url": article.url,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "title": article.title,
        "language": article.language,
        "sha256": article.sha256,
        "published_by": article.published_by,
        "published_reliability": article.published_reliability,
        "copy_of": article.copy_of,
    }


def _unknown_article(name: str) -> ArticleShape:
    return {
        "id": name,
        "url": None,
        "publisher": None,
        "published": None,
        "title": None,
        "language": None,
        "sha256": None,
        "published_by": None,
        "published_reliability": None,
        "copy_of": None,
    }


def _dateline(document: Document, cleaned: Cleaned) -> DatelineShape:
    lines = [span for span in cleaned.set_aside if span.reason in KEPT]
    places = (place for place in document.places or () if place.country and _within(place, lines))
    told = (mention.actor for mention in document.mentions or () if _within(mention, lines))
    return {
        "places": [_place(place) for place in places],
        "sources": [_actor(actor) for actor in told if actor.sectors[:1] == _PRESS and actor.id],
    }


def _within(part: Place | Mention, spans: Iterable[SetAside]) -> bool:
    return any(span.start <= part.start and part.end <= span.end for span in spans)


def _set_aside(cleaned: Cleaned) -> list[SetAsideShape]:
    return [{"start": span.start, "end": span.end, "reason": span.reason} for span in cleaned.set_aside]


def _repairs(cleaned: Cleaned) -> list[RepairShape]:
    """The repairs in order of the text; touching ones of one kind are told as one."""
    found: list[RepairShape] = []
    for repair in sorted(cleaned.repairs, key=lambda repair: (repair.kind, repair.start)):
        if found and found[-1]["kind"] == repair.kind and repair.start <= found[-1]["end"]:
            found[-1]["end"] = max(found[-1]["end"], repair.end)
        else:
            found.append({"start": repair.start, "end": repair.end, "kind": repair.kind})
    return sorted(found, key=lambda repair: (repair["start"], repair["end"]))


def _passages(cleaned: Cleaned) -> list[PassageShape]:
    return [{"start": span.start, "end": span.end, "language": span.language} for span in cleaned.passages]


def _event(document: Document, report: Report) -> EventShape:
    cameo = codebook.cameo(report.type, report.modes, contexts=report.contexts, status=report.status)
    plover = codebook.plover_type(report.type, report.status)
    return {
        "id": report.id,
        "type": report.type,
        "modes": list(report.modes),
        "status": report.status.value,
        "historical": report.historical,
        "plover": plover,
        "cameo": cameo.code,
        "quad": codebook.types()[plover].quad,
        "score": cameo.goldstein,
        "contexts": list(report.contexts),
        "confidence": round(report.confidence, 4),
        "sentence": _sentence(document, report.sentence),
        "trigger": _trigger(report.trigger),
        "actors": [_actor(actor) for actor in report.actors],
        "recipients": [_actor(actor) for actor in report.recipients],
        "time": _time(report.time) if report.time else None,
        "place": _place(report.place) if report.place else None,
        "attribution": [_attribution(said) for said in report.attribution],
        "killed": report.killed,
        "injured": report.injured,
        "arrested": report.arrested,
        "coref": report.coref,
        "evidence": [_evidence(item) for item in report.evidence],
    }


def _sentence(document: Document, index: int) -> SpanShape:
    sentence = (document.sentences or ())[index]
    return {"start": sentence.start, "end": sentence.end}


def _trigger(trigger: Trigger) -> TriggerShape:
    return {"start": trigger.start, "end": trigger.end, "text": trigger.text}


def _actor(actor: Actor) -> ActorShape:
    return {
        "start": actor.start,
        "end": actor.end,
        "text": actor.text,
        "name": actor.name,
        "name_en": actor.name_en,
        "id": actor.id,
        "title": actor.title,
        "country": _country(actor.country),
        "sectors": list(actor.sectors),
        "code": actor.code,
    }


def _time(span: TimeSpan) -> TimeShape:
    return {
        "start": span.start,
        "end": span.end,
        "text": span.text,
        "edtf": span.edtf,
        "first": span.first.isoformat() if span.first else None,
        "last": (span.last - _DAY).isoformat() if span.last else None,
        "precision": span.precision,
        "calendar": span.calendar,
        "anchor": span.anchor,
        "reason": span.reason,
    }


def _place(place: Place) -> PlaceShape:
    return {
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "name": place.name,
        "name_en": place.name_en,
        "country": _country(place.country),
        "admin1": place.admin1,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames_id": place.geonames_id,
        "precision": place.precision,
        "reason": place.reason,
    }


def _country(code: str | None) -> str | None:
    """The country, null where none is known: tables write that as ``---`` or leave it empty."""
    return None if code in ("", "---") else code


def _attribution(said: Attribution) -> AttributionShape:
    return {"start": said.start, "end": said.end, "text": said.text, "code": said.code, "stance": said.stance.value}


def _evidence(item: Evidence) -> EvidenceShape:
    return {
        "by": item.by,
        "value": item.value,
        "start": item.start,
        "end": item.end,
        "score": round(item.score, 4),
    }
