"""The command line. Each command imports what it needs when it runs, so that ``rasid --help`` answers at once."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import rasid
from rasid import cli_query, cli_serve, cli_store, cli_watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rasid.records import Article, Rejected

app = typer.Typer(
    name="rasid",
    help="Arabic news to PLOVER-coded events: who did what to whom, when, where, and according to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(cli_store.app, name="store")


class Format(StrEnum):
    """Names of the output formats (rasid.export.FORMATS)."""

    TABLE = "table"
    HTML = "html"
    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"
    XLSX = "xlsx"
    PLOVER = "plover"
    POLECAT = "polecat"
    GDELT = "gdelt"
    GDELT_MENTIONS = "gdelt-mentions"
    ICEWS = "icews"
    GEOJSON = "geojson"
    FTM = "ftm"
    JSONLD = "jsonld"


class ReadAs(StrEnum):
    """Names of the input formats (rasid.read.options.FORMATS)."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    PARQUET = "parquet"
    FEED = "feed"
    SITEMAP = "sitemap"
    WARC = "warc"
    DOCX = "docx"
    PDF = "pdf"
    EML = "eml"


class Engine(StrEnum):
    """What codes a data set (rasid.scale)."""

    LOCAL = "local"
    RAY = "ray"


class StandIn(StrEnum):
    """What may stand in for a publication day that is not told."""

    CRAWL = "crawl"


FIELDS = ("id", "url", "publisher", "published", "title", "text")


def _day(value: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise typer.BadParameter(f"{value!r} is no day; write it as 2025-10-03") from error


def _column(told: str) -> tuple[str, str]:
    field, equals, name = told.partition("=")
    if not (equals and name and field in FIELDS):
        raise typer.BadParameter(f"{told!r}: write FIELD=NAME with one of {', '.join(FIELDS)}, as in title=headline")
    return field, name


Paths = Annotated[list[str], typer.Argument(help="Files, folders or - for standard input.", metavar="PATH")]
Published = Annotated[
    datetime.date | None,
    typer.Option(parser=_day, metavar="DATE", help="Publication day (2025-10-03) where the input names none."),
]
Publisher = Annotated[str | None, typer.Option(help="Publisher where the input names none.")]
Sentence = Annotated[str, typer.Argument(help="Arabic text.", metavar="TEXT")]
InputFormat = Annotated[ReadAs | None, typer.Option("--as", help="Input format, where its content misleads.")]
Columns = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=NAME", help=f"Column of a table that holds a field: {', '.join(FIELDS)}."),
]
PublishedFrom = Annotated[StandIn | None, typer.Option(help="What may stand in for a day that a page does not tell.")]
Learn = Annotated[
    bool,
    typer.Option("--learn-boilerplate", help="Read all inputs twice: first to learn lines that a publisher repeats."),
]
Sources = Annotated[
    list[str] | None, typer.Argument(help="Files, folders, feeds, archives or - for standard input.", metavar="SOURCE")
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON instead of a table.")]


def _use(folder: Path | None) -> None:
    if folder is None:
        return
    from rasid import cli_run, data

    with cli_run.reported():
        data.use(folder)


Lexicon = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        callback=_use,
        is_eager=True,
        help="Folder of your own tables (persons.tsv, groups.tsv, places.tsv, triggers.tsv …): they add and override.",
    ),
]


def _find_with(told: str | None) -> None:
    if told is None:
        return
    from rasid import cli_run, events

    with cli_run.reported():
        events.use(events.parse(told, least=events.in_use().least))


Finder = Annotated[
    str | None,
    typer.Option(
        metavar="FINDER",
        callback=_find_with,
        help="Who finds events: models, tables, neural:FOLDER or llm:MODEL@URL; by default the models of the package.",
    ),
]


def _keep_from(least: float | None) -> None:
    if least is None:
        return
    from rasid import events

    events.use(dataclasses.replace(events.in_use(), least=least))


