"""A partitioned Parquet data set on any file system that fsspec knows, committed block by block.

    OUT/articles/month=2024-04/<block>.parquet    one row an input: its fields, text and coded record
    OUT/events/month=2024-04/<block>.parquet      one row an event, with the columns of the CSV format
    OUT/_manifest/<block>.json                    a block is there when this file is: what it holds
    OUT/_manifest/done.json                       the blocks of a whole run, in order

A block's files are named by its digest and have the same bytes whenever they are written, so that a block that was cut
off is written over, and nothing is in the data set twice. Files of blocks that ``done.json`` does not list are removed.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow
import pyarrow.parquet

from rasid import export
from rasid.errors import OutputError
from rasid.export.written import Written
from rasid.records import Article, Rejected
from rasid.scale.area import Area
from rasid.scale.blocks import Block
from rasid.scale.coding import Item, Outcome

UNDATED = "undated"
_DONE = "done"
SCHEMA = pyarrow.schema(
    [
        ("number", pyarrow.int64()),  # place in the whole input, from 0
        ("id", pyarrow.string()),
        ("url", pyarrow.string()),
        ("publisher", pyarrow.string()),
        ("published", pyarrow.date32()),
        ("published_by", pyarrow.string()),
        ("published_reliability", pyarrow.float64()),
        ("title", pyarrow.string()),
        ("body", pyarrow.string()),
        ("language", pyarrow.string()),
        ("sha256", pyarrow.string()),
        ("copy_of", pyarrow.string()),
        ("source", pyarrow.string()),  # of a rejected input
        ("rejected_code", pyarrow.string()),
        ("rejected_reason", pyarrow.string()),
        ("events", pyarrow.int32()),
        ("coded", pyarrow.string()),  # the line that ``rasid code`` writes
    ]
)


@dataclass(frozen=True, slots=True)
class File:
    """A file of a block, its path below the data set, rows and digest."""

    path: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Commit:
    """What a committed block holds."""

    block: str
    first: int
    coded: int
    rejected: int
    events: int
    files: tuple[File, ...]

    def paths(self, kind: str) -> list[str]:
        """Paths of its files of ``articles`` or ``events``, relative to the data set."""
        return [file.path for file in self.files if file.path.startswith(f"{kind}/")]


class Target:
    """A data set being written. ``address`` is a path or an address (s3://bucket/news).

    Raises OutputError when the file system cannot be reached.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._area = Area(address)

    def write(self, block: Block, outcomes: Sequence[Outcome]) -> Commit:
        """The block's files; it is in the data set only when :meth:`commit` has been called."""
        months: dict[str, list[int]] = {}
        for at, item in enumerate(block.items):
            months.setdefault(_month(item), []).append(at)
        files = tuple(
            file
            for month, places in sorted(months.items())
            for file in self._write_month(block, month, places, outcomes)
        )
        rejected = sum(isinstance(outcome, Rejected) for outcome in outcomes)
        events = sum(len(outcome.record["events"]) for outcome in outcomes if isinstance(outcome, Written))
        return Commit(block.digest, block.first, len(outcomes) - rejected, rejected, events, files)

    def commit(self, commit: Commit) -> None:
        """From now on the block counts."""
        self._area.put(f"_manifest/{commit.block}.json", json.dumps(asdict(commit), indent=1).encode())

    def committed(self) -> Mapping[str, Commit]:
        """What is there already, by block; a manifest that was cut off counts as none."""
        found: dict[str, Commit] = {}
        for path in self._area.matching("_manifest/*.json"):
            commit = _read_commit(self._area.get(path) or b"")
            if commit is not None:
                found[commit.block] = commit
        return found

    def finish(self, blocks: Sequence[str]) -> None:
        """The run is whole: exactly these blocks are the data set, and all others are removed."""
        self._area.put(f"_manifest/{_DONE}.json", json.dumps({"blocks": blocks}, indent=1).encode())
        kept = {f"{name}.{ending}" for name in (*blocks, _DONE) for ending in ("json", "parquet")}
        for pattern in ("_manifest/*.json", "*/month=*/*.parquet"):
            for path in self._area.matching(pattern):
                if path.rsplit("/", 1)[-1] not in kept:
                    self._area.remove(path)

    def blocks(self) -> list[Commit]:
        """The blocks of a whole run, in order.

        Raises OutputError when there is none.
        """
        done = self._area.get(f"_manifest/{_DONE}.json")
        if done is None:
            way = f"run rasid code --engine with -o {self.address} until it is done"
            raise OutputError(f"{self.address}: holds no whole data set; {way}")
        known = self.committed()
        return [known[name] for name in json.loads(done)["blocks"]]

    def lines(self) -> Iterator[bytes]:
        """The coded records as ``rasid code`` writes them, in order of the input."""
        for commit in self.blocks():
            rows: list[dict[str, Any]] = []
            for path in commit.paths("articles"):
                data = self._area.get(path) or b""
                table = pyarrow.parquet.read_table(io.BytesIO(data), columns=["number", "coded"], partitioning=None)
                rows += table.to_pylist()
            for row in sorted(rows, key=lambda row: int(row["number"])):
                yield row["coded"].encode("utf-8") + b"\n"

    def paths(self, kind: str) -> list[str]:
        """Full addresses of the files of ``articles`` or ``events``."""
        return [self._area.full(path) for commit in self.blocks() for path in commit.paths(kind)]

    def _write_month(
        self, block: Block, month: str, places: Sequence[int], outcomes: Sequence[Outcome]
    ) -> Iterator[File]:
        rows = [_row(block.first + at, block.items[at], outcomes[at]) for at in places]
        articles, sink = io.BytesIO(), io.BytesIO()
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows, SCHEMA), articles, compression="zstd")
        yield self._file(f"articles/month={month}/{block.digest}.parquet", articles.getvalue(), len(rows))
        coded = [outcomes[at] for at in places]
        events = sum(len(outcome.record["events"]) for outcome in coded if isinstance(outcome, Written))
        if events:
            writer = export.open_writer("parquet", sink)
            for outcome in coded:
                if isinstance(outcome, Written):
                    writer.write(outcome)
            writer.close()
            yield self._file(f"events/month={month}/{block.digest}.parquet", sink.getvalue(), events)

    def _file(self, path: str, data: bytes, rows: int) -> File:
        self._area.put(path, data)
        return File(path, rows, hashlib.sha256(data).hexdigest())


