"""rasid events, export and sql on the command line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet
import pytest
from typer.testing import CliRunner, Result

from rasid import cli_query_run
from rasid.cli import app
from rasid.export.table import FSI, PDI
from tests.store import query_news


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with query_news.coded_by_the_stand_in():
        yield query_news.fill(tmp_path_factory.mktemp("asked") / "news.duckdb")


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_events_as_a_table_for_people(path: Path) -> None:
    result = run("events", "--store", path, "--format", "table")
    assert result.exit_code == 0, result.output
    assert "SYRMIL → IRQCVL" in result.output
    assert "CONSULT ✓" in result.output


def test_every_line_of_every_cell_closes_its_isolates(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    result = run("events", "--store", path, "--format", "table")
    assert len(result.output.splitlines()) > 7
    for line in result.output.splitlines():
        assert line.count(FSI) == line.count(PDI)


def test_all_filters_reach_the_query(path: Path) -> None:
    filters = """--since 2031-07 --until 2031 --type assault --quad 4 --status reported --actor SYR --recipient IRQ
    --party SYR --place النور --box 36,35,37,37 --country سوريا --publisher الضفاف --stance states --min-sources 3
    --min-confidence 0.9 --unreviewed --text الجيش""".split()
    result = run("events", "--store", path, "--format", "jsonl", *filters)
    assert result.exit_code == 0, result.output
    assert [json.loads(line)["type"] for line in result.stdout.splitlines()] == ["ASSAULT"]


def test_csv_and_parquet_hold_all_columns(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    assert run("events", "--store", path, "-o", out).exit_code == 0
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert {row["actors"] for row in rows} == {"SYRMIL", "IRQMIL", "TUNMIL", "EGYMIL"}
    assert run("events", "--store", path, "-o", tmp_path / "events.parquet").exit_code == 0
    found = pyarrow.parquet.read_table(tmp_path / "events.parquet")
    assert found.column_names == list(rows[0])
    assert found["killed_low"].to_pylist().count(3) == 1


def test_numbers_by_dyad_and_week(path: Path) -> None:
    result = run("events", "--store", path, "--by", "dyad,week", "--format", "csv", "--actor", "SYR")
    (row,) = csv.DictReader(io.StringIO(result.stdout.removeprefix("\ufeff")))
    assert (row["actor"], row["recipient"], row["week"], row["events"]) == ("SYR", "IRQ", "2031-06-30", "1")


def test_a_file_is_not_written_over(path: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("mine", encoding="utf-8")
    for command in (("events",), ("export",), ("sql", "SELECT 1")):
        result = run(*command, "--store", path, "-o", out)
        assert result.exit_code == 2
        assert "exists already; name another file or overwrite it with --force" in result.output
        assert out.read_text(encoding="utf-8") == "mine"
    assert run("export", "--store", path, "-o", out, "--force").exit_code == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 4


def test_a_broken_run_leaves_the_former_file(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Iterator[object]:
        raise OSError(28, "No space left on device")

    out = tmp_path / "out.jsonl"
    out.write_text("mine", encoding="utf-8")
    monkeypatch.setattr(cli_query_run, "stored", broken)
    result = run("export", "--store", path, "-o", out, "--force")
    assert (result.exit_code, out.read_text(encoding="utf-8")) == (2, "mine")
    assert "cannot be written (No space left on device)" in result.output
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("name", "start"), [("e.xlsx", b"PK"), ("e.geojson", b'{"type":"Feat'), ("e.jsonld", b'{"@context"')]
)
def test_export_takes_the_format_from_the_name(path: Path, tmp_path: Path, name: str, start: bytes) -> None:
    result = run("export", "--store", path, "--type", "ASSAULT", "-o", tmp_path / name)
    assert "1 events written" in result.output
    assert (tmp_path / name).read_bytes().startswith(start)


def test_sql_only_reads(path: Path) -> None:
    assert json.loads(run("sql", "SELECT count(*) AS n FROM events", "--store", path).stdout) == {"n": 4}
    result = run("sql", "DELETE FROM events", "--store", path)
    assert result.exit_code == 2
    assert "only one SELECT" in result.output


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("events", "--type", "MEET"), "types: 'MEET' is unknown"),
        (("events", "--since", "soon"), "since: 'soon' is no day; write it as 2025-10-03, 2025-10 or 2025"),
        (("events", "--box", "1,2"), "write west,south,east,north"),
        (("events", "--by", "mood"), "by: 'mood' is unknown; allowed are day"),
        (("events", "--order", "size"), "order: 'size' is unknown"),
        (("events", "--format", "gdelt"), "choose one of table, csv, jsonl, parquet"),
        (("export", "--format", "table"), "choose one of jsonl"),
    ],
)
def test_what_cannot_be_asked_is_told_in_one_line(path: Path, words: tuple[str, ...], message: str) -> None:
    result = run(*words, "--store", path)
    assert result.exit_code == 2
    assert message in result.output
    assert len(result.output.splitlines()) == 1


def test_a_store_that_is_missing(tmp_path: Path) -> None:
    result = run("events", "--store", tmp_path / "no.duckdb")
    assert result.exit_code == 2
    assert "does not exist" in result.output


@pytest.mark.parametrize(
    ("told", "last", "day"),
    [
        ("2031-07-05", True, "2031-07-05"),
        ("2031-07", False, "2031-07-01"),
        ("2031-07", True, "2031-07-31"),
        ("2031-12", True, "2031-12-31"),
        ("2031", False, "2031-01-01"),
        ("2031", True, "2031-12-31"),
    ],
)
def test_months_and_years_are_meant_whole(told: str, last: bool, day: str) -> None:
    found = cli_query_run._day("until", told, last=last)
    assert str(found) == day