LeastConfidence = Annotated[
    float | None,
    typer.Option(
        "--confidence",
        min=0.0,
        max=1.0,
        metavar="LEAST",
        callback=_keep_from,
        help="Keep events from this confidence on (0 to 1): lower finds more, higher errs less.",
    ),
]


@app.command()
def code(
    paths: Paths,
    published: Published = None,
    publisher: Publisher = None,
    lexicon: Lexicon = None,  # taken by its callback
    finder: Finder = None,  # taken by its callback, as is the next
    confidence: LeastConfidence = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option(help="Output format; by default what OUT's name ends in, else table on a terminal, else jsonl."),
    ] = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", metavar="OUT", help="File to write.")] = None,
    read_as: InputFormat = None,
    column: Columns = None,
    published_from: PublishedFrom = None,
    learn: Learn = False,
    jobs: Annotated[int, typer.Option("--jobs", min=0, metavar="N", help="Processes that code; 0: one a core.")] = 1,
    engine: Annotated[
        Engine | None, typer.Option(help="Write a partitioned data set to the folder or address OUT, coded by this.")
    ] = None,
    address: Annotated[str | None, typer.Option(help="Ray cluster; by default one is started here.")] = None,
    block: Annotated[int, typer.Option("--block", min=1, metavar="N", help="Articles a block, with --engine.")] = 1000,
) -> None:
    """Code articles: one record for each, or a table of their events."""
    from rasid import cli_run

    inputs = _inputs(paths, published, publisher, read_as, column, published_from, learn)
    with cli_run.reported():
        repeated = cli_run.learned(inputs()) if learn else None
        if engine is not None:
            from rasid import cli_scale

            raise typer.Exit(
                cli_scale.code(
                    inputs(), out=out, engine=engine, address=address, jobs=jobs, size=block, repeated=repeated
                )
            )
        raise typer.Exit(cli_run.code(inputs(), paths, form=format, out=out, repeated=repeated, jobs=jobs))


def _inputs(
    paths: list[str],
    published: datetime.date | None,
    publisher: str | None,
    read_as: ReadAs | None,
    column: list[str] | None,
    published_from: StandIn | None,
    learn: bool,
) -> Callable[[], Iterator[Article | Rejected]]:
    """What opens the inputs, as often as it is called."""
    from rasid import read

    columns = dict(_column(told) for told in column or ())
    if learn and "-" in paths:
        raise typer.BadParameter("standard input can be read only once; leave out --learn-boilerplate or name a file")
    return functools.partial(
        read.articles,
        paths,
        published=published,
        publisher=publisher,
        as_format=read_as,
        columns=columns,
        published_from=published_from,
    )


