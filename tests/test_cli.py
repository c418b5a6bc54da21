"""The command line: formats, exit status, one clear line for each thing that goes wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import rasid
from rasid.cli import FIELDS, Format, ReadAs, app
from rasid.export import FORMATS
from rasid.read import options
from tests import made

ARABIC = f"{made.TITLE}\n\n{made.BODY}"


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(args), input=stdin)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(ARABIC, encoding="utf-8")
    return path


def test_version() -> None:
    assert run("--version").stdout == f"rasid {rasid.__version__}\n"


def test_formats_offered_are_the_formats_there_are() -> None:
    assert [form.value for form in Format] == list(FORMATS)
    assert [form.value for form in ReadAs] == list(options.FORMATS)


def test_help_loads_none_of_the_heavy_libraries() -> None:
    probe = (
        "import sys, rasid.cli\n"
        "heavy = {'numpy', 'onnxruntime', 'pyarrow', 'duckdb', 'trafilatura', 'rasid.read', 'rasid.export'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": "src"}
    found = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True, env=environment)
    assert found.stdout.strip() == "[]"


@pytest.mark.usefixtures("hand_coded")
def test_jsonl_where_no_one_watches(article: Path) -> None:
    result = run("code", str(article), "--published", "2025-10-05", "--publisher", "الفجر")
    record = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (record["article"]["published"], record["article"]["publisher"]) == ("2025-10-05", "الفجر")
    assert [event["type"] for event in record["events"]] == ["ASSAULT", "CONSULT"]


@pytest.mark.usefixtures("hand_coded")
def test_columns_of_a_table_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text(f'ref,head,story\n7,"{made.TITLE}","{made.BODY}"\n', encoding="utf-8")
    told = [argument for pair in ("id=ref", "title=head", "text=story") for argument in ("--map", pair)]
    record = json.loads(run("code", str(path), *told, "--as", "csv").stdout)
    assert (record["article"]["id"], record["article"]["title"]) == ("7", made.TITLE)


@pytest.mark.parametrize("told", ["headline", "head=title", "title="])
def test_a_column_that_is_none(article: Path, told: str) -> None:
    result = run("code", str(article), "--map", told)
    assert result.exit_code == 2
    assert all(field in result.stderr for field in FIELDS)


@pytest.mark.usefixtures("hand_coded")
def test_standard_input() -> None:
    assert json.loads(run("code", "-", stdin=ARABIC).stdout)["events"]


@pytest.mark.usefixtures("hand_coded")
@pytest.mark.parametrize(
    ("name", "begins"), [("o.csv", b"\xef\xbb\xbfarticle,"), ("o.parquet", b"PAR1"), ("o.txt", b'{"rasid"')]
)
def test_the_name_chooses_the_format(article: Path, tmp_path: Path, name: str, begins: bytes) -> None:
    out = tmp_path / name
    assert run("code", str(article), "-o", str(out)).exit_code == 0
    assert out.read_bytes().startswith(begins)


@pytest.mark.usefixtures("hand_coded")
@pytest.mark.parametrize("form", FORMATS)
def test_every_format_to_standard_output(article: Path, form: str) -> None:
    result = run("code", str(article), "--format", form)
    assert result.exit_code == 0
    assert result.stdout_bytes


@pytest.mark.usefixtures("hand_coded")
def test_one_bad_input_does_not_stop_the_others(article: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    result = run("code", str(empty), str(article), str(tmp_path / "missing.txt"))
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert sorted(record["rejected"]["code"] for record in records if "rejected" in record) == ["empty", "missing"]
    assert sum("events" in record for record in records) == 1
    assert len(result.stderr.splitlines()) == 2
    assert all(line.startswith("rasid: ") for line in result.stderr.splitlines())


@pytest.mark.usefixtures("hand_coded")
def test_a_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = [json.dumps({"id": str(at), "title": made.TITLE, "text": made.BODY}) for at in range(1, 10)]
    lines[6] = lines[6][:-9]
    path.write_text("\n".join(lines), encoding="utf-8")
    result = run("code", str(path))
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [record.get("rejected", {}).get("code") for record in records] == [None] * 6 + ["broken_record"] + [None] * 2
    assert "7" in result.stderr


@pytest.mark.usefixtures("hand_coded")
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff" * 99, b"The ministers met in Paris on Monday."])
def test_status_tells_when_every_input_was_rejected(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    result = run("code", str(path))
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert str(path) in result.stderr


@pytest.mark.usefixtures("hand_coded")
def test_output_that_cannot_be_written(article: Path, tmp_path: Path) -> None:
    result = run("code", str(article), "-o", str(tmp_path / "no" / "such" / "o.jsonl"))
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "cannot be written" in result.stderr
    assert "-o" in result.stderr


@pytest.mark.usefixtures("hand_coded")
def test_an_input_is_never_overwritten(article: Path) -> None:
    result = run("code", str(article), "-o", str(article))
    assert result.exit_code == 2
    assert article.read_text(encoding="utf-8") == ARABIC


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.usefixtures("hand_coded")
def test_a_full_disk_is_one_line(article: Path) -> None:
    result = run("code", str(article), "-o", "/dev/full")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1


def test_a_day_that_is_none(article: Path) -> None:
    result = run("code", str(article), "--published", "5 October")
    assert result.exit_code == 2
    assert "2025-10-03" in result.stderr


@pytest.mark.usefixtures("hand_coded")
def test_explain_quotes_what_decided(article: Path) -> None:
    told = run("explain", str(article)).stdout
    for piece in ("ASSAULT/heavy-weapons", "SYRMIL", "trigger table", "2025-10-03", "CAMEO 194"):
        assert piece in told


@pytest.mark.usefixtures("hand_coded")
@pytest.mark.parametrize(("command", "piece"), [("times", "2025-10-03"), ("actors", "SYRMIL"), ("places", "An Nur")])
def test_parts_of_a_text(monkeypatch: pytest.MonkeyPatch, command: str, piece: str) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    assert piece in run(command, ARABIC).stdout
    assert piece in json.loads(run(command, ARABIC, "--json").stdout).values()


def test_a_reader_that_has_gone_ends_the_run_quietly(tmp_path: Path) -> None:
    script = tmp_path / "run.py"
    script.write_text(
        "import sys\nsys.path[:0] = ['src', '.']\n"
        "import rasid.pipeline\nfrom tests import made\nrasid.pipeline.code = made.code\n"
        "from rasid.cli import main\nsys.argv = ['rasid', 'code', sys.argv[1], '--format', 'jsonl']\nmain()\n",
        encoding="utf-8",
    )
    news = tmp_path / "news.jsonl"
    line = json.dumps({"title": made.TITLE, "text": made.BODY}) + "\n"
    news.write_text(line * 400, encoding="utf-8")
    with subprocess.Popen(
        [sys.executable, str(script), str(news)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


_SLOGAN = "نشرة المدينة.. الخبر كما هو"


def _folder(tmp_path: Path) -> Path:
    """Six articles of one publisher that carry the same line, and a copy of the first."""
    texts = [f"وصل الوفد رقم {n} إلى مدينة {name}.\n{_SLOGAN}" for n, name in enumerate("أبجدهو")]
    records = [{"id": str(at), "publisher": "نشرة", "text": text} for at, text in enumerate([*texts, texts[0]])]
    (tmp_path / "news.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return tmp_path


def test_repeated_lines_are_learned_told_and_set_aside(tmp_path: Path) -> None:
    result = run("code", str(_folder(tmp_path)), "--learn-boilerplate")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [[found["reason"] for found in record["set_aside"]] for record in records] == [["repeated"]] * 7
    assert f"6 articles of نشرة: {_SLOGAN}" in result.stderr


def test_nothing_is_learned_unless_asked_and_copies_are_linked(tmp_path: Path) -> None:
    result = run("code", str(_folder(tmp_path)))
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert not any(record["set_aside"] for record in records)
    assert [record["article"]["copy_of"] for record in records] == [None] * 6 + ["0"]


def test_copies_teach_no_lines(tmp_path: Path) -> None:
    line = json.dumps({"publisher": "نشرة", "text": made.BODY})
    (tmp_path / "news.jsonl").write_text("\n".join([line] * 9), encoding="utf-8")
    result = run("code", str(tmp_path), "--learn-boilerplate")
    assert "to be set aside: 0" in result.stderr
    assert all(not json.loads(found)["set_aside"] for found in result.stdout.splitlines())


def test_a_pipe_cannot_be_read_twice() -> None:
    result = run("code", "-", "--learn-boilerplate", stdin=ARABIC)
    assert result.exit_code == 2
    assert "standard input" in result.stderr


def test_explain_tells_how_the_article_was_read(tmp_path: Path) -> None:
    text = "وصل الوفد إلی العاصمة.\nاقرأ أيضا: خبر آخر\nوكان الطقس غائما."
    (tmp_path / "n-2024-03-11.txt").write_text(text, encoding="utf-8")
    (tmp_path / "o.txt").write_text(text, encoding="utf-8")
    told = run("explain", str(tmp_path)).stdout
    assert "2024-03-11  found by file_name  0.70" in told
    assert "repaired     letter 1" in told
    assert "related" in told
    assert "copy of      n-2024-03-11" in told
