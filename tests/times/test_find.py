"""Times in sentences: every case of ``tests/cases/times_*.jsonl``."""

from __future__ import annotations

import datetime

import pytest

from rasid.times import read


@pytest.mark.parametrize(
    ("text", "edtf"),
    [("زار الوزير القاهرة مساء أمس الخميس", "2018-05-17"), ("قتل ثلاثة في 12 أيار/مايو 2018", "2018-05-12")],
)
def test_reads_day(text: str, edtf: str) -> None:
    spans = read(text, published=datetime.date(2018, 5, 18))
    assert [span.edtf for span in spans if span.refers] == [edtf]
    assert all(text[span.start : span.end] == span.text for span in spans)
