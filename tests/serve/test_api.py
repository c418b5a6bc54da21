"""The API: the same filters as the pages, pages without gaps, streams, coding, judging, new events as they come."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rasid import store as stores
from rasid.records import Article
from rasid.serve.desk import Desk
from tests.serve.conftest import MakeDesk, event_id, report_id
from tests.store.query_news import coded_by_the_stand_in


def all_events(desk: TestClient, **params: Any) -> list[dict[str, Any]]:
    """All pages of one event each."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = desk.get("/v1/events", params={"limit": 1, **({"after": after} if after else {}), **params}).json()
        found += page["events"]
        after = page["next"]
        if after is None:
            return found


@pytest.mark.parametrize("order", ["date", "published", "confidence", "sources", "killed"])
def test_pages_hold_every_event_once(reading: TestClient, order: str) -> None:
    paged = [event["id"] for event in all_events(reading, order=order)]
    whole = [event["id"] for event in reading.get("/v1/events", params={"order": order}).json()["events"]]
    assert paged == whole
    assert len(set(paged)) == len(paged) == 4


def test_the_filters_are_those_of_the_pages(reading: TestClient) -> None:
    for query in (
        "type=ASSAULT",
        "country=SYR",
        "actor=SYRMIL",
        "q=%D8%A8%D9%84%D8%AF%D8%A9",
        "min_sources=2",
        "bbox=30,30,40,40",
    ):
        counted = reading.get(f"/v1/count?{query}").json()["events"]
        assert counted == len(reading.get(f"/v1/events?{query}").json()["events"])
        assert f">Events: {counted}<" in reading.get(f"/events?{query}").text


def test_an_event_comes_with_its_reports(reading: TestClient) -> None:
    found = reading.get(f"/v1/events/{event_id(reading, 'ASSAULT')}").json()
    assert [report["event"]["killed"] for report in found["reports"]] == ["3", "5"]
    assert found["event"]["killed_high"] == 5
    assert found["reports"][0]["sentence"].startswith("قصف")


def test_spans_quote_the_article(reading: TestClient) -> None:
    found = reading.get("/v1/articles/visit").json()
    for report in found["reports"]:
        event = report["event"]
        for span in (event["trigger"], *event["actors"], event["place"], event["time"]):
            assert found["text"][span["start"] : span["end"]] == span["text"]


def test_lines_stream_whole_records(reading: TestClient) -> None:
    lines = reading.get("/v1/events.jsonl").text.splitlines()
    assert len(lines) == 4
    assert {json.loads(line)["event"]["type"] for line in lines} == {"ASSAULT", "CONSULT", "PROTEST", "COERCE"}


def test_a_csv_stream_is_a_table(reading: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(reading.get("/v1/events.csv?type=ASSAULT").content.decode("utf-8-sig"))))
    assert len(rows) == 1


def test_facets_and_groups_count(reading: TestClient) -> None:
    assert {item["value"]: item["events"] for item in reading.get("/v1/facets/type?type=AID").json()}["ASSAULT"] == 1
    found = reading.get("/v1/aggregate", params={"by": ["type", "quad"]}).json()
    assert {"type": "ASSAULT", "quad": 4, "events": 1}.items() <= next(
        row for row in found if row["type"] == "ASSAULT"
    ).items()


