"""A heat map as a table: rows and columns keep their headers, numbers can be read and copied."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from rasid.serve.charts.svg import element

_SHADES = 5


@dataclass(frozen=True, slots=True)
class Heat:
    """Counts by (row, column); ``address`` gives the link of a cell."""

    rows: Sequence[tuple[str, str]]  # key, label
    columns: Sequence[tuple[str, str]]
    values: Mapping[tuple[str, str], int]
    address: Callable[[str, str], str]


def heat(told: Heat, *, label: str) -> Markup:
    """The table; shades are steps of the square root, so that small counts stay visible."""
    highest = max(told.values.values(), default=0)
    top = element("tr", element("td", Markup("&nbsp;")), *(_head(text, "col") for _, text in told.columns))
    body = [
        element("tr", _head(text, "row"), *(_cell(told, row, column, highest) for column, _ in told.columns))
        for row, text in told.rows
    ]
    caption = element("caption", label, class_="visually-hidden")
    return element("table", caption, element("thead", top), element("tbody", *body), class_="heat")


def _head(text: str, scope: str) -> Markup:
    return element("th", element("bdi", text), scope=scope)


def _cell(told: Heat, row: str, column: str, highest: int) -> Markup:
    value = told.values.get((row, column), 0)
    if not value:
        return element("td", Markup("&nbsp;"), class_="h0")
    shade = max(1, round(_SHADES * (value / highest) ** 0.5))
    return element("td", element("a", f"{value:,}", href=told.address(row, column)), class_=f"h{shade}")
