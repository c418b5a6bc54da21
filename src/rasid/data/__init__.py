"""Tables and word counts that the stages read. Edited in ``lexicon/``; the wheel carries a copy."""

from __future__ import annotations

import functools
from pathlib import Path

from rasid.errors import LexiconError

_PACKAGED = Path(__file__).parent / "lexicon"
_CHECKOUT = Path(__file__).parents[3] / "lexicon"


def lexicon_folder() -> Path:
    """Folder of the hand-edited tables: the checkout's when there is one, else the packaged copy."""
    return _CHECKOUT if (_CHECKOUT / "SOURCES.toml").is_file() else _PACKAGED


@functools.cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``lexicon/<name>.tsv``, each with every column of the header line.

    Raises LexiconError for a row whose number of cells differs from the header's.
    """
    return read_table(lexicon_folder() / f"{name}.tsv")


def read_table(path: Path) -> tuple[dict[str, str], ...]:
    """Rows of a tab-separated table; ``#`` lines are comments.

    Raises LexiconError, naming file and line, for a missing file or a row of the wrong width.
    """
    if not path.is_file():
        raise LexiconError(path.name, 0, "-", "the table does not exist; reinstall Rasid or name an existing folder")
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not kept:
        raise LexiconError(path.name, 1, "-", "the table is empty; its first line must be the header")
    header = kept[0][1].split("\t")
    return tuple(_row(path.name, number, header, line) for number, line in kept[1:])


def _row(file: str, number: int, header: list[str], line: str) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) != len(header):
        raise LexiconError(file, number, str(len(cells)), f"{len(header)} cells are expected, {len(cells)} were found")
    return {key: cell.strip() for key, cell in zip(header, cells, strict=True)}
