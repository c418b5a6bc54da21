"""The table: every line of every cell closes its isolates, and all is told."""

import io

import pytest
from rich.cells import cell_len

from rasid import export
from rasid.export.table import FSI, PDI, isolate
from tests import made


def shown(monkeypatch: pytest.MonkeyPatch, columns: int) -> str:
    monkeypatch.setenv("COLUMNS", str(columns))
    sink = io.BytesIO()
    writer = export.open_writer("table", sink)
    writer.write(export.written(made.document()))
    writer.close()
    return sink.getvalue().decode()


@pytest.mark.parametrize("columns", [80, 100, 160])
def test_isolates_are_paired_within_each_line(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    lines = shown(monkeypatch, columns).splitlines()
    assert any(FSI in line for line in lines)
    for line in lines:
        depth = 0
        for letter in line:
            depth += (letter == FSI) - (letter == PDI)
            assert depth in (0, 1)
        assert depth == 0


@pytest.mark.parametrize("columns", [80, 110, 160])
def test_no_line_is_wider_than_the_terminal(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    for line in shown(monkeypatch, columns).splitlines():
        assert cell_len(line.replace(FSI, "").replace(PDI, "").rstrip()) <= columns


def test_the_table_tells_who_what_when_where(monkeypatch: pytest.MonkeyPatch) -> None:
    told = shown(monkeypatch, 200)
    pieces = (
        "2025-10-03",
        "ASSAULT",
        "heavy-weapons",
        "الجيش السوري SYRMIL",
        "An Nur",
        "وكالة الفجر",
        "future",
        "يزور",
    )
    for piece in pieces:
        assert piece in told


def test_a_sentence_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    document = made.document().replace(reports=(made.assault(), made.assault()))
    sink = io.BytesIO()
    writer = export.open_writer("table", sink)
    writer.write(export.written(document))
    assert sink.getvalue().decode().count("قالت وكالة الفجر إن") == 1
    assert "〃" in sink.getvalue().decode()


def test_nothing_is_isolated_in_an_empty_cell() -> None:
    assert isolate("") == ""
