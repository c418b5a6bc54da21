"""``--engine``: coding into a data set or a store on this machine or on a Ray cluster; ``rasid merge``."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rasid import data, events
from rasid.clean import Repeated
from rasid.cli_opening import dataset_address
from rasid.cli_run import complain
from rasid.errors import OutputError, WorkerError
from rasid.read import linked
from rasid.records import Article, Rejected
from rasid.scale import engines, labour
from rasid.scale.coding import Setup, cores
from rasid.scale.dataset import Target
from rasid.scale.merging import Engine as Labour
from rasid.scale.merging import Now, merge_set
from rasid.scale.run import Summary, build

if TYPE_CHECKING:
    from rasid.store.coding import Coder

    Coders = Callable[[Repeated | None], contextlib.AbstractContextManager[Coder | None]]

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
    target = Target(dataset_address(out))
    summary = build(
        linked(inputs), target, _engine(engine, address, jobs), repeated=repeated, size=size, told=_tell_progress
    )
    complain(
        f"{target.address}: {summary.coded} articles, {summary.events} events, {summary.rejected} rejected, "
        f"{summary.blocks} blocks, of which {summary.found} were there before"
    )
    return ALL_REJECTED if summary.rejected and not summary.coded else 0


def coders(engine: str, address: str | None, jobs: int) -> Coders:
    """What starts the coder of ``rasid ingest``; it gives None where this process codes.

    Raises WorkerError, when it is called, where Ray is missing or no cluster is there.
    """
    if engine == "local":
        return functools.partial(_alone, jobs)

    def start(repeated: Repeated | None) -> contextlib.AbstractContextManager[Coder]:
        with _ray_at_hand():
            from rasid.scale.lending import helpers
        return helpers(address, Setup(data.in_use(), repeated, events.in_use()), workers=jobs)

    return start


def merge(path: Path, *, engine: str, address: str | None, jobs: int, size: int) -> None:
    """Merges the data set at ``path``.

    Raises OutputError where there is no whole data set, WorkerError when the engine cannot work.
    """
    target = dataset_address(path)
    with _labour(engine, address, jobs) as work:
        made = merge_set(target, work, size=size, told=_tell_step)
    complain(
        f"{target}: {made.events} events of {made.reports} reports in {made.articles} articles, {made.links} links"
    )


@contextlib.contextmanager
def _labour(engine: str, address: str | None, jobs: int) -> Iterator[Labour]:
    if engine == "local":
        yield functools.partial(labour.local, jobs=jobs or cores())
        return
    with _ray_at_hand():
        from rasid.scale import cluster
    with cluster.connected(address):
        yield labour.OnRay(jobs if jobs > 1 else cluster.cores())


def _tell_step(now: Now) -> None:
    if now.done == now.tasks:
        complain(f"{now.step}: {now.done} of {now.tasks}")


def _alone(jobs: int, _: Repeated | None) -> contextlib.AbstractContextManager[None]:
    if jobs > 1:
        raise WorkerError(f"--jobs {jobs}: for a store, several code only on Ray; add --engine ray")
    return contextlib.nullcontext()


@contextlib.contextmanager
def _ray_at_hand() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise WorkerError("Ray is not installed; run pip install 'rasid[scale]'") from error


def _engine(name: str, address: str | None, jobs: int) -> engines.Engine:
    if name == "local":
        return functools.partial(engines.local, jobs=jobs)
    with _ray_at_hand():
        from rasid.scale.cluster import Cluster
    return Cluster(address, workers=0 if jobs == 1 else jobs)


def _tell_progress(summary: Summary) -> None:
    complain(f"{summary.blocks} blocks done, {summary.coded} articles coded")
