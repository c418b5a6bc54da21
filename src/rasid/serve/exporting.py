"""Events of the store in any format, as they are read; corrections as gold records and as rows for the lexicon."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rasid import export
from rasid.export.shapes import EventShape
from rasid.export.stored import chosen, stored
from rasid.export.written import Written
from rasid.serve import data_reports
from rasid.serve.data import Row, rows, tuples
from rasid.store import Store, wordlist
from rasid.store.filters import Filters
from rasid.store.rows import ArticleRow

_SIZE = 1 << 16  # bytes sent at a time
MEDIA: Mapping[str, str] = {
    "jsonl": "application/x-ndjson",
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "jsonld": "application/ld+json",
}
_ENDINGS: Mapping[str, str] = {
    "plover": "jsonl",
    "polecat": "tsv",
    "gdelt": "tsv",
    "gdelt-mentions": "tsv",
    "icews": "tsv",
    "ftm": "jsonl",
}


def formats() -> tuple[str, ...]:
    """Names of the formats that events of a store are written in."""
    return tuple(export.STORED_FORMATS)


def media(name: str) -> str:
    """The media type of a format."""
    return MEDIA.get(name, "text/plain; charset=utf-8")


def file_name(name: str) -> str:
    """How a file of that format is called when it is saved."""
    return f"rasid-events.{_ENDINGS.get(name, name)}"


def written(
    store: Store, filters: Filters, *, ids: Sequence[str] = (), form: str, limit: int | None = None
) -> Iterator[bytes]:
    """The events that fit, or those with the ``ids``, in the named format, piece by piece."""
    found = chosen(store, ids) if ids else stored(store, filters, limit=limit)
    return _pieces(found, form)


def _pieces(found: Iterable[Written], name: str) -> Iterator[bytes]:
    sink = io.BytesIO()
    writer = export.open_writer(name, sink, stored=True)
    for item in found:
        writer.write(item)
        if name not in ("parquet", "xlsx") and sink.tell() >= _SIZE:
            yield sink.getvalue()
            sink.seek(0)
            sink.truncate()
    writer.close()
    yield sink.getvalue()


_JUDGED = """
    SELECT a.* FROM articles AS a WHERE a.id IN (
        SELECT r.article FROM reports AS r GROUP BY r.article HAVING count(r.judged) > 0 AND {least}
    ) ORDER BY a.number
"""


def gold(store: Store, *, partial: bool = False) -> Iterator[dict[str, Any]]:
    """Gold records (codebook, section 6) of the articles in which people judged every report.

    ``partial`` takes those in which they judged any. Records carry the text, so that they can be scored against.
    """
    least = "TRUE" if partial else "count(r.judged) = count(*)"
    found = tuples(store, _JUDGED.format(least=least))
    for row in found:
        article = ArticleRow(*row).article
        document = wordlist.read([article])[0]
        spans = [(sentence.start, sentence.end) for sentence in document.sentences or ()]
        reports = data_reports.of_article(store, article.id)
        yield {
            "article": article.id,
            "published": article.published.isoformat() if article.published else None,
            "publisher": article.publisher,
            "text": article.text,
            "sentences": [list(span) for span in spans],
            "mentions": [_mention(told.event, spans) for told in reports],
        }


def _sentence(offset: int | None, spans: Sequence[tuple[int, int]]) -> int:
    found = 0
    for number, (start, _) in enumerate(spans):
        if offset is not None and start <= offset:
            found = number
    return found


def _mention(event: EventShape, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
    here = _sentence(event["trigger"]["start"], spans)
    time, place = event["time"], event["place"]
    said = event["attribution"][0] if event["attribution"] else None
    told: dict[str, Any] = {
        "sentence": here,
        **{name: event[name] for name in ("type", "modes", "status", "historical")},
        "trigger": {name: event["trigger"][name] for name in ("text", "start", "end")},
        "coref": event["coref"],
        "actors": [_party(party, here, spans) for party in event["actors"]],
        "recipients": [_party(party, here, spans) for party in event["recipients"]],
        "time": {**_phrase(time, here, spans), "edtf": time["edtf"]} if time else None,
        "place": None,
        "attribution": None,
        **{name: event[name] for name in ("killed", "injured", "arrested", "contexts")},
    }
    if place:
        name = place["name_en"] or place["name"]
        told["place"] = {**_phrase(place, here, spans), "country": place["country"], "name": name}
    if said:
        told["attribution"] = {**_phrase(said, here, spans), "code": said["code"], "stance": said["stance"]}
    return told


def _party(party: Mapping[str, Any], here: int, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
    return {**_phrase(party, here, spans), "code": party["code"]}


def _phrase(span: Mapping[str, Any], here: int, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
    """The phrase and where it stands, with the number of its sentence where that is another one."""
    there = _sentence(span["start"], spans) if span["start"] is not None else here
    told = {name: span[name] for name in ("text", "start", "end")}
    return {**told, **({"from": there} if there != here else {})}


HEADER = "table\tform\tvalue\twas\ttimes\twhy\n"
_CHANGED = """
    SELECT j.value ->> 'field' AS field, j.value -> 'value' AS value, j.value -> 'event' AS event, j.what, j.why
    FROM judgements AS j
    WHERE j.what IN ('set', 'add') AND j.id NOT IN (SELECT target FROM judgements WHERE what = 'undo')
    ORDER BY length(j.id), j.id
"""


def lexicon(store: Store) -> Iterator[str]:
    """Lines for people who keep the tables: what corrections suggest, with how often, to be looked at one by one.

    Columns: table that it may go to, the phrase, its value, the value that the machine gave, how many corrections, why.
    """
    counted: dict[tuple[str, str, str, str], list[str]] = {}
    for row in rows(store, _CHANGED):
        for suggestion in _suggested(row):
            counted.setdefault(suggestion, []).append(row["why"])
    yield HEADER
    for (table, form, value, was), whys in sorted(counted.items(), key=lambda item: (-len(item[1]), item[0])):
        why = "; ".join(dict.fromkeys(filter(None, whys)))
        cells = (table, form, value, was, str(len(whys)), why)
        yield "\t".join(" ".join(cell.split()) for cell in cells) + "\n"


def _suggested(row: Row) -> Iterator[tuple[str, str, str, str]]:
    event = json.loads(row["event"])
    if row["what"] == "add":
        yield "triggers", event["trigger"]["text"], event["type"], ""
        return
    value = json.loads(row["value"]) if row["value"] else None
    field = row["field"]
    if field == "type":
        yield "triggers", event["trigger"]["text"], str(value), event["type"]
    elif field in ("actors", "recipients"):
        was = {party["text"]: party["code"] for party in event[field]}
        for party in value or ():
            if party.get("text") and party["code"] != was.get(party["text"]):
                yield "groups", party["text"], party["code"], was.get(party["text"], "")
    elif field == "place" and value and value.get("text"):
        old = event["place"] or {}
        yield "places", value["text"], f"{value.get('name')} {value.get('country')}", str(old.get("name") or "")
