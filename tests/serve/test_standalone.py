"""A page of its own for coded articles, and what notebooks show."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator

import pytest

from rasid import export, pipeline
from rasid.export.written import Written
from rasid.records import Document
from rasid.serve import standalone
from rasid.serve.standalone import HtmlWriter
from tests.serve import news
from tests.serve.test_highlight import Content
from tests.store.query_news import coded_by_the_stand_in


@pytest.fixture
def documents() -> Iterator[list[Document]]:
    with coded_by_the_stand_in():
        yield list(pipeline.code(news.ARTICLES))


@pytest.fixture
def items(documents: list[Document]) -> list[Written]:
    return [export.written(document) for document in documents]


def page(items: list[Written]) -> str:
    sink = io.BytesIO()
    writer = HtmlWriter(sink)
    for item in items:
        writer.write(item)
    writer.close()
    return sink.getvalue().decode("utf-8")


def test_the_page_holds_every_text_to_the_letter(items: list[Written]) -> None:
    texts = re.findall(r'<div class="text" dir="rtl"[^>]*>(.*?)</div>', page(items), re.DOTALL)
    assert [Content(text).text for text in texts] == [item.text for item in items]


def test_the_page_needs_nothing_from_elsewhere(items: list[Written]) -> None:
    text = page(items)
    assert "<script" not in text
    assert "<link" not in text
    assert "src=" not in re.sub("&lt;img src=x", "", text)
    assert "url(" not in text
    assert text.rstrip().endswith("</html>")


def test_ids_are_unique_and_every_mark_leads_to_a_card(items: list[Written]) -> None:
    text = page(items)
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    targets = set(re.findall(r'href="#([^"]+)"', text))
    assert targets
    assert targets <= set(ids)


def test_the_format_is_offered() -> None:
    sink = io.BytesIO()
    export.open_writer("html", sink).close()
    assert sink.getvalue().startswith(b"<!doctype html>")


def test_a_notebook_shows_an_article_in_a_frame(documents: list[Document]) -> None:
    shown = standalone.show(documents[0])._repr_html_()
    (inner,) = re.findall(r'srcdoc="([^"]*)"', shown)
    assert "قصف" in html.unescape(inner)
    assert "sandbox" in shown
    assert repr(standalone.show(documents[0])) == "ASSAULT reported قصف"


def test_a_notebook_shows_one_event(documents: list[Document]) -> None:
    item = export.written(documents[2])
    name = item.record["events"][0]["id"]
    shown = html.unescape(standalone.show(item, name, language="ar")._repr_html_())
    assert "لقاء أو تشاور" in shown
    assert 'class="m m-trigger"' in shown
    with pytest.raises(KeyError):
        standalone.show(item, "nope")


def test_coded_articles_show_themselves_once_the_extension_is_loaded(documents: list[Document]) -> None:
    class Html:
        kinds: dict[type, object] = {}

        def for_type(self, kind: type, show: object) -> None:
            self.kinds[kind] = show

    class Formatter:
        formatters = {"text/html": Html()}

    class Shell:
        display_formatter = Formatter()

    standalone.load_ipython_extension(Shell())
    assert "srcdoc" in Html.kinds[Document](documents[0])  # type: ignore[operator]
