"""One DuckDB file that holds articles, reports, events and people's judgements (tables: ``schema.sql``)."""

from rasid.store.opening import SCHEMA, Store, open  # noqa: A004 - read as store.open

__all__ = ["SCHEMA", "Store", "open"]
