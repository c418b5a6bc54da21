"""Inputs made or damaged so that they take all time or memory: each gives its reason, and the rest goes on."""

from __future__ import annotations

import gzip
import io
import itertools
import json
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.read.pages import broadcaster, known

_BODY = known()[2].body
_SECONDS, _MEGABYTES = 60, 400
_PROBE = """
import json, pathlib, sys
from rasid import read
found = [(getattr(item, "code", "ok"), getattr(item, "reason", "")) for item in read.articles(sys.argv[1:])]
lines = pathlib.Path("/proc/self/status").read_text().splitlines()
peak = next(line for line in lines if line.startswith("VmHWM"))  # of this program; ru_maxrss would count the tests' own
print(json.dumps([found, int(peak.split()[1]) / 1024]))
"""


def _lines(count: int) -> bytes:
    record = json.dumps({"title": known()[0].title, "text": known()[0].body}, ensure_ascii=False)
    return f"{record}\n".encode() * count


def _zip(name: str, data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


def _tar() -> bytes:
    """An archive whose names lead out of it, by path and by link."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        for name in ("../../outside.txt", "/outside.txt"):
            info = tarfile.TarInfo(name)
            info.size = len(_BODY.encode())
            archive.addfile(info, io.BytesIO(_BODY.encode()))
    return out.getvalue()


def _crawl() -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + broadcaster(known()[0]).encode()
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://n.example/1\r\nWARC-Date: 2025-11-20T10:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(page)}\r\n\r\n"
    )
    record = head.encode() + page + b"\r\n\r\n"
    return record + record[: len(record) // 2]


def _swelling_feed() -> bytes:
    lines = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise("abcdefghij"))
    begins = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "قمة">{lines}]>'
    return f'{begins}<rss version="2.0"><channel><item><title>&j;</title></item></channel></rss>'.encode()


_INPUTS: dict[str, tuple[bytes, list[str]]] = {
    "cut.jsonl.gz": (gzip.compress(_lines(2), 0)[: len(_lines(1)) * 3 // 2], ["ok", "broken_record"]),
    "bomb.zip": (_zip("a.txt", b"\n" * 60_000_000), ["too_large"]),
    "bomb.txt.gz": (gzip.compress(gzip.compress(b"a" * 90_000_000)), ["too_large"]),
    "cut.warc": (_crawl(), ["ok", "broken_record"]),
    "nested.html": (b"<html><body>" + b"<div>" * 100_000 + _BODY.encode() + b"</div>" * 100_000, ["empty"]),
    "nested.json": (b'{"text": ' + b"[" * 100_000, ["broken_record"]),
    "swelling.xml": (_swelling_feed(), ["broken_record"]),
    "paths.zip": (_zip("../../outside.txt", _BODY.encode()), ["ok"]),
    "paths.tar": (_tar(), ["ok", "ok"]),
    "nul.csv": (f'title,text\n"قمة\x00","{_BODY}"\n'.encode(), ["ok"]),
}


def _codes(*paths: Path) -> tuple[list[list[str]], float]:
    command = [sys.executable, "-c", _PROBE, *map(str, paths)]
    environment = {"PYTHONPATH": "src"}
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=_SECONDS, env=environment)
    found, memory = json.loads(done.stdout)
    return found, memory


@pytest.mark.parametrize("name", _INPUTS)
def test_a_hostile_input_gives_its_reason_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    data, wanted = _INPUTS[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_text(_BODY, encoding="utf-8")
    found, memory = _codes(tmp_path)
    assert [code for code, _ in found] == [*wanted, "ok"]
    assert all(";" in reason for code, reason in found if code != "ok")
    assert memory < _MEGABYTES


def test_nothing_is_written_beside_an_archive(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("paths.zip", "paths.tar"):
        (tmp_path / "in" / name).write_bytes(_INPUTS[name][0])
    _codes(tmp_path / "in")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["in", "paths.tar", "paths.zip"]


def test_links_that_loop_end(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(_BODY, encoding="utf-8")
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "self").symlink_to(tmp_path / "in" / "self")
    found, _ = _codes(tmp_path / "in", tmp_path / "in" / "self")
    assert [code for code, _ in found] == ["ok", "missing"]
