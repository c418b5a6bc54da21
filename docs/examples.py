#!/usr/bin/env python3
"""Runs the examples in README.md and docs/, so that they cannot drift from what the program does.

    docs/examples.py [--write]

A fenced block `text NAME` is a file NAME; in a block `console` each line that begins with `$ rasid` is run, and the
lines after it are what it must print. --write puts in what is printed now; without it, differences are listed and the
exit status is 1.
"""

from __future__ import annotations

import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

from typer.testing import CliRunner

from rasid.cli import app

ROOT = Path(__file__).resolve().parent.parent
WIDTH = "110"
_FILE = re.compile(r"^```text (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"(?<=^```console\n)(.*?)(?=^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "


def pages() -> tuple[Path, ...]:
    """The pages with examples."""
    return ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))


def fresh(page: str) -> str:
    """The page with what its commands print now."""
    os.environ["COLUMNS"] = WIDTH
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        for name, text in _FILE.findall(page):
            Path(name).write_text(text, encoding="utf-8")
        return _CONSOLE.sub(lambda block: "".join(_rerun(block[1])), page)


def _rerun(block: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.startswith(f"{_PROMPT}rasid "):
            yield f"{line}\n{_printed(line)}"
        elif line.startswith(_PROMPT):
            raise ValueError(f"only `rasid` commands are run, not {line!r}; put others in a block `sh`")


def _printed(line: str) -> str:
    result = CliRunner().invoke(app, shlex.split(line.removeprefix(f"{_PROMPT}rasid ")))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    lines = [found.rstrip() for found in result.output.splitlines()]
    return "".join(f"{found}\n" for found in lines).rstrip("\n") + "\n"


def stale(*, write: bool = False) -> list[str]:
    """Names of the pages that tell something else than the program; with ``write`` they are brought up to date."""
    found = []
    for page in pages():
        text = page.read_text(encoding="utf-8")
        now = fresh(text)
        if now != text:
            found.append(str(page.relative_to(ROOT)))
            if write:
                page.write_text(now, encoding="utf-8")
    return found


def main() -> int:
    write = "--write" in sys.argv[1:]
    found = stale(write=write)
    for name in found:
        print(f"{name}: {'brought up to date' if write else 'stale; run docs/examples.py --write'}")
    return 1 if found and not write else 0


if __name__ == "__main__":
    sys.exit(main())
