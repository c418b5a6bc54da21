"""The options of ``rasid events``, ``export`` and ``sql``; what they do stands in ``cli_query_run``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

Store = Annotated[Path, typer.Option("--store", metavar="FILE", help="The store, or a merged data set.")]
Out = Annotated[Path | None, typer.Option("-o", "--out", metavar="OUT", help="File to write.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite OUT.")]
Order = Annotated[str, typer.Option(help="Greatest first: date, published, confidence, sources or killed.")]
Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="At most N.")]
TableFormat = Annotated[
    str | None, typer.Option("--format", help="table, csv, jsonl or parquet; by default what OUT's name ends in.")
]
ExportFormat = Annotated[
    str | None,
    typer.Option(
        "--format", help="One of those in docs/formats.md; by default what OUT's name ends in."
    ),
]


def _asked(
    since: Annotated[str | None, typer.Option(metavar="DAY", help="From this day, month or year (2025-10).")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="To this day, month or year, all of it.")] = None,
    type: Annotated[list[str] | None, typer.Option(metavar="TYPE", help="PLOVER type; may be told again.")] = None,  # noqa: A002
    quad: Annotated[list[int] | None, typer.Option(metavar="N", help="1 to 4; may be told again.")] = None,
    status: Annotated[
        list[str] | None, typer.Option(metavar="STATUS", help="reported, future, hypothetical or negation.")
    ] = None,
    actor: Annotated[str | None, typer.Option(metavar="WHO", help="Code (SYRMIL), sector, country or name.")] = None,
    recipient: Annotated[str | None, typer.Option(metavar="WHO", help="As --actor.")] = None,
    party: Annotated[str | None, typer.Option(metavar="WHO", help="Actor or recipient.")] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="Part of a place's name.")] = None,
    box: Annotated[str | None, typer.Option(metavar="W,S,E,N", help="Part of the map in degrees.")] = None,
    country: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Where: code (SYR) or name.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Part of a publisher's name.")] = None,
    stance: Annotated[
        str | None, typer.Option(metavar="STANCE", help="A source states, confirms, denies or claims it.")
    ] = None,
    min_sources: Annotated[int | None, typer.Option(metavar="N", help="Independent sources at least.")] = None,
    min_confidence: Annotated[float | None, typer.Option(metavar="X", help="Confidence at least (0 to 1).")] = None,
    reviewed: Annotated[
        bool | None, typer.Option("--reviewed/--unreviewed", help="Only what a person has judged, or has not.")
    ] = None,
    text: Annotated[
        str | None, typer.Option(metavar="WORDS", help='Words of a sentence that tells of it; "..." side by side.')
    ] = None,
) -> Any:
    """The filters as they were written."""
    from rasid.cli_query_run import Asked

    return Asked(
        since=since,
        until=until,
        types=type or (),
        quads=quad or (),
        statuses=status or (),
        actor=actor,
        recipient=recipient,
        party=party,
        place=place,
        box=box,
        countries=country or (),
        publisher=publisher,
        stance=stance,
        minimum_sources=min_sources,
        minimum_confidence=min_confidence,
        reviewed=reviewed,
        text=text,
    )


_FILTERS = inspect.signature(_asked, eval_str=True).parameters


def _filtered(command: Callable[..., None]) -> Callable[..., None]:
    """The command with all the filters as options; it gets them as ``asked``."""

    @functools.wraps(command)
    def run(**told: Any) -> None:
        from rasid import cli_run

        with cli_run.reported():
            filters = {name: told.pop(name) for name in _FILTERS}
            command(asked=_asked(**filters), **told)

    own = inspect.signature(command, eval_str=True).parameters
    kept = [parameter for name, parameter in own.items() if name != "asked"]
    listed = [*kept, *(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in _FILTERS.values())]
    run.__signature__ = inspect.Signature(listed)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in listed}
    return run


@_filtered
def events(
    *,
    asked: Any,
    store: Store,
    by: Annotated[
        str | None,
        typer.Option(metavar="COLUMNS", help="Numbers by day, week, month, year, dyad, type, country … (day,dyad)."),
    ] = None,
    order: Order = "date",
    limit: Limit = None,
    format: TableFormat = None,  # noqa: A002 - the option's name
    out: Out = None,
    force: Force = False,
) -> None:
    """Show the events of a store, or their numbers."""
    from rasid import cli_query_run

    raise typer.Exit(
        cli_query_run.events(store, asked, by=by, order=order, limit=limit, form=format, out=out, force=force)
    )


@_filtered
def export(
    *,
    asked: Any,
    store: Store,
    order: Order = "date",
    limit: Limit = None,
    format: ExportFormat = None,  # noqa: A002 - the option's name
    out: Out = None,
    force: Force = False,
) -> None:
    """Write the events of a store in one of the field's formats."""
    from rasid import cli_query_run

    raise typer.Exit(
        cli_query_run.export_events(store, asked, form=format, out=out, order=order, limit=limit, force=force)
    )


def sql(
    query: Annotated[str, typer.Argument(help="One SELECT; the tables stand in docs/queries.md.", metavar="SELECT")],
    store: Store,
    format: TableFormat = None,  # noqa: A002 - the option's name
    out: Out = None,
    force: Force = False,
) -> None:
    """Ask the store in SQL, for reading only."""
    from rasid import cli_query_run, cli_run

    with cli_run.reported():
        raise typer.Exit(cli_query_run.sql(store, query, form=format, out=out, force=force))


def register(app: typer.Typer) -> None:
    """Add the commands to the program."""
    for command in (events, export, sql):
        app.command()(command)
