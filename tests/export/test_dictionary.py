"""The dictionary of columns tells every column of every flat format, and the page holds it as it is."""

from pathlib import Path

from rasid import data
from rasid.export import FORMATS
from rasid.export.dictionary import columns, meanings, page

PAGE = Path("docs/formats.md").read_text(encoding="utf-8")


def test_every_column_has_a_meaning_and_every_meaning_a_column() -> None:
    known = {(form, column.name) for form, found in columns().items() for column in found}
    assert set(meanings()) == known
    assert len(data.table("export_columns")) == len(known)
    assert all(meanings().values())


def test_the_page_holds_the_dictionary_of_today() -> None:
    assert PAGE.endswith(page().rstrip("\n") + "\n"), "docs/formats.md is stale; see python -m rasid.export.dictionary"


def test_the_page_names_every_format() -> None:
    for form in FORMATS:
        assert f"| `{form}` |" in PAGE
