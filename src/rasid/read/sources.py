"""From what the user named (file, folder, glob, address, -) to opened inputs."""

from __future__ import annotations

import glob
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import fsspec
import fsspec.core

from rasid.errors import EmptyInput, InputError, MissingInput
from rasid.read.opened import Opened, opened

Named = str | InputError
_REMOTE = (OSError, ValueError, ImportError)  # unknown protocol, missing driver, refused or broken connection


def expand(paths: Sequence[str]) -> Iterator[Named]:
    """Names of single inputs, in a stable order; an InputError for what does not exist or holds nothing."""
    for path in paths:
        if path == "-" or Path(path).is_file():
            yield path
        elif "://" in path:
            yield from _addresses(path)
        elif Path(path).is_dir():
            yield from _or_empty(path, _folder(path), "the folder holds no files; name another")
        elif glob.has_magic(path):
            yield from _or_empty(path, _pattern(path), "no file matches this pattern; check it")
        elif Path(path).exists():
            yield path
        else:
            yield MissingInput(path, "no such file or folder; check the path")


def _addresses(address: str) -> Iterator[Named]:
    """The files that an address (s3://, https://, ...) names; it may be a folder or a pattern."""
    try:
        files, root = fsspec.core.url_to_fs(address)
        if glob.has_magic(root):
            names = sorted(files.glob(root))
        else:
            names = sorted(files.find(root)) if files.isdir(root) else [root]
        found = [str(files.unstrip_protocol(name)) for name in names]
    except _REMOTE as error:
        yield MissingInput(address, f"cannot be reached ({error}); check the address and the rights")
        return
    if not found:
        yield EmptyInput(address, "no file is there; check the address")
    yield from found


def _or_empty(path: str, names: Iterator[str], reason: str) -> Iterator[Named]:
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
    if "://" in name and not Path(name).is_file():
        with _remote(name) as found:
            yield found
        return
    try:
        stream = io.BufferedReader(io.FileIO(Path(name)), buffer_size=1 << 18)
    except OSError as error:
        raise MissingInput(name, f"cannot be opened ({error.strerror}); check the path and the rights") from error
    with stream:
        yield opened(name, stream)


@contextmanager
def _remote(address: str) -> Iterator[Opened]:
    try:
        stream = fsspec.open(address, "rb").open()
    except _REMOTE as error:
        raise MissingInput(address, f"cannot be reached ({error}); check the address and the rights") from error
    with stream:
        yield opened(address, _Remote(stream, address))


class _Remote(io.RawIOBase):
    """A remote file; what goes wrong while reading it names the address."""

    def __init__(self, stream: Any, address: str) -> None:
        self._stream, self._address = stream, address

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            piece = self._stream.read(len(buffer))
        except _REMOTE as error:
            raise MissingInput(self._address, f"the connection broke ({error}); try again") from error
        buffer[: len(piece)] = piece
        return len(piece)
