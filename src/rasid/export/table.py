"""Coded articles as tables for a terminal, safe for right-to-left text.

Arabic and Latin letters meet in every row. Each piece of text stands between a first-strong isolate and a pop
directional isolate, one pair for each line of a cell: an isolate ends with its line, and one left open would reorder
the cells after it.
"""

from __future__ import annotations

import io
import os
import sys
import textwrap
from collections.abc import Iterable, Mapping
from typing import BinaryIO

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rasid.export.columns import one_line
from rasid.export.shapes import ActorShape, EventShape
from rasid.export.writer import Writer
from rasid.export.written import Written

FSI, PDI = "\u2068", "\u2069"
_DITTO = "〃"
# The longest word a column of fixed width has to hold: a day, "unconventional", "hypothetical".
_FIXED = {"date": 10, "type": 14, "status": 12}
# Parts of the remaining width for the columns whose text varies; a narrow terminal has no room for the sentence.
_WIDE = {"actor → recipient": 6, "place": 3, "source": 3, "sentence": 6}
_NARROW = {"actor → recipient": 5, "place": 3, "source": 4}
_WIDE_FROM = 110
_LEAST = 80
_GAP = 2  # the separator and one cell of padding
# Width where the output is not a terminal; Rich would take 80, in which seven columns cannot stand.
_PLAIN_WIDTH = 140


def isolate(text: str) -> str:
    """The text between isolates, so that what stands beside it keeps its place."""
    return f"{FSI}{text}{PDI}" if text else ""


class TableWriter(Writer):
    """One table an article: when, what, how it stands, who to whom, where, according to whom, in which sentence."""

    def __init__(self, sink: BinaryIO) -> None:
        super().__init__(sink)
        self.text = io.TextIOWrapper(sink, encoding="utf-8", errors="replace", write_through=True)
        terminal = sys.stdout.isatty() and sink is getattr(sys.stdout, "buffer", None)
        self.console = Console(file=self.text, force_terminal=terminal or None, highlight=False)
        if not terminal and "COLUMNS" not in os.environ:
            self.console.width = _PLAIN_WIDTH
        self.console.width = max(self.console.width, _LEAST)

    def write(self, item: Written) -> None:
        article = item.record["article"]
        said = " · ".join(filter(None, (article["publisher"], article["published"], article["id"])))
        self.console.print(Text(isolate(article["title"] or "(no title)"), style="bold"))
        self.console.print(Text(isolate(said), style="dim"))
        if item.record["events"]:
            self.console.print(table(item, self.console.width))
        else:
            self.console.print("no events")
        self.console.print()

    def close(self) -> None:
        self.text.flush()
        self.text.detach()
        super().close()


def table(item: Written, width: int) -> Table:
    """The events of one article; ``width`` in terminal cells."""
    widths = _widths(width)
    result = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for name, wide in widths.items():
        result.add_column(name, width=wide, no_wrap=True)
    above: EventShape | None = None
    for event in item.record["events"]:
        cells = _cells(item, event, above)
        above = event
        result.add_row(*(wrapped(cells[name], wide) for name, wide in widths.items()))
    return result


def _widths(width: int) -> dict[str, int]:
    parts = _WIDE if width >= _WIDE_FROM else _NARROW
    free = width - sum(_FIXED.values()) - _GAP * (len(_FIXED) + len(parts))
    return {**_FIXED, **{name: free * part // sum(parts.values()) for name, part in parts.items()}}


def _cells(item: Written, event: EventShape, above: EventShape | None) -> Mapping[str, Iterable[str]]:
    """The lines of each cell; a sentence that stands in the row above is not told again."""
    time, place = event["time"], event["place"]
    again = above is not None and above["sentence"] == event["sentence"]
    return {
        "date": [(time["edtf"] or "?") if time else "–"],
        "type": [event["type"], *event["modes"], one_line(event["trigger"]["text"])],
        "status": [event["status"], *(["historical"] if event["historical"] else [])],
        "actor → recipient": _dyad(event),
        "place": [one_line(place["text"]), place["name_en"] or ""] if place else ["–"],
        "source": [one_line(said["text"]) for said in event["attribution"]] or ["–"],
        "sentence": [_DITTO if again else item.quote(event["sentence"])],
    }


def _dyad(event: EventShape) -> list[str]:
    actors = [_party(actor) for actor in event["actors"]] or ["–"]
    return [*actors, *(f"→ {_party(actor)}" for actor in event["recipients"])]


def _party(actor: ActorShape) -> str:
    return f"{one_line(actor['text'])} {actor['code']}".strip()


def wrapped(lines: Iterable[str], width: int) -> Text:
    """Cut to lines of at most ``width`` cells, the isolates not counted; no break within a line is left to Rich."""
    pieces = [piece for line in lines for piece in textwrap.wrap(line, width, break_long_words=True)]
    return Text("\n".join(isolate(piece) for piece in pieces))
