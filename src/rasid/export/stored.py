"""Events of a store on their way into a format: each with all its reports."""

from __future__ import annotations

import bisect
import datetime
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import rasid
from rasid.clean import BLANKED
from rasid.export.shapes import SCHEMA, ActorShape, ArticleShape, EventShape, PlaceShape, TimeShape
from rasid.export.written import Merged, Telling, Written
from rasid.store import queries, views
from rasid.store.filters import Filters
from rasid.store.opening import Store
from rasid.words.sentences import spans

Record = Mapping[str, Any]
PAGE = 1000  # events read at a time


def stored(store: Store, filters: Filters, *, order: str = "date", limit: int | None = None) -> Iterator[Written]:
    """The events that the filters ask for, one at a time, in the order of :func:`rasid.store.queries.events`."""
    after: str | None = None
    left = limit
    while left is None or left > 0:
        size = PAGE if left is None else min(PAGE, left)
        page = queries.events(store, filters, order=order, limit=size, after=after)
        yield from _page(store, page.to_pylist())
        if page.num_rows < size:
            return
        after = queries.cursor(page, order=order)
        left = None if left is None else left - size


def chosen(store: Store, ids: Sequence[str]) -> Iterator[Written]:
    """The events with these ids, in their order; ids that are not in the store are passed over."""
    for at in range(0, len(ids), PAGE):
        wanted = list(dict.fromkeys(ids[at : at + PAGE]))
        known = queries.ask(store, "SELECT id FROM events WHERE id IN (SELECT unnest(?::VARCHAR[]))", [wanted])
        there = set(known["id"].to_pylist())
        yield from _page(store, [queries.event(store, name).to_pylist()[0] for name in wanted if name in there])


def _page(store: Store, events: Sequence[Record]) -> Iterator[Written]:
    if not events:
        return
    names = [event["id"] for event in events]
    reports: dict[str, list[Record]] = defaultdict(list)
    condition = f"m.event IN ({', '.join('?' * len(names))})"
    for report in queries.ask(store, views.reports(condition, articles=True), names).to_pylist():
        reports[report["of_event"]].append(report)
    for event in events:
        if reports[event["id"]]:
            yield _written(event, reports[event["id"]])


def _written(row: Record, reports: Sequence[Record]) -> Written:
    starts = [_starts(report) for report in reports]
    tellings = tuple(_telling(report, found) for report, found in zip(reports, starts, strict=True))
    best = max(range(len(reports)), key=lambda at: (reports[at]["type"] == row["type"], reports[at]["confidence"], -at))
    event = _event(row, tellings[best].event, tellings)
    coded = json.loads(reports[best]["coded"])
    record = {
        "rasid": rasid.__version__,
        "schema": SCHEMA,
        "article": tellings[best].article,
        "dateline": coded.get("dateline", {"places": [], "sources": []}),
        "events": [event],
        **{name: coded.get(name, []) for name in _FOUND},
    }
    text = reports[best]["article_text"]
    return Written(cast(Any, record), text, starts[best], _merged(row, tellings))


_FOUND = ("mentions", "times", "places", "set_aside", "repairs", "passages")


def _starts(report: Record) -> tuple[int, ...]:
    """Where the article's sentences start, what was set aside left out; the title is the first when there is one."""
    text: str = report["article_text"]
    for found in json.loads(report["coded"]).get("set_aside", ()):
        if found["reason"] in BLANKED:
            text = text[: found["start"]] + " " * (found["end"] - found["start"]) + text[found["end"] :]
    title = len(report["title"] or "")
    first = (0,) if title else ()
    return (*first, *(start + title for start, _ in spans(text[title:])))


def _merged(row: Record, tellings: tuple[Telling, ...]) -> Merged:
    return Merged(
        id=row["id"],
        reports=row["reports"],
        sources=row["sources"],
        publishers=tuple(row["publishers"]),
        first_published=_day(row["first_published"]),
        last_published=_day(row["last_published"]),
        reviewed=row["reviewed"],
        killed=(row["killed_low"], row["killed_high"]),
        injured=(row["injured_low"], row["injured_high"]),
        arrested=(row["arrested_low"], row["arrested_high"]),
        line_ar=row["line_ar"],
        line_en=row["line_en"],
        tellings=tellings,
    )


def _event(row: Record, best: EventShape, tellings: Sequence[Telling]) -> EventShape:
    """The best report's shape with what the event as a whole says."""
    return {
        **best,
        "id": row["id"],
        "type": row["type"],
        "modes": row["modes"],
        "status": row["status"],
        "historical": row["historical"],
        "plover": row["plover"],
        "cameo": row["cameo"],
        "quad": row["quad"],
        "score": row["score"],
        "contexts": row["contexts"],
        "confidence": round(row["confidence"], 4),
        "actors": _parties("actors", row["actors"], tellings),
        "recipients": _parties("recipients", row["recipients"], tellings),
        "time": _time(row, [telling.event["time"] for telling in tellings]),
        "place": _place(row, [telling.event["place"] for telling in tellings]),
        "killed": _range(row["killed_low"], row["killed_high"]),
        "injured": _range(row["injured_low"], row["injured_high"]),
        "arrested": _range(row["arrested_low"], row["arrested_high"]),
    }


