"""The check of the corpus sees what is lost, changed or out of order, and passes what is whole."""

from __future__ import annotations

import dataclasses
import json
import lzma
from array import array
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval import corpus
from rasid.clean import clean
from rasid.records import Article, Cleaned, Repair

BODY = "وصل الوفد إلى العاصمة.\nاقرأ أيضا: خبر آخر\nوغادر الوفد أمس."
ARTICLE = Article("a", "عنوان", BODY)
RECORD = {"title": "عنوان", "text": BODY}


def _faults(cleaned: Cleaned, record: dict[str, str] = RECORD) -> list[str]:
    return list(corpus.faults(ARTICLE, record, cleaned))


def _shifted(cleaned: Cleaned) -> Cleaned:
    return dataclasses.replace(
        cleaned, starts=array("i", reversed(cleaned.starts)), ends=array("i", reversed(cleaned.ends))
    )


def test_what_is_whole_passes() -> None:
    assert _faults(clean(ARTICLE)) == []


def test_what_is_not_whole_is_seen() -> None:
    cleaned = clean(ARTICLE)
    at = cleaned.text.index("الوفد")
    changed = dataclasses.replace(cleaned, text=f"{cleaned.text[:at]}ك{cleaned.text[at + 1 :]}")
    assert "gone" in _faults(dataclasses.replace(cleaned, set_aside=()))[0]
    assert "changed" in _faults(changed)[0]
    listed = Repair(cleaned.starts[at], cleaned.ends[at], "letter")
    assert _faults(dataclasses.replace(changed, repairs=(listed,))) == []
    assert "goes back" in _faults(_shifted(cleaned))[0]
    assert "longer" in _faults(dataclasses.replace(cleaned, text=f"{cleaned.text}."))[0]
    assert "body" in _faults(cleaned, {"title": "عنوان", "text": "غيره"})[0]


def test_a_corpus_from_end_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"id": str(at), **RECORD}) for at in range(3)] + [json.dumps({"id": "e", "text": ""})]
    (tmp_path / "a.jsonl.xz").write_bytes(lzma.compress("\n".join(lines).encode()))
    monkeypatch.setattr("sys.argv", ["corpus.py", "--folder", str(tmp_path)])
    monkeypatch.setattr(corpus, "MIN_SPEED", 0)
    monkeypatch.setattr(corpus, "MAX_MEMORY", 100_000)  # of the process that runs all tests
    assert corpus.main() == 0
    told = capsys.readouterr().out
    assert "3 articles" in told
    assert "rejected  empty 1" in told


def test_no_articles_fail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["corpus.py", "--folder", str(tmp_path)])
    assert corpus.main() == 1


_PIECES = st.sampled_from(
    [
        *("موسكو", "قال", "أ", "اقرأ أيضا", "ﻻ", "ﷲ", "ی", "ک", "ۀ\u0654", "ا\u0654", "e\u0301", "ً", "ـ"),
        *(" ", "\n", "\n\n", "\r\n", "\u2028", "\t", "\u00a0", "\u200f", "\ufeff", "\x00", "<br/>", "#", "_", "."),
        *(
            "&quot;",
            "&amp;nbsp;",
            "\\n",
            "\\u0627",
            "CNN",
            "2025",
            "ط§ظ„",
            "The minister said that it rained",
            "جميع الحقوق محفوظة",
        ),
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=60).map("".join)))
def test_no_letter_of_any_text_is_lost_unlisted(body: str) -> None:
    article = Article("a", None, body)
    assert list(corpus.faults(article, {"title": None, "text": body}, clean(article))) == []
