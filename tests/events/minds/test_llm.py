"""A language model as finder: a local server that speaks the real protocol, and answers that must be refused."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import jsonschema
import pytest

from rasid import events, pipeline
from rasid.errors import ModelError
from rasid.events.minds import llm
from rasid.events.minds.asking import SCHEMA
from rasid.records import Article, Document, Status

TEXT = "استقبل وزير الخارجية التونسي في تونس وفدا من البرلمان الإيطالي يوم الثلاثاء. ونفت الوزارة أن تكون هناك وساطة."
EVENT: Mapping[str, Any] = {
    "sentence": 0,
    "type": "CONSULT",
    "trigger": "استقبل",
    "status": "reported",
    "historical": False,
    "modes": ["visit", "no such mode"],
    "actors": [{"text": "وفدا من البرلمان الإيطالي", "sentence": 0}],
    "recipients": [{"text": "وزير الخارجية التونسي", "sentence": 0}, {"text": "السفير الألماني", "sentence": 0}],
    "time": {"text": "يوم الثلاثاء", "sentence": 0},
    "place": None,
    "attribution": None,
    "killed": None,
    "injured": None,
    "arrested": None,
    "confidence": 0.9,
}


@pytest.fixture(autouse=True)
def _own_choice() -> Iterator[None]:
    before = events.in_use()
    yield
    events.use(before)


def document() -> Document:
    (found,) = pipeline.before_events([Article("a", None, TEXT)])
    return found


def answer(**changes: object) -> str:
    return json.dumps({"events": [{**EVENT, **changes}]}, ensure_ascii=False)


def test_the_form_asked_for_is_a_schema_that_the_answer_fits() -> None:
    jsonschema.Draft202012Validator.check_schema(dict(SCHEMA))
    jsonschema.validate(json.loads(answer()), dict(SCHEMA))


def test_phrases_get_their_place_in_the_text() -> None:
    (report,) = llm.reports(document(), answer(), by="llm:t")
    assert TEXT[report.trigger.start : report.trigger.end] == "استقبل"
    assert [actor.text for actor in report.actors] == ["وفدا من البرلمان الإيطالي"]
    assert report.status is Status.REPORTED
    assert report.modes == ("visit",)
    assert report.time is not None
    assert report.confidence == 0.9


def test_a_phrase_that_is_not_in_the_text_is_refused_and_told() -> None:
    (report,) = llm.reports(document(), answer(), by="llm:t")
    assert [party.text for party in report.recipients] == ["وزير الخارجية التونسي"]
    assert [proof.value for proof in report.evidence if "refused" in proof.value] == [
        "refused, not in the text: السفير الألماني"
    ]


@pytest.mark.parametrize("changes", [{"trigger": "التقى"}, {"sentence": 1}, {"sentence": 99}, {"type": "PARTY"}])
def test_an_event_without_its_trigger_is_refused(changes: dict[str, object]) -> None:
    assert llm.reports(document(), answer(**changes), by="llm:t") == ()


@pytest.mark.parametrize("told", ["", "[]", '{"events": [{}]}', "no events here", answer(status="maybe")])
def test_an_answer_in_another_form_is_an_error(told: str) -> None:
    with pytest.raises(llm.BadAnswer):
        llm.reports(document(), told, by="llm:t")


class Server(BaseHTTPRequestHandler):
    """Answers chat completions with one event, and notes what it was asked."""

    asked: list[dict[str, Any]] = []
    status = 200

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Server.asked.append({"path": self.path, **asked})
        message = {"role": "assistant", "content": answer()}
        body = {
            "id": "c-1",
            "object": "chat.completion",
            "created": 1,
            "model": asked["model"],
            "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        }
        sent = json.dumps(body if Server.status == 200 else {"error": {"message": "no such model"}}).encode()
        self.send_response(Server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Server.asked, Server.status = [], 200
    yield f"http://127.0.0.1:{server.server_port}/v1"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_server_that_speaks_the_protocol_codes_articles(address: str) -> None:
    pytest.importorskip("openai", reason="pip install 'rasid[llm]'")
    events.use(events.parse(f"llm:tiny@{address}"))
    (found,) = pipeline.code([Article("a", None, TEXT)])
    (report,) = found.reports or ()
    assert [(a.text, a.code) for a in report.actors] == [("وفدا من البرلمان الإيطالي", "ITALEG")]
    (asked,) = Server.asked
    assert (asked["path"], asked["model"]) == ("/v1/chat/completions", "tiny")
    assert "0\tاستقبل وزير الخارجية" in asked["messages"][1]["content"]
    assert asked["response_format"]["json_schema"]["schema"] == json.loads(json.dumps(SCHEMA))


def test_a_refusing_server_ends_the_run_with_advice(address: str) -> None:
    pytest.importorskip("openai", reason="pip install 'rasid[llm]'")
    Server.status = 404
    events.use(events.parse(f"llm:other@{address}"))
    with pytest.raises(ModelError, match="check address, model and key"):
        list(pipeline.code([Article("a", None, TEXT)]))
