"""Fixtures that several parts share."""

import pytest

from tests import made


@pytest.fixture
def hand_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every article is coded with the hand-made document of tests.made instead of the pipeline."""
    monkeypatch.setattr("rasid.pipeline.code", made.code)
    monkeypatch.setattr("rasid.pipeline.before_events", lambda articles: list(made.code(articles)))
