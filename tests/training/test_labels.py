"""Our own labels hold ids, offsets and codes only, and fit the codebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rasid import codebook
from training import labels

_LABELS = Path(__file__).parents[2] / "training" / "labels" / "events.jsonl"
_ARABIC = {chr(c) for c in range(0x0621, 0x0653)}


def records() -> list[dict[str, Any]]:
    return [json.loads(line) for line in _LABELS.read_text(encoding="utf-8").splitlines()]


def test_there_are_labels_and_no_article_twice() -> None:
    ids = [record["id"] for record in records()]
    assert len(ids) >= 1000
    assert len(ids) == len(set(ids))


def test_no_text_of_the_news_is_kept() -> None:
    for record in records():
        bare = {key: value for key, value in record.items() if key not in ("id", "publisher")}
        assert not _ARABIC & set(json.dumps(bare, ensure_ascii=False))


def test_labels_fit_the_codebook() -> None:
    sectors = set(codebook.sectors())
    for record in records():
        for mention in record["mentions"]:
            kind = codebook.types()[mention["type"]]
            start, end = record["sentences"][mention["sentence"]]
            assert start <= mention["trigger"][0] < mention["trigger"][1] <= end
            assert all(len(mode) > 2 for mode in mention.get("modes", [])), kind
            for phrase in (*mention.get("actors", []), *mention.get("recipients", [])):
                first, last, code = phrase
                assert first < last
                assert all(code[i : i + 3] in sectors for i in range(3, len(code), 3)), code


def test_text_is_joined_by_digest(tmp_path: Path) -> None:
    import lzma

    news = {"id": "n1", "title": "زيارة إلى بغداد", "text": "وصل الوفد إلى بغداد.", "publisher": "p"}
    text = labels.text_of(news)
    mention = {"sentence": 0, "type": "CONSULT", "trigger": [0, 5], "actors": [[22, 27, "SYRGOV"]]}
    label = {
        "id": "n1",
        "sha256": labels.digest(text),
        "publisher": "p",
        "published": "2024-01-01",
        "sentences": [[0, 15], [17, 37]],
        "mentions": [mention],
    }
    file = tmp_path / "labels.jsonl"
    file.write_text(json.dumps(label), encoding="utf-8")
    with lzma.open(tmp_path / "a.jsonl.xz", "wt", encoding="utf-8") as out:
        out.write(json.dumps(news) + "\n")
    joined = list(labels.join(file, tmp_path))
    assert joined[0]["mentions"][0]["trigger"]["text"] == "زيارة"
    file.write_text(json.dumps(label | {"sha256": "0" * 64}), encoding="utf-8")
    with pytest.raises(ValueError, match="1 labelled articles"):
        list(labels.join(file, tmp_path))
