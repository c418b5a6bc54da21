"""``rasid code --engine``: into a partitioned data set, on this machine or on a Ray cluster."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

from rasid.clean import Repeated
from rasid.cli_run import complain
from rasid.errors import OutputError, WorkerError
from rasid.read import linked
from rasid.records import Article, Rejected
from rasid.scale import engines
from rasid.scale.dataset import Target
from rasid.scale.run import Summary, build

ALL_REJECTED = 1


def code(
    inputs: Iterable[Article | Rejected],
    *,
    out: Path | None,
    engine: str,
    address: str | None,
    jobs: int,
    size: int,
    repeated: Repeated | None = None,
) -> int:
    """Codes all inputs into the data set ``out``; returns the exit status.

    Raises OutputError without ``out`` or where it cannot be written, WorkerError when the engine cannot work.
    """
    if out is None:
        raise OutputError("an engine writes a data set; name its folder with -o")
    target = Target(_address(out))
    summary = build(
        linked(inputs), target, _engine(engine, address, jobs), repeated=repeated, size=size, told=_tell_progress
    )
    complain(
        f"{target.address}: {summary.coded} articles, {summary.events} events, {summary.rejected} rejected, "
        f"{summary.blocks} blocks, of which {summary.found} were there before"
    )
    return ALL_REJECTED if summary.rejected and not summary.coded else 0


def _address(out: Path) -> str:
    """A path has lost one slash of ``s3://``."""
    return re.sub(r"^(\w{2,}):/(?=[^/])", r"\1://", str(out))


def _engine(name: str, address: str | None, jobs: int) -> engines.Engine:
    if name == "local":
        return functools.partial(engines.local, jobs=jobs)
    try:
        from rasid.scale.cluster import Cluster
    except ImportError as error:
        raise WorkerError("Ray is not installed; run pip install 'rasid[scale]'") from error
    return Cluster(address, workers=0 if jobs == 1 else jobs)


def _tell_progress(summary: Summary) -> None:
    complain(f"{summary.blocks} blocks done, {summary.coded} articles coded")
