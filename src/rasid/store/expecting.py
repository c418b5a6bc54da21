"""How many articles are about to come, where that can be told without reading them: for the remaining time only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

# Files of one article, by ending; lines are counted in files of lines; of anything else nothing is known beforehand.
_SINGLE = frozenset({".txt", ".html", ".htm", ".xhtml", ".docx", ".pdf", ".eml"})
_LINES = frozenset({".jsonl", ".ndjson"})
_BLOCK = 1 << 20


def expected(sources: Sequence[str]) -> int | None:
    """About how many articles the sources hold; None when one of them does not tell."""
    counts = [_articles(path) for path in _files(sources)]
    known = [count for count in counts if count is not None]
    return sum(known) if known and len(known) == len(counts) else None


def _files(sources: Iterable[str]) -> Iterator[Path]:
    for source in sources:
        path = Path(source)
        if path.is_dir():
            yield from (inner for inner in path.rglob("*") if inner.is_file())
        else:
            yield path


def _articles(path: Path) -> int | None:
    ending = path.suffix.lower()
    if not path.is_file():
        return None
    if ending in _SINGLE:
        return 1
    return _lines(path) if ending in _LINES else None


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
