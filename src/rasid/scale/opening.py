"""A merged data set as a store that may only be read: its tables are views on the Parquet files where they lie."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa

from rasid.errors import OutputError, StoreError
from rasid.scale import tables
from rasid.scale.area import Area, connect
from rasid.scale.dataset import Target
from rasid.scale.merging import Merged, name_of, read
from rasid.scale.steps import RUN
from rasid.store import SCHEMA, Store

_THREADS = 4  # as for a store


def dataset(address: str) -> Store:
    """The merged data set at ``address`` as a store that may only be read; what it shows is as of now.

    Raises OutputError where there is no whole data set, StoreError when its events are not those of its articles.
    """
    area, merged = Area(address), read(address)
    blocks = Target(address).blocks()
    if merged is None or merged.blocks != name_of(address):
        why = "is not merged yet" if merged is None else "holds other articles since it was merged"
        raise StoreError(f"{address}: {why}; run rasid merge {address}")
    articles = [path for block in blocks for path in block.paths("articles")]
    _all_there(area, [*articles, *merged.files])
    connection = connect(area)
    with area.asking():
        _show(connection, area, merged, articles)
    return Store(connection, Path(address), read_only=True)


def _all_there(area: Area, paths: Sequence[str]) -> None:
    """DuckDB looks at the first file alone until it is asked. Raises OutputError for a file that is gone."""
    there = {path for folder in {path.partition("/")[0] for path in paths} for path in area.listed(folder)}
    for path in paths:
        if path not in there:
            raise OutputError(f"{area.address}: cannot be read ({path} is gone); code or merge it again")


def _show(connection: duckdb.DuckDBPyConnection, area: Area, merged: Merged, articles: Sequence[str]) -> None:
    connection.execute(f"SET threads = {min(os.cpu_count() or 1, _THREADS)}")
    connection.execute(tables.schema_sql())
    _fill(connection, merged, f"merge {area.address}")
    for name in (*tables.OF_EVENTS, *tables.OF_ARTICLES, *tables.OF_ALL):
        _view(connection, area, name, [file for file in merged.files if file.startswith(f"merged/{name}/")])
    _view_articles(connection, area, articles)
    connection.execute(f"SET allowed_directories = {area.quoted([''])}")


def _fill(connection: duckdb.DuckDBPyConnection, merged: Merged, command: str) -> None:
    """What made the data set, and the articles that have the id of another one."""
    values = [("schema", str(SCHEMA)), ("created", merged.started), ("rasid", merged.rasid)]
    connection.executemany("INSERT INTO meta VALUES (?, ?)", values)
    times = [stamp.removesuffix("+00:00") for stamp in (merged.started, merged.finished)]
    made = [merged.rasid, merged.lexicon, merged.models, merged.articles, merged.articles, merged.events]
    connection.execute(
        "INSERT INTO runs VALUES (?, CAST(? AS TIMESTAMP), CAST(? AS TIMESTAMP), ?, ?, ?, ?, ?, ?, ?, 0)",
        [RUN, *times, command, *made],
    )
    numbers = pa.array([item.number for item in merged.settled], pa.int64())
    names = pa.array([item.id for item in merged.settled], pa.string())
    connection.register("arriving", pa.table([numbers, names], names=["number", "id"]))
    connection.execute("CREATE TABLE settled AS SELECT * FROM arriving")
    connection.unregister("arriving")


def _view(connection: duckdb.DuckDBPyConnection, area: Area, name: str, paths: Sequence[str]) -> None:
    """A view in place of the table, with its columns and types."""
    if not paths:
        return
    described = connection.execute(f"DESCRIBE {name}").fetchall()
    cells = ", ".join(f'CAST("{column}" AS {kind}) AS "{column}"' for column, kind, *_ in described)
    connection.execute(f"DROP TABLE {name}")
    connection.execute(f"CREATE VIEW {name} AS SELECT {cells} FROM {_read(area, paths)}")


_ARTICLES = """
DROP TABLE articles;
DROP TABLE rejected;
CREATE VIEW articles AS
SELECT coalesce(s.id, a.id) AS id, url, publisher, published, published_by, published_reliability, title, body,
       language, sha256, nullif(copy_of, a.id) AS copy_of, source,
       CAST({run} AS INTEGER) AS run, r.finished AS ingested,
       CAST(coded AS JSON) AS coded, CAST(a.number AS INTEGER) AS number
FROM {files} AS a LEFT JOIN settled AS s ON s.number = a.number, (SELECT finished FROM runs) AS r
WHERE rejected_code IS NULL AND (s.number IS NULL OR s.id IS NOT NULL);
CREATE VIEW rejected AS
SELECT a.id, source, rejected_code AS code, rejected_reason AS reason, CAST({run} AS INTEGER) AS run, r.finished AS "at"
FROM {files} AS a, (SELECT finished FROM runs) AS r WHERE rejected_code IS NOT NULL;
"""


def _view_articles(connection: duckdb.DuckDBPyConnection, area: Area, paths: Sequence[str]) -> None:
    if paths:
        connection.execute(_ARTICLES.format(files=_read(area, paths), run=RUN))


def _read(area: Area, paths: Sequence[str]) -> str:
    return f"read_parquet({area.quoted(paths)}, hive_partitioning = false)"
