"""Tables and word counts that the stages read. Edited in ``lexicon/``; the wheel carries a copy."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rasid.data import mapped, own
from rasid.data.mapped import Compiled, Pairs, as_json
from rasid.errors import LexiconError

__all__ = [
    "Compiled",
    "Pairs",
    "as_json",
    "compiled",
    "dump_folder",
    "dumps",
    "in_use",
    "lexicon_folder",
    "numbered_rows",
    "read_table",
    "table",
    "theirs",
    "use",
]

Value = TypeVar("Value")
DUMP = "geonames.tsv.gz"
_PACKAGE = Path(__file__).parents[1]
_PACKAGED = Path(__file__).parent / "lexicon"
_CHECKOUT = Path(__file__).parents[3] / "lexicon"
# Parts of the package whose code makes compiled tables.
_COMPILING = ("clean", "data", "events", "names", "places", "times", "words")


def lexicon_folder() -> Path:
    """Folder of the hand-edited tables: the checkout's when there is one, else the packaged copy."""
    return _CHECKOUT if (_CHECKOUT / "SOURCES.toml").is_file() else _PACKAGED


class _Own:
    """The folder of the user's tables, if one was named."""

    folder: Path | None = None


def use(folder: Path | None) -> None:
    """Let the tables in ``folder`` add to the package's and override them; None takes the package's alone.

    To be called before anything is coded: stages keep what they have read. Every table is read and checked at once.
    Raises LexiconError, naming file, line, column and what is allowed.
    """
    table.cache_clear()
    _digest.cache_clear()
    _Own.folder = None
    if folder is None:
        return
    own.check_folder(folder, sorted(path.stem for path in lexicon_folder().glob("*.tsv")))
    _Own.folder = folder
    try:
        for path in sorted(folder.glob("*.tsv")):
            table(path.stem)
    except LexiconError:
        _Own.folder = None
        raise


def in_use() -> Path | None:
    """The folder of the user's own tables, if one was named."""
    return _Own.folder


def dump_folder() -> Path | None:
    """Where a GeoNames dump is put: the user's folder, else the cache folder; None when there is neither."""
    return _Own.folder or mapped.cache_folder()


def dumps() -> tuple[Path, ...]:
    """The file of places built of a GeoNames dump, if any: in the user's folder, else in the cache folder."""
    folders = (folder for folder in (_Own.folder, mapped.cache_folder()) if folder)
    return tuple(folder / DUMP for folder in folders if (folder / DUMP).is_file())[:1]


def theirs(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the user's own table ``name`` as they stand in :func:`table`; none without one."""
    path = _Own.folder / f"{name}.tsv" if _Own.folder else None
    return table(name)[-len(numbered_rows(path)) :] if path and path.is_file() and numbered_rows(path) else ()


@functools.cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of ``lexicon/<name>.tsv``, each with every column of the header line, with the user's own (:func:`use`).

    Raises LexiconError for a row whose number of cells differs from the header's.
    """
    theirs = _Own.folder / f"{name}.tsv" if _Own.folder else None
    if theirs is None or not theirs.is_file():
        return _shipped(name)
    return own.merged(name, numbered_rows(theirs), _shipped)


def compiled(name: str, build: Callable[[], Pairs], decode: Callable[[str, bytes], Value]) -> Compiled[Value]:
    """What ``build`` makes of the tables, looked up in a file mapped into memory (rasid.data.mapped).

    ``build`` runs when there is no such file yet, or when tables, word counts, models or code have changed since.
    """
    return Compiled(mapped.opened(name, _digest(), build), decode)


@functools.cache
def _digest() -> str:
    """Digest of all that compiled tables are made from."""
    folders = [(lexicon_folder(), "*.tsv"), (_PACKAGE / "data", "*.gz")]
    folders += [(_PACKAGE / part, "*.py") for part in _COMPILING]
    folders += [(_PACKAGE / "models", "vocabulary.json")]
    folders += [(_Own.folder, "*.tsv")] if _Own.folder else []
    paths = [path for folder, pattern in folders for path in sorted(folder.glob(pattern))]
    return mapped.digest_of((*paths, *dumps()))


@functools.cache
def _shipped(name: str) -> tuple[dict[str, str], ...]:
    return read_table(lexicon_folder() / f"{name}.tsv")


def read_table(path: Path) -> tuple[dict[str, str], ...]:
    """Rows of a tab-separated table; ``#`` lines are comments.

    Raises LexiconError, naming file and line, for a missing file or a row of the wrong width.
    """
    return tuple(row for _, row in numbered_rows(path))


def numbered_rows(path: Path) -> tuple[tuple[int, dict[str, str]], ...]:
    """As :func:`read_table`, each row with the number of its line."""
    if not path.is_file():
        raise LexiconError(path.name, 0, "-", "the table does not exist; reinstall Rasid or name an existing folder")
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise LexiconError(path.name, 0, "-", "is not in UTF-8; save it as UTF-8 text") from error
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not kept:
        raise LexiconError(path.name, 1, "-", "the table is empty; its first line must be the header")
    header = kept[0][1].split("\t")
    return tuple((number, _row(path.name, number, header, line)) for number, line in kept[1:])


def _row(file: str, number: int, header: list[str], line: str) -> dict[str, str]:
    cells = line.split("\t")
    if len(cells) != len(header):
        raise LexiconError(file, number, str(len(cells)), f"{len(header)} cells are expected, {len(cells)} were found")
    return {key: cell.strip() for key, cell in zip(header, cells, strict=True)}