@pytest.mark.parametrize(
    "call",
    [
        "/v1/events?order=luck",
        "/v1/events?limit=0",
        "/v1/events?limit=100000",
        "/v1/events?after=nonsense",
        "/v1/events?from=today",
        "/v1/facets/luck",
        "/v1/aggregate",
        "/v1/aggregate?by=luck",
        "/v1/events.exe",
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(reading: TestClient, call: str) -> None:
    answer = reading.get(call)
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


def test_a_cursor_of_another_order_is_refused(reading: TestClient) -> None:
    after = reading.get("/v1/events?limit=1&order=date").json()["next"]
    assert reading.get("/v1/events", params={"order": "sources", "after": after}).status_code == 400


@pytest.mark.parametrize("call", ["/v1/events/nope", "/v1/articles/nope"])
def test_what_is_not_there_is_not_found(reading: TestClient, call: str) -> None:
    assert reading.get(call).status_code == 404


def test_a_posted_text_is_coded_and_not_stored(reading: TestClient) -> None:
    with coded_by_the_stand_in():
        text = "قصف الجيش السوري بلدة النور يوم 2031-07-01."
        record = reading.post("/v1/code", json={"text": text, "published": "2031-07-02"}).json()
    assert record["events"][0]["type"] == "ASSAULT"
    assert record["article"]["published"] == "2031-07-02"
    assert reading.get("/v1/health").json()["articles"] == 5


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": "x", "published": "soon"}, {"text": "x", "other": 1}, []])
def test_a_text_that_cannot_be_coded_is_refused(reading: TestClient, body: Any) -> None:
    assert reading.post("/v1/code", json=body).status_code == 422


def test_a_judgement_takes_effect(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    answer = desk.post(
        "/v1/judgements",
        json={"what": "set", "target": report, "value": {"field": "type", "value": "REJECT"}, "why": "x"},
    )
    assert answer.status_code == 201
    assert answer.json()[0]["who"] == "Mona"
    assert desk.get("/v1/count?type=REJECT").json() == {"events": 1}
    undo = desk.post("/v1/judgements", json={"what": "undo", "target": answer.json()[0]["id"]})
    assert undo.status_code == 201
    assert desk.get("/v1/count?type=REJECT").json() == {"events": 0}


@pytest.mark.parametrize(
    "body",
    [
        {"what": "reject", "target": "nope"},
        {"what": "undo", "target": "j999"},
        {"what": "set", "target": "raid:x", "value": {"field": "luck", "value": 1}},
        {"what": "burn", "target": "raid"},
        {"what": "split", "target": "nope", "value": {"reports": []}},
        {"what": "add", "target": "raid", "value": {"type": "AID", "trigger": "x"}},
        {"what": "add", "target": "raid", "value": {"type": "AID", "trigger": {"start": 5, "end": 1}}},
    ],
)
def test_a_judgement_that_cannot_be_is_refused(desk: TestClient, body: dict[str, Any]) -> None:
    answer = desk.post("/v1/judgements", json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]
    assert desk.get("/v1/judgements").json() == []


def test_new_events_are_sent_as_they_come(desk: TestClient) -> None:
    app_desk: Desk = desk.app.state.desk  # type: ignore[attr-defined]
    from rasid.serve import api_stream

    known = set(api_stream._ids(app_desk))
    assert api_stream._new(app_desk, known) == []
    article = Article("new", "خبر", "اعتقل الجيش اليمني رجلا يوم 2031-07-25.", None, "الضفاف")
    with coded_by_the_stand_in():
        stores.ingest(app_desk.store, [article], command="test")
    (fresh,) = api_stream._new(app_desk, known)
    assert fresh["actors"] == ["YEMMIL"]
    assert api_stream._new(app_desk, known) == []


def test_the_stream_is_one_of_server_sent_events(reading: TestClient) -> None:
    answer = reading.get("/v1/stream?seconds=0.05")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text.startswith("retry: ")


def test_the_description_names_every_call(reading: TestClient) -> None:
    paths = set(reading.get("/v1/openapi.json").json()["paths"])
    assert {"/v1/events", "/v1/events/{name}", "/v1/code", "/v1/judgements", "/v1/stream", "/v1/gold"} <= paths
    page = reading.get("/docs").text
    assert all(f'<code class="code">{path}</code>' in page for path in paths)


def test_the_desk_answers_many_at_once(make_desk: MakeDesk) -> None:
    from concurrent.futures import ThreadPoolExecutor

    desk = make_desk()
    calls = ["/", "/events", "/v1/events", "/map", "/network", "/timeline", "/v1/facets/type", "/actors"] * 4
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda call: desk.get(call).status_code, calls))
    assert set(states) == {200}
