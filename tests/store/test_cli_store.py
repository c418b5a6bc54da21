"""rasid ingest and rasid store on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from rasid.cli import app
from rasid.records import Article
from tests.store import news


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of made-up news, with a line that cannot be read."""
    path = tmp_path / "news.jsonl"
    articles = [item for item in news.news(12) if isinstance(item, Article)]
    path.write_text("".join(f"{json.dumps(_line(item), ensure_ascii=False)}\n" for item in articles) + "{broken\n")
    return path


def _line(article: Article) -> dict[str, str | None]:
    day = article.published.isoformat() if article.published else None
    about = {"id": article.id, "url": article.url, "publisher": article.publisher, "published": day}
    return {**about, "title": article.title, "text": article.body}


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def test_ingest_tells_what_it_did(source: Path, path: Path) -> None:
    status, told = run("ingest", source, "--store", path)
    assert status == 0
    assert "line 13 of" in told
    assert "read 13, coded 12, skipped 0" in told
    assert "rejected 1: broken_record 1" in told
    status, told = run("ingest", source, "--store", path)
    assert status == 0
    assert "coded 0, skipped 12" in told


def test_nothing_readable_is_a_failure(tmp_path: Path, path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a line of Arabic here.")
    assert run("ingest", tmp_path / "notes.txt", "--store", path)[0] == 1


def test_a_source_or_recode_is_needed(path: Path) -> None:
    status, told = run("ingest", "--store", path)
    assert status == 2
    assert "name a SOURCE" in told


def test_recode_alone(source: Path, path: Path) -> None:
    run("ingest", source, "--store", path)
    status, told = run("ingest", "--recode", "--store", path)
    assert (status, "coded 0" in told) == (0, True)


def test_options_of_code_are_understood(tmp_path: Path, path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"headline,story\nخبر,{news.sentence(0)}\n")
    mapped = ("--map", "title=headline", "--map", "text=story", "--published", "2031-07-03", "--publisher", "الفجر")
    assert run("ingest", tmp_path / "a.csv", "--as", "csv", *mapped, "--store", path)[0] == 0
    held = next(iter(news.contents(path)["articles"]))
    assert {"خبر", "الفجر", news.sentence(0)} <= set(held)


def test_check_info_backup_migrate(source: Path, path: Path, tmp_path: Path) -> None:
    run("ingest", source, "--store", path)
    assert run("store", "check", path) == (0, f"{path}: whole\n")
    assert "articles 12" in run("store", "info", path)[1]
    assert run("store", "migrate", path) == (0, f"{path}: up to date already\n")
    assert run("store", "backup", path, tmp_path / "copy.duckdb")[0] == 0
    assert news.contents(tmp_path / "copy.duckdb") == news.contents(path)
    assert run("store", "backup", path, tmp_path / "copy.duckdb")[0] == 2


def test_a_faulty_store_is_told(source: Path, path: Path) -> None:
    run("ingest", source, "--store", path)
    with duckdb.connect(str(path)) as connection:
        connection.execute("DELETE FROM articles WHERE number = 1")
    status, told = run("store", "check", path)
    assert status == 1
    assert "reports.article is not in articles: 2" in told


@pytest.mark.parametrize("command", ["check", "info", "migrate"])
def test_what_is_no_store_is_told_in_a_line(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.txt").write_text("no store\n" * 2000)
    status, told = run("store", command, tmp_path / "a.txt")
    assert status == 2
    assert told.count("\n") == 1
    assert "no Rasid store" in told
