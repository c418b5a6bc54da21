"""The Python examples of docs/merging.md run, and their asserts hold."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "merging.md"
_PYTHON = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_run() -> None:
    blocks = _PYTHON.findall(PAGE.read_text(encoding="utf-8"))
    assert blocks
    for block in blocks:
        assert "assert" in block
        exec(compile(block, PAGE.name, "exec"), {})
