"""Corrections made on pages: they take effect at once, can be undone, and act only on what was on the screen."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from rasid import gold, store
from rasid.errors import JudgementError
from rasid.serve import corrections, data_reports, data_review
from tests.serve.conftest import MakeDesk, event_id, report_id, send, token


def reports(desk: TestClient, kind: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.get(f"/v1/events/{event_id(desk, kind)}").json()["reports"]
    return found


def edit(desk: TestClient, report: str, **fields: Any) -> Any:
    return send(desk, what="set", target=report, **fields)


def test_changing_the_type_takes_effect_at_once(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    answer = edit(desk, report, type="REJECT", why="they refused")
    assert "Saved." in answer.text
    assert report_id(desk, "REJECT") == report
    assert desk.get("/v1/count?type=PROTEST").json() == {"events": 0}


def test_a_judgement_can_be_undone(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    edit(desk, report, status="negation")
    (judgement,) = desk.get("/v1/judgements").json()
    answer = send(desk, what="undo", target=judgement["id"])
    assert "Undone." in answer.text
    assert reports(desk, "PROTEST")[0]["event"]["status"] == "reported"


def test_a_form_that_changes_nothing_judges_nothing(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    answer = edit(desk, report, type="PROTEST", status="reported", modes_shown="1")
    assert "no change" in answer.text
    assert desk.get("/v1/judgements").json() == []


def test_party_date_place_and_toll_can_be_set(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    edit(
        desk,
        report,
        actors_shown="1",
        actors_0="TUNOPP",
        actors_new="TUNCVL",
        actors_new_text="الأهالي",
        recipients_shown="1",
        recipients_new="tungov",
        edtf="2031-07-08",
        place_name="تونس",
        place_country="tun",
        place_precision="locality",
        killed=">=2",
    )
    event = reports(desk, "PROTEST")[0]["event"]
    assert [party["code"] for party in event["actors"]] == ["TUNOPP", "TUNCVL"]
    assert [party["code"] for party in event["recipients"]] == ["TUNGOV"]
    assert event["time"]["edtf"] == "2031-07-08"
    assert (event["place"]["name"], event["place"]["country"]) == ("تونس", "TUN")
    assert event["killed"] == ">=2"


def test_a_party_can_be_taken_out(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    edit(desk, report, actors_shown="1", actors_0="TUNMIL", actors_0_out="yes")
    assert reports(desk, "PROTEST")[0]["event"]["actors"] == []


@pytest.mark.parametrize(
    "fields", [{"type": "WAR"}, {"edtf": "yesterday"}, {"actors_shown": "1", "actors_0": "TUNXXX"}, {"killed": "many"}]
)
def test_a_value_that_is_not_allowed_changes_nothing(desk: TestClient, fields: dict[str, str]) -> None:
    answer = edit(desk, report_id(desk, "PROTEST"), **fields)
    assert "cannot be understood" in answer.text
    assert desk.get("/v1/judgements").json() == []


def test_rejecting_takes_the_event_away_and_undo_brings_it_back(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    send(desk, what="reject", target=report)
    assert desk.get("/v1/count?type=PROTEST").json() == {"events": 0}
    assert "تظاهر" in desk.get("/articles/march%2F2031%3Fa%3Db%23c").text
    send(desk, what="undo", target=desk.get("/v1/judgements").json()[0]["id"])
    assert desk.get("/v1/count?type=PROTEST").json() == {"events": 1}


def test_a_report_is_split_off_and_joined_again(desk: TestClient) -> None:
    event = event_id(desk, "ASSAULT")
    one, other = reports(desk, "ASSAULT")
    send(desk, what="split", target=event, reports=[other["id"]], why="another town")
    first, second = desk.get("/v1/events?type=ASSAULT").json()["events"]
    assert {first["reports"], second["reports"]} == {1}
    send(desk, what="join", target=first["id"], events=second["id"])
    assert {report["id"] for report in reports(desk, "ASSAULT")} == {one["id"], other["id"]}


def test_a_missed_event_is_added_by_its_words(desk: TestClient) -> None:
    text = desk.get("/v1/articles/arrest").json()["text"]
    start = text.index("قال شاهد")
    send(desk, what="add", target="arrest", start=str(start), end=str(start + 3), type="CONSULT", actors_new="SYRCVL")
    (added,) = [r for r in desk.get("/v1/articles/arrest").json()["reports"] if r["event"]["type"] == "CONSULT"]
    assert added["event"]["trigger"]["text"] == "قال"
    assert added["event"]["actors"][0]["code"] == "SYRCVL"
    assert "قال" in desk.get("/articles/arrest").text


def test_adding_needs_words(desk: TestClient) -> None:
    assert "select the words" in send(desk, what="add", target="arrest", type="CONSULT").text


def test_what_was_changed_meanwhile_is_not_judged(desk: TestClient, path: Any) -> None:
    report = report_id(desk, "PROTEST")
    page = desk.get("/articles/march%2F2031%3Fa%3Db%23c").text
    (seen,) = set(re.findall(r'name="seen" value="(\w+)"', page))
    edit(desk, report, status="negation")
    answer = send(desk, what="accept", target=report, seen=seen)
    assert "changed meanwhile" in answer.text
    assert [item["what"] for item in desk.get("/v1/judgements").json()] == ["set"]


def test_without_the_forms_token_nothing_happens(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    token(desk)
    for wrong in ({}, {"token": "x"}, {"token": ""}):
        answer = desk.post("/judge", data={"what": "reject", "target": report, **wrong})
        assert answer.status_code == 419
    assert desk.get("/v1/judgements").json() == []


def test_a_read_only_desk_takes_none(make_desk: MakeDesk) -> None:
    desk = make_desk(read_only=True)
    answer = desk.post("/judge", data={"what": "reject", "target": "x"})
    assert answer.status_code == 403
    judged = desk.post("/v1/judgements", json={"what": "reject", "target": "x"})
    assert judged.status_code == 403


def test_judgements_are_kept_under_the_reviewers_name(desk: TestClient) -> None:
    desk.post("/reviewer", data={"token": token(desk), "name": "  Sami   K "})
    send(desk, what="accept", target=report_id(desk, "PROTEST"))
    assert desk.get("/v1/judgements").json()[0]["who"] == "Sami K"


def review_as(desk: TestClient, name: str) -> None:
    desk.post("/reviewer", data={"token": token(desk), "name": name})


def test_two_reviewers_agree_or_not(desk: TestClient, path: Any) -> None:
    protest, coerce = report_id(desk, "PROTEST"), report_id(desk, "COERCE")
    review_as(desk, "Mona")
    send(desk, what="accept", target=protest)
    send(desk, what="accept", target=coerce)
    review_as(desk, "Sami")
    assert "queue=second" in desk.get("/review?queue=second").text
    send(desk, what="accept", target=protest)
    send(desk, what="reject", target=coerce)
    text = desk.get("/review").text
    assert "<bdi>Mona</bdi> · <bdi>Sami</bdi>" in text
    assert '<bdi dir="ltr" class="num">0.50</bdi>' in text


def test_the_second_reading_holds_what_others_judged_and_hides_how(desk: TestClient) -> None:
    report = report_id(desk, "PROTEST")
    send(desk, what="reject", target=report)
    assert "Nothing waits for you here." in desk.get("/review?queue=second").text
    review_as(desk, "Sami")
    text = desk.get("/review?queue=second").text
    assert f'name="target" value="{report}"' in text
    turn = text.split('id="turn"')[1].split("</article>")[0]
    assert "<bdi>Mona</bdi>" not in turn
    assert "rejected" not in turn


def test_kappa_is_cohens() -> None:
    assert data_review.kappa([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")]) == pytest.approx(0.5)
    assert data_review.kappa([("a", "a")]) is None
    assert data_review.kappa([("a", "b"), ("b", "a")]) == pytest.approx(-1.0)


def test_the_queue_moves_on_with_each_judgement(desk: TestClient) -> None:
    seen = []
    for _ in range(5):
        found = re.search(r'name="target" value="([^"]+)"', desk.get("/review").text)
        assert found
        seen.append(found[1])
        send(desk, what="accept", target=found[1])
    assert len(set(seen)) == 5
    assert "Nothing waits for you here." in desk.get("/review").text


def test_skipping_shows_the_next_and_stays_within_the_filters(desk: TestClient) -> None:
    first, second = (
        re.findall(r'name="target" value="([^"]+)"', desk.get(f"/review?skip={skip}").text)[0] for skip in (0, 1)
    )
    assert first != second
    text = desk.get("/review?type=PROTEST").text
    assert "1 left" in text


def test_the_sample_is_the_same_for_everyone_and_holds_every_report_once(desk: TestClient) -> None:
    orders = []
    for name in ("Mona", "Sami"):
        review_as(desk, name)
        pages = [desk.get(f"/review?queue=sample&skip={skip}").text for skip in range(5)]
        orders.append([re.findall(r'name="target" value="([^"]+)"', page)[0] for page in pages])
    assert orders[0] == orders[1]
    assert len(set(orders[0])) == 5


def test_an_article_judged_in_part_is_gold_only_where_that_is_asked_for(desk: TestClient) -> None:
    text = desk.get("/v1/articles/arrest").json()["text"]
    start = text.index("قال شاهد")
    send(desk, what="add", target="arrest", start=str(start), end=str(start + 3), type="CONSULT")
    assert desk.get("/export/gold").text == ""
    (record,) = [json.loads(line) for line in desk.get("/export/gold?partial=yes").text.splitlines()]
    assert [mention["type"] for mention in record["mentions"]] == ["COERCE", "CONSULT"]
    assert "/export/gold?partial=yes" in desk.get("/review").text


def test_judged_articles_come_out_as_gold(desk: TestClient, path: Any, tmp_path: Any) -> None:
    edit(desk, report_id(desk, "CONSULT"), status="future")
    (record,) = [json.loads(line) for line in desk.get("/export/gold").text.splitlines()]
    assert record["article"] == "visit"
    mention = record["mentions"][0]
    assert (mention["type"], mention["status"], mention["trigger"]["text"]) == ("CONSULT", "future", "زار")
    assert mention["place"]["country"] == "IRQ"
    start, end = record["sentences"][mention["sentence"]]
    assert "زار" in record["text"][start:end]
    file = tmp_path / "gold.jsonl"
    file.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    (read,) = gold.read_gold(file)
    assert read.mentions[0].status == "future"


def test_corrections_suggest_rows_for_the_lexicon(desk: TestClient) -> None:
    edit(desk, report_id(desk, "PROTEST"), actors_shown="1", actors_0="TUNOPP", why="the opposition")
    edit(desk, report_id(desk, "CONSULT"), type="AID")
    lines = [line.split("\t") for line in desk.get("/export/lexicon").text.splitlines()]
    assert lines[0] == ["table", "form", "value", "was", "times", "why"]
    assert ["groups", "الجيش التونسي", "TUNOPP", "TUNMIL", "1", "the opposition"] in lines
    assert ["triggers", "زار", "AID", "CONSULT", "1", ""] in lines


def test_a_stale_digest_is_an_error(path: Any) -> None:
    with store.open(path) as opened:
        (told,) = data_reports.of_article(opened, "visit")
    corrections.check_seen(told.event, corrections.seen(told.event))
    corrections.check_seen(told.event, "")
    with pytest.raises(JudgementError):
        corrections.check_seen(told.event, "0" * 16)
