"""The order of the stages is possible, and they give what they promise."""

from __future__ import annotations

import dataclasses

import pytest

from rasid import pipeline
from rasid.errors import PipelineError
from rasid.records import Article, Document


def test_shipped_order_is_possible() -> None:
    pipeline.check(pipeline.STAGES)


def test_a_stage_before_its_maker_is_refused() -> None:
    with pytest.raises(PipelineError, match="words requires cleaned"):
        pipeline.check(pipeline.STAGES[1:])


def test_each_stage_fills_what_it_assigns_and_nothing_else() -> None:
    body = "قال وزير الخارجية إن الوفد سيزور القاهرة غدا. وقتل ثلاثة جنود في هجوم قرب المدينة أمس."
    document = Document(Article("a", "زيارة مرتقبة إلى القاهرة", body))
    for stage in pipeline.STAGES:
        after = stage.run([document])[0]
        changed = {f.name for f in dataclasses.fields(Document) if getattr(after, f.name) != getattr(document, f.name)}
        assert changed <= stage.assigns
        assert all(getattr(after, name) is not None for name in stage.assigns)
        document = after
