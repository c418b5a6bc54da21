"""FollowTheMoney: every entity is one by the library's own schema, and what it refers to is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.export.made_output import output


def entities(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


@pytest.fixture(params=["document", "store"])
def found(request: pytest.FixtureRequest, exported: Callable[[str], bytes]) -> list[dict[str, Any]]:
    return entities(output("ftm") if request.param == "document" else exported("ftm"))


@pytest.mark.filterwarnings("ignore")
def test_the_library_takes_every_entity_as_it_is(found: list[dict[str, Any]]) -> None:
    model = pytest.importorskip("followthemoney").model
    assert {entity["schema"] for entity in found} >= {"Event", "Article"}
    for entity in found:
        schema = model.get(entity["schema"])
        schema.validate(entity)
        proxy = model.get_proxy(entity)
        for name, values in entity["properties"].items():
            prop = schema.get(name)
            assert prop is not None, (entity["schema"], name)
            for value in values:
                assert prop.type.clean(value) is not None, (name, value)
            assert set(proxy.get(name)) == set(values)
        for name in schema.required:
            assert entity["properties"].get(name), (entity["schema"], name)


def test_what_is_referred_to_comes_before(found: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    referred = 0
    for entity in found:
        for name in ("organizer", "involved", "proof"):
            for target in entity["properties"].get(name, ()):
                assert target in seen
                referred += 1
        assert entity["id"] not in seen
        seen.add(entity["id"])
    assert referred >= 4


def test_who_did_what_to_whom() -> None:
    found = {entity["id"]: entity for entity in entities(output("ftm"))}
    raid = next(entity for entity in found.values() if "ASSAULT" in entity["properties"].get("keywords", ()))
    names = [found[name]["properties"]["name"] for name in raid["properties"]["organizer"]]
    assert names == [["en:SYRMIL"]]
    assert raid["properties"]["startDate"] == ["2025-10-03"]
    assert raid["properties"]["country"] == ["sy"]
    assert raid["properties"]["notes"] == ["وكالة الفجر (states)"]
