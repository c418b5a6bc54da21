"""An input that has been opened: its name, its bytes, and how much of them may be read."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from rasid.errors import InputError, TooLarge

RECORD_LIMIT = 20_000_000  # bytes of one article, line or cell; real articles stay under 1 MB
FILE_LIMIT = 200_000_000  # bytes of a file that must be held whole (PDF, DOCX, zip); news archives are cut smaller
BUFFER = 1 << 18
_FIRST = 1 << 12


@dataclass(frozen=True, slots=True)
class Opened:
    """``name`` is what the user sees in messages; ``stream`` is buffered and can be peeked into."""

    name: str
    stream: io.BufferedReader[io.RawIOBase]

    def everything(self, limit: int = RECORD_LIMIT) -> bytes:
        """All bytes.

        Raises TooLarge, after ``limit`` bytes, without reading on.
        """
        data = self.stream.read(limit + 1)
        if len(data) > limit:
            raise TooLarge(self.name, f"more than {limit // 1_000_000} MB for one article; split the file")
        return data

    def lines(self, limit: int = RECORD_LIMIT) -> Iterator[tuple[int, bytes | None]]:
        """Number and bytes of each line; None in place of a line longer than ``limit`` bytes, which is skipped."""
        number = 0
        while line := self.stream.readline(limit + 1):
            number += 1
            if len(line) <= limit:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self.stream.readline(1 << 20)
            yield number, None

    def head(self, size: int = BUFFER) -> bytes:
        """Up to ``size`` first bytes, without moving on."""
        return self.stream.peek(size)[:size]


class Chunks(io.RawIOBase):
    """A readable stream over the pieces that ``pull`` gives (an empty piece is the end).

    The first piece is filled up, so that a look at the head of a slow pipe tells the format.
    """

    def __init__(self, pull: Callable[[], bytes]) -> None:
        self._pull = pull
        self._rest = b""
        self._begun = False
        self._waiting: InputError | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._rest or self._next()
        size = min(len(buffer), len(piece))
        buffer[:size] = piece[:size]
        self._rest = piece[size:]
        return size

    def _next(self) -> bytes:
        if self._waiting is not None:
            raise self._waiting
        if self._begun:
            return self._pull()
        self._begun = True
        return self._first()

    def _first(self) -> bytes:
        found = b""
        try:
            while len(found) < _FIRST and (piece := self._pull()):
                found += piece
        except InputError as error:
            if not found:
                raise
            self._waiting = error  # what came before the damage is read first
        return found


def opened(name: str, stream: IO[bytes] | io.RawIOBase) -> Opened:
    """``stream`` under ``name``, buffered."""
    if isinstance(stream, io.BufferedReader):
        return Opened(name, stream)
    return Opened(name, io.BufferedReader(stream, BUFFER))  # type: ignore[arg-type]


def of_bytes(name: str, data: bytes) -> Opened:
    """``data`` as if it were a file."""
    return opened(name, io.BytesIO(data))


def readable_name(name: str) -> str:
    """``name`` without control characters and direction marks, for messages."""
    return re.sub(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "?", name)
