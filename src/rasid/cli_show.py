"""``rasid explain``, ``times``, ``actors`` and ``places``: what was found, and what decided it."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasid import cli_run, events, export, pipeline
from rasid.export.shapes import ActorShape, EventShape, SpanShape
from rasid.export.table import isolate
from rasid.export.written import Written
from rasid.read import linked
from rasid.records import Article, Rejected

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "times": ("text", "edtf", "first", "last", "precision", "calendar", "anchor", "reason"),
    "mentions": ("text", "code", "name", "name_en", "title", "id"),
    "places": ("text", "name_en", "country", "admin1", "latitude", "longitude", "precision", "reason"),
}


def found(what: str, text: str, *, published: datetime.date | None, as_json: bool) -> None:
    """Prints the times, mentions or places of a text; ``what`` is the name of the record's field."""
    (document,) = pipeline.before_events([Article(id="-", title=None, body=text, published=published)])
    record = cast(Mapping[str, object], export.coded(document))
    items = cast(Sequence[Mapping[str, object]], record[what])
    if as_json:
        for item in items:
            typer.echo(json.dumps(item, ensure_ascii=False))
        return
    table = Table(*_COLUMNS[what])
    for item in items:
        table.add_row(*(Text(isolate(_shown(item[column]))) for column in _COLUMNS[what]))
    Console(highlight=False).print(table if items else "nothing found")


def _shown(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())


def explain(inputs: Iterable[Article | Rejected]) -> int:
    """Prints every event with its values and their evidence; returns the exit status."""
    tally = cli_run.Tally()
    for item in cli_run.documents(linked(inputs)):
        if isinstance(item, Rejected):
            tally.rejected += 1
            cli_run.complain(f"{item.source or item.id}: {item.reason}")
            continue
        tally.coded += 1
        written = export.written(item)
        for line in explained(written):
            typer.echo(line)
        for line in passed_over(written, events.considered(item)):
            typer.echo(line)
        typer.echo("")
    return tally.status


def explained(item: Written) -> Iterator[str]:
    """The explanation of one article, line by line."""
    article = item.record["article"]
    yield f"{article['id']}  {isolate(article['title'] or '')}"
    yield from _reading(item)
    for event in item.record["events"]:
        yield from _event(item, event)
    if not item.record["events"]:
        yield "  no events"


def passed_over(item: Written, candidates: Sequence[events.Considered]) -> Iterator[str]:
    """What might have been an event and was not coded, line by line, with what the tables and the models say of it."""
    for one in candidates:
        quote = f"{isolate(item.quote({'start': one.start, 'end': one.end}))} [{one.start}:{one.end}]"
        told = f"tables {one.weight:.2f}, confidence {one.confidence:.2f}"
        yield f"  not coded    {quote}  {one.type}  {told}  {one.reason}"


def _reading(item: Written) -> Iterator[str]:
    """How the article was read: its day, what it repeats, what was set aside, flagged and repaired."""
    record, article = item.record, item.record["article"]
    if article["published_by"]:
        share = article["published_reliability"] or 0.0
        yield f"  published    {article['published']}  found by {article['published_by']}  {share:.2f}"
    if article["copy_of"]:
        yield f"  copy of      {article['copy_of']}"
    yield from (f"  set aside    {_span(item, found)}  {found['reason']}" for found in record["set_aside"])
    yield from (f"  flagged      {_span(item, found)}  {found['language']}" for found in record["passages"])
    kinds = Counter(found["kind"] for found in record["repairs"])
    if kinds:
        yield f"  repaired     {', '.join(f'{kind} {count}' for kind, count in kinds.most_common())}"


def _event(item: Written, event: EventShape) -> Iterator[str]:
    modes = "".join(f"/{mode}" for mode in event["modes"])
    yield f"  {event['id']}  {event['type']}{modes}  {event['status']}  confidence {event['confidence']:.2f}"
    yield f"    sentence   {isolate(item.quote(event['sentence']))}"
    yield f"    trigger    {_span(item, event['trigger'])}"
    yield f"    code       {event['plover']}, CAMEO {event['cameo']}, quad {event['quad']}, score {event['score']}"
    for role in ("actors", "recipients"):
        yield from (f"    {role[:-1]:10} {_party(item, actor)}" for actor in event[role])
    if event["time"]:
        time = event["time"]
        yield f"    time       {_span(item, time)}  {time['edtf'] or time['reason']}  {time['precision']}"
    if event["place"]:
        place = event["place"]
        name = f"{place['name_en'] or '–'} {place['country'] or ''}".strip()
        yield f"    place      {_span(item, place)}  {name}  {place['reason']}"
    for said in event["attribution"]:
        yield f"    source     {_span(item, said)}  {said['code']} {said['stance']}"
    for proof in event["evidence"]:
        yield f"    because    {proof['by']} → {isolate(proof['value'])}  {proof['score']:.2f}  {_span(item, proof)}"


def _party(item: Written, actor: ActorShape) -> str:
    return f"{_span(item, actor)}  {actor['code'] or '–'}"


def _span(item: Written, span: SpanShape) -> str:
    return f"{isolate(item.quote(span))} [{span['start']}:{span['end']}]"
