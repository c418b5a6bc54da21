"""Text that was read with the wrong code page somewhere on its way, mended character by character."""

from __future__ import annotations

import re

from rasid.clean.mapping import Edit

_CONTROLS = {number: chr(number) for number in range(0x80, 0xA0)}  # what Latin-1 makes of these bytes
_UTF8 = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_LATIN_RUN = re.compile("[\xa1-\xff][\xa1-\xff\u0152\u0153\u0160\u0161\u0178\u0192\u02c6 ]*[\xc0-\xff]")
_MIN_LATIN = 0.2  # share of the letters of a text; French or Turkish names in Arabic news stay under 0.02


def _bytes_of(encoding: str) -> dict[int, str]:
    """For each character of a code page the character whose number is its byte; all others become ``\\u0100``."""
    table = {ord(bytes([byte]).decode(encoding)): chr(byte) for byte in range(256) if _defined(byte, encoding)}
    return {**_CONTROLS, **table}


def _defined(byte: int, encoding: str) -> bool:
    try:
        bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


class _Bytes(dict[int, str]):
    def __missing__(self, key: int) -> str:
        return "\u0100"


# The commonest letter, alef, is D8 A7 in UTF-8; what a code page makes of these two bytes betrays it.
_PAGES = tuple((b"\xd8\xa7".decode(encoding), _Bytes(_bytes_of(encoding))) for encoding in ("cp1256", "cp1252"))


def edits(text: str) -> list[Edit]:
    """The garbled stretches of ``text``, each character with the one it stands for; none in sound text."""
    for sign, table in _PAGES:
        if sign in text:
            found = [
                Edit(match.start(), match.end(), char, "mojibake")
                for match in _UTF8.finditer(text.translate(table))
                if (char := _decoded(match.group())) is not None
            ]
            if found:
                return found
    return _latin(text) if "\xc7" in text else []


def _decoded(sequence: str) -> str | None:
    try:
        return sequence.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None


def _latin(text: str) -> list[Edit]:
    """Windows-1256 or ISO-8859-6 that was read as Latin-1: the article ال shows as Çá or Çä."""
    runs = list(_LATIN_RUN.finditer(text))
    if sum(match.end() - match.start() for match in runs) < _MIN_LATIN * len(text):
        return []
    encoding = "cp1256" if text.count("\xc7\xe1") >= text.count("\xc7\xe4") else "iso8859_6"
    return [Edit(m.start(), m.end(), _page(m.group(), encoding), "mojibake") for m in runs]


def _page(run: str, encoding: str) -> str:
    return "".join(_letter(char, encoding) for char in run)


def _letter(char: str, encoding: str) -> str:
    try:
        byte = char.encode("cp1252") if ord(char) > 255 else char.encode("latin-1")
        return byte.decode(encoding)
    except UnicodeError:
        return char


def mended(text: str) -> str:
    """``text`` with its garbled stretches mended."""
    found = edits(text)
    if not found:
        return text
    pieces: list[str] = []
    at = 0
    for edit in found:
        pieces.extend((text[at : edit.start], edit.text))
        at = edit.end
    return "".join(pieces) + text[at:]
