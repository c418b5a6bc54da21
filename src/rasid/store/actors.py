"""The actors that reports name, and the phrases that name them."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from rasid.store.naming import named


def actors_of(connection: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> set[str]:
    """Ids of the actors that ``reports`` name."""
    with named(connection, reports):
        found = connection.execute("SELECT DISTINCT actor FROM parties SEMI JOIN wanted ON report = id").fetchall()
    return {actor for (actor,) in found if actor}


def renew(connection: duckdb.DuckDBPyConnection, actors: Iterable[str]) -> None:
    """Bring the rows of ``actors`` up to date with the reports that people have not rejected."""
    with named(connection, actors):
        connection.execute("DELETE FROM actors WHERE id IN (SELECT id FROM wanted)")
        connection.execute("DELETE FROM actor_names WHERE actor IN (SELECT id FROM wanted)")
        connection.execute(_ACTORS)
        connection.execute(_NAMES)


_TELLING = "parties SEMI JOIN wanted ON actor = id SEMI JOIN told USING (report)"
# Of the ways an actor was coded the commonest counts; an office, and with it the code, may change over the years.
_ACTORS = f"""
INSERT INTO actors
SELECT actor, name, name_en, country, sectors, code
FROM (
    SELECT actor, name, name_en, country, sectors, code, count(*) AS times FROM {_TELLING}
    GROUP BY actor, name, name_en, country, sectors, code
)
QUALIFY row_number() OVER (PARTITION BY actor ORDER BY times DESC, code, name, name_en) = 1
"""
_NAMES = f"""
INSERT INTO actor_names
SELECT actor, text, count(DISTINCT report) FROM {_TELLING} WHERE text IS NOT NULL
GROUP BY actor, text
"""
