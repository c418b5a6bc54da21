"""Coded articles as a page of their own: ``rasid code --format html``, and displays in notebooks.

The page is one file without script and without anything from elsewhere; its text is marked by the desk's highlighter.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from jinja2 import Template
from markupsafe import Markup

from rasid import export
from rasid.export.shapes import EventShape
from rasid.export.writer import Writer
from rasid.export.written import Written
from rasid.records import Document
from rasid.serve.formats import Formats
from rasid.serve.highlight import Mark, event_marks, marked
from rasid.serve.sentences import labels
from rasid.serve.templating import environment
from rasid.serve.words import Words, words

_FOLDER = Path(__file__).parent


class HtmlWriter(Writer):
    """One page that holds all articles; it is written article by article."""

    def __init__(self, sink: BinaryIO, *, language: str = "en") -> None:
        super().__init__(sink)
        self.w = words(language)
        self.number = 0
        self._put(_template("page_head.html").render(w=self.w, style=_style()))

    def write(self, item: Written) -> None:
        self.number += 1
        self._put(article(item, self.w, prefix=f"a{self.number}-"))

    def close(self) -> None:
        self._put("</main></body></html>\n")
        super().close()

    def _put(self, text: str) -> None:
        self.sink.write(text.encode("utf-8", "replace"))


def article(item: Written, w: Words, *, prefix: str = "") -> str:
    """One article with its marks, and a card for each of its events. ``prefix`` makes ids unique within a page."""
    events = item.record["events"]
    told = [event_marks(_dict(event), labels(w), target=f"{prefix}{n}") for n, event in enumerate(events)]
    marks = [mark for found in told for mark in found]
    marks += [Mark(span["start"], span["end"], "aside", "", span["reason"]) for span in item.record["set_aside"]]
    text = marked(item.text, marks)
    values = {"w": w, "f": Formats(w), "record": item.record, "text": text, "events": events, "prefix": prefix}
    return _template("page_article.html").render(values)


def sentence(item: Written, event: EventShape, w: Words) -> Markup:
    """The sentence that tells of an event, with its marks."""
    span = event["sentence"]
    return marked(item.text, event_marks(_dict(event), labels(w)), start=span["start"], end=span["end"])


def _dict(event: EventShape) -> dict[str, Any]:
    return dict(event)


def _template(name: str) -> Template:
    return environment().get_template(name)


def _style() -> Markup:
    """The desk's style sheet, to stand within the page."""
    return Markup((_FOLDER / "static" / "desk.css").read_text(encoding="utf-8"))


class Display:
    """What a notebook shows of a coded article or of one of its events."""

    def __init__(self, item: Written, event: EventShape | None = None, *, language: str = "en") -> None:
        self.item = item
        self.event = event
        self.w = words(language)

    def _repr_html_(self) -> str:
        """A frame of its own, so that neither its style nor the notebook's touches the other."""
        head = _template("page_head.html").render(w=self.w, style=_style())
        page = f"{head}{self._body()}</main></body></html>"
        height = 150 + 22 * len(self.item.record["events"]) if self.event is None else 330
        frame = '<iframe srcdoc="{}" sandbox width="100%" height="{}" title="Rasid" frameborder="0"></iframe>'
        return str(Markup(frame).format(str(page), max(height, 480 if self.event is None else 0)))

    def _body(self) -> str:
        if self.event is None:
            return article(self.item, self.w)
        values = {"w": self.w, "f": Formats(self.w), "event": self.event}
        return _template("page_event.html").render(**values, text=sentence(self.item, self.event, self.w))

    def __repr__(self) -> str:
        events = [self.event] if self.event else self.item.record["events"]
        return "\n".join(f"{event['type']} {event['status']} {event['trigger']['text']}" for event in events)


def show(coded: Document | Written, event: str | None = None, *, language: str = "en") -> Display:
    """A display of a coded article, or of its event with the id ``event``.

    Raises KeyError when the article has no such event.
    """
    item = export.written(coded) if isinstance(coded, Document) else coded
    if event is None:
        return Display(item, language=language)
    found = {told["id"]: told for told in item.record["events"]}
    return Display(item, found[event], language=language)


def load_ipython_extension(shell: Any) -> None:
    """``%load_ext rasid.serve.standalone``: coded articles show themselves in the notebook."""
    html = shell.display_formatter.formatters["text/html"]
    for kind in (Document, Written):
        html.for_type(kind, lambda item: show(item)._repr_html_())
