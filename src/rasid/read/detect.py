"""Which format an input is in, judged by its first bytes."""

from __future__ import annotations

from rasid.errors import EmptyInput
from rasid.read.opened import Opened


def format_of(opened: Opened) -> str:
    """Name of the format.

    Raises EmptyInput for an input without bytes.
    """
    head = opened.stream.peek(4096)[:4096]
    if not head.strip(b"\xef\xbb\xbf \t\r\n") and len(head) < 4096:
        raise EmptyInput(opened.name, "the file is empty; remove it or fill it")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return "json"
    return "text"
