"""Merging a coded data set: reports are shuffled by the blocks in which they meet, then joined part by part.

    articles     each block of articles: rows of the store's tables, light records, the blocks these stand in
    pairs        each part of the blocks: the pairs that meet there
    edges        each part of the pairs: those that are likelier one happening than not
    events       the reports in lots that no edge connects: joined apart, as they would be together
    voice_pairs, candidates     the same for plans and what became of them
    links, actors               what is left, by this process

A task is done when its note is written; a run that is cut off goes on after the last one. The result is what merging
all reports in one process gives (rasid.merge.join), whatever the parts and whoever does the work.
"""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from rasid.scale import tables
from rasid.scale.area import Area, Done, Written
from rasid.scale.dataset import Commit, Target
from rasid.scale.parts import lots
from rasid.scale.settling import settled
from rasid.scale.steps import Settled, Task, block_name
from rasid.store.actors import renew
from rasid.store.digests import made

# Reports a part. A task holds as many light records (8 KB each) and their rows, and what connects to them.
SIZE = 20_000
MANIFEST = "merged/manifest.json"
_WORK = "merged/_work"

# Tasks in, what they wrote out, in any order; the first argument is the data set's address.
Engine = Callable[[str, Sequence[Task]], Iterator[Done]]


@dataclass(frozen=True, slots=True)
class Merged:
    """What merging made of what data set: ``blocks`` is a digest of all its blocks' names.

    ``settled`` articles have an id that another one has, too; ``files`` hold the tables.
    """

    run: str
    blocks: str
    rasid: str
    lexicon: str
    models: str
    articles: int
    reports: int
    events: int
    links: int
    started: str
    finished: str
    settled: tuple[Settled, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """How far merging is: tasks of a step, and how many of them are done."""

    step: str
    done: int
    tasks: int


Watch = Callable[[Now], None]


def merge_set(address: str, engine: Engine, *, size: int = SIZE, told: Watch = lambda _: None) -> Merged:
    """Merges the data set at ``address``; what is merged already is left as it is.

    ``size`` reports are worked on at a time; ``told`` hears of each task.
    Raises OutputError when there is no whole data set or it cannot be written, WorkerError when the engine cannot work.
    """
    found, blocks = read(address), name_of(address)
    run = _digest([blocks, *made()])
    return found if found is not None and found.run == run else _Run(address, run, engine, size, told).merged()


def read(address: str) -> Merged | None:
    """What the last merging of the data set made; None when there was none, or a Rasid that this one does not know."""
    data = Area(address).get(MANIFEST)
    try:
        cells = json.loads(data or b"")
        listed = {"settled": tuple(Settled(**one) for one in cells["settled"]), "files": tuple(cells["files"])}
        return Merged(**cells | listed)
    except (ValueError, KeyError, TypeError):
        return None


def name_of(address: str) -> str:
    """A digest of the blocks that the data set has now. Raises OutputError when there is no whole data set."""
    return _digest([commit.block for commit in Target(address).blocks()])


def _digest(values: Sequence[str]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


class _Run:
    """One merging: what its tasks wrote so far."""

    def __init__(self, address: str, run: str, engine: Engine, size: int, told: Watch) -> None:
        self.started = _now()
        self.area = Area(address)
        self.run = run
        self.size = size
        self.folder = f"{_WORK}/{run}-{size}"
        self.notes = f"{self.folder}/done"
        self.done = self.area.committed(self.notes)
        self.blocks = Target(address).blocks()
        self.parts = max(1, math.ceil(sum(block.events for block in self.blocks) / size))
        self.engine = engine
        self.told = told
        self.written: list[Written] = []

    def merged(self) -> Merged:
        """All steps in order."""
        articles = [path for block in self.blocks for path in block.paths("articles")]
        twice = settled(self.area, articles)
        self._do([self._block_task(home, block, twice) for home, block in enumerate(self.blocks)])
        homes = len(self.blocks)
        self._do(self._part_tasks("pairs", "keys", homes=homes))
        self._do(self._part_tasks("edges", "pairs", homes=homes))
        events = self._event_tasks()
        self._do(events)
        self._do(self._part_tasks("voice_pairs", "voice_keys", homes=len(events)))
        self._do(self._part_tasks("candidates", "voice_pairs", homes=len(events)))
        self._keep("links", self._links())
        for name, table in self._actors().items():
            self._keep(name, table)
        return self._finished(twice)

    def _task(self, step: str, name: str, paths: Sequence[str], *, home: int = 0, homes: int = 1) -> Task:
        return Task(step, name, self.run, self.folder, tuple(paths), home=home, homes=homes, parts=self.parts)

    def _block_task(self, home: int, block: Commit, twice: Sequence[Settled]) -> Task:
        task = self._task("articles", block_name(home), block.paths("articles"), home=home)
        numbers = range(block.first, block.first + block.coded + block.rejected)
        return dataclasses.replace(task, settled=tuple(item for item in twice if item.number in numbers))

    def _part_tasks(self, step: str, of: str, *, homes: int) -> list[Task]:
        """A task for each part of what an earlier step dealt out."""
        found = {part: self._paths(f"{of}/part={part}/") for part in range(self.parts)}
        return [self._task(step, f"{step}-{part:06d}", paths, homes=homes) for part, paths in found.items() if paths]

    def _event_tasks(self) -> list[Task]:
        """A task for each lot of reports that no edge connects to others."""
        tasks = []
        edges = self._paths("edges/")
        for home, lot in enumerate(self._lots(edges)):
            name = f"events-{home:06d}"
            table = pa.table([pa.array(lot, pa.int64())], names=["n"])
            path = self.area.write(f"{self.folder}/lots/{name}.parquet", table).path
            tasks.append(dataclasses.replace(self._task("events", name, [path], home=home), more=tuple(edges)))
        return tasks

    def _lots(self, edges: Sequence[str]) -> Iterator[list[int]]:
        told = self._paths("told/")
        numbers = [n for (n,) in self.area.query("SELECT n FROM {files} ORDER BY n", told)]
        pairs = self.area.query("SELECT a, b FROM {files} ORDER BY a, b", edges)
        pairs += self.area.query(_COREFS, told)
        return lots(numbers, ((first, second) for first, second in pairs), size=self.size)

    def _links(self) -> pa.Table:
        return tables.arrow("links", self.area.query(_LINKS, self._paths("candidates/")))

    def _actors(self) -> dict[str, pa.Table]:
        """The actors and their names, as a store has them."""
        paths = [file.path for file in self.written if file.path.startswith("merged/parties/")]
        with self.area.connection() as connection:
            connection.execute(tables.schema_sql())
            connection.execute("DROP TABLE parties")
            connection.execute(f"CREATE VIEW parties AS SELECT * FROM read_parquet({self.area.quoted(paths)})")
            connection.execute("INSERT INTO told SELECT DISTINCT report, '' FROM parties")
            known = connection.execute("SELECT DISTINCT actor FROM parties WHERE actor IS NOT NULL").fetchall()
            renew(connection, sorted(actor for (actor,) in known))
            return {name: tables.arrow(name, connection.execute(sql).fetchall()) for name, sql in _ACTORS.items()}

    def _keep(self, name: str, table: pa.Table) -> None:
        self.written.append(self.area.write(f"merged/{name}/{self.run}.parquet", table))

    def _do(self, tasks: Sequence[Task]) -> None:
        """Has the tasks done that are not done yet."""
        waiting = [task for task in tasks if task.name not in self.done]
        for count, done in enumerate(self.engine(self.area.address, waiting), len(tasks) - len(waiting) + 1):
            self.area.commit(self.notes, done)
            self.done[done.task] = done
            self.told(Now(tasks[0].step, count, len(tasks)))
        self.written += [file for task in tasks for file in self.done[task.name].files]

    def _paths(self, below: str) -> list[str]:
        """Files that the tasks wrote into a folder of the work."""
        return [file.path for file in self.written if file.path.startswith(f"{self.folder}/{below}")]

    def _finished(self, twice: Sequence[Settled]) -> Merged:
        """From now on the events count; what belongs to no merging is removed."""
        kept = tuple(file.path for file in self.written if not file.path.startswith(_WORK))
        merged = Merged(
            self.run,
            name_of(self.area.address),
            *made(),
            sum(block.coded for block in self.blocks) - sum(item.id is None for item in twice),
            self._rows("reports"),
            self._rows("events"),
            self._rows("links"),
            self.started,
            _now(),
            tuple(twice),
            kept,
        )
        self.area.put(MANIFEST, json.dumps(dataclasses.asdict(merged), indent=1).encode())
        for path in self.area.listed("merged"):
            if path not in kept and path != MANIFEST and not path.startswith(_WORK):
                self.area.remove(path)
        self.area.remove(_WORK)
        return merged

    def _rows(self, name: str) -> int:
        return sum(file.rows for file in self.written if file.path.startswith(f"merged/{name}/"))


# Reports that their article counts as one happening stay together.
_COREFS = """
SELECT n, min(n) OVER (PARTITION BY article, corefs) FROM {files} WHERE corefs > 0
"""
_LINKS = """
SELECT source_event, target_event, kind, reasons FROM {files}
QUALIFY row_number() OVER (PARTITION BY source_event, kind ORDER BY odds DESC, first, second) = 1
ORDER BY source_event, kind
"""
_ACTORS = {
    "actors": "SELECT * FROM actors ORDER BY id",
    "actor_names": "SELECT * FROM actor_names ORDER BY actor, text",
}


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