@app.command()
def ingest(
    store: Annotated[Path, typer.Option(metavar="FILE", help="The store; it is made if missing.")],
    sources: Sources = None,
    published: Published = None,
    publisher: Publisher = None,
    lexicon: Lexicon = None,  # taken by its callback
    finder: Finder = None,  # taken by its callback, as is the next
    confidence: LeastConfidence = None,
    read_as: InputFormat = None,
    column: Columns = None,
    published_from: PublishedFrom = None,
    learn: Learn = False,
    recode: Annotated[
        bool, typer.Option(help="Also code again all stored articles that other tables or models coded.")
    ] = False,
    engine: Annotated[Engine, typer.Option(help="What codes: this process, or a Ray cluster.")] = Engine.LOCAL,
    address: Annotated[str | None, typer.Option(help="Ray cluster; by default one is started here.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, metavar="N", help="Ray actors; 0: one for each core.")] = 0,
) -> None:
    """Code articles into a store and merge their events. What is stored already is skipped; a run can be cut short."""
    from rasid import cli_run, cli_scale

    inputs = _inputs(sources or [], published, publisher, read_as, column, published_from, learn)
    coders = cli_scale.coders(engine, address, jobs)
    with cli_run.reported():
        raise typer.Exit(cli_store.ingest(store, sources or [], inputs, learn=learn, recode=recode, coders=coders))


@app.command()
def merge(
    dataset: Annotated[Path, typer.Argument(help="Folder or address that rasid code --engine wrote.")],
    engine: Annotated[Engine, typer.Option(help="What works: this machine, or a Ray cluster.")] = Engine.LOCAL,
    address: Annotated[str | None, typer.Option(help="Ray cluster; by default one is started here.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, metavar="N", help="Processes that work; 0: one a core.")] = 1,
    part: Annotated[int, typer.Option("--part", min=1, metavar="N", help="Reports worked on at a time.")] = 20_000,
    lexicon: Lexicon = None,  # taken by its callback
) -> None:
    """Merge the reports of a coded data set into events, kept beside it. A run can be cut short and goes on."""
    from rasid import cli_run, cli_scale

    with cli_run.reported():
        cli_scale.merge(dataset, engine=engine, address=address, jobs=jobs, size=part)


@app.command()
def explain(paths: Paths, published: Published = None, publisher: Publisher = None) -> None:
    """Show why each event was coded as it was: every value with its span and what decided it."""
    from rasid import cli_run, cli_show, read

    with cli_run.reported():
        raise typer.Exit(cli_show.explain(read.articles(paths, published=published, publisher=publisher)))


@app.command()
def times(text: Sentence, published: Published = None, as_json: AsJson = False) -> None:
    """Show the dates in a text and their values."""
    _show("times", text, published, as_json)


@app.command()
def actors(
    text: Sentence,
    published: Published = None,
    as_json: AsJson = False,
    lexicon: Lexicon = None,  # taken by its callback
) -> None:
    """Show the names, offices and nationalities in a text and their codes."""
    _show("mentions", text, published, as_json)


@app.command()
def places(
    text: Annotated[str, typer.Argument(help="Arabic text, or build.", metavar="TEXT")],
    dump: Annotated[Path | None, typer.Argument(help="GeoNames dump to build of.", metavar="[DUMP]")] = None,
    published: Published = None,
    as_json: AsJson = False,
    lexicon: Lexicon = None,  # taken by its callback
) -> None:
    """Show the places in a text and where they are; build allCountries.zip adds a full GeoNames dump."""
    from rasid import cli_places, cli_run

    if text == cli_places.BUILD and dump is not None:
        with cli_run.reported():
            cli_places.build(dump)
    else:
        _show("places", text, published, as_json)


def _show(what: str, text: str, published: datetime.date | None, as_json: bool) -> None:
    from rasid import cli_run, cli_show

    with cli_run.reported():
        cli_show.found(what, text, published=published, as_json=as_json)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(help="Gold records.", metavar="GOLD.jsonl")],
    coded: Annotated[
        Path | None,
        typer.Argument(help="Any coder's records; without it, the gold's own texts are coded.", metavar="CODED.jsonl"),
    ] = None,
    as_json: AsJson = False,
    errors: Annotated[int, typer.Option(metavar="N", help="Also list N missed or extra mentions.")] = 0,
) -> None:
    """Score coded events against gold records (codebook, section 7)."""
    from rasid import cli_evaluate, cli_run

    with cli_run.reported():
        raise typer.Exit(cli_evaluate.evaluate(gold, coded, as_json=as_json, errors=errors))


@app.command()
def demo(
    serve: Annotated[bool, typer.Option("--serve", help="Put it into a store and open the desk over it.")] = False,
    store: Annotated[Path, typer.Option(metavar="FILE", help="The store, with --serve.")] = Path("demo.rasid"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the desk, with --serve.")] = cli_serve.PORT,
) -> None:
    """Code the made-up sample news that comes with the package and show its events."""
    from rasid import cli_run, read
    from rasid.demo import NEWS

    with cli_run.reported():
        if serve:
            cli_serve.demo(store, port=port)
            return
        raise typer.Exit(cli_run.code(read.articles([str(NEWS)]), (), form="table", out=None))


cli_query.register(app)
cli_watch.register(app)
cli_serve.register(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"rasid {rasid.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Options of the program itself."""


def main() -> None:
    """Entry point of the console script."""
    app()


if __name__ == "__main__":
    main()
