"""The tasks of merging a data set. Each reads what earlier ones wrote, and writes files of its own."""

from __future__ import annotations

import datetime
import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from rasid import merge
from rasid.merge import Joined, Known, Told
from rasid.merge.clustering import EDGE
from rasid.merge.linking import Voice, as_done, candidate, voices
from rasid.merge.naming import order
from rasid.merge.profile import profile
from rasid.merge.scoring import log_odds
from rasid.records import Article
from rasid.scale import meeting, tables
from rasid.scale.area import Area, Done, Written
from rasid.store import wordlist
from rasid.store.eventrows import Member, event_rows
from rasid.store.rows import EventPartyRow, EventRow, PartyRow, ReportRow, attribution_rows, dumped, party_rows
from rasid.store.rows import report_row as row_of
from rasid.store.told import packed, unpacked

if TYPE_CHECKING:
    from rasid.export.shapes import CodedShape

UNDATED = "undated"
RUN = 1  # a data set has one run
# Pairs compared at a time: their records are held in memory, 8 KB each at most.
_PAIRS = 100_000


@dataclass(frozen=True, slots=True)
class Settled:
    """An article whose id another one has, too: its ``id`` from now on, None when it does not count."""

    number: int
    id: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """A piece of work: what ``step`` (a key of STEPS) does with the files at ``paths``.

    ``home`` numbers what it writes; ``homes`` and ``parts`` tell how pairs are dealt out. Files that last are named
    by ``run``; those that only the next steps read go below ``folder``.
    """

    step: str
    name: str
    run: str
    folder: str
    paths: tuple[str, ...]
    more: tuple[str, ...] = ()
    home: int = 0
    homes: int = 1
    parts: int = 1
    settled: tuple[Settled, ...] = ()


def work(address: str, task: Task) -> Done:
    """Does the task in the data set at ``address``; gives what it wrote."""
    return Done(task.name, tuple(STEPS[task.step](Area(address), task)))


def _articles(area: Area, task: Task) -> Iterator[Written]:
    """A block of coded articles to rows of the store's tables, to light records, and to the blocks these stand in."""
    rows: dict[str, list[Sequence[object]]] = {name: [] for name in tables.OF_ARTICLES}
    told: list[Told] = []
    settled = {item.number: item.id for item in task.settled}
    for number, *cells in area.query(_CODED, task.paths):
        name, title, body, coded = cells
        article = Article(settled.get(number, name) or "", title, body)
        if article.id:
            record = _named(json.loads(coded), article.id)
            told += merge.from_coded(record, article.text)
            _add_rows(rows, record, article, number)
    rows["search"].sort(key=str)
    yield from (_lasting(area, task, name, rows[name]) for name in tables.OF_ARTICLES)
    yield from _shuffled(area, task, told)


_CODED = "SELECT number, id, title, body, coded FROM {files} WHERE rejected_code IS NULL ORDER BY number"


def _named(record: CodedShape, name: str) -> CodedShape:
    """The record under the article's id; an article is no copy of itself."""
    article = record["article"]
    copy_of = article["copy_of"] if article["copy_of"] != name else None
    return {**record, "article": {**article, "id": name, "copy_of": copy_of}}


def _add_rows(rows: Mapping[str, list[Sequence[object]]], record: CodedShape, article: Article, number: int) -> None:
    for event in record["events"]:
        name = f"{article.id}:{event['id']}"
        rows["reports"].append(row_of(article.id, RUN, event, id=name, judged=None))
        rows["parties"].extend(party_rows(name, event))
        rows["attributions"].extend(attribution_rows(name, event))
    for document in wordlist.read([article]):
        rows["search"].extend((word.word, number, word.sentence) for word in wordlist.words_of(document))


def _lasting(
    area: Area, task: Task, name: str, rows: Iterable[Sequence[object]], *, month: str | None = None
) -> Written:
    """Rows of one of the store's tables, which stay in the data set."""
    folder = f"merged/{name}/month={month}" if month else f"merged/{name}"
    return area.write(f"{folder}/{task.run}-{task.name}.parquet", tables.arrow(name, rows))


_RECORDS = pa.schema([*meeting.RECORDS, ("corefs", pa.int32()), ("article", pa.string()), ("report", pa.string())])


