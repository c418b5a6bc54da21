"""Tables compiled once into files that are mapped into memory: a value is read only when its key is asked for.

What takes a second to unfold (all forms of all words that may tell an act, all names) is written to the user's cache
folder the first time, under the digest of everything it is made from; later runs map the file. Change a table, a word
count or the code, and the digest is another. Where no folder can be written, the same bytes stay in memory: there is
one way of looking up.

A file: a header, a table of hashed slots, the bounds of keys and values, then keys and values in turn. All numbers are
32 bits in the machine's own order, which the header names.
"""

from __future__ import annotations

import hashlib
import json
import mmap
import os
import struct
import sys
import tempfile
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeVar

Value = TypeVar("Value")
Pairs = Iterable[tuple[str, bytes]]
Buffer = bytes | mmap.mmap

_MAGIC: Final = b"RASIDT1" + (b"l" if sys.byteorder == "little" else b"b")
_HEADER: Final = struct.Struct("=8sIII")  # magic, number of keys, number of slots, check sum of what follows
# Values kept as they were decoded: about the different words of a hundred articles, a few MB.
_KEPT: Final = 1 << 14
_FOLDERS: Final = 4  # digests kept in the cache folder: several checkouts, or tables of several users


class Compiled(Mapping[str, Value]):
    """Keys to values, decoded as they are asked for and kept in bounded number.

    ``decode`` takes the key and the bytes that were compiled for it.
    """

    def __init__(self, buffer: Buffer, decode: Callable[[str, bytes], Value]) -> None:
        _, count, slots, _ = _HEADER.unpack_from(buffer)
        view = memoryview(buffer)
        start = _HEADER.size
        bounds = start + 4 * slots
        self._slots = view[start:bounds].cast("I")
        self._first = bounds + 4 * (2 * count + 1)
        self._bounds = view[bounds : self._first].cast("I")
        self._buffer = buffer
        self._mask = slots - 1
        self._decode = decode
        self._kept: dict[str, Value | None] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """The value of ``key``, else ``default``."""
        try:
            found = self._kept[key]
        except KeyError:
            found = self._found(key)
        return default if found is None else found

    def __getitem__(self, key: str) -> Value:
        found: Value | None = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self.get(key) is not None

    def __len__(self) -> int:
        return len(self._bounds) // 2

    def __iter__(self) -> Iterator[str]:
        """The keys in the order in which they were compiled."""
        for at in range(len(self)):
            yield self._slice(2 * at).decode("utf-8", "surrogatepass")

    def _found(self, key: str) -> Value | None:
        raw = key.encode("utf-8", "surrogatepass")
        slots, bounds, buffer, first = self._slots, self._bounds, self._buffer, self._first
        slot = zlib.crc32(raw) & self._mask
        found: Value | None = None
        while at := slots[slot]:
            start, end = bounds[2 * at - 2], bounds[2 * at - 1]
            if end - start == len(raw) and buffer[first + start : first + end] == raw:
                found = self._decode(key, self._slice(2 * at - 1))
                break
            slot = (slot + 1) & self._mask
        if len(self._kept) >= _KEPT:
            self._kept.clear()
        self._kept[key] = found
        return found

    def _slice(self, at: int) -> bytes:
        first = self._first
        return self._buffer[first + self._bounds[at] : first + self._bounds[at + 1]]


def packed(pairs: Pairs) -> bytes:
    """The bytes that :class:`Compiled` reads; of equal keys the last counts, at the place of the first."""
    unique = {key.encode("utf-8", "surrogatepass"): value for key, value in pairs}
    slots = array("I", [0]) * (1 << max(2 * len(unique), 1).bit_length())
    bounds, parts, end = array("I", [0]), [], 0
    for number, (key, value) in enumerate(unique.items(), 1):
        slot = zlib.crc32(key) & (len(slots) - 1)
        while slots[slot]:
            slot = (slot + 1) & (len(slots) - 1)
        slots[slot] = number
        for part in (key, value):
            end += len(part)
            bounds.append(end)
            parts.append(part)
    rest = b"".join((slots.tobytes(), bounds.tobytes(), *parts))
    return _HEADER.pack(_MAGIC, len(unique), len(slots), zlib.crc32(rest)) + rest


def as_json(value: object) -> bytes:
    """``value`` in short JSON, for values that a decoder reads with ``json.loads``."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def opened(name: str, digest: str, build: Callable[[], Pairs]) -> Buffer:
    """The compiled table ``name`` of ``digest``: mapped from the cache folder, else built and put there."""
    folder = cache_folder()
    if folder is None:
        return packed(build())
    path = folder / digest / f"{name}.table"
    return _mapped(path) or _kept(path, packed(build()))


def cache_folder() -> Path | None:
    """Where compiled tables lie: RASID_CACHE (blank: nowhere), else ``rasid`` in the user's cache folder."""
    told = os.environ.get("RASID_CACHE")
    if told is not None:
        return Path(told) if told else None
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "rasid" / "cache"
    if sys.platform == "darwin":
        return home / "Library" / "Caches" / "rasid"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache") / "rasid"


def digest_of(paths: Iterable[Path]) -> str:
    """Digest of the names and bytes of the files, in the given order."""
    found = hashlib.sha256()
    for path in paths:
        with path.open("rb", buffering=0) as file:
            data = file.readall()
        found.update(f"{path.name}\0{len(data)}\0".encode())
        found.update(data)
    return found.hexdigest()[:32]


def _mapped(path: Path) -> Buffer | None:
    """The file in memory; None when it is missing, cut short or damaged."""
    try:
        with path.open("rb") as file:
            found = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    if len(found) < _HEADER.size:
        return None
    magic, _, _, total = _HEADER.unpack_from(found)
    with memoryview(found) as view, view[_HEADER.size :] as rest:
        whole = magic == _MAGIC and zlib.crc32(rest) == total
    return found if whole else None


def _kept(path: Path, data: bytes) -> Buffer:
    """``data``, written for the next run where that is possible: whole or not at all."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
        _forget(path.parents[1], keep=path.parent)
    except OSError:
        return data
    return _mapped(path) or data


def _replace(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _forget(folder: Path, *, keep: Path) -> None:
    """Removes compiled tables of digests long unused."""
    others = [inner for inner in folder.iterdir() if inner != keep and inner.is_dir()]
    others.sort(key=lambda inner: inner.stat().st_mtime, reverse=True)
    for inner in others[_FOLDERS - 1 :]:
        for file in inner.glob("*"):
            file.unlink(missing_ok=True)
        inner.rmdir()
