"""Addresses (s3://, https:// and all others that fsspec knows)."""

from __future__ import annotations

import glob
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import fsspec
import fsspec.core

from rasid.errors import EmptyInput, InputError, MissingInput
from rasid.read.opened import Opened, opened

_REMOTE = (OSError, ValueError, ImportError)  # unknown protocol, missing driver, refused or broken connection


def addresses(address: str) -> Iterator[str | InputError]:
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


@contextmanager
def open_address(address: str) -> Iterator[Opened]:
    """The remote file, open for reading.

    Raises MissingInput when it cannot be reached, also while it is read.
    """
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
