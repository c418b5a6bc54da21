"""Schemathesis reads the API's own description and tries to break it: no server error, answers as described."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, settings

from tests.store.query_news import coded_by_the_stand_in

schemathesis = pytest.importorskip("schemathesis", reason="schemathesis is not installed")

Attempt = TypeVar("Attempt", bound=Callable[..., None])
CALLS = (
    ("GET", "/v1/events"),
    ("GET", "/v1/count"),
    ("GET", "/v1/facets/{field}"),
    ("GET", "/v1/aggregate"),
    ("GET", "/v1/events/{name}"),
    ("GET", "/v1/articles/{name}"),
    ("GET", "/v1/actors"),
    ("GET", "/v1/judgements"),
    ("GET", "/v1/places"),
    ("GET", "/v1/health"),
    ("POST", "/v1/judgements"),
)


@pytest.mark.slow
def test_posting_articles_does_what_its_description_says(desk: TestClient) -> None:
    """On a desk of its own, for it writes."""
    with coded_by_the_stand_in():
        _try(desk, "POST", "/v1/articles")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("method", "path"), CALLS)
def test_the_api_does_what_its_description_says(reading: TestClient, method: str, path: str) -> None:
    _try(reading, method, path)


def _try(client: TestClient, method: str, path: str) -> None:
    schema = schemathesis.openapi.from_dict(client.get("/v1/openapi.json").json())
    operation = schema[path][method]
    tried = []

    @settings(max_examples=12, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @schemathesis_given(operation)
    def attempt(case: Any) -> None:
        told = case.as_transport_kwargs(base_url=str(client.base_url))
        answer = client.request(**{name: told[name] for name in _SENT if told.get(name) is not None})
        tried.append(answer.status_code)
        assert answer.status_code < 500, answer.text
        described = operation.definition.raw["responses"]
        assert str(answer.status_code) in {*described, "404", "405", "413", "421"}, answer.text

    attempt()  # type: ignore[call-arg]
    assert tried


_SENT = ("method", "url", "params", "headers", "json", "content", "data")


def schemathesis_given(operation: Any) -> Callable[[Attempt], Attempt]:
    """Hypothesis' given over the cases of an operation."""
    from hypothesis import given

    return given(case=operation.as_strategy())  # type: ignore[return-value]
