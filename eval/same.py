#!/usr/bin/env python3
"""Whether two versions of the code come to the same coded records, byte for byte.

    eval/same.py [--before REV] [--after REV] [--bulk N] [--folder FOLDER]

The articles of FOLDER/events/dev.jsonl and N articles spread over FOLDER/news/*.jsonl.xz are coded twice: by the code,
tables and models of revision BEFORE (HEAD when left out), and by those of AFTER (the working tree when left out). Each
version is checked out into a folder of its own and runs in a process of its own. The exit status is 1 when any record
differs or when nothing was compared; the first differing articles are named. For every change that is to gain speed
and nothing else.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import lzma
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", default="HEAD", metavar="REV")
    parser.add_argument("--after", metavar="REV")
    parser.add_argument("--bulk", type=int, default=5_000, metavar="N")
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--digests", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.digests:
        for line in digests(asked.folder, asked.bulk):
            print(line)
        return
    before, after = (_of_version(rev, asked.folder, asked.bulk) for rev in (asked.before, asked.after))
    sys.exit(_told(before, after))


def _told(before: list[str], after: list[str]) -> int:
    differing = [(old, new) for old, new in itertools.zip_longest(before, after, fillvalue="missing") if old != new]
    print(f"{len(before)} articles compared, {len(differing)} differ")
    for old, new in differing[:SHOWN]:
        print(f"  {old} -> {new}")
    return 1 if differing or not before else 0


def _of_version(rev: str | None, folder: Path, bulk: int) -> list[str]:
    """One line for each article, coded by a revision; by the working tree when there is none."""
    if rev is None:
        return _run(ROOT, folder, bulk)
    with tempfile.TemporaryDirectory() as parent:
        tree = Path(parent, "tree")
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), rev], cwd=ROOT, check=True)
        try:
            return _run(tree, folder, bulk)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)


def _run(tree: Path, folder: Path, bulk: int) -> list[str]:
    command = [sys.executable, __file__, "--digests", "--bulk", str(bulk), "--folder", str(folder)]
    known = {**os.environ, "PYTHONPATH": str(tree / "src")}
    return subprocess.run(command, env=known, check=True, capture_output=True, text=True).stdout.splitlines()


def digests(folder: Path, bulk: int) -> Iterator[str]:
    """Number and id of each article with the digest of its coded record as it would be written."""
    from rasid import export, pipeline

    for number, document in enumerate(pipeline.code(_articles(folder, bulk))):
        line = json.dumps(export.written(document).record, ensure_ascii=False, separators=(",", ":"))
        digest = hashlib.sha256(line.encode("utf-8", "backslashreplace")).hexdigest()[:16]
        print(f"\r{number}", end="", file=sys.stderr)
        yield f"{number} {document.article.id} {digest}"


def _articles(folder: Path, bulk: int) -> Iterator[Any]:
    with (folder / "events" / "dev.jsonl").open(encoding="utf-8") as lines:
        yield from (_article(json.loads(line), f"dev:{number}") for number, line in enumerate(lines))
    paths = sorted((folder / "news").glob("*.jsonl.xz"))
    share = -(-bulk // max(len(paths), 1))
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(itertools.islice(lines, share)):
                yield _article(json.loads(line), f"{path.name}:{number}")


def _article(cells: Any, name: str) -> Any:
    from rasid.records import Article

    told = str(cells.get("published") or "")[:10]
    day = date.fromisoformat(told) if len(told) == len("2025-10-03") else None
    return Article(name, cells.get("title"), cells["text"], cells.get("url"), cells.get("publisher"), day)


if __name__ == "__main__":
    main()
