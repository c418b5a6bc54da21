"""The workbook: sheets, filters, reading direction, dates, links, and no formula by accident."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import openpyxl
import pytest

from rasid import export
from rasid.errors import OutputError
from rasid.export import excel
from tests import made
from tests.export.made_output import output


def book(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


@pytest.fixture(params=["document", "store"])
def found(request: pytest.FixtureRequest, exported: Callable[[str], bytes]) -> openpyxl.Workbook:
    return book(output("xlsx") if request.param == "document" else exported("xlsx"))


def test_sheets_with_filters_and_a_fixed_first_row(found: openpyxl.Workbook) -> None:
    assert found.sheetnames == ["Events", "الأحداث", "Reports"]
    for sheet in found:
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.freeze_panes == "A2"
        assert sheet.max_row > 1


def test_the_arabic_sheet_runs_from_right_to_left(found: openpyxl.Workbook) -> None:
    assert [sheet.sheet_view.rightToLeft for sheet in found] == [None, True, None]


def test_days_are_days_and_articles_are_links(found: openpyxl.Workbook) -> None:
    sheet = found["Events"]
    titles = [cell.value for cell in sheet[1]]
    days = [row[titles.index("First day")].value for row in sheet.iter_rows(min_row=2)]
    assert all(isinstance(day, datetime.datetime) for day in days if day is not None)
    assert any(days)
    links = [row[titles.index("Article")].hyperlink for row in sheet.iter_rows(min_row=2)]
    assert all(link is not None and link.target.startswith("https://") for link in links)


def test_both_sheets_tell_the_same_events_in_their_language() -> None:
    found = book(output("xlsx"))
    english, arabic = found["Events"], found["الأحداث"]
    assert english.max_row == arabic.max_row == 3
    assert english["H2"].value == "en:SYRMIL"
    assert arabic["H2"].value == "الجيش السوري"
    assert arabic["A1"].value == "اليوم الأول"


def test_a_text_that_looks_like_a_formula_stays_text() -> None:
    item = export.written(made.document())
    item.record["article"]["title"] = "=1+1"
    item.record["article"]["url"] = None
    sink = io.BytesIO()
    writer = export.open_writer("xlsx", sink)
    writer.write(item)
    writer.close()
    cells = [cell for row in book(sink.getvalue())["Events"].iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=1+1"] == ["s", "s"]


def test_a_full_sheet_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MOST_ROWS", 1)
    with pytest.raises(OutputError, match="holds 1 rows; ask for fewer events"):
        output("xlsx")
