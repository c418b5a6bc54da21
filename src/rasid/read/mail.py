"""Mails (EML), as newsletters and wire services send them."""

from __future__ import annotations

import email
import email.message
import email.policy
from collections.abc import Iterator

from rasid.errors import BrokenRecord, EmptyInput
from rasid.read.decode import decode
from rasid.read.draft import DateSource, Draft, day_of
from rasid.read.markup import text_of
from rasid.read.opened import Opened
from rasid.read.options import Options


def read(opened: Opened, _: Options) -> Iterator[Draft]:
    """The mail's text, subject and day; the plain part is preferred to the HTML part.

    Raises BrokenRecord, EmptyInput or TooLarge.
    """
    message = email.message_from_bytes(opened.everything(), policy=email.policy.default)
    part = message.get_body(("plain", "html")) if isinstance(message, email.message.EmailMessage) else None
    if part is None:
        raise EmptyInput(opened.name, "the mail holds no text part; give its attachments themselves")
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        raise BrokenRecord(opened.name, "the mail's text cannot be decoded; save it again")
    text, encoding = decode(data, opened.name)
    body = text_of(text) if part.get_content_type() == "text/html" else text.replace("\r\n", "\n")
    if not body.strip():
        raise EmptyInput(opened.name, "the mail holds no text; leave it out")
    day = day_of(str(message.get("Date", "")))
    yield Draft(
        opened.name,
        body,
        title=str(message.get("Subject", "")).strip() or None,
        publisher=_sender(message),
        published=day,
        published_by=DateSource.FIELD if day else DateSource.NONE,
        encoding=encoding,
    )


def _sender(message: email.message.Message) -> str | None:
    name, address = email.utils.parseaddr(str(message.get("From", "")))
    return name or address or None