def _shuffled(area: Area, task: Task, told: Sequence[Told]) -> Iterator[Written]:
    numbers = [meeting.number(task.home, place) for place in range(len(told))]
    cells = [
        numbers,
        [packed(item) for item in told],
        [item.coref for item in told],
        [item.article for item in told],
        [item.id for item in told],
    ]
    yield area.write(f"{task.folder}/told/{task.home}.parquet", pa.table(cells, schema=_RECORDS))
    members = (meeting.Member(n, profile(item)) for n, item in zip(numbers, told, strict=True))
    yield from meeting.write_keys(area, f"{task.folder}/keys", task.name, members, task.parts)


def _pairs(area: Area, task: Task) -> Iterator[Written]:
    """The pairs of reports in one part of the blocks."""
    yield from meeting.write_pairs(
        area, f"{task.folder}/pairs", task.name, task.paths, homes=task.homes, parts=task.parts, mixed=False
    )


def _edges(area: Area, task: Task) -> Iterator[Written]:
    """Those pairs of one part that may open a merge."""
    found: list[tuple[int, int]] = []
    for pairs in meeting.pairs_of(area, task.paths, size=_PAIRS):
        told = meeting.records(area, f"{task.folder}/told", set(itertools.chain.from_iterable(pairs)))
        profiles = {n: profile(item) for n, item in told.items()}
        for pair in pairs:
            first, second = sorted((profiles[n] for n in pair), key=lambda known: order(known.told))
            if log_odds(first, second) > EDGE:
                found.append(pair)
    columns = [[pair[side] for pair in found] for side in (0, 1)]
    yield area.write(f"{task.folder}/edges/{task.name}.parquet", pa.table(columns, schema=_EDGES))


_EDGES = pa.schema([("a", pa.int64()), ("b", pa.int64())])


def _events(area: Area, task: Task) -> Iterator[Written]:
    """The events of the reports in one part (``paths``), which no edge (``more``) connects to reports elsewhere."""
    numbers = [n for (n,) in area.query("SELECT n FROM {files}", task.paths)]
    told = meeting.records(area, f"{task.folder}/told", numbers)
    part = pa.table([pa.array(numbers, pa.int64())], names=["n"])
    edges = area.query("SELECT a, b FROM {files} SEMI JOIN part ON a = n", task.more, part=part)
    joined = merge.join_along(list(told.values()), [(told[a].id, told[b].id) for a, b in edges])
    members = _members(area, task, {item.id: item for item in told.values()}, numbers)
    made = [
        (*event_rows(event.id, [members[name] for name in event.reports], reviewed=False), event) for event in joined
    ]
    for month, of_month in _by_month(made):
        yield _lasting(area, task, "events", (row for row, _, _ in of_month), month=month)
        yield _lasting(area, task, "event_parties", (one for _, parties, _ in of_month for one in parties), month=month)
        yield _lasting(area, task, "merges", (row for _, _, event in of_month for row in _merged(event)), month=month)
    known = [Known(event.id, tuple(members[name].told for name in event.reports)) for event in joined]
    yield from _spoken(area, task, known)


_Made = tuple[EventRow, tuple[EventPartyRow, ...], Joined]


def _by_month(made: Sequence[_Made]) -> list[tuple[str, list[_Made]]]:
    found: dict[str, list[_Made]] = {}
    for item in made:
        found.setdefault(month_of(item[0].first), []).append(item)
    return sorted(found.items())


def month_of(day: datetime.date | None) -> str:
    """The partition of a day."""
    return day.isoformat()[:7] if day else UNDATED


def _merged(event: Joined) -> list[tuple[str, str, float, str]]:
    return [(event.id, member.report, member.score, dumped(member.reasons)) for member in event.members]


