"""Bytes to text: which encoding, or why none."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from rasid.data import table
from rasid.errors import BinaryInput, EncodingInput
from rasid.read.opened import Chunks, Opened
from rasid.read.opened import opened as reopened
from rasid.words.fold import fold

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEGACY = ("cp1256", "iso8859_6", "mac_arabic")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_WORDS = re.compile("[ء-ي]+")
_LETTER = re.compile("[^\\W\\d_a-zA-Z]|\ufffd")
_HIGH = re.compile(rb"[\x80-\xff][\x80-\xff \t.,]*")  # scripts and markup around the text tell nothing
# The commonest words of Arabic news: a wrong code page yields none of them.
_COMMON = next(frozenset(row["words"].split("|")) for row in table("languages") if row["code"] == "ar")
_MIN_COMMON = 0.03  # running Arabic news has 0.15 to 0.25; a wrong code page under 0.005
_MAX_BROKEN = 0.05  # of the bytes; damaged UTF-8 stays below, another encoding breaks at nearly every letter
_MIN_LETTERING = 0.95  # for texts of a few words, where common ones may be wanting
_SAMPLE = 1 << 16


class Decoded(NamedTuple):
    """Text, and the encoding it was read with."""

    text: str
    encoding: str


def decode(data: bytes, source: str) -> Decoded:
    """Text of ``data``.

    Raises BinaryInput for bytes that are no text, EncodingInput where no encoding gives readable text.
    """
    encoding = encoding_of(data, source)
    errors = "replace" if encoding in ("utf-8", "utf-8-sig") else "strict"
    try:
        return Decoded(data.decode(encoding, errors), encoding)
    except UnicodeDecodeError:
        return Decoded(data.decode(encoding, "replace"), encoding)


def encoding_of(data: bytes, source: str) -> str:
    """Name of the encoding of ``data``, judged on its first 64 KiB.

    Raises BinaryInput or EncodingInput.
    """
    sample = data[:_SAMPLE]
    wide = wide_encoding(sample)
    if wide:
        return wide
    if len(_CONTROL.findall(sample)) > len(sample) / 50:
        raise BinaryInput(source, "these bytes are no text; give a text, HTML, JSON, CSV, DOCX or PDF file")
    broken = _broken_utf8(sample)
    high = b"\n".join(_HIGH.findall(data, 0, 1 << 22))[:_SAMPLE]
    if broken == 0 or (broken <= _MAX_BROKEN * len(sample) and _commonness(high, "utf-8") >= _MIN_COMMON):
        return "utf-8-sig" if sample.startswith(codecs.BOM_UTF8) else "utf-8"
    return _legacy(high, source)


def wide_encoding(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 when a byte order mark or the places of the zeros tell so, else None."""
    for bom, name in _BOMS:
        if sample.startswith(bom):
            return name
    return _wide(sample)


def _broken_utf8(sample: bytes) -> int:
    """Number of broken sequences; one that the end of the sample cuts does not count."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    return decoder.decode(sample, final=False).count("\ufffd") - sample.count("\ufffd".encode())


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: the high bytes of Arabic (06) or Latin (00) stand in every second place."""
    if len(sample) < 8:
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if high.count(0) + high.count(6) > 0.8 * len(high):
            return name
    return None


def _commonness(sample: bytes, encoding: str) -> float:
    """Share of common Arabic words among the words outside ASCII, when ``sample`` is read as ``encoding``."""
    words = _WORDS.findall(sample.decode(encoding, "replace"))
    return sum(fold(word) in _COMMON for word in words) / (len(words) or 1)


def _lettering(sample: bytes, encoding: str) -> float:
    """Share of Arabic letters among the letters outside ASCII: a wrong code page mixes in others or leaves holes."""
    text = sample.decode(encoding, "replace")
    arabic = sum(map(len, _WORDS.findall(text)))
    return arabic / (len(_LETTER.findall(text)) or 1)


def _legacy(sample: bytes, source: str) -> str:
    fitting = [name for name in _LEGACY if _lettering(sample, name) >= _MIN_LETTERING]
    scored = [(_commonness(sample, name), -at, name) for at, name in enumerate(fitting or _LEGACY)]
    score, _, best = max(scored)
    if fitting or score >= _MIN_COMMON:
        return best
    import charset_normalizer  # rarely needed, and slow to load

    guess = charset_normalizer.from_bytes(sample).best()
    if guess is None:
        raise EncodingInput(source, "no encoding gives readable text; save the file as UTF-8")
    return guess.encoding


def as_utf8(opened: Opened) -> Opened:
    """``opened`` in UTF-8, whatever encoding its first 64 KiB show; a stream stays a stream.

    Raises BinaryInput or EncodingInput.
    """
    encoding = encoding_of(opened.head(_SAMPLE), opened.name)
    if encoding.startswith("utf-8"):
        return opened
    decoder = codecs.getincrementaldecoder(encoding)("replace")

    def pull() -> bytes:
        while piece := opened.stream.read(_SAMPLE):
            text = decoder.decode(piece)
            if text:
                return text.encode("utf-8", "replace")
        return decoder.decode(b"", final=True).encode("utf-8", "replace")

    return reopened(opened.name, Chunks(pull))
