"""The hand-made document in every format."""

from __future__ import annotations

import csv
import io

from rasid import export
from tests import made


def output(form: str) -> bytes:
    """What a format makes of the hand-made document."""
    sink = io.BytesIO()
    writer = export.open_writer(form, sink)
    writer.write(export.written(made.document()))
    writer.close()
    return sink.getvalue()


def table(data: bytes, delimiter: str = "\t") -> list[list[str]]:
    """The cells of delimited text."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=delimiter))
