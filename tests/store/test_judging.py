"""Judgements: checked, applied at once, undone, and never lost."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rasid import store
from rasid.errors import JudgementError
from rasid.store import Judgement, What
from tests.store import news


def taken(path: Path, what: What, target: str, value: Mapping[str, Any] | None = None) -> str:
    """The id of a judgement that was taken."""
    with store.open(path) as opened:
        return store.judge(opened, Judgement("Mona", what, target, value or {}, why="seen"))[0].id


def asked(path: Path, query: str) -> list[tuple[Any, ...]]:
    with store.open(path, read_only=True) as opened:
        return opened.connection.execute(query).fetchall()


def one(path: Path, query: str) -> Any:
    ((value,),) = asked(path, query)
    return value


def assault(path: Path) -> str:
    return str(one(path, "SELECT min(id) FROM reports WHERE type = 'ASSAULT' AND killed IS NOT NULL"))


SETTABLE = [
    ("type", "PROTEST", "type", "PROTEST"),
    ("type", "PROTEST", "cameo", "140"),
    ("status", "negation", "status", "negation"),
    ("historical", True, "historical", True),
    ("modes", ["aerial"], "modes", ["aerial"]),
    ("modes", ["aerial"], "cameo", "195"),
    ("contexts", ["military"], "contexts", ["military"]),
    ("killed", ">=12", "killed", ">=12"),
    ("killed", None, "killed", None),
    ("time", {"edtf": "2031-06"}, "edtf", "2031-06"),
    ("time", "2031-06-02/2031-06-05", "precision", "interval"),
    ("place", {"name": "حلب", "name_en": "Aleppo", "country": "SYR", "precision": "locality"}, "place_name", "حلب"),
    ("place", None, "country", None),
]


@pytest.mark.parametrize(("field", "value", "column", "expected"), SETTABLE)
def test_a_field_is_set_and_its_codes_follow(filled: Path, field: str, value: Any, column: str, expected: Any) -> None:
    report = assault(filled)
    taken(filled, What.SET, report, {"field": field, "value": value})
    found = asked(filled, f"SELECT {column}, judged FROM reports WHERE id = '{report}'")
    assert found == [(expected, "set")]
    assert one(filled, f"SELECT reviewed FROM events JOIN merges ON id = event WHERE report = '{report}'") is True
    assert store.check(filled) == ()


def test_parties_are_set_with_their_codes(filled: Path) -> None:
    report = assault(filled)
    taken(filled, What.SET, report, {"field": "recipients", "value": [{"text": "المدنيون", "code": "SYRCVL"}]})
    query = f"SELECT text, code, country, sectors FROM parties WHERE report = '{report}' AND role = 'recipient'"
    assert asked(filled, query) == [("المدنيون", "SYRCVL", "SYR", ["CVL"])]
    assert "civilians" in one(filled, f"SELECT line_en FROM events JOIN merges ON id = event WHERE report = '{report}'")


REFUSED = [
    (What.SET, "report", {"field": "type", "value": "WAR"}, "it is one of"),
    (What.SET, "report", {"field": "score", "value": 3}, "the fields are"),
    (What.SET, "report", {}, "field"),
    (What.SET, "report", {"field": "killed", "value": "many"}, "no count"),
    (What.SET, "report", {"field": "time", "value": "yesterday"}, "no date"),
    (What.SET, "report", {"field": "time", "value": "2031-02-30"}, "no date"),
    (What.SET, "report", {"field": "actors", "value": [{"code": "SYRXXX"}]}, "no sector"),
    (What.SET, "report", {"field": "trigger", "value": {"start": 5, "end": 100_000}}, "no span"),
    (What.SET, "report", {"field": "modes", "value": "aerial"}, "no list"),
    (What.SET, "nobody", {"field": "type", "value": "PROTEST"}, "no report"),
    (What.REJECT, "nobody", {}, "no event"),
    (What.ADD, "nobody", {"type": "PROTEST"}, "no article"),
    (What.ADD, "article", {"type": "PROTEST"}, "needs a type and a trigger"),
    (What.SPLIT, "event", {"reports": []}, "not all"),
    (What.JOIN, "event", {"events": []}, "is the same as"),
    (What.UNDO, "j9", {}, "no judgement"),
]


@pytest.mark.parametrize(("what", "target", "value", "message"), REFUSED)
def test_a_wrong_judgement_changes_nothing(
    filled: Path, what: What, target: str, value: Mapping[str, Any], message: str
) -> None:
    before = news.contents(filled)
    known = {
        "report": assault(filled),
        "article": "a-1",
        "event": str(one(filled, "SELECT min(id) FROM events WHERE reports > 1")),
    }
    with pytest.raises(JudgementError, match=message):
        taken(filled, what, known.get(target, target), value)
    assert news.contents(filled) == before


def test_nobody_cannot_judge(filled: Path) -> None:
    with store.open(filled) as opened, pytest.raises(JudgementError, match="who"):
        store.judge(opened, Judgement("", What.REJECT, assault_in(opened)))


def assault_in(opened: store.Store) -> str:
    row = opened.connection.execute("SELECT min(id) FROM reports").fetchone()
    return str(row[0]) if row else ""


def test_a_rejected_report_is_in_no_event_until_it_is_accepted(filled: Path) -> None:
    report = assault(filled)
    before = news.contents(filled)
    taken(filled, What.REJECT, report)
    assert asked(filled, f"SELECT event FROM merges WHERE report = '{report}'") == []
    taken(filled, What.ACCEPT, report)
    assert len(asked(filled, f"SELECT event FROM merges WHERE report = '{report}'")) == 1
    assert len(news.contents(filled)["merges"]) == len(before["merges"])


def test_rejecting_an_event_rejects_its_reports(filled: Path) -> None:
    event = one(filled, "SELECT min(id) FROM events WHERE reports > 1")
    size = one(filled, f"SELECT reports FROM events WHERE id = '{event}'")
    with store.open(filled) as opened:
        judged = store.judge(opened, Judgement("Mona", What.REJECT, event))
    assert len(judged) == size
    assert asked(filled, f"SELECT id FROM events WHERE id = '{event}'") == []
    assert store.check(filled) == ()


@pytest.mark.parametrize("what", [What.REJECT, What.ACCEPT, What.SET, What.ADD, What.SPLIT, What.JOIN])
def test_undo_brings_back_what_was(filled: Path, what: What) -> None:
    before = news.contents(filled)
    events = [name for (name,) in asked(filled, "SELECT id FROM events WHERE reports > 1 ORDER BY id LIMIT 2")]
    ((member,),) = asked(filled, f"SELECT min(report) FROM merges WHERE event = '{events[0]}'")
    targets: dict[What, tuple[str, Mapping[str, Any]]] = {
        What.REJECT: (member, {}),
        What.ACCEPT: (member, {}),
        What.SET: (member, {"field": "type", "value": "AID"}),
        What.ADD: ("a-1", {"type": "PROTEST", "trigger": {"start": 0, "end": 3}}),
        What.SPLIT: (events[0], {"reports": [member]}),
        What.JOIN: (events[0], {"events": [events[1]]}),
    }
    name = taken(filled, what, *targets[what])
    changed = news.contents(filled)
    assert {table for table in before if before[table] != changed[table]} - {"judgements"}
    taken(filled, What.UNDO, name)
    after = news.contents(filled)
    for table in ("reports", "parties", "told", "actors", "actor_names"):
        assert after[table] == before[table], table
    assert groups(after) == groups(before)
    assert len(after["judgements"]) == 2
    assert store.check(filled) == ()


def groups(found: dict[str, list[tuple[object, ...]]]) -> set[frozenset[object]]:
    """The events as sets of reports."""
    members: dict[object, set[object]] = {}
    for event, report, *_ in found["merges"]:
        members.setdefault(event, set()).add(report)
    return {frozenset(reports) for reports in members.values()}


def test_what_is_undone_cannot_be_undone_again(filled: Path) -> None:
    first = taken(filled, What.REJECT, assault(filled))
    taken(filled, What.UNDO, first)
    with pytest.raises(JudgementError, match="undone already"):
        taken(filled, What.UNDO, first)


def test_an_undo_can_be_undone(filled: Path) -> None:
    report = assault(filled)
    second = taken(filled, What.UNDO, taken(filled, What.REJECT, report))
    assert one(filled, f"SELECT judged FROM reports WHERE id = '{report}'") is None
    taken(filled, What.UNDO, second)
    assert one(filled, f"SELECT judged FROM reports WHERE id = '{report}'") == "reject"


def test_a_split_outlives_new_reports(filled: Path) -> None:
    event = one(filled, "SELECT min(id) FROM events WHERE reports > 1")
    members = [name for (name,) in asked(filled, f"SELECT report FROM merges WHERE event = '{event}' ORDER BY report")]
    taken(filled, What.SPLIT, event, {"reports": members[:1]})
    with store.open(filled) as opened:
        store.ingest(opened, news.news(60), command="test")
    found = asked(filled, f"SELECT DISTINCT event FROM merges WHERE report IN ('{members[0]}', '{members[1]}')")
    assert len(found) == 2


def test_a_join_outlives_new_reports_and_its_old_id_leads_on(filled: Path) -> None:
    events = [name for (name,) in asked(filled, "SELECT id FROM events ORDER BY type, id")]
    first, last = events[0], events[-1]
    taken(filled, What.JOIN, first, {"events": [last]})
    with store.open(filled) as opened:
        store.ingest(opened, news.news(60), command="test")
    left = [name for (name,) in asked(filled, f"SELECT id FROM events WHERE id IN ('{first}', '{last}')")]
    assert len(left) == 1
    gone = ({first, last} - set(left)).pop()
    assert asked(filled, f"SELECT target FROM redirects WHERE event = '{gone}'") == [(left[0],)]


def test_a_missed_event_is_added_with_its_sentence(filled: Path) -> None:
    text = news.article(2).text
    start = text.index("وقال مصدر")
    value = {"type": "PROTEST", "trigger": {"start": start, "end": start + 4}, "killed": "2"}
    taken(filled, What.ADD, "a-2", value)
    query = "SELECT trigger_text, sentence_start, killed, quad, confidence FROM reports WHERE judged = 'add'"
    assert asked(filled, query) == [("وقال", start, "2", 4, 1.0)]
    assert store.check(filled) == ()


def test_the_log_only_grows(filled: Path) -> None:
    first = taken(filled, What.REJECT, assault(filled))
    taken(filled, What.UNDO, first)
    found = asked(filled, "SELECT id, who, what, why FROM judgements ORDER BY id")
    assert found == [("j1", "Mona", "reject", "seen"), ("j2", "Mona", "undo", "seen")]


def test_a_judgement_taken_while_news_comes_in_holds(filled: Path) -> None:
    """One thread ingests changed articles, another judges their reports."""
    with store.open(filled) as opened:
        report = assault_in(opened)
        articles = [news.article(number) for number in range(40, 140)]
        thread = threading.Thread(target=store.ingest, args=(opened.cursor(), articles), kwargs={"command": "test"})
        thread.start()
        while thread.is_alive():
            store.judge(opened, Judgement("Mona", What.REJECT, report))
            store.judge(opened, Judgement("Mona", What.ACCEPT, report))
        thread.join()
    assert one(filled, f"SELECT judged FROM reports WHERE id = '{report}'") == "accept"
    assert one(filled, "SELECT count(*) FROM articles") == 141
    assert store.check(filled) == ()
