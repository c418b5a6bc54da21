"""``rasid ingest`` and ``rasid store``: news into a store, and care of the store itself."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rasid.clean import Repeated
    from rasid.records import Article, Rejected
    from rasid.store import Progress as Now
    from rasid.store import Store, Summary
    from rasid.store.coding import Coder

    Coders = Callable[[Repeated | None], contextlib.AbstractContextManager[Coder | None]]
    Inputs = Callable[[], Iterator[Article | Rejected]]
    Watch = Callable[[Now], None]

ALL_REJECTED = 1
FAULTY = 1

app = typer.Typer(help="Check, copy, describe and bring up to date a store.", no_args_is_help=True)
File = Annotated[Path, typer.Argument(help="The store.", metavar="FILE")]


def ingest(path: Path, sources: Sequence[str], inputs: Inputs, *, learn: bool, recode: bool, coders: Coders) -> int:
    """Ingest what ``inputs`` opens, then code again what is outdated; gives the exit status.

    ``coders`` starts what codes, once the lines that publishers repeat are learned. A store that a running desk holds
    is reached through the desk.
    """
    from rasid.errors import StoreLocked

    try:
        return _ingest_here(path, sources, inputs, learn=learn, recode=recode, coders=coders)
    except StoreLocked:
        from rasid import cli_beside

        found = cli_beside.ingest(path, sources, lambda: _complaining(inputs()), plain=not (learn or recode))
        if found is None:
            raise
    typer.echo(_told(found))
    return _status(found)


def _status(found: Summary) -> int:
    return ALL_REJECTED if found.rejections and found.rejections == found.read else 0


def _ingest_here(
    path: Path, sources: Sequence[str], inputs: Inputs, *, learn: bool, recode: bool, coders: Coders
) -> int:
    from rasid import cli_run, store

    if not sources and not recode:
        raise typer.BadParameter("name a SOURCE, or code the stored articles again with --recode")
    repeated = cli_run.learned(inputs()) if learn else None
    status = 0
    with store.open(path) as opened, coders(repeated) as coder:
        if sources:
            command = f"ingest {' '.join(sources)}"
            source = sources[0] if len(sources) == 1 else None
            with _watched(_expected(sources)) as watch:
                items = _complaining(inputs())
                found = store.ingest(
                    opened, items, command=command, source=source, progress=watch, repeated=repeated, coder=coder
                )
            typer.echo(_told(found))
            status = _status(found)
        if recode:
            with _watched(_stored(opened)) as watch:
                again = store.recode(opened, command="recode", progress=watch, repeated=repeated, coder=coder)
            typer.echo(_told(again))
    return status


def _complaining(items: Iterator[Article | Rejected]) -> Iterator[Article | Rejected]:
    """The items as they are; each rejected one is told of on standard error."""
    from rasid import cli_run
    from rasid.records import Rejected

    for item in items:
        if isinstance(item, Rejected):
            cli_run.complain(f"{item.source or item.id}: {item.reason}")
        yield item


def _expected(sources: Sequence[str]) -> int | None:
    from rasid.store.expecting import expected

    return expected(sources)


def _stored(store: Store) -> int:
    from rasid.store.asking import number

    return number(store.connection, "SELECT count(*) FROM articles")


def _told(found: Summary) -> str:
    """The summary for people."""
    coded = f"coded {found.coded}"
    if found.changed or found.recoded:
        coded += f" ({found.changed} with a changed text, {found.recoded} again)"
    lines = [
        f"read {found.read}, {coded}, skipped {found.skipped} as they are stored already",
        f"reports {found.reports}, events made or changed {found.merged}, copies of other articles {found.copies}",
    ]
    if found.rejected:
        reasons = ", ".join(f"{reason.code} {reason.inputs}" for reason in found.rejected)
        lines.append(f"rejected {found.rejections}: {reasons}")
    if sys.stderr.isatty():
        rate = found.coded / found.seconds if found.seconds else 0.0
        lines.append(f"took {found.seconds:.1f} s, {rate:.1f} articles coded a second")
    return "\n".join(lines)


@contextlib.contextmanager
def _watched(total: int | None) -> Iterator[Watch | None]:
    """Where a person watches, what takes the progress of a run and shows it with rate and remaining time."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[told]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {"coding": bar.add_task("coding", total=total, told="")}

        def watch(now: Now) -> None:
            if now.stage not in tasks:
                tasks[now.stage] = bar.add_task(now.stage, total=now.total, told="")
            rate = now.summary.coded / now.summary.seconds if now.summary.seconds else 0.0
            told = f"{now.summary.reports} reports, {now.summary.skipped} skipped, {rate:.0f}/s"
            bar.update(tasks[now.stage], completed=now.done, total=now.total or total, told=told)

        yield watch


@app.command()
def check(path: File) -> None:
    """Prove that a store is whole: readable, ids unique, rows belonging together, spans quoting the text."""
    from rasid import cli_run, store
    from rasid.store.checking import lines

    with cli_run.reported():
        faults = store.check(path)
        for line in lines(faults):
            typer.echo(line)
        if not faults:
            typer.echo(f"{path}: whole")
        raise typer.Exit(FAULTY if faults else 0)


@app.command()
def backup(path: File, to: Annotated[Path, typer.Argument(help="The copy, a new file.", metavar="TO")]) -> None:
    """Copy a store consistently, also while another program writes to it."""
    from rasid import cli_run, store

    with cli_run.reported():
        typer.echo(f"{path}: copied to {store.backup(path, to)}")


@app.command()
def info(path: File) -> None:
    """Tell what a store, or a merged data set, holds and what made it."""
    from rasid import cli_opening, cli_run
    from rasid.store.describing import described

    with cli_run.reported(), cli_opening.opened(path) as opened:
        for line in described(opened):
            typer.echo(line)


@app.command()
def migrate(path: File) -> None:
    """Bring a store that an older Rasid made up to date. Each step is done whole or not at all."""
    from rasid import cli_run, store

    with cli_run.reported():
        before = store.migrate(path)
        told = f"brought from schema {before} to {store.SCHEMA}" if before != store.SCHEMA else "up to date already"
        typer.echo(f"{path}: {told}")
