"""How values look on a page: isolated against the text around them, with marks told by shape."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape

from rasid.serve.words import Words

Row = Mapping[str, Any]
_SHOWN = 3  # parties named in a table's cell


class Formats:
    """Small pieces of pages in one language."""

    def __init__(self, w: Words) -> None:
        self.w = w

    def code(self, value: str | None) -> Markup:
        """A code, always from left to right."""
        return Markup('<bdi dir="ltr" class="code">{}</bdi>').format(value) if value else Markup("")

    def text(self, value: str | None) -> Markup:
        """Text in whatever script."""
        return Markup("<bdi>{}</bdi>").format(value) if value else Markup("")

    def number(self, value: float | None) -> Markup:
        """A number."""
        if value is None:
            return Markup("")
        return Markup('<bdi dir="ltr" class="num">{}</bdi>').format(self.w.number(value))

    def day(self, value: datetime.date | str | None) -> Markup:
        """A day as 2025-10-03."""
        return Markup('<time dir="ltr">{}</time>').format(value) if value else Markup("")

    def moment(self, value: datetime.datetime | None) -> Markup:
        """A moment (UTC) to the minute."""
        return self.day(value.strftime("%Y-%m-%d %H:%M")) if value else Markup("")

    def quad(self, value: int) -> Markup:
        """A quad class by shape and colour, with its name for those who see neither."""
        name = self.w.label("quad", value)
        mark = '<span class="q q{}" title="{}"></span><span class="visually-hidden">{}</span>'
        return Markup(mark).format(value, name, name)

    def line(self, event: Row) -> str:
        """The event in one line."""
        return str(event[f"line_{self.w.language}"])

    def sides(self, event: Row) -> Markup:
        """Codes of actors and recipients."""
        arrow = Markup(' <span class="quiet">{}</span> ').format("←" if self.w.direction == "rtl" else "→")
        actors, recipients = self._codes(event["actors"]), self._codes(event["recipients"])
        return actors + arrow + recipients if recipients else actors

    def _codes(self, codes: Sequence[str]) -> Markup:
        told = list(dict.fromkeys(filter(None, codes)))
        left = len(told) - _SHOWN
        rest = Markup(' <span class="quiet">+{}</span>').format(left) if left > 0 else Markup("")
        shown = Markup(" ").join(
            Markup('<bdi dir="ltr" class="code" title="{}">{}</bdi>').format(self.w.party(code), code)
            for code in told[:_SHOWN]
        )
        return shown + rest

    def place(self, event: Row) -> Markup:
        """Name of the place and its country; the country alone where no more is told."""
        name = event["place_name"] if self.w.language == "ar" else event["place_name_en"] or event["place_name"]
        country = self.w.country(event["country"])
        if event["place_precision"] == "country" or not name:
            return self.text(country)
        comma = "، " if self.w.language == "ar" else ", "
        rest = Markup('<span class="quiet">{}{}</span>').format(comma, self.text(country)) if country else ""
        return self.text(name) + rest

    def range(self, low: int | None, high: int | None) -> Markup:
        """A count that may be told in several ways."""
        if low is None and high is None:
            return Markup("")
        told = str(low) if low == high else f"{low if low is not None else ''}–{high if high is not None else ''}"
        return Markup('<bdi dir="ltr" class="num">{}</bdi>').format(told)

    def days(self, event: Row) -> Markup:
        """When it happened, as finely as it is told."""
        if event["edtf"]:
            return self.day(event["edtf"])
        return Markup('<span class="quiet">{}</span>').format(self.w("no_date"))

    def share(self, value: float | None) -> Markup:
        """A confidence from 0 to 1."""
        if value is None:
            return Markup("")
        return Markup('<bdi dir="ltr" class="num">{:.2f}</bdi>').format(value)

    def path(self, *parts: str) -> str:
        """An address of the desk from names that may hold any character."""
        return "/" + "/".join(quote(part, safe="") for part in parts)

    def anchor(self, name: str) -> str:
        """An id within a page."""
        return "r-" + quote(name, safe="").replace("%", "_")

    def lines(self, value: str) -> Markup:
        """Text with its line breaks."""
        return Markup("<br>").join(escape(line) for line in value.splitlines())
