"""``rasid places build``: a GeoNames dump into a file that the gazetteer takes as well."""

from __future__ import annotations

from pathlib import Path

import typer

BUILD = "build"


def build(dump: Path) -> None:
    """Read ``dump`` into the user's folder of tables (``--lexicon``), else into the cache folder; tell what came.

    Raises LexiconError for a file that is no GeoNames table, OutputError where nothing can be written.
    """
    from rasid import data
    from rasid.errors import OutputError
    from rasid.places import dump as dumps

    folder = data.dump_folder()
    if folder is None:
        raise OutputError("there is no folder to write to; name one of your tables with --lexicon, or set RASID_CACHE")
    try:
        built = dumps.build(dump, folder / data.DUMP)
    except OSError as error:
        raise OutputError(f"{folder}: {error.strerror or error}; name another folder with --lexicon") from error
    typer.echo(f"{built.read} rows read, {built.places} places with {built.names} Arabic names written to {built.path}")
