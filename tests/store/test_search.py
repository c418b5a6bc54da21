"""Arabic full text: what a word finds, and where it stands in the text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid import store
from rasid.records import Article
from rasid.store import Store, queries, search
from rasid.store.filters import Filters
from tests.store import query_news

CASES = [json.loads(line) for line in Path("tests/cases/search_words.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['query']} / {case['text']}")
def test_words_are_marked_where_they_stand(case: dict[str, object]) -> None:
    text = str(case["text"])
    spans = search.highlights(text, search.parse(str(case["query"])))
    assert [text[span.start : span.end] for span in spans] == case["found"]


def test_the_store_finds_what_would_be_marked(path: Path) -> None:
    """Looking up and marking agree, whatever the words."""
    articles = [Article(f"a{at}", None, f"قصف الجيش السوري: {case['text']}.") for at, case in enumerate(CASES)]
    with store.open(path) as opened:
        store.ingest(opened, articles, command="test")
        for at, case in enumerate(CASES):
            found = queries.ask(opened, *search.articles_with(search.parse(str(case["query"]))))["id"].to_pylist()
            assert (f"a{at}" in found) == bool(case["found"]), case["query"]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with query_news.opened(tmp_path_factory.mktemp("asked")) as found:
        yield found


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("الموصل", ["COERCE"]),
        ("بلدة النور", ["ASSAULT"]),
        ("بلدة الموصل", []),
        ("حلب", []),
        ("زيارة", ["CONSULT"]),
        ("مدرسة", ["CONSULT"]),
        ('"وزارة الداخلية"', ["PROTEST"]),
        ('"وزارة الجديدة"', []),
        ("داخلي*", ["PROTEST"]),
    ],
)
def test_events_are_found_by_the_sentences_that_tell_them(opened: Store, text: str, types: list[str]) -> None:
    """«حلب» stands in the next sentence of an article, which tells of no event."""
    assert queries.events(opened, Filters(text=text))["type"].to_pylist() == types
