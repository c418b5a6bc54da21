"""The gate fails below a floor, on another file than the pinned one, and when it scored nothing."""

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from eval import diff, gate, robust
from rasid import export
from rasid.gold import read_gold
from tests import made

pytestmark = pytest.mark.usefixtures("hand_coded")


@pytest.fixture
def floors(tmp_path: Path) -> Path:
    """A floors file over a gold file that the hand-made coding answers in full."""
    return pin(tmp_path, list(export.coded(made.document())["events"]), "type = 0.9\nactors = 0.9\n")


def pin(folder: Path, events: list[Any], floors: str) -> Path:
    sentences = [[sentence.start, sentence.end] for sentence in made.document().sentences or ()]
    mentions = [{**event, "sentence": at} for at, event in enumerate(events, 1)]
    record = {"article": "a", "sentences": sentences, "mentions": mentions, "text": made.ARTICLE.text}
    gold = folder / "gold.jsonl"
    gold.write_text(json.dumps(record), encoding="utf-8")
    digest = hashlib.sha256(gold.read_bytes()).hexdigest()
    path = folder / "eval" / "floors.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f'# kept\n[dev]\nfile = "gold.jsonl"\nsha256 = "{digest}"\n\n[dev.floors]\n{floors}', encoding="utf-8"
    )
    return path


def test_it_passes_above_the_floors(floors: Path) -> None:
    assert gate.check(floors, lift=False) == []


def test_it_fails_below_a_floor(floors: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasid.pipeline.code", lambda articles: (made.document().replace(reports=()) for _ in articles))
    wrong = gate.check(floors, lift=False)
    assert any("type is 0.0000, below its floor of 0.9" in line for line in wrong)
    assert any("actors has a floor of 0.9 and no value" in line for line in wrong)


def test_it_fails_on_another_file(floors: Path) -> None:
    gold = floors.parent.parent / "gold.jsonl"
    gold.write_text(gold.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert "has digest" in gate.check(floors, lift=False)[0]


def test_it_fails_without_the_file(floors: Path) -> None:
    (floors.parent.parent / "gold.jsonl").unlink()
    assert "nothing was scored" in gate.check(floors, lift=False)[0]


def test_it_fails_when_there_is_nothing_to_score(tmp_path: Path) -> None:
    assert any("nothing was scored" in line for line in gate.check(pin(tmp_path, [], "type = 0.0\n"), lift=False))


def test_it_fails_without_floors_or_sets(tmp_path: Path) -> None:
    events = list(export.coded(made.document())["events"])
    assert "nothing was scored" in gate.check(pin(tmp_path, events, ""), lift=False)[0]
    empty = tmp_path / "eval" / "none.toml"
    empty.write_text("", encoding="utf-8")
    assert "nothing was scored" in gate.check(empty, lift=False)[0]


def test_raising_lifts_and_never_lowers(tmp_path: Path) -> None:
    events = list(export.coded(made.document())["events"])
    path = pin(tmp_path, events, "type = 0.5\nactors = 1.0\n")
    gate.check(path, lift=True)
    written = tomllib.loads(path.read_text(encoding="utf-8"))["dev"]
    assert written["floors"]["type"] == 0.998
    assert written["floors"]["actors"] == 1.0
    assert written["floors"]["status"] == 0.998
    assert path.read_text(encoding="utf-8").startswith("# kept\n[dev]\n")
    assert gate.check(path, lift=False) == []


def test_the_floors_in_use_are_pinned_and_high_enough() -> None:
    (dev,) = gate.pinned(gate.FLOORS)
    assert len(dev.sha256) == 64
    assert dev.floors["type"] >= 0.45


def test_diff_tells_what_improved_and_what_got_worse(tmp_path: Path) -> None:
    pin(tmp_path, list(export.coded(made.document())["events"]), "")
    told = {"article": {"id": "a"}, "events": export.coded(made.document())["events"]}
    worse = json.loads(json.dumps(told))
    worse["events"][0]["status"] = "future"
    worse["events"][1]["type"] = "AGREE"
    for name, record in (("before", told), ("after", worse)):
        (tmp_path / name).write_text(json.dumps(record), encoding="utf-8")
    gold = read_gold(tmp_path / "gold.jsonl")
    found = {
        (change.before, change.after): change.gain
        for change in diff.changes(gold, tmp_path / "before", tmp_path / "after")
    }
    assert found == {("right", "status"): -1, ("right", "missed"): -100, ("absent", "extra"): -1}
    back = {change.gain for change in diff.changes(gold, tmp_path / "after", tmp_path / "before")}
    assert back == {1, 100}


def test_robust_sees_a_span_that_does_not_quote_the_text() -> None:
    record = json.loads(json.dumps(export.coded(made.document())))
    assert list(robust.false_spans(record, made.ARTICLE.text)) == []
    record["events"][0]["actors"][0]["start"] += 1
    record["places"][0]["end"] = 10_000
    assert len(list(robust.false_spans(record, made.ARTICLE.text))) == 2
