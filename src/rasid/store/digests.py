"""What a value was made by: the version of Rasid and digests of the tables and the models."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import rasid
from rasid import data, models
from rasid.clean import Repeated

_LENGTH = 16


class Made(NamedTuple):
    """Two articles with equal texts and equal ``Made`` are coded alike."""

    rasid: str
    lexicon: str
    models: str


def made(repeated: Repeated | None = None) -> Made:
    """What codes articles now: the package's and the user's own tables, and the lines learned of publishers."""
    return Made(rasid.__version__, _digest(_lexicon_parts(repeated)), _digest(_files(Path(models.__file__).parent)))


def _lexicon_parts(repeated: Repeated | None) -> Iterator[bytes]:
    for name in sorted(path.stem for path in data.lexicon_folder().glob("*.tsv")):
        yield f"{name}\t{data.table(name)}".encode()
    yield from _files(Path(data.__file__).parent)
    for line in sorted(repeated.report()) if repeated is not None else ():
        yield f"{line.publisher}\t{line.line}".encode()


def _files(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix != ".py":
            yield path.name.encode()
            yield path.read_bytes()


def _digest(parts: Iterable[bytes]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()[:_LENGTH]
