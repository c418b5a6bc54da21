"""Other programs beside a running desk: they hand articles over to it, and read beside a desk that only reads."""

from __future__ import annotations

import contextlib
import json
import stat
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from rasid import store
from rasid import watch as watching
from rasid.cli import app
from rasid.errors import StoreFull
from rasid.records import Article, Document, Rejected
from rasid.serve import beside, feeds, handing, keys
from rasid.serve.beside import Running
from rasid.serve.desk import Desk
from rasid.serve.keys import Scope
from rasid.serve.settings import Settings
from tests.serve.conftest import MakeDesk, report_id
from tests.serve.running import free_port, running
from tests.store import coder
from tests.watch import server as web

NEWS = {"id": "cairo", "title": "خبر", "body": "اعتقل الجيش اليمني رجلا يوم 2031-07-25.", "published": "2031-07-26"}


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles are coded by the stand-in."""
    monkeypatch.setattr("rasid.pipeline.code", coder.code)


def post(desk: TestClient, *articles: dict[str, Any], **more: Any) -> Any:
    return desk.post("/v1/articles", json={"articles": list(articles), **more})


def test_posted_articles_are_stored_and_shown_at_once(desk: TestClient) -> None:
    assert desk.get("/v1/count?actor=YEMMIL").json() == {"events": 0}
    answer = post(desk, NEWS, command="a script", source="feed")
    assert answer.status_code == 201
    told = answer.json()
    assert (told["read"], told["coded"], told["skipped"], told["reports"]) == (1, 1, 0, 1)
    assert desk.get("/v1/count?actor=YEMMIL").json() == {"events": 1}
    assert "a script" in desk.get("/sources").text
    assert desk.get("/v1/articles/cairo").json()["published"] == "2031-07-26"


def test_what_is_stored_already_is_skipped(desk: TestClient) -> None:
    post(desk, NEWS)
    assert post(desk, NEWS).json()["skipped"] == 1


def test_rejected_inputs_are_kept_with_their_reasons(desk: TestClient) -> None:
    told = post(desk, rejected=[{"id": "x.bin", "code": "binary", "reason": "is no text"}]).json()
    assert told["rejected"] == [{"code": "binary", "inputs": 1}]
    assert "is no text" in desk.get("/sources").text


def test_posting_needs_its_scope_and_a_desk_that_takes_something(make_desk: MakeDesk) -> None:
    secret, _ = keys.made("bot", [Scope.READ, Scope.JUDGE])
    key = keys.Key("bot", keys.digest(secret), frozenset((Scope.READ, Scope.JUDGE)))
    desk = make_desk(keys=(key,))
    assert post(desk, NEWS).status_code == 401
    desk.headers["authorization"] = f"Bearer {secret}"
    assert post(desk, NEWS).status_code == 403


def test_a_read_only_desk_takes_no_articles(make_desk: MakeDesk) -> None:
    assert post(make_desk(read_only=True), NEWS).status_code == 403


@pytest.mark.parametrize("wrong", [{"id": ""}, {"published": "soon"}, {"colour": "red"}, {"body": None}])
def test_an_article_that_cannot_be_is_refused_whole(desk: TestClient, wrong: dict[str, Any]) -> None:
    assert post(desk, {**NEWS, "id": "other"}, {**NEWS, **wrong}).status_code == 422
    assert desk.get("/v1/count?actor=YEMMIL").json() == {"events": 0}


def test_who_comes_second_is_told_to_wait(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.serve.desk._PATIENCE", 0.01)
    with own(desk).ingesting:
        answer = post(desk, NEWS)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert post(desk, NEWS).status_code == 201


def own(client: TestClient) -> Desk:
    found: Desk = client.app.state.desk  # type: ignore[attr-defined]
    return found


def test_judgements_are_taken_while_articles_are_coded(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, judged = threading.Event(), threading.Event()

    def slow(articles: Iterable[Article], **options: Any) -> Iterator[Document]:
        begun.set()
        assert judged.wait(30), "the judgement had to wait for coding"
        return coder.code(articles)

    monkeypatch.setattr("rasid.pipeline.code", slow)
    sending = threading.Thread(target=post, args=(desk, NEWS))
    sending.start()
    assert begun.wait(30)
    report = report_id(desk, "PROTEST")
    monkeypatch.setattr("rasid.pipeline.code", coder.code)
    answer = desk.post("/v1/judgements", json={"what": "reject", "target": report})
    judged.set()
    sending.join(30)
    assert answer.status_code == 201
    assert desk.get("/v1/count?type=PROTEST").json() == {"events": 0}
    assert desk.get("/v1/count?actor=YEMMIL").json() == {"events": 1}


def many() -> list[Article | Rejected]:
    articles = [Article(f"n{n}", None, f"{NEWS['body']} {n}") for n in range(9)]
    return [*articles, Rejected("x", "binary", "no text")]


def test_handing_over_goes_part_by_part(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "_ITEMS", 4)
    monkeypatch.setattr(handing, "client_of", lambda _: contextlib.nullcontext(desk))
    seen: list[int] = []
    done = handing.hand_over(Running("", ""), many(), command="test", watch=lambda now: seen.append(now.read))
    assert seen == [4, 8, 10]
    assert (done.coded, done.rejections) == (9, 1)
    again = handing.hand_over(Running("", ""), many(), command="test")
    assert (again.coded, again.skipped) == (0, 9)


def test_a_part_is_kept_below_what_the_desk_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handing, "_BODY", 700)
    sizes = [len(json.dumps(part, ensure_ascii=False).encode()) for part in handing._parts(many())]
    assert len(sizes) > 2
    assert max(sizes) < 800


def test_a_refusal_is_told(make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(read_only=True)
    monkeypatch.setattr(handing, "client_of", lambda _: contextlib.nullcontext(desk))
    with pytest.raises(handing.HandingError, match="read-only"):
        handing.hand_over(Running("", ""), many(), command="test")


def test_the_note_is_its_owners_alone_and_goes_with_the_desk(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb"
    beside.note_of(path).write_text("of a desk that was killed", encoding="utf-8")
    with beside.noted(path, Settings(port=8642)) as key:
        note = beside.note_of(path)
        assert stat.S_IMODE(note.stat().st_mode) == 0o600
        told = json.loads(note.read_text(encoding="utf-8"))
        assert key is not None
        assert key.digest == keys.digest(told["key"])
        assert key.scopes == {Scope.READ, Scope.INGEST}
    assert not note.exists()
    with beside.noted(path, Settings(port=8642, read_only=True)) as key:
        assert key is None
        assert not note.exists()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"address": "http://127.0.0.1:PORT", "key": "x"}'])
def test_a_note_that_leads_nowhere_is_no_desk(tmp_path: Path, text: str) -> None:
    path = tmp_path / "news.duckdb"
    assert beside.running(path) is None
    beside.note_of(path).write_text(text.replace("PORT", str(free_port())), encoding="utf-8")
    assert beside.running(path) is None


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:1"), ("0.0.0.0", "http://127.0.0.1:1"), ("::1", "http://[::1]:1")],
)
def test_the_note_leads_to_this_machine(host: str, address: str) -> None:
    assert Settings(host=host, port=1).address == address


@pytest.mark.slow
def test_rasid_ingest_hands_over_to_the_desk_that_holds_the_store(path: Path, tmp_path: Path) -> None:
    news = tmp_path / "more.jsonl"
    news.write_text(json.dumps({**NEWS, "text": NEWS["body"]}, ensure_ascii=False) + "\n", encoding="utf-8")
    with running(path) as (address, _):
        found = beside.running(path)
        assert found is not None
        assert found.address == address
        told = CliRunner().invoke(app, ["ingest", str(news), "--store", str(path)])
        assert told.exit_code == 0, told.output
        assert "has it open" in told.stderr
        assert "read 1, coded 1" in told.stdout
        learned = CliRunner().invoke(app, ["ingest", "--recode", "--store", str(path)])
        assert learned.exit_code == 2
        assert "stop the desk first" in learned.stderr
    assert not beside.note_of(path).exists()
    with store.open(path, read_only=True) as opened:
        assert opened.connection.execute("SELECT count(*) FROM articles WHERE id = 'cairo'").fetchone() == (1,)


_READ = "import sys; from rasid import store; store.open(sys.argv[1], read_only=sys.argv[2] == 'read').close()"


def opening(path: Path, how: str) -> subprocess.CompletedProcess[str]:
    """Another process opens the store."""
    command = [sys.executable, "-c", _READ, str(path), how]
    environment = {"PYTHONPATH": str(Path(__file__).parents[2] / "src")}
    return subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)


def test_a_read_only_desk_locks_out_no_reader(make_desk: MakeDesk, path: Path) -> None:
    desk = make_desk(read_only=True)
    assert desk.get("/").status_code == 200
    assert opening(path, "read").returncode == 0
    writing = opening(path, "write")
    assert writing.returncode != 0
    assert "StoreLocked" in writing.stderr
    assert desk.get("/events").status_code == 200


def test_the_desk_watches_feeds(desk: TestClient, tmp_path: Path) -> None:
    told: list[str] = []
    stop = threading.Event()
    with web.running() as site:
        site.put("/feed", web.Reply(web.rss(("قصف الجيش السوري بلدة النور", f"{site.address}/news"))))
        site.put("/news", web.Reply(web.page("قصف الجيش السوري بلدة النور")))
        file = tmp_path / "feeds.toml"
        listed = [f"{site.address}/feed", f"{site.address}/none"]
        rows = "".join(f'[[feed]]\nurl = "{url}"\n' for url in listed)
        file.write_text(f"[watch]\nhost_seconds = 0.01\n{rows}", encoding="utf-8")

        def tell(line: str) -> None:
            told.append(line)
            stop.set()

        feeds.watch(own(desk), watching.load(file), stop, tell=tell)
    assert len(told) == 1
    assert f"{site.address}/none" in told[0]
    watched = desk.get("/sources").text.split('id="watched"')[1].split("</table>")[0]
    assert f"{site.address}/feed" in watched
    assert f"{site.address}/none" in watched
    assert "<b>1×</b>" in watched


def test_a_read_only_desk_watches_nothing(path: Path, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["serve", str(path), "--read-only", "--watch", str(tmp_path / "feeds.toml")])
    assert told.exit_code == 2
    assert "stores nothing" in told.output


def test_feeds_go_on_after_a_failure(desk: TestClient) -> None:
    class Failing:
        def once(self) -> Iterator[None]:
            raise StoreFull("disk")

    told: list[str] = []
    assert feeds._round(Failing(), told.append) > 1  # type: ignore[arg-type]
    assert told
