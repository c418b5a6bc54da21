"""The dictionary of columns, from the formats themselves and ``lexicon/export_columns.tsv``: docs/formats.md.

    python -m rasid.export.dictionary > columns.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

from rasid import data
from rasid.export.columns import FLAT, STORED, Column
from rasid.export.gdelt import EVENTS, MENTIONS
from rasid.export.layouts import ICEWS, POLECAT

_KINDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}
TITLES: Mapping[str, str] = {
    "event": "CSV, Parquet and the properties of GeoJSON",
    "store": "What these have besides when they come from a store",
    "polecat": "POLECAT",
    "icews": "ICEWS",
    "gdelt": "GDELT 2.0 events",
    "gdelt-mentions": "GDELT 2.0 mentions",
}


def columns() -> Mapping[str, Sequence[Column]]:
    """The columns of each flat format in their order; those of the mentions file tell no type."""
    return {
        "event": FLAT,
        "store": STORED[len(FLAT) :],
        "polecat": POLECAT.columns,
        "icews": ICEWS.columns,
        "gdelt": EVENTS.columns,
        "gdelt-mentions": tuple(Column(column.name, str, lambda row: None) for column in MENTIONS),
    }


def meanings() -> Mapping[tuple[str, str], str]:
    """What a column means, by format and name."""
    return {(row["format"], row["column"]): row["meaning"] for row in data.table("export_columns")}


def page() -> str:
    """The dictionary in Markdown."""
    return "\n".join(_lines())


def _lines() -> Iterator[str]:
    told = meanings()
    for form, found in columns().items():
        yield f"### {TITLES[form]}"
        yield ""
        yield "| | column | type | meaning |"
        yield "|---|---|---|---|"
        for number, column in enumerate(found, start=1):
            kind = "" if form == "gdelt-mentions" else _KINDS[column.kind]
            yield f"| {number} | {column.name} | {kind} | {told[form, column.name]} |"
        yield ""


if __name__ == "__main__":
    sys.stdout.write(page() + "\n")
