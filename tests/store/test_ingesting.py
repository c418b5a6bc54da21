"""What ingesting counts, skips, recodes, keeps and rejects."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from rasid import store
from rasid.clean import Repeated
from rasid.records import Article, Document, Rejected
from rasid.store import digests
from tests.store import coder, news


def ingest(path: Path, items: Iterable[Article | Rejected]) -> store.Summary:
    with store.open(path) as opened:
        return store.ingest(opened, items, command="test")


def asked(path: Path, query: str) -> list[tuple[Any, ...]]:
    with store.open(path, read_only=True) as opened:
        return opened.connection.execute(query).fetchall()


def test_the_summary_counts_everything(path: Path) -> None:
    told = ingest(path, news.news(40))
    assert (told.read, told.coded, told.skipped, told.copies, told.rejections) == (43, 41, 0, 1, 2)
    assert [(reason.code, reason.inputs) for reason in told.rejected] == [("empty", 2)]
    assert told.reports == asked(path, "SELECT count(*) FROM reports")[0][0] == 82
    assert told.merged == asked(path, "SELECT count(*) FROM events")[0][0]
    assert asked(path, 'SELECT "read", coded, merged, rejected, finished IS NOT NULL FROM runs') == [
        (43, 41, told.merged, 2, True)
    ]


def test_every_value_can_be_traced_to_what_made_it(filled: Path) -> None:
    made = digests.made()
    query = "SELECT DISTINCT rasid, lexicon_digest, models_digest FROM articles AS a JOIN runs AS r ON a.run = r.id"
    assert asked(filled, query) == [tuple(made)]


def test_a_changed_text_is_recoded_and_the_old_text_kept(filled: Path) -> None:
    changed = dataclasses.replace(news.article(3), body=news.article(3).body + " " + news.sentence(9))
    before = {row[0] for row in asked(filled, "SELECT id FROM reports WHERE article = 'a-3'")}
    told = ingest(filled, [changed, news.article(4)])
    assert (told.coded, told.changed, told.skipped) == (1, 1, 1)
    assert asked(filled, "SELECT body FROM articles WHERE id = 'a-3'") == [(changed.body,)]
    assert asked(filled, "SELECT id, body FROM superseded") == [("a-3", news.article(3).body)]
    after = {row[0] for row in asked(filled, "SELECT id FROM reports WHERE article = 'a-3'")}
    assert before < after
    assert store.check(filled) == ()


def test_a_report_that_is_gone_leaves_no_event_behind(filled: Path) -> None:
    silent = dataclasses.replace(news.article(3), body="لا جديد اليوم. " + " ".join(news.article(3).body.split()[-22:]))
    ingest(filled, [silent])
    assert asked(filled, "SELECT count(*) FROM reports WHERE article = 'a-3'") == [(0,)]
    assert asked(filled, "SELECT * FROM events WHERE id NOT IN (SELECT event FROM merges)") == []
    assert store.check(filled) == ()


def test_another_day_of_publication_is_recoded(filled: Path) -> None:
    moved = dataclasses.replace(news.article(3), published=news.DAY.replace(day=20))
    assert ingest(filled, [moved]).recoded == 1
    assert asked(filled, "SELECT published FROM articles WHERE id = 'a-3'") == [(news.DAY.replace(day=20),)]


def test_two_articles_of_one_id_stay_apart(filled: Path) -> None:
    """Files of one name in two folders get one id from the reader."""
    body = "تظاهر الجيش المصري في الزهراء. وهذا نص لا يشبه ما قبله في شيء أبدا"
    other = Article("a-3", "خبر آخر", body, publisher="المرسى")
    assert ingest(filled, [other]).changed == 0
    assert asked(filled, "SELECT count(*) FROM articles WHERE id LIKE 'a-3%' AND id NOT LIKE 'a-3_'") == [(2,)]
    assert ingest(filled, [other, news.article(3)]).skipped == 2
    assert store.check(filled) == ()


def test_a_copy_of_an_article_stored_before_is_linked(filled: Path) -> None:
    copied = dataclasses.replace(news.article(5), id="later", url="https://copy.example/5", publisher="ناسخ")
    told = ingest(filled, [copied])
    assert told.copies == 1
    assert asked(filled, "SELECT copy_of FROM articles WHERE id = 'later'") == [("a-5",)]


def test_copies_and_one_publisher_count_once(path: Path) -> None:
    first = news.article(5)
    copied = dataclasses.replace(first, id="copy", url="https://copy.example/5", publisher="ناسخ")
    ingest(path, [first, copied])
    assert asked(path, "SELECT reports, sources FROM events WHERE type = 'ASSAULT'") == [(2, 1)]


def test_an_input_that_can_be_read_by_now_is_no_longer_rejected(path: Path) -> None:
    ingest(path, [Rejected("a-1", "empty", "it is empty", "a.txt"), Rejected("a-2", "empty", "it is empty", "b.txt")])
    ingest(path, [news.article(1)])
    assert asked(path, "SELECT id, source FROM rejected") == [("a-2", "b.txt")]


def test_one_id_twice_in_a_run(path: Path) -> None:
    told = ingest(path, [news.article(1), news.article(1)])
    assert (told.coded, told.skipped) == (1, 1)


def later(articles: Iterable[Article], *, repeated: Repeated | None = None) -> Iterator[Document]:
    """A newer coder: it calls what was ASSAULT a PROTEST, moves triggers by a word, and finds no visits."""
    for document in coder.code(articles):
        kept = [report for report in document.reports or () if report.type != "CONSULT"]
        changed = [
            dataclasses.replace(
                report,
                id=f"new-{report.trigger.start}",
                type="PROTEST" if report.type == "ASSAULT" else report.type,
                trigger=dataclasses.replace(
                    report.trigger,
                    end=report.trigger.end + 6,
                    text=document.article.text[report.trigger.start : report.trigger.end + 6],
                ),
            )
            for report in kept
        ]
        yield document.replace(reports=tuple(changed))


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.pipeline.code", later)
    monkeypatch.setattr("rasid.store.ingesting.made", lambda repeated: digests.Made("next", "a", "b"))


def test_recoding_keeps_ids_of_reports_and_events(filled: Path, newer: None) -> None:
    reports: dict[str, str] = dict(asked(filled, "SELECT id, type FROM reports"))
    events = {row[0] for row in asked(filled, "SELECT id FROM events WHERE type = 'COERCE'")}
    with store.open(filled) as opened:
        told = store.recode(opened, command="recode")
    assert events
    assert told.recoded == told.coded == 41
    after: dict[str, str] = dict(asked(filled, "SELECT id, type FROM reports"))
    assert after == {
        name: "PROTEST" if kind == "ASSAULT" else kind for name, kind in reports.items() if kind != "CONSULT"
    }
    standing = asked(filled, "SELECT id FROM events UNION SELECT event FROM redirects SEMI JOIN events ON target = id")
    assert events <= {row[0] for row in standing}
    assert asked(filled, "SELECT DISTINCT rasid FROM runs JOIN articles ON run = runs.id") == [("next",)]
    assert store.check(filled) == ()


def test_recoding_twice_does_nothing(filled: Path, newer: None) -> None:
    with store.open(filled) as opened:
        store.recode(opened, command="recode")
        assert store.recode(opened, command="recode").coded == 0


def test_judgements_outlive_recoding(filled: Path, newer: None) -> None:
    (rejected,), (changed,) = asked(filled, "SELECT id FROM reports WHERE type = 'ASSAULT' ORDER BY id LIMIT 2")
    ((visit,),) = asked(filled, "SELECT min(id) FROM reports WHERE type = 'CONSULT'")
    with store.open(filled) as opened:
        store.judge(opened, store.Judgement("Mona", store.What.REJECT, str(rejected)))
        store.judge(opened, store.Judgement("Mona", store.What.SET, str(changed), {"field": "type", "value": "COERCE"}))
        store.judge(opened, store.Judgement("Mona", store.What.ACCEPT, str(visit)))
        store.recode(opened, command="recode")
    found = {name: (kind, judged) for name, kind, judged in asked(filled, "SELECT id, type, judged FROM reports")}
    assert found[rejected][1] == "reject"
    assert found[changed] == ("COERCE", "set")
    assert found[visit] == ("CONSULT", "accept")
    assert asked(filled, f"SELECT * FROM merges WHERE report = '{rejected}'") == []
    assert store.check(filled) == ()


def test_progress_is_told(path: Path) -> None:
    seen: list[store.Progress] = []
    with store.open(path) as opened:
        store.ingest(opened, news.news(80), command="test", progress=seen.append)
    assert {now.stage for now in seen} == {"coding", "merging"}
    assert seen[-1].done == seen[-1].total


def test_search_words_are_sorted_and_complete(filled: Path) -> None:
    words = asked(filled, "SELECT word FROM search")
    assert [word for (word,) in words] == sorted(word for (word,) in words)
    assert asked(filled, "SELECT count(*) FROM articles WHERE number NOT IN (SELECT article FROM search)") == [(0,)]
