"""``rasid ingest`` and ``rasid watch`` beside a running desk, which holds the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasid.records import Article, Rejected
    from rasid.store import Summary

WATCH = "; let the desk watch the feeds: rasid serve STORE --watch FEEDS.toml"


def ingest(
    path: Path, sources: Sequence[str], items: Callable[[], Iterator[Article | Rejected]], *, plain: bool
) -> Summary | None:
    """Hand articles over to the desk that holds the store; None when no desk does.

    Raises HandingError when it refuses, and when the run is not ``plain``: learning and coding again need the store.
    """
    from rasid import cli_run
    from rasid.serve import beside

    desk = beside.running(path)
    if desk is None:
        return None
    from rasid.serve import handing

    if not plain:
        raise handing.HandingError(
            f"{path}: the desk at {desk.address} has it open; --learn and --recode need it closed: stop the desk first"
        )
    cli_run.complain(f"{path}: the desk at {desk.address} has it open, and codes and stores what is read here")
    source = sources[0] if len(sources) == 1 else None
    return handing.hand_over(desk, items(), command=f"ingest {' '.join(sources)}"[:500], source=source)


def advice(path: Path) -> str:
    """What to do about a store that cannot be watched into because a desk holds it; empty when no desk does."""
    from rasid.serve import beside

    return WATCH if beside.running(path) else ""
