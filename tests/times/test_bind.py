"""The time that each event is given."""

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest

from rasid import clean, words
from rasid.records import Article, Document, Evidence, Report, Status, Trigger
from rasid.times import bind, stage

CASES = (Path(__file__).parents[1] / "cases" / "dated_events.jsonl").read_text(encoding="utf-8").splitlines()


def document(body: str, published: str | None, acts: list[list[str]]) -> Document:
    """A document with a report for each act: its trigger word, type and expected time."""
    day = datetime.date.fromisoformat(published) if published else None
    made = stage(words.stage(clean.stage(Document(Article("a", None, body, published=day)))))
    reports, start = [], 0
    for word, kind, _ in acts:
        start = body.index(word, start)
        trigger = Trigger(start, start + len(word), word)
        reports.append(Report(f"a#{start}", kind, (), Status.REPORTED, False, made.sentence_at(start), trigger))
    return made.replace(reports=tuple(reports))


@pytest.mark.parametrize("case", [json.loads(line) for line in CASES])
def test_each_event_has_the_time_that_dates_it(case):
    bound = bind(document(case["body"], case["published"], case["acts"])).reports
    assert [report.time and report.time.text for report in bound] == [text for _, _, text in case["acts"]]


def proposed(made: Document, text: str, score: float) -> Document:
    start = made.article.text.index(text)
    evidence = (Evidence("model:events-1", "time", start, start + len(text), score),)
    return made.replace(reports=tuple(replace(report, evidence=evidence) for report in made.reports or ()))


BODY = "التقى الوزير نظيره التركي الاثنين، ووصل إلى أنقرة الأحد، ثم غادرها الثلاثاء."


@pytest.mark.parametrize(("text", "score", "expected"), [("الأحد", 0.97, "الأحد"), ("الاثنين", 0.97, "الاثنين")])
def test_a_sure_proposal_of_the_models_decides(text, score, expected):
    made = proposed(document(BODY, "2018-05-18", [["التقى", "CONSULT", ""]]), text, score)
    (report,) = bind(made).reports
    assert report.time.text == expected


def test_proposals_make_room_for_the_evidence_of_what_was_chosen():
    made = proposed(document(BODY, "2018-05-18", [["التقى", "CONSULT", ""]]), "الاثنين", 0.97)
    (report,) = bind(made).reports
    (evidence,) = report.evidence
    assert evidence.value == "time=2018-05-14"
    assert made.article.text[evidence.start : evidence.end] == "الاثنين"
    assert 0 < evidence.score <= 1


def test_the_wording_of_the_proposal_settles_where_since_stands():
    body = "فرضت واشنطن عقوبات على دمشق منذ عام 2011."
    made = proposed(document(body, "2018-05-18", [["عقوبات", "SANCTION", ""]]), "عام 2011", 0.97)
    (report,) = bind(made).reports
    assert report.time.edtf == "2011"
    assert report.historical


def test_a_phrase_without_a_value_is_kept_when_nothing_dates_the_event():
    made = document("انسحب الوفد غداة الهجوم.", "2018-05-18", [["انسحب", "RETREAT", ""]])
    span = made.times[0]
    made = made.replace(reports=tuple(replace(report, time=span) for report in made.reports or ()))
    (report,) = bind(made).reports
    assert report.time == span
    assert report.time.reason == "told_from_an_event"


def test_reports_keep_their_order():
    made = document(BODY, "2018-05-18", [["التقى", "CONSULT", ""], ["غادر", "CONSULT", ""]])
    turned = made.replace(reports=tuple(reversed(made.reports or ())))
    assert [report.id for report in bind(turned).reports] == [report.id for report in turned.reports]