def _month(item: Item) -> str:
    day = item.published if isinstance(item, Article) else None
    return day.isoformat()[:7] if day else UNDATED


def _row(number: int, item: Item, outcome: Outcome) -> dict[str, object]:
    known: dict[str, object] = {"number": number, "id": item.id}
    if isinstance(item, Article):
        known |= {cell: getattr(item, cell) for cell in ("title", "body", "published", "sha256")}
    if isinstance(outcome, Rejected):
        known |= {"source": outcome.source, "rejected_code": outcome.code, "rejected_reason": outcome.reason}
    else:
        article = outcome.record["article"]
        cells = ("url", "publisher", "language", "published_by", "published_reliability", "copy_of")
        known |= {cell: article[cell] for cell in cells} | {"events": len(outcome.record["events"])}  # type: ignore[literal-required]
    return known | {"coded": _line(outcome)}


def _line(outcome: Outcome) -> str:
    """The outcome as a line of ``rasid code``, without its end."""
    sink = io.BytesIO()
    writer = export.open_writer("jsonl", sink)
    if isinstance(outcome, Rejected):
        writer.reject(export.rejected(outcome))
    else:
        writer.write(outcome)
    return sink.getvalue().rstrip(b"\n").decode("utf-8")


def _read_commit(data: bytes) -> Commit | None:
    try:
        cells = json.loads(data)
        return Commit(**cells | {"files": tuple(File(**file) for file in cells["files"])})
    except (ValueError, KeyError, TypeError):
        return None
