"""Damaged files: a reason comes out, never an error of a library, and in bounded time."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import zipfile

import pyarrow
import pyarrow.parquet
import pytest
import zstandard

from rasid.errors import InputError
from rasid.read.articles import read_opened
from rasid.read.opened import of_bytes
from rasid.read.options import Options
from tests.read.pages import broadcaster, broken, known

_ROUNDS = 12


def _json() -> bytes:
    return "".join(json.dumps({"title": a.title, "text": a.body}, ensure_ascii=False) + "\n" for a in known()).encode()


def _csv() -> bytes:
    return ("title,text\n" + "".join(f'"{a.title}","{a.body}"\n' for a in known())).encode()


def _parquet() -> bytes:
    out = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.table({"title": ["قمة"] * 20, "text": [a.body for a in known()] * 2}), out)
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.jsonl", _json())
        archive.writestr("b.html", broadcaster(known()[0]))
    return out.getvalue()


_SEEDS = {
    "text": known()[0].body.encode(),
    "windows-1256": known()[0].body.encode("cp1256"),
    "utf-16": known()[0].body.encode("utf-16"),
    "json": _json(),
    "list": b"[" + _json().replace(b"\n", b",\n").rstrip(b",\n") + b"]",
    "csv": _csv(),
    "html": broadcaster(known()[1]).encode(),
    "broken html": broken(known()[1]).encode(),
    "parquet": _parquet(),
    "zip": _zip(),
    "gz": gzip.compress(_json()),
    "xz": lzma.compress(_json()),
    "bz2": bz2.compress(_json()),
    "zst": zstandard.ZstdCompressor().compress(_json()),
}


def _damaged(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(max(1, len(changed)))
        match chance.randrange(3):
            case 0:
                changed[at : at + 1] = chance.randbytes(chance.randint(1, 20))
            case 1:
                del changed[at : at + chance.randint(1, len(changed) // 3 + 1)]
            case _:
                changed[at:at] = changed[at : at + chance.randint(1, 300)]
    return bytes(changed)


@pytest.mark.parametrize("name", _SEEDS)
def test_damage_gives_drafts_or_reasons(name: str) -> None:
    chance = random.Random(name)  # the same damage on every run
    for _ in range(_ROUNDS):
        data = _damaged(_SEEDS[name], chance)
        try:
            found = list(read_opened(of_bytes("input", data), Options()))
        except InputError as error:
            found = [error]
        assert found or not data.strip()
        assert all(";" in item.reason for item in found if isinstance(item, InputError))
