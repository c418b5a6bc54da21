"""Plain text: one file, one article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rasid.errors import EmptyInput
from rasid.read.decode import decode
from rasid.read.draft import Draft
from rasid.read.opened import Opened
from rasid.read.options import Options

_TITLE = re.compile(r"\s*([^\n]*\S)[ \t]*\n[ \t]*\n\s*(?=\S)")


def read(opened: Opened, _: Options) -> Iterator[Draft]:
    """The file's article. The first line is the title only if a blank line follows it.

    Raises EmptyInput, BinaryInput, EncodingInput or TooLarge.
    """
    text, encoding = decode(opened.everything(), opened.name)
    text = text.removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise EmptyInput(opened.name, "the file holds no text; remove it or fill it")
    match = _TITLE.match(text)
    title, body = (match.group(1), text[match.end() :]) if match else (None, text)
    yield Draft(opened.name, body, title=title, encoding=encoding, is_file=True)
