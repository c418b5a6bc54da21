"""Fixtures that several parts share."""

import pytest

from tests import made


@pytest.fixture
def hand_coded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every article is coded with the hand-made document of tests.made instead of the pipeline."""
    monkeypatch.setattr("rasid.pipeline.code", made.code)
