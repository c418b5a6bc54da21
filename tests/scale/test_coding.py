"""One process and several come to the same records; an article on which the program fails costs no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid import pipeline, read, scale
from rasid.clean import Repeated
from rasid.demo import NEWS
from rasid.errors import ModelError
from rasid.export.written import Written
from rasid.records import Article, Document, Rejected
from rasid.scale.coding import Item
from tests import made

LOST = Rejected("gone", "missing", "no such file", "gone.txt")


def article(name: str) -> Article:
    return Article(name, made.TITLE, made.BODY)


def failing(articles: list[Article], *, repeated: Repeated | None = None) -> Iterator[Document]:
    """Stands in for the pipeline: fails on one article."""
    for one in articles:
        if one.id == "bad":
            raise ZeroDivisionError("division by zero")
        yield made.document(one)


def test_rejected_inputs_keep_their_place(hand_coded: None) -> None:
    items: list[Item] = [LOST, *(article(str(number)) for number in range(40)), LOST]
    found = list(scale.coded(items))
    assert found[0] == found[-1] == LOST
    assert [one.record["article"]["id"] for one in found[1:-1] if isinstance(one, Written)] == list(map(str, range(40)))


def test_an_article_on_which_coding_fails_is_rejected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "code", failing)
    found = list(scale.coded([article("good"), article("bad"), article("fine")]))
    bad = found[1]
    assert isinstance(found[0], Written)
    assert isinstance(found[2], Written)
    assert isinstance(bad, Rejected)
    assert (bad.id, bad.code) == ("bad", "crashed")
    assert "ZeroDivisionError" in bad.reason


def test_what_is_wrong_with_the_program_is_not_blamed_on_an_article(monkeypatch: pytest.MonkeyPatch) -> None:
    def unloaded(articles: list[Article], *, repeated: Repeated | None = None) -> Iterator[Document]:
        raise ModelError("models/reader.onnx cannot be loaded")

    monkeypatch.setattr(pipeline, "code", unloaded)
    with pytest.raises(ModelError):
        list(scale.coded([article("good")]))


@pytest.mark.slow
def test_several_processes_come_to_the_same_records() -> None:
    items = [LOST, *read.articles([str(NEWS)]), LOST]
    assert list(scale.coded(items, jobs=2)) == list(scale.coded(items))


@pytest.mark.slow
def test_several_processes_know_the_users_tables(tmp_path: Path) -> None:
    from rasid import data

    (tmp_path / "persons.tsv").write_text("id\tname_en\tnames\nnew-one\tNew One\tزيدون الفلاني\n", encoding="utf-8")
    items = [Article("1", None, "وصل زيدون الفلاني إلى العاصمة دمشق اليوم والتقى الرئيس.")]
    try:
        data.use(tmp_path)
        (one,) = scale.coded(items, jobs=2)
    finally:
        data.use(None)
    assert isinstance(one, Written)
    assert "new-one" in [mention["id"] for mention in one.record["mentions"]]
