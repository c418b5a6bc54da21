"""Compressed files and archives, unpacked as a stream and never onto the disk."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, Protocol, cast

import zstandard

from rasid.errors import BrokenRecord, InputError, TooLarge
from rasid.read.opened import FILE_LIMIT, Chunks, Opened, opened, readable_name

DOCX_TEXT = "word/document.xml"
MAX_DEPTH = 3  # archives inside archives
MAX_MEMBERS = 1_000_000
_MAX_RATIO = 200  # unpacked to packed; the news corpora reach 7, repetitive tables 60, bombs 1,000 and more
_FREE = 20_000_000  # unpacked bytes before the ratio counts
_CHUNK = 1 << 18
_ZSTD_STEP = 1024  # packed bytes at a time: four can stand for 128 KB, so that 32 MB come at once at most
_ZSTD_WINDOW = 1 << 27
_SPOOL = 16_000_000  # bytes of a zip kept in memory; a larger one waits in a temporary file

# What the libraries raise on cut or damaged files; ValueError where a damaged zip points before its beginning.
DAMAGE = (
    *(OSError, EOFError, ValueError, NotImplementedError, RuntimeError),
    *(zlib.error, lzma.LZMAError, zstandard.ZstdError, zipfile.BadZipFile, tarfile.TarError),
)
_SUFFIXES = (".gz", ".xz", ".zst", ".bz2", ".lzma", ".tgz")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class _Unpacker(Protocol):
    """``read1`` gives what is there, so that nothing is lost before a damaged place."""

    def read1(self, size: int, /) -> bytes: ...


class _Counted(io.RawIOBase):
    """Counts the packed bytes that are read, to judge the ratio."""

    def __init__(self, stream: _Readable) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self.count += len(piece)
        return len(piece)


def compressed(packed: Opened, format_name: str) -> Opened:
    """The unpacked stream of a gz, xz, bz2 or zst file.

    Reading from it raises BrokenRecord where the file is cut or damaged, TooLarge where it swells beyond all measure.
    """
    counted = _Counted(packed.stream)
    pull = _Pull(_unpacker(io.BufferedReader(counted, _CHUNK), format_name), packed.name, counted)
    return opened(_inner_name(packed.name), Chunks(pull))


def _unpacker(source: io.BufferedReader[_Counted], format_name: str) -> _Unpacker:
    if format_name == "gz":
        return gzip.GzipFile(fileobj=source, mode="rb")
    if format_name == "xz":
        return lzma.LZMAFile(source)
    if format_name == "bz2":
        return bz2.BZ2File(source)
    return io.BufferedReader(Chunks(_Frames(source)), _CHUNK)


class _Frames:
    """Unpacks Zstandard frames; unlike the library's own reader it tells a cut frame from a whole one."""

    def __init__(self, source: _Readable) -> None:
        self._source = source
        self._frame: zstandard.ZstdDecompressionObj | None = None
        self._rest = b""

    def __call__(self) -> bytes:
        while True:
            piece = self._rest or self._source.read(_ZSTD_STEP)
            self._rest = b""
            if not piece:
                if self._frame is not None:
                    raise EOFError("the last frame is not whole")
                return b""
            frame = self._frame or zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW).decompressobj()
            unpacked = frame.decompress(piece)
            self._rest = frame.unused_data
            self._frame = None if frame.eof else frame
            if unpacked:
                return unpacked


class _Pull:
    """Gives the next unpacked piece; turns damage into an InputError of the named file."""

    def __init__(self, stream: _Unpacker, name: str, packed: _Counted | int) -> None:
        self._stream, self._name, self._packed = stream, name, packed
        self._total = 0

    def __call__(self) -> bytes:
        try:
            piece = self._stream.read1(_CHUNK)
        except DAMAGE as error:
            raise BrokenRecord(self._name, f"the packed file is cut or damaged ({error}); fetch it again") from error
        self._total += len(piece)
        packed = self._packed if isinstance(self._packed, int) else self._packed.count
        if self._total > _FREE and self._total > _MAX_RATIO * max(packed, 1):
            raise TooLarge(self._name, f"unpacks to more than {_MAX_RATIO} times its size; leave it out")
        return piece


def _inner_name(name: str) -> str:
    for suffix in _SUFFIXES:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)] + (".tar" if suffix == ".tgz" else "")
    return name


def members(archive: Opened, format_name: str) -> Iterator[Opened | InputError]:
    """The files in a zip or tar archive, in its order; damage comes as an InputError in place of the rest."""
    try:
        yield from _zip(archive) if format_name == "zip" else _tar(archive)
    except DAMAGE as error:
        yield BrokenRecord(archive.name, f"the archive is cut or damaged ({error}); fetch it again")


def seekable(packed: Opened) -> IO[bytes]:
    """The bytes of ``packed`` in a file that can be searched.

    Raises TooLarge beyond FILE_LIMIT.
    """
    if packed.stream.seekable():
        return packed.stream
    spool = tempfile.SpooledTemporaryFile(max_size=_SPOOL)  # noqa: SIM115 - handed on open, freed when let go
    size = 0
    while piece := packed.stream.read(_CHUNK):
        size += len(piece)
        if size > FILE_LIMIT:
            spool.close()
            raise TooLarge(packed.name, f"more than {FILE_LIMIT // 1_000_000} MB; unpack it first and name the folder")
        spool.write(piece)
    spool.seek(0)
    return spool


def is_docx(file: IO[bytes]) -> bool:
    """True for a zip that holds a Word document."""
    try:
        with zipfile.ZipFile(file) as content:
            return DOCX_TEXT in content.namelist()
    except DAMAGE:
        return False
    finally:
        file.seek(0)


def _zip(archive: Opened) -> Iterator[Opened | InputError]:
    with zipfile.ZipFile(seekable(archive)) as content:
        for count, info in enumerate(content.infolist()):
            if count >= MAX_MEMBERS:
                yield TooLarge(archive.name, f"more than {MAX_MEMBERS} files; split the archive")
                return
            if not info.is_dir() and not _hidden(info.filename):
                yield from _zip_member(archive, content, info)


def _zip_member(archive: Opened, content: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[Opened | InputError]:
    name = f"{archive.name}!{readable_name(info.filename)}"
    if info.flag_bits & 1:
        yield BrokenRecord(name, "the file is locked with a password; unpack it first")
        return
    if info.file_size > _FREE and info.file_size > _MAX_RATIO * max(info.compress_size, 1):
        yield TooLarge(name, f"unpacks to more than {_MAX_RATIO} times its size; leave it out")
        return
    try:
        stream = content.open(info)
    except DAMAGE as error:
        yield BrokenRecord(name, f"cannot be unpacked ({error}); unpack it first")
        return
    with stream:
        yield opened(name, Chunks(_Pull(cast("_Unpacker", stream), name, info.compress_size)))


def _tar(archive: Opened) -> Iterator[Opened | InputError]:
    with tarfile.open(fileobj=archive.stream, mode="r|") as content:
        for member in content:
            if not member.isfile() or _hidden(member.name):
                continue
            stream = content.extractfile(member)
            name = f"{archive.name}!{readable_name(member.name)}"
            if stream is not None:
                yield opened(name, Chunks(_Pull(cast("_Unpacker", stream), name, member.size)))


def _hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return parts[-1].startswith(".") or "__MACOSX" in parts
