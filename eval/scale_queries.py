"""How fast a store of a million events answers: filters, full text, aggregates.

    python eval/scale_queries.py --store /path/to/big.duckdb [--events 1000000]

A store that is not there yet is filled with made-up rows (no article is coded for it). Words follow a Zipf law; a few
publishers, countries and dyads make most of the news, as they do.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from rasid import codebook, store
from rasid.store import queries
from rasid.store.filters import Box, Filters
from rasid.store.rows import append_table, arrow_schema
from rasid.words.clitics import counts

ARTICLES_PER_EVENT = 0.4
REPORTS_PER_EVENT = 1.25
SENTENCES = 8
WORDS_PER_SENTENCE = 12
FIRST_DAY = datetime.date(2015, 1, 1)
DAYS = 3650
RUNS = 5
_CHUNK = 20_000  # articles whose words are made at a time
_COUNTRIES = ("SYR", "IRQ", "PSE", "ISR", "EGY", "LBY", "YEM", "SAU", "LBN", "JOR", "TUN", "MAR", "SDN", "DZA", "USA")
_PLACES = (("الموصل", "Mosul"), ("حلب", "Aleppo"), ("غزة", "Gaza"), ("صنعاء", "Sanaa"), ("بنغازي", "Benghazi"))
_SECTORS = ("GOV", "MIL", "REB", "CVL", "COP", "PTY", "JRN", "UAF")


@dataclass(frozen=True, slots=True)
class Limit:
    """What is asked, and how long it may take (seconds; the best of RUNS, as other work must not count)."""

    name: str
    seconds: float
    ask: Callable[[store.Store], Any]


def _zipf(random: np.random.Generator, count: int, size: int, *, exponent: float = 1.1) -> np.ndarray:
    """``size`` numbers below ``count``, small ones the most often."""
    weights = 1.0 / np.arange(1, count + 1) ** exponent
    edges = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(edges, random.random(size)), count - 1)


def _pick(random: np.random.Generator, values: tuple[str, ...], size: int) -> pa.Array:
    return pa.array(np.asarray(values, dtype=object)[_zipf(random, len(values), size)], pa.string())


def _lists(random: np.random.Generator, values: tuple[str, ...], size: int) -> pa.Array:
    """A list of one value each."""
    return pa.ListArray.from_arrays(pa.array(range(size + 1), pa.int32()), _pick(random, values, size))


def _days(days: np.ndarray) -> pa.Array:
    start = np.datetime64(FIRST_DAY, "D")
    return pa.array(start + days.astype("timedelta64[D]"), pa.date32())


def _ids(prefix: str, numbers: np.ndarray) -> pa.Array:
    return pa.array([f"{prefix}-{number:07d}" for number in numbers.tolist()], pa.string())


def _report_ids(articles: np.ndarray) -> pa.Array:
    return pa.array([f"made-{at:07d}:made-{at:07d}#{n}-ASSAULT" for n, at in enumerate(articles.tolist())])


def _fill(connection: Any, name: str, size: int, columns: Mapping[str, Any]) -> None:
    """Append ``size`` rows to the table ``name``; a column not told is empty, or zero where it must not be."""
    schema = arrow_schema(connection, name)
    filled = [columns.get(field.name, None) for field in schema]
    arrays = [
        _blank(field.type, size) if found is None else pa.array(found).cast(field.type)
        for field, found in zip(schema, filled, strict=True)
    ]
    append_table(connection, name, pa.Table.from_arrays(arrays, schema=schema))


def _blank(kind: pa.DataType, size: int) -> pa.Array:
    if pa.types.is_list(kind):
        return pa.array([[]] * size, kind)
    if pa.types.is_date(kind):
        return pa.nulls(size, kind)
    value = "" if pa.types.is_string(kind) else False if pa.types.is_boolean(kind) else 0
    return pa.repeat(pa.scalar(value), size).cast(kind)


def fill(path: Path, events: int) -> None:
    """A store with ``events`` events at ``path``."""
    random = np.random.default_rng(1)
    with store.open(path, memory="4GB") as filled:
        connection = filled.connection
        articles = int(events * ARTICLES_PER_EVENT)
        published = np.sort(random.integers(0, DAYS, articles))
        publishers = tuple(f"صحيفة {n}" for n in range(60))
        _fill_articles(connection, random, published, publishers)
        reports = int(events * REPORTS_PER_EVENT)
        of_article = np.sort(random.integers(0, articles, reports))
        of_event = np.concatenate([np.arange(events), _zipf(random, events, reports - events)])
        of_event.sort()
        ids = _report_ids(of_article)
        names = ids.take(pa.array(np.unique(of_event, return_index=True)[1]))
        _fill_reports(connection, random, ids, of_article, published)
        merges = {"event": names.take(pa.array(of_event)), "report": ids, "score": np.ones(reports)}
        _fill(connection, "merges", reports, {**merges, "reasons": ["[]"] * reports})
        days = np.maximum(published[of_article[np.unique(of_event, return_index=True)[1]]] - 1, 0)
        _fill_events(connection, random, names, days, publishers)
        for at in range(0, articles, _CHUNK):
            _fill_search(connection, random, at, min(at + _CHUNK, articles))
        connection.execute("CREATE TEMP TABLE sorting AS SELECT * FROM search")
        connection.execute("TRUNCATE search")
        connection.execute("INSERT INTO search SELECT * FROM sorting ORDER BY word, article, sentence")
        connection.execute("DROP TABLE sorting")
        connection.execute("CHECKPOINT")


def _fill_articles(connection: Any, random: np.random.Generator, published: np.ndarray, names: tuple[str, ...]) -> None:
    size = len(published)
    numbers = np.arange(size)
    columns = {
        "id": _ids("made", numbers),
        "publisher": _pick(random, names, size),
        "published": _days(published),
        "body": [f"قصف الجيش بلدة رقم {n}" for n in range(size)],
        "coded": ["{}"] * size,
        "number": numbers + 1,
    }
    _fill(connection, "articles", size, columns)


def _fill_reports(
    connection: Any, random: np.random.Generator, ids: pa.Array, articles: np.ndarray, published: np.ndarray
) -> None:
    size = len(articles)
    columns = {
        "id": ids,
        "article": _ids("made", articles),
        "type": _pick(random, tuple(codebook.types()), size),
        "status": _pick(random, ("reported", "future", "hypothetical", "negation"), size),
        "confidence": random.random(size),
        "sentence_start": random.integers(0, SENTENCES, size) * 100,
        "first": _days(published[articles]),
        "last": _days(published[articles]),
        "evidence": ["[]"] * size,
    }
    _fill(connection, "reports", size, columns)
    said = np.nonzero(random.random(size) < 0.6)[0]
    stances = {"report": ids.take(pa.array(said)), "stance": _pick(random, ("states", "claims", "confirms"), len(said))}
    _fill(connection, "attributions", len(said), {**stances, "code": _pick(random, _COUNTRIES, len(said))})


def _fill_events(
    connection: Any, random: np.random.Generator, names: pa.Array, days: np.ndarray, publishers: tuple[str, ...]
) -> None:
    size = len(names)
    place = _zipf(random, len(_PLACES), size)
    known = tuple(codebook.types())
    kinds = _zipf(random, len(known), size)
    columns = {
        "id": names,
        "type": pa.array(np.asarray(known, dtype=object)[kinds], pa.string()),
        "modes": _lists(random, ("heavy-weapons", "visit", "demo"), size),
        "status": _pick(random, ("reported", "future", "hypothetical", "negation"), size),
        "quad": np.asarray([codebook.types()[name].quad for name in known])[kinds],
        "score": random.integers(-10, 9, size).astype(float),
        "contexts": _lists(random, ("military", "diplomatic", "economic"), size),
        "first": _days(days),
        "last": _days(days + _zipf(random, 30, size)),
        "place_name": pa.array([_PLACES[at][0] for at in place.tolist()]),
        "place_name_en": pa.array([_PLACES[at][1] for at in place.tolist()]),
        "country": _pick(random, _COUNTRIES, size),
        "latitude": random.random(size) * 30 + 10,
        "longitude": random.random(size) * 50,
        "killed_low": _zipf(random, 100, size),
        "killed_high": _zipf(random, 100, size),
        "confidence": random.random(size),
        "reports": _zipf(random, 30, size) + 1,
        "sources": _zipf(random, 12, size) + 1,
        "publishers": _lists(random, publishers, size),
        "first_published": _days(days + 1),
        "last_published": _days(days + 2),
        "reviewed": random.random(size) < 0.01,
        "line_ar": ["قصف"] * size,
        "line_en": ["shelling"] * size,
    }
    _fill(connection, "events", size, columns)
    _fill_parties(connection, random, names)


def _fill_parties(connection: Any, random: np.random.Generator, names: pa.Array) -> None:
    for role, share in (("actor", 1.0), ("recipient", 0.8)):
        chosen = np.sort(np.nonzero(random.random(len(names)) < share)[0])
        size = len(chosen)
        countries = _pick(random, _COUNTRIES, size)
        sectors = _pick(random, _SECTORS, size)
        person = _zipf(random, 20_000, size)
        columns = {
            "event": names.take(pa.array(chosen)),
            "role": [role] * size,
            "code": pa.array([f"{a}{b}" for a, b in zip(countries.to_pylist(), sectors.to_pylist(), strict=True)]),
            "country": countries,
            "sectors": pa.ListArray.from_arrays(pa.array(range(size + 1), pa.int32()), sectors),
            "actor": pa.array([f"person-{n}" for n in person.tolist()]),
            "name": pa.array([f"الوزير رقم {n}" for n in person.tolist()]),
            "name_en": pa.array([f"Minister {n}" for n in person.tolist()]),
        }
        _fill(connection, "event_parties", size, columns)
    people = (
        "SELECT actor, any_value(name), any_value(name_en), any_value(country), any_value(sectors), any_value(code)"
    )
    connection.execute(f"INSERT INTO actors {people} FROM event_parties GROUP BY actor")


def _fill_search(connection: Any, random: np.random.Generator, first: int, last: int) -> None:
    known = pa.array(sorted(counts(), key=lambda form: -counts()[form])[:60_000])
    size = (last - first) * SENTENCES * WORDS_PER_SENTENCE
    at = np.arange(size)
    words = pa.DictionaryArray.from_arrays(pa.array(_zipf(random, len(known), size).astype("int32")), known)
    columns = {
        "word": words.cast(pa.string()),
        "article": at // (SENTENCES * WORDS_PER_SENTENCE) + first + 1,
        "sentence": at // WORDS_PER_SENTENCE % SENTENCES * 100,
    }
    _fill(connection, "search", size, columns)


def _page(filters: Filters, order: str = "date") -> Callable[[store.Store], Any]:
    return lambda opened: queries.events(opened, filters, order=order, limit=50)


def limits() -> tuple[Limit, ...]:
    """All that is asked; filters and searches for a page of 50 events, as the desk does."""
    since, until = datetime.date(2020, 1, 1), datetime.date(2020, 3, 31)
    filters = {
        "no filter": Filters(),
        "dates": Filters(since=since, until=until),
        "type and quad": Filters(types=("ASSAULT", "PROTEST"), quads=(4,)),
        "country and status": Filters(countries=("SYR",), statuses=("reported",)),
        "actor by code": Filters(actor="SYRMIL"),
        "party by name": Filters(party="الوزير رقم 12"),
        "actor and recipient": Filters(actor="SYR", recipient="IRQ"),
        "place": Filters(place="موصل"),
        "box": Filters(box=Box(35, 30, 45, 38)),
        "publisher": Filters(publisher="صحيفة 3"),
        "stance": Filters(stance="claims"),
        "sources and confidence": Filters(minimum_sources=3, minimum_confidence=0.8),
        "reviewed": Filters(reviewed=True),
        "dates, type, country": Filters(since=since, until=until, types=("ASSAULT",), countries=("SYR", "IRQ")),
    }
    texts = {"one word": "الموصل", "common word": "قال", "two words": "وزير الخارجية", "prefix": "مظاهر*"}
    return (
        *(Limit(f"filter: {name}", 0.15, _page(found)) for name, found in filters.items()),
        *(Limit(f"order: {order}", 0.15, _page(Filters(), order)) for order in queries.ORDERS),
        *(Limit(f"text: {name}", 0.5, _page(Filters(text=text))) for name, text in texts.items()),
        Limit("aggregate: dyad, week", 1.0, lambda opened: queries.aggregate(opened, Filters(), ("dyad", "week"))),
        Limit("aggregate: month, type", 1.0, lambda opened: queries.aggregate(opened, Filters(), ("month", "type"))),
        Limit("facets: country", 0.15, lambda opened: queries.facets(opened, Filters(), "country")),
        Limit("facets: actor", 1.0, lambda opened: queries.facets(opened, Filters(), "actor")),
    )


class Taken(NamedTuple):
    """Seconds: best and median by the clock, and of all cores together (least)."""

    best: float
    median: float
    cores: float


def measured(opened: store.Store, limit: Limit) -> Taken:
    """RUNS runs after one that warms up."""
    clock, cores = [], []
    for _ in range(RUNS + 1):
        start, used = time.perf_counter(), time.process_time()
        limit.ask(opened)
        clock.append(time.perf_counter() - start)
        cores.append(time.process_time() - used)
    return Taken(min(clock[1:]), statistics.median(clock[1:]), min(cores[1:]))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    told = parser.parse_args()
    if not told.store.exists():
        start = time.perf_counter()
        fill(told.store, told.events)
        print(f"filled in {time.perf_counter() - start:.0f} s, {told.store.stat().st_size / 1e6:.0f} MB")
    slow = 0
    print(f"{'milliseconds':32} {'best':>8} {'median':>8} {'cores':>8} {'limit':>8}")
    with store.open(told.store, read_only=True, threads=2) as opened:
        for limit in limits():
            if told.only in limit.name:
                taken = measured(opened, limit)
                slow += taken.best > limit.seconds
                over = "  TOO SLOW" if taken.best > limit.seconds else ""
                times = " ".join(f"{seconds * 1000:8.0f}" for seconds in (*taken, limit.seconds))
                print(f"{limit.name:32} {times}{over}", flush=True)
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
