"""From what the user named (file, folder, glob, address, -) to opened inputs."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rasid.errors import EmptyInput, InputError, MissingInput
from rasid.read.opened import Opened, opened

Named = str | InputError


def expand(paths: Sequence[str]) -> Iterator[Named]:
    """Names of single inputs, in a stable order; an InputError for what does not exist or holds nothing."""
    for path in paths:
        if path == "-" or "://" in path or Path(path).is_file():
            yield path
        elif Path(path).is_dir():
            yield from _or_empty(path, _folder(path), "the folder holds no files; name another")
        elif glob.has_magic(path):
            yield from _or_empty(path, _pattern(path), "no file matches this pattern; check it")
        elif Path(path).exists():
            yield path
        else:
            yield MissingInput(path, "no such file or folder; check the path")


def _or_empty(path: str, names: Iterator[str], reason: str) -> Iterator[Named]:
    first = next(names, None)
    if first is None:
        yield EmptyInput(path, reason)
        return
    yield first
    yield from names


def _pattern(path: str) -> Iterator[str]:
    for name in sorted(glob.glob(path, recursive=True)):
        if Path(name).is_file():
            yield name


def _folder(path: str) -> Iterator[str]:
    """Files below ``path``, sorted; hidden ones are left out and links to folders are not followed (they may loop)."""
    for folder, inner, names in os.walk(path, followlinks=False):
        inner[:] = sorted(name for name in inner if not name.startswith("."))
        for name in sorted(names):
            full = Path(folder, name)
            if not name.startswith(".") and full.is_file():
                yield str(full)


@contextmanager
def open_input(name: str) -> Iterator[Opened]:
    """The named input, open for reading bytes.

    Raises MissingInput when it cannot be opened.
    """
    if name == "-":
        yield opened("standard input", sys.stdin.buffer)
        return
    try:
        stream = io.BufferedReader(io.FileIO(Path(name)), buffer_size=1 << 18)
    except OSError as error:
        raise MissingInput(name, f"cannot be opened ({error.strerror}); check the path and the rights") from error
    with stream:
        yield opened(name, stream)
