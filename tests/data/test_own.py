"""A user's own tables add and override, and a bad row is told with file, line, column and what is allowed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid import data
from rasid.errors import LexiconError


@pytest.fixture(autouse=True)
def package_tables() -> Iterator[None]:
    yield
    data.use(None)


def folder(path: Path, **tables: str) -> Path:
    for name, text in tables.items():
        path.joinpath(f"{name}.tsv").write_text(text, encoding="utf-8")
    return path


def test_a_new_row_is_added_and_the_rest_stays(tmp_path: Path) -> None:
    before = data.table("persons")
    data.use(folder(tmp_path, persons="id\tname_en\tnames\nnew-one\tNew One\tشخص جديد\n"))
    after = data.table("persons")
    assert after[:-1] == before
    assert after[-1] == {"id": "new-one", "name_en": "New One", "names": "شخص جديد", "note": ""}


def test_a_row_of_the_same_name_takes_the_place_of_the_old(tmp_path: Path) -> None:
    count = len(data.table("groups"))
    data.use(folder(tmp_path, groups="id\tcode\tname_en\tnames\tkind\nhamas\tPSEGOV\tHamas\tحماس\tparty\n"))
    rows = [row for row in data.table("groups") if row["id"] == "hamas"]
    assert [row["code"] for row in rows] == ["PSEGOV"]
    assert len(data.table("groups")) == count


def test_a_place_of_another_country_stays(tmp_path: Path) -> None:
    known = data.table("places")[0]
    name = known["names"].split("|")[0]
    data.use(folder(tmp_path, places=f"names\tname_en\tiso3\tkind\n{name}\tElsewhere\tISL\t{known['kind']}\n"))
    assert known in data.table("places")


def test_without_a_folder_the_package_is_back(tmp_path: Path) -> None:
    before = data.table("persons")
    data.use(folder(tmp_path, persons="id\tnames\nx\tس\n"))
    data.use(None)
    assert data.table("persons") == before


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("groups", "id\tcode\tnames\tkind\na\tSYRXXX\tاسم\tparty\n", ("line 2", "column code", "GOV")),
        ("groups", "id\tcode\tnames\tkind\na\tXQZGOV\tاسم\tparty\n", ("line 2", "column code", "countries.tsv")),
        ("groups", "id\tcode\tnames\tkind\na\tSYRREB\tاسم\tgang\n", ("line 2", "column kind", "armed_group")),
        ("roles", "# own\nlemma\tsector\tkind\nحارس\tGUA\tperson\n", ("line 3", "column sector", "MIL")),
        ("offices", "person_id\tcountry\tfrom\nx\tSYR\tMay 2011\n", ("line 2", "column from", "2011-03")),
        ("places", "names\tiso3\tkind\tlat\nقرية\tSYR\t\tnorth\n", ("line 2",)),
        ("persons", "id\tnames\tage\nx\tس\t4\n", ("line 2", "column age", "name_en")),
        ("persons", "id\tnames\nx\n", ("line 2", "2 cells are expected")),
        ("persons", "id\tnames\n\tس\n", ("line 2", "column id", "must not be blank")),
        ("peoples", "id\nx\n", ("peoples.tsv", "no such table", "persons")),
        ("persons", "", ("persons.tsv", "empty")),
    ],
)
def test_a_bad_row_is_told(tmp_path: Path, name: str, text: str, told: tuple[str, ...]) -> None:
    with pytest.raises(LexiconError) as raised:
        data.use(folder(tmp_path, **{name: text}))
    assert [piece for piece in told if piece not in str(raised.value)] == []


def test_a_missing_or_empty_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no such folder"):
        data.use(tmp_path / "none")
    with pytest.raises(LexiconError, match="holds no table"):
        data.use(tmp_path)


def test_after_a_bad_table_the_package_is_used(tmp_path: Path) -> None:
    before = data.table("persons")
    with pytest.raises(LexiconError):
        data.use(folder(tmp_path, persons="id\tage\nx\t4\n"))
    assert data.table("persons") == before


def rasid(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rasid.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_takes_a_folder(tmp_path: Path) -> None:
    own = folder(
        tmp_path, groups="id\tcode\tname_en\tnames\tkind\ndawn\tYEMREB\tDawn\tكتيبة الفجر الأول\tarmed_group\n"
    )
    done = rasid("actors", "هاجمت كتيبة الفجر الأول القرية", "--json", "--lexicon", str(own))
    assert '"YEMREB"' in done.stdout, done.stderr


def test_the_command_tells_of_a_bad_row_and_stops(tmp_path: Path) -> None:
    own = folder(tmp_path, groups="id\tcode\tnames\tkind\na\tSYRXXX\tاسم\tparty\n")
    done = rasid("actors", "قالت روسيا ذلك", "--lexicon", str(own))
    assert (done.returncode, done.stdout) == (2, "")
    assert "groups.tsv, line 2, column code" in done.stderr
