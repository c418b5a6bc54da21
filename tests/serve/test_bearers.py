"""A place set by hand gets the gazetteer's coordinates, with a choice where several places share the name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rasid.serve import bearers
from rasid.serve.bearers import SeveralBearers
from tests.serve.conftest import report_id, send
from tests.serve.test_corrections import reports


def named(desk: TestClient, name: str, country: str = "", precision: str = "", **more: str) -> Any:
    """Set the place of the report of a protest; gives the page that follows."""
    fields = {"place_name": name, "place_country": country, "place_precision": precision, **more}
    return send(desk, what="set", target=report_id(desk, "PROTEST"), **fields)


def place(desk: TestClient) -> Any:
    return reports(desk, "PROTEST")[0]["event"]["place"]


def test_the_only_bearer_gives_coordinates_precision_and_number(desk: TestClient) -> None:
    assert "Saved." in named(desk, "بنغازى").text
    found = place(desk)
    assert (found["name"], found["name_en"], found["country"]) == ("بنغازي", "Benghazi", "LBY")
    assert (found["precision"], found["geonames_id"]) == ("locality", 88319)
    assert found["latitude"] == pytest.approx(32.12, abs=0.1)
    assert found["longitude"] == pytest.approx(20.07, abs=0.1)


def test_the_event_has_the_coordinates_too(desk: TestClient) -> None:
    named(desk, "Benghazi")
    (event,) = desk.get("/v1/events?type=PROTEST").json()["events"]
    assert (event["place_name_en"], event["geonames_id"]) == ("Benghazi", 88319)


def test_a_shared_name_is_asked_for_and_nothing_is_judged_meanwhile(desk: TestClient) -> None:
    page = named(desk, "طرابلس", why="the text says so").text
    assert "Which place is meant" in page
    assert desk.get("/v1/judgements").json() == []
    choices = re.findall(r'name="bearer" value="([^"]+)"', page)
    assert [choice[:4] for choice in choices] == ["LBY-", "LBN-", "none"]
    assert 'name="why" value="the text says so"' in page
    named(desk, "طرابلس", bearer=choices[1])
    assert (place(desk)["country"], place(desk)["geonames_id"]) == ("LBN", 266826)


def test_the_country_decides_between_bearers(desk: TestClient) -> None:
    named(desk, "طرابلس", "lbn")
    assert place(desk)["geonames_id"] == 266826


def test_the_precision_decides_between_a_city_and_its_province(desk: TestClient) -> None:
    named(desk, "حلب", "SYR", "province")
    assert (place(desk)["precision"], place(desk)["geonames_id"]) == ("province", None)
    named(desk, "حلب", "SYR", "locality")
    assert (place(desk)["precision"], place(desk)["geonames_id"]) == ("locality", 170063)


def test_a_bearer_in_another_country_is_asked_for(desk: TestClient) -> None:
    page = named(desk, "بنغازي", "TUN").text
    assert "Which place is meant" in page
    named(desk, "بنغازي", "TUN", bearer=bearers.NONE)
    assert (place(desk)["name"], place(desk)["country"], place(desk)["latitude"]) == ("بنغازي", "TUN", None)


def test_an_unknown_name_is_kept_without_coordinates_and_this_is_told(desk: TestClient) -> None:
    assert "no coordinates" in named(desk, "تل الغيلان القصي", "TUN").text
    assert (place(desk)["name"], place(desk)["latitude"], place(desk)["precision"]) == ("تل الغيلان القصي", None, None)


def test_another_name_takes_the_old_coordinates_away(desk: TestClient) -> None:
    named(desk, "بنغازي")
    named(desk, "تل الغيلان القصي", "LBY", "locality")
    assert place(desk)["latitude"] is None


def test_a_coarser_precision_alone_keeps_the_coordinates(desk: TestClient) -> None:
    named(desk, "بنغازي")
    named(desk, "بنغازي", "LBY", "province")
    assert (place(desk)["precision"], place(desk)["geonames_id"]) == ("province", 88319)


def test_the_way_back_is_the_desks_own(desk: TestClient) -> None:
    page = named(desk, "طرابلس", next="javascript:alert(1)").text
    assert 'href="javascript' not in page


def test_a_place_that_takes_no_name_is_the_countrys(desk: TestClient) -> None:
    named(desk, "", "LBY")
    assert (place(desk)["name"], place(desk)["country"], place(desk)["precision"]) == (None, "LBY", "country")


def test_bearers_are_found_in_any_spelling_and_in_english() -> None:
    assert bearers.bearers("بنغازى") == bearers.bearers("Benghazi") != ()
    assert {entry.country for entry in bearers.bearers("tripoli")} >= {"LBY", "LBN"}
    assert bearers.bearers("") == bearers.bearers("qqqq") == ()


def test_the_api_tells_bearers_that_a_judgement_can_set(desk: TestClient) -> None:
    (found,) = desk.get("/v1/places?name=طرابلس&country=LBN").json()
    value = {"field": "place", "value": found}
    body = {"what": "set", "target": report_id(desk, "PROTEST"), "value": value}
    assert desk.post("/v1/judgements", json=body).status_code == 201
    assert {name: place(desk)[name] for name in found} == found
    assert found["geonames_id"] == 266826
    assert desk.get("/v1/places?name=qqqq").json() == []


def test_keys_tell_bearers_apart() -> None:
    with pytest.raises(SeveralBearers) as told:
        bearers.settled("حلب", country="", precision="")
    keys = [bearers.key(entry) for entry in told.value.entries]
    assert len(set(keys)) == len(keys) > 1
    assert all(bearers.settled("حلب", country="", precision="", chosen=name) for name in keys)
