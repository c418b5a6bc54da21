"""A data set can be asked in SQL as a store can."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid import store
from rasid.errors import OutputError
from rasid.records import Article, Rejected
from rasid.scale import engines
from rasid.scale.coding import Item
from rasid.scale.dataset import Target
from rasid.scale.run import build
from rasid.scale.views import connect
from tests import made

pytestmark = pytest.mark.usefixtures("hand_coded")
ITEMS: list[Item] = [
    Article("one", made.TITLE, made.BODY, published=made.ARTICLE.published),
    Rejected("gone", "missing", "no such file", "gone.txt"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    build(ITEMS, Target(str(tmp_path / "set's")), engines.local)
    return tmp_path / "set's"


def test_reports_are_asked_in_sql(folder: Path) -> None:
    found = connect(str(folder)).execute("SELECT id, type, edtf FROM reports ORDER BY edtf").fetchall()
    assert [row[1:] for row in found] == [("ASSAULT", "2025-10-03"), ("CONSULT", "2025-11")]
    assert all(row[0].startswith("one:") for row in found)
    parties = connect(str(folder)).execute("SELECT report, role, code FROM parties WHERE role = 'actor'").fetchall()
    assert (found[0][0], "actor", "SYRMIL") in parties


def test_rejected_inputs_are_apart(folder: Path) -> None:
    assert connect(str(folder)).execute("SELECT id, code FROM rejected").fetchall() == [("gone", "missing")]
    assert connect(str(folder)).execute("SELECT count(*) FROM articles").fetchall() == [(1,)]


@pytest.mark.parametrize("table", ["articles", "reports", "parties"])
def test_columns_are_named_as_in_a_store(folder: Path, tmp_path: Path, table: str) -> None:
    here = {row[0] for row in connect(str(folder)).execute(f"DESCRIBE {table}").fetchall()}
    with store.open(tmp_path / "news.duckdb") as known:
        there = {row[0] for row in known.connection.execute(f"DESCRIBE {table}").fetchall()}
    assert here - {"publisher", "published"} <= there


def test_what_is_not_whole_is_not_asked(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no whole data set"):
        connect(str(tmp_path))
