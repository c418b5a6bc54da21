"""The examples in docs/api.md answer as the page says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from tests.store.query_news import coded_by_the_stand_in

PAGE = Path(__file__).parents[2] / "docs" / "api.md"
EXAMPLE = re.compile(
    r"^```http ?(\d*)\n(GET|POST) (\S+)\n(.*?)^```$(?:\n\n```json\n(.*?)^```$)?", re.MULTILINE | re.DOTALL
)


def holds(answer: Any, told: Any) -> bool:
    """True when the answer says all that the page says; the page may leave fields out."""
    if isinstance(told, dict):
        return isinstance(answer, dict) and all(key in answer and holds(answer[key], told[key]) for key in told)
    if isinstance(told, list):
        return len(answer) == len(told) and all(map(holds, answer, told))
    return bool(answer == told)


def test_every_example_answers_as_the_page_says(desk: TestClient) -> None:
    examples = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))
    assert len(examples) >= 12
    for status, method, address, body, told in examples:
        with coded_by_the_stand_in():
            answer = desk.request(method, address, json=json.loads(body) if body.strip() else None)
        assert answer.status_code == int(status or 200), (address, answer.text)
        if told:
            assert holds(answer.json(), json.loads(told)), (address, answer.json())


def test_every_filter_and_call_is_on_the_page(desk: TestClient) -> None:
    page = PAGE.read_text(encoding="utf-8")
    described = desk.get("/v1/openapi.json").json()["paths"]
    assert all(f"`{parameter['name']}`" in page for parameter in described["/v1/count"]["get"]["parameters"])
    for path in described:
        start = path.split("{")[0].rstrip("/")
        assert start in page or path in ("/v1/health", "/v1/actors"), path
