"""A data set as tables of DuckDB: nothing is copied, the Parquet files are read where they lie."""

from __future__ import annotations

import duckdb
import fsspec.core

from rasid.scale.dataset import Target

_VIEWS = """
CREATE VIEW articles AS
SELECT id, url, publisher, published, published_by, published_reliability, title, body, language, sha256, copy_of,
       CAST(coded AS JSON) AS coded, number
FROM read_parquet({articles}, hive_partitioning = false) WHERE rejected_code IS NULL;

CREATE VIEW rejected AS
SELECT id, source, rejected_code AS code, rejected_reason AS reason, number
FROM read_parquet({articles}, hive_partitioning = false) WHERE rejected_code IS NOT NULL;

CREATE VIEW reports AS
WITH told AS (SELECT id AS article, publisher, published, unnest(CAST(coded -> 'events' AS JSON[])) AS e FROM articles)
SELECT article || ':' || (e ->> 'id') AS id, article, publisher, published, e ->> 'id' AS event, e ->> 'type' AS type,
       CAST(e -> 'modes' AS VARCHAR[]) AS modes, e ->> 'status' AS status,
       CAST(e ->> 'historical' AS BOOLEAN) AS historical, e ->> 'plover' AS plover, e ->> 'cameo' AS cameo,
       CAST(e ->> 'quad' AS TINYINT) AS quad, CAST(e ->> 'score' AS DOUBLE) AS score,
       CAST(e -> 'contexts' AS VARCHAR[]) AS contexts, CAST(e ->> 'confidence' AS DOUBLE) AS confidence,
       e -> 'trigger' ->> 'text' AS trigger_text, e -> 'time' ->> 'edtf' AS edtf,
       CAST(e -> 'time' ->> 'first' AS DATE) AS first, CAST(e -> 'time' ->> 'last' AS DATE) AS last,
       e -> 'time' ->> 'precision' AS precision, e -> 'place' ->> 'name' AS place_name,
       e -> 'place' ->> 'name_en' AS place_name_en, e -> 'place' ->> 'country' AS country,
       e -> 'place' ->> 'admin1' AS admin1, CAST(e -> 'place' ->> 'latitude' AS DOUBLE) AS latitude,
       CAST(e -> 'place' ->> 'longitude' AS DOUBLE) AS longitude,
       CAST(e -> 'place' ->> 'geonames_id' AS BIGINT) AS geonames_id, e -> 'place' ->> 'precision' AS place_precision,
       e ->> 'killed' AS killed, e ->> 'injured' AS injured, e ->> 'arrested' AS arrested
FROM told;

CREATE VIEW parties AS
WITH told AS (SELECT id AS article, unnest(CAST(coded -> 'events' AS JSON[])) AS e FROM articles),
sides AS (
    SELECT article || ':' || (e ->> 'id') AS report, 'actor' AS role, unnest(CAST(e -> 'actors' AS JSON[])) AS p
    FROM told
    UNION ALL
    SELECT article || ':' || (e ->> 'id'), 'recipient', unnest(CAST(e -> 'recipients' AS JSON[])) FROM told
)
SELECT report, role, CAST(p ->> 'start' AS INTEGER) AS start, CAST(p ->> 'end' AS INTEGER) AS "end",
       p ->> 'text' AS text, p ->> 'name' AS name, p ->> 'name_en' AS name_en, p ->> 'id' AS actor,
       p ->> 'title' AS title, p ->> 'country' AS country, CAST(p -> 'sectors' AS VARCHAR[]) AS sectors,
       p ->> 'code' AS code
FROM sides;
"""


def connect(address: str) -> duckdb.DuckDBPyConnection:
    """A connection in memory with the views ``articles``, ``rejected``, ``reports`` and ``parties``.

    They have the names and types of the store's tables, as far as they hold what one article tells. A year is looked
    through without a store; merged events need one. Raises OutputError when there is no whole data set.
    """
    files, _ = fsspec.core.url_to_fs(address)
    paths = Target(address).paths("articles")
    connection = duckdb.connect()
    if "file" in files.protocol:
        paths = [path.removeprefix("file://") for path in paths]
    else:
        connection.register_filesystem(files)
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    connection.execute(_VIEWS.format(articles=f"[{quoted}]"))
    return connection