def _members(area: Area, task: Task, told: Mapping[str, Told], numbers: Sequence[int]) -> dict[str, Member]:
    """The reports, whole."""
    wanted = pa.table([pa.array(list(told), pa.string())], names=["name"])
    homes = {meeting.home(n) for n in numbers}

    def rows(table: str, column: str, ordered: str) -> list[tuple[object, ...]]:
        paths = [f"merged/{table}/{task.run}-{block_name(one)}.parquet" for one in sorted(homes)]
        sql = f"SELECT * FROM {{files}} SEMI JOIN wanted ON {column} = wanted.name ORDER BY {ordered}"
        return area.query(sql, paths, wanted=wanted)

    told_parties = map(PartyRow._make, rows("parties", "report", "report, role, n"))
    listed = itertools.groupby(told_parties, key=lambda row: row.report)
    parties = {report: tuple(of_report) for report, of_report in listed}
    reports = map(ReportRow._make, rows("reports", "id", "id"))
    return {row.id: Member(row, parties.get(row.id, ()), told[row.id]) for row in reports}


def block_name(home: int) -> str:
    """The name of the task that reads the articles of a block."""
    return f"articles-{home:06d}"


_VOICES = pa.schema([*meeting.RECORDS, ("event", pa.string()), ("rank", pa.int32()), ("kind", pa.string())])


def _spoken(area: Area, task: Task, events: Sequence[Known]) -> Iterator[Written]:
    """The voices of events, and the blocks in which plans meet what became of them."""
    heard = [(rank, voice) for event in events for rank, voice in enumerate(voices(event))]
    numbers = [meeting.number(task.home, at, plan=voice.kind is None) for at, (_, voice) in enumerate(heard)]
    cells = [
        numbers,
        [packed(voice.told) for _, voice in heard],
        [voice.event for _, voice in heard],
        [rank for rank, _ in heard],
        [voice.kind for _, voice in heard],
    ]
    yield area.write(f"{task.folder}/voices/{task.home}.parquet", pa.table(cells, schema=_VOICES))
    members = (meeting.Member(n, as_done(voice)) for n, (_, voice) in zip(numbers, heard, strict=True))
    yield from meeting.write_keys(area, f"{task.folder}/voice_keys", task.name, members, task.parts)


def _voice_pairs(area: Area, task: Task) -> Iterator[Written]:
    """The pairs of a plan and an outcome in one part of the blocks."""
    yield from meeting.write_pairs(
        area, f"{task.folder}/voice_pairs", task.name, task.paths, homes=task.homes, parts=task.parts, mixed=True
    )


CANDIDATES = pa.schema(
    [
        ("odds", pa.float64()),
        ("first", pa.string()),  # the two voices, earlier event first: of equal odds the first pair counts
        ("second", pa.string()),
        ("source_event", pa.string()),
        ("target_event", pa.string()),
        ("kind", pa.string()),
        ("reasons", pa.string()),
    ]
)


def _candidates(area: Area, task: Task) -> Iterator[Written]:
    """The links that the pairs of one part speak for."""
    found: list[tuple[object, ...]] = []
    for pairs in meeting.pairs_of(area, task.paths, size=_PAIRS):
        heard = _heard(area, task, set(itertools.chain.from_iterable(pairs)))
        for pair in pairs:
            (first, one), (second, other) = sorted((heard[n] for n in pair), key=lambda known: known[0])
            link = candidate((one, as_done(one)), (other, as_done(other)))
            if link is not None:
                told = link.link
                found.append((link.odds, first, second, told.source, told.target, told.kind, dumped(told.reasons)))
    table = meeting.arrow(found, CANDIDATES)
    yield area.write(f"{task.folder}/candidates/{task.name}.parquet", table)


def _heard(area: Area, task: Task, wanted: Iterable[int]) -> dict[int, tuple[str, Voice]]:
    """Voices, each with what orders it."""
    numbers = pa.table([pa.array(sorted(wanted), pa.int64())], names=["n"])
    homes = sorted({meeting.home(n) for n in numbers.column("n").to_pylist()})
    paths = [f"{task.folder}/voices/{one}.parquet" for one in homes]
    sql = "SELECT n, record, event, rank, kind FROM {files} SEMI JOIN wanted USING (n)"
    rows = area.query(sql, paths, wanted=numbers)
    return {n: (f"{event}/{rank}", Voice(event, kind, unpacked(record))) for n, record, event, rank, kind in rows}


STEPS: Mapping[str, Callable[[Area, Task], Iterable[Written]]] = {
    "articles": _articles,
    "pairs": _pairs,
    "edges": _edges,
    "events": _events,
    "voice_pairs": _voice_pairs,
    "candidates": _candidates,
}
