"""Choosing who finds events and how sure they must be."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest

from rasid import events, pipeline
from rasid.errors import ModelError
from rasid.records import Article

TEXT = "قتل ثلاثة جنود في هجوم شنه مسلحون على حاجز قرب المدينة، وأدانت الحكومة الهجوم، وقد تفرض عقوبات على من يدعمهم."


@pytest.fixture(autouse=True)
def _own_choice() -> Iterator[None]:
    before = events.in_use()
    yield
    events.use(before)


def count(**changes: object) -> int:
    events.use(dataclasses.replace(events.Choice(), **changes))  # type: ignore[arg-type]
    (document,) = pipeline.code([Article("a", None, TEXT)])
    return len(document.reports or ())


@pytest.mark.parametrize("told", ["models", "tables", "neural:folder/of/model", "llm:some-model@http://localhost:8000/v1"])
def test_what_can_be_chosen(told: str) -> None:
    assert events.parse(told).finder == told.partition(":")[0]


@pytest.mark.parametrize("told", ["", "gpt", "neural", "neural:", "llm:model", "llm:@", "models:x"])
def test_anything_else_is_an_error_that_tells_what_is_allowed(told: str) -> None:
    with pytest.raises(ModelError, match="llm:MODEL@URL"):
        events.parse(told)


def test_a_lower_confidence_finds_more() -> None:
    assert count(least=0.05) > count(least=0.95)
    assert count(least=1.0) == 0


def test_tables_find_events_without_models() -> None:
    events.use(events.Choice(events.choice.TABLES))
    (document,) = pipeline.code([Article("a", None, TEXT)])
    assert {r.evidence[0].by for r in document.reports or ()} == {"lexicon:triggers"}
