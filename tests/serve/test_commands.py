"""``rasid serve``, ``rasid serve-key`` and the build step for the map's borders."""

from __future__ import annotations

import importlib.util
import struct
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from rasid.cli import app
from rasid.serve import keys
from rasid.serve.keys import Scope

ROOT = Path(__file__).parents[2]


def run(*words: str) -> tuple[int, str]:
    told = CliRunner().invoke(app, list(words))
    return told.exit_code, told.output


def test_another_address_is_refused_without_a_password(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RASID_PASSWORD", raising=False)
    status, output = run("serve", str(path), "--host", "0.0.0.0")
    assert status == 2
    assert "give a password" in output


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    status, output = run("serve", str(tmp_path / "none.duckdb"), "--read-only")
    assert status == 2
    assert "does not exist" in output


@pytest.mark.parametrize("text", ["", "\n"])
def test_an_empty_password_is_refused(path: Path, tmp_path: Path, text: str) -> None:
    file = tmp_path / "secret"
    file.write_text(text, encoding="utf-8")
    status, output = run("serve", str(path), "--host", "0.0.0.0", "--password-file", str(file))
    assert status == 2
    assert "holds no password" in output


def test_a_key_is_shown_once_and_kept_as_its_digest(tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    status, output = run("serve-key", "mona", "--scope", "read", "--scope", "judge", "-o", str(file))
    assert status == 0
    secret = output.split("once: ")[1].strip()
    assert secret not in file.read_text(encoding="utf-8")
    found = keys.found(keys.read(file), secret)
    assert found is not None
    assert found.scopes == {Scope.READ, Scope.JUDGE}


@pytest.fixture
def hook() -> ModuleType:
    pytest.importorskip("hatchling", reason="hatchling is not installed; it only builds the package")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_borders_are_read_from_a_shapefile(hook: ModuleType) -> None:
    points = (0.0, 0.0, 1.0, 0.5, 1.0, 1.0, 0.0, 0.0)
    content = struct.pack("<i4dii", 5, 0, 0, 1, 1, 1, 4) + struct.pack("<i", 0) + struct.pack("<8d", *points)
    record = struct.pack(">ii", 1, len(content) // 2) + content
    assert list(hook._rings(b"\0" * 100 + record)) == [[[0, 0, 20, 10, 20, 20, 0, 0]]]


def test_columns_are_read_from_their_table(hook: ModuleType) -> None:
    fields = b"".join(
        name.ljust(11, b"\0") + b"C" + b"\0" * 4 + bytes([size]) + b"\0" * 15
        for name, size in ((b"name", 6), (b"iso_a3", 3))
    )
    header = struct.pack("<B3sIHH", 3, b"\0" * 3, 1, 32 + len(fields) + 1, 10) + b"\0" * 20
    assert hook._columns(header + fields + b"\r" + b" Syria SYR", ("name", "iso_a3")) == [["Syria"], ["SYR"]]
