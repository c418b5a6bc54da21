"""One DuckDB file that holds articles, reports, events and people's judgements (tables: ``schema.sql``).

    with store.open("news.duckdb") as news:
        store.ingest(news, read.articles(["2025/"]), command="ingest 2025/")
        store.judge(news, store.Judgement("Mona", store.What.REJECT, report, why="a football match"))

What is heavy (coding, merging) is imported when it is called.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from rasid.store.opening import SCHEMA, Store, migrate, open  # noqa: A004 - read as store.open

if TYPE_CHECKING:
    from rasid.store.checking import check
    from rasid.store.copying import backup
    from rasid.store.ingesting import Progress, Summary, ingest, recode
    from rasid.store.judgements import Judgement, What
    from rasid.store.judging import judge
    from rasid.store.merging import merge_new

__all__ = [
    "SCHEMA",
    "Judgement",
    "Progress",
    "Store",
    "Summary",
    "What",
    "backup",
    "check",
    "ingest",
    "judge",
    "merge_new",
    "migrate",
    "open",
    "recode",
]

_HOMES = {
    "Judgement": "judgements",
    "Progress": "ingesting",
    "Summary": "ingesting",
    "What": "judgements",
    "backup": "copying",
    "check": "checking",
    "ingest": "ingesting",
    "judge": "judging",
    "merge_new": "merging",
    "recode": "ingesting",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
