"""A correction that was answered is on disk: killing the desk right after the answer does not lose it."""

from __future__ import annotations

import json
import signal
import urllib.request
from pathlib import Path

from rasid import store
from tests.serve.running import running


def post(address: str, body: dict[str, object]) -> list[dict[str, object]]:
    data = json.dumps(body).encode()
    asked = urllib.request.Request(f"{address}/v1/judgements", data, {"content-type": "application/json"})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        found: list[dict[str, object]] = json.load(answer)
        return found


def test_a_correction_survives_a_kill_right_after_the_answer(path: Path) -> None:
    with store.open(path, read_only=True) as opened:
        (report,) = opened.connection.execute("SELECT id FROM reports WHERE type = 'PROTEST'").fetchone() or ("",)
    with running(path) as (address, process):
        told = post(
            address, {"what": "set", "target": report, "value": {"field": "status", "value": "negation"}, "why": "w"}
        )
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    with store.open(path) as opened:
        kept = opened.connection.execute("SELECT id, who, why FROM judgements").fetchall()
        stands = opened.connection.execute("SELECT status, judged FROM reports WHERE id = ?", [report]).fetchall()
    assert kept == [(told[0]["id"], "Mona", "w")]
    assert stands == [("negation", "set")]
