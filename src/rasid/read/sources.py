"""From what the user named (file, folder, glob, address, -) to opened inputs."""

from __future__ import annotations

import glob
import importlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import cast

from rasid.errors import EmptyInput, InputError, MissingInput
from rasid.read.opened import BUFFER, Chunks, Opened, opened

Named = str | InputError


def expand(paths: Sequence[str]) -> Iterator[Named]:
    """Names of single inputs, in a stable order; an InputError for what does not exist or holds nothing."""
    for path in paths:
        try:
            yield from _expanded(path)
        except OSError as error:
            yield _unopened(path, error)


def _expanded(path: str) -> Iterator[Named]:
    if path == "-" or Path(path).is_file():
        yield path
    elif "://" in path:
        yield from _remote().addresses(path)
    elif Path(path).is_dir():
        yield from _or_empty(path, _folder(path), "the folder holds no files; name another")
    elif glob.has_magic(path):
        yield from _or_empty(path, _pattern(path), "no file matches this pattern; check it")
    elif Path(path).exists():
        yield path
    else:
        yield MissingInput(path, "no such file or folder; check the path")


def _unopened(path: str, error: OSError) -> MissingInput:
    return MissingInput(path, f"cannot be opened ({error.strerror or error}); check the path and the rights")


def _remote() -> ModuleType:
    """The reader of addresses, imported only when there is one: its library is slow to load."""
    return importlib.import_module("rasid.read.remote")


def _or_empty(path: str, names: Iterator[Named], reason: str) -> Iterator[Named]:
    first = next(names, None)
    if first is None:
        yield EmptyInput(path, reason)
        return
    yield first
    yield from names


def _pattern(path: str) -> Iterator[str]:
    """Files that the pattern names, each once: ``**`` follows links, which may loop."""
    seen = set()
    for name in sorted(glob.glob(path, recursive=True), key=lambda name: (name.count(os.sep), name)):
        if Path(name).is_file() and (real := Path(name).resolve()) not in seen:
            seen.add(real)
            yield name


def _folder(path: str) -> Iterator[Named]:
    """Files below ``path``, sorted; hidden ones are left out and links to folders are not followed (they may loop)."""
    closed: list[OSError] = []
    for folder, inner, names in os.walk(path, onerror=closed.append, followlinks=False):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            full = Path(folder, name)
            if not name.startswith(".") and full.is_file():
                yield str(full)
    yield from (_unopened(str(error.filename), error) for error in closed)


@contextmanager
def open_input(name: str) -> Iterator[Opened]:
    """The named input, open for reading bytes.

    Raises MissingInput when it cannot be opened.
    """
    if name == "-":
        pipe = cast("io.BufferedReader[io.RawIOBase]", sys.stdin.buffer)
        yield opened("standard input", Chunks(lambda: pipe.read1(BUFFER)))
        return
    if "://" in name and not Path(name).is_file():
        with _remote().open_address(name) as found:
            yield found
        return
    try:
        stream = io.BufferedReader(io.FileIO(Path(name)), buffer_size=1 << 18)
    except OSError as error:
        raise _unopened(name, error) from error
    with stream:
        yield opened(name, stream)
