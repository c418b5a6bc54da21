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


@contextmanager
def _told(address: str, what: str) -> Iterator[None]:
    """Whatever goes wrong inside is a MissingInput of ``address``: every driver raises classes of its own."""
    try:
        yield
    except Exception as error:
        raise MissingInput(address, what.format(error)) from error


_REACHED = "cannot be reached ({}); check the address and the rights"
_READ = "the connection broke ({}); try again"


def addresses(address: str) -> Iterator[str | InputError]:
    """The files that an address (s3://, https://, ...) names; it may be a folder or a pattern."""
    try:
        with _told(address, _REACHED):
            files, root = fsspec.core.url_to_fs(address)
            if glob.has_magic(root):
                names = sorted(files.glob(root))
            else:
                names = sorted(files.find(root)) if files.isdir(root) else [root]
            found = [str(files.unstrip_protocol(name)) for name in names]
    except MissingInput as error:
        yield error
        return
    if not found:
        yield EmptyInput(address, "no file is there; check the address")
    yield from found


@contextmanager
def open_address(address: str) -> Iterator[Opened]:
    """The remote file, open for reading.

    Raises MissingInput when it cannot be reached, also while it is read.
    """
    with _told(address, _REACHED):
        stream = fsspec.open(address, "rb").open()
    with stream:
        yield opened(address, _Remote(stream, address))


class _Remote(io.RawIOBase):
    """A remote file; what goes wrong while reading it names the address."""

    def __init__(self, stream: Any, address: str) -> None:
        self._stream, self._address = stream, address

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        with _told(self._address, _READ):
            piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)