def _parties(role: str, codes: Sequence[str], tellings: Sequence[Telling]) -> list[ActorShape]:
    """Each party of the event once, as the first report names it."""
    found: dict[tuple[str, str], ActorShape] = {}
    for telling in tellings:
        for actor in cast(Any, telling.event)[role]:
            found.setdefault((actor["code"], actor["id"] or actor["name"] or ""), actor)
    named = {code for code, name in found if name}
    return [actor for (code, name), actor in found.items() if code in codes and (name or code not in named)]


def _range(low: int | None, high: int | None) -> str | None:
    if low is None and high is None:
        return None
    if high is None:
        return f">={low}"
    return str(high) if low in (None, high) else f"{low}-{high}"


def _time(row: Record, told: Sequence[TimeShape | None]) -> TimeShape | None:
    """The event's days with the words of a report that tells just these, else of the first that tells any."""
    first, last = _day(row["first"]), _day(row["last"])
    known = [time for time in told if time is not None]
    if first is None or not known:
        return next(iter(known), None) if first is None else None
    same = next((time for time in known if (time["first"], time["last"]) == (first, last)), known[0])
    return {**same, "edtf": row["edtf"], "first": first, "last": last, "precision": row["precision"], "reason": None}


def _place(row: Record, told: Sequence[PlaceShape | None]) -> PlaceShape | None:
    known = [place for place in told if place is not None]
    if not known:
        return None
    fields = ("name", "name_en", "country", "admin1", "latitude", "longitude", "geonames_id", "precision")
    values = {name: row[name if name in row and name != "precision" else f"place_{name}"] for name in fields}
    same = next((place for place in known if place["name"] == values["name"]), known[0])
    return cast(PlaceShape, {**same, **values})


def _telling(report: Record, starts: Sequence[int]) -> Telling:
    return Telling(
        article=_article(report),
        event=_shape(report),
        sentence=max(bisect.bisect_right(starts, report["sentence_start"]) - 1, 0),
        quote=" ".join(report["sentence"].split()),
        length=len(report["article_text"]),
        score=report["merge_score"],
        reasons=tuple(json.loads(report["merge_reasons"])),
    )


def _article(report: Record) -> ArticleShape:
    return {
        "id": report["article"],
        "url": report["url"],
        "publisher": report["publisher"],
        "published": _day(report["published"]),
        "title": report["title"],
        "language": report["language"],
        "sha256": report["sha256"],
        "published_by": report["published_by"],
        "published_reliability": report["published_reliability"],
        "copy_of": report["copy_of"],
    }


def _shape(report: Record) -> EventShape:
    parties = report["parties"]
    shape = {name: report[name] for name in _SAME}
    return cast(
        EventShape,
        {
            "id": report["event"],
            **shape,
            "confidence": round(report["confidence"], 4),
            "sentence": {"start": report["sentence_start"], "end": report["sentence_end"]},
            "trigger": {
                "start": report["trigger_start"],
                "end": report["trigger_end"],
                "text": report["trigger_text"],
            },
            "actors": [_actor(party) for party in parties if party["role"] == "actor"],
            "recipients": [_actor(party) for party in parties if party["role"] == "recipient"],
            "time": _told_time(report),
            "place": _told_place(report),
            "attribution": report["attributions"],
            "evidence": json.loads(report["evidence"]),
        },
    )


_SAME = (
    "type", "modes", "status", "historical", "plover", "cameo", "quad", "score", "contexts", "killed", "injured",
    "arrested", "coref",
)  # fmt: skip


def _actor(party: Record) -> ActorShape:
    return cast(ActorShape, {name: value for name, value in party.items() if name != "role"})


def _told_time(report: Record) -> TimeShape | None:
    if report["time_text"] is None and report["edtf"] is None and report["first"] is None:
        return None
    return {
        "start": report["time_start"],
        "end": report["time_end"],
        "text": report["time_text"] or "",
        "edtf": report["edtf"],
        "first": _day(report["first"]),
        "last": _day(report["last"]),
        "precision": report["precision"],
        "calendar": report["calendar"],
        "anchor": report["anchor"],
        "reason": report["time_reason"],
    }


def _told_place(report: Record) -> PlaceShape | None:
    if report["place_text"] is None and report["place_name"] is None and report["country"] is None:
        return None
    return {
        "start": report["place_start"],
        "end": report["place_end"],
        "text": report["place_text"] or "",
        "name": report["place_name"],
        "name_en": report["place_name_en"],
        "country": report["country"],
        "admin1": report["admin1"],
        "latitude": report["latitude"],
        "longitude": report["longitude"],
        "geonames_id": report["geonames_id"],
        "precision": report["place_precision"],
        "reason": report["place_reason"] or "",
    }


def _day(value: datetime.date | None) -> str | None:
    return value.isoformat() if value else None
