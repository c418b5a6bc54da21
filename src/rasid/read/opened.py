"""An input that has been opened: its name, its bytes, and how much of them may be read."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from rasid.errors import TooLarge

RECORD_LIMIT = 20_000_000  # bytes of one article, line or cell; real articles stay under 1 MB
FILE_LIMIT = 200_000_000  # bytes of a file that must be read whole (PDF, DOCX, HTML)


@dataclass(frozen=True, slots=True)
class Opened:
    """``name`` is what the user sees in messages; ``stream`` is buffered and can be peeked into."""

    name: str
    stream: io.BufferedReader[io.RawIOBase]

    @property
    def stem(self) -> str:
        """The last part of the name without its extensions, fit for an id."""
        base = re.split(r"[/\\!]", self.name.rstrip("/"))[-1]
        return re.sub(r"[^\w.-]+", "-", re.sub(r"(\.[A-Za-z0-9]{1,7})+$", "", base)).strip("-.") or "input"

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


def opened(name: str, stream: IO[bytes] | io.RawIOBase) -> Opened:
    """``stream`` under ``name``, buffered."""
    if isinstance(stream, io.BufferedReader):
        return Opened(name, stream)
    return Opened(name, io.BufferedReader(stream))  # type: ignore[arg-type]
