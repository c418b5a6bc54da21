"""Vectors of the 120,000 words of ``words.tsv.gz``, from the words that stand beside them in bulk news.

    python -m training.ner_vectors NEWS_FOLDER OUT.npz [--leave-out GOLD.jsonl ...]

Counts of the two words before and after (each place apart), positive pointwise mutual information, and a randomised
singular value decomposition; then product quantisation, so that a vector of 100 numbers takes 20 bytes.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from rasid.words.clitics import counts
from rasid.words.fold import fold
from rasid.words.tokens import _TOKEN

VECTOR = 100
GROUP = 5
_CODES = 256
_PLACES = (-2, -1, 1, 2)
_CONTEXTS = 3_000
_SMOOTH = 0.75
_CHUNK = 6_000_000
_LONGEST = 12_000

Floats = NDArray[np.float32]


def lines(folder: Path, left_out: frozenset[str]) -> Iterator[list[str]]:
    """Folded tokens of each line of the news; an article that repeats another's end is left out."""
    seen: set[str] = set()
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as records:
            for record in map(json.loads, records):
                text = fold(re.sub("[#_]", " ", f"{record.get('title') or ''}\n{record['text']}"))
                if record["id"] in left_out or text[-300:] in seen:
                    continue
                seen.add(text[-300:])
                yield from (_TOKEN.findall(line) for line in text[:_LONGEST].split("\n"))


def contexts(folder: Path, left_out: frozenset[str]) -> dict[str, int]:
    """Columns of the words that count as neighbours: the most frequent ones, marks and numbers among them."""
    seen: Counter[str] = Counter()
    for number, line in enumerate(lines(folder, left_out)):
        if number % 20 == 0:
            seen.update(line)
    return {word: column for column, (word, _) in enumerate(seen.most_common(_CONTEXTS))}


def neighbours(folder: Path, left_out: frozenset[str]) -> sparse.csr_matrix:
    """(words, places · contexts): how often each context stands at each place beside each word."""
    rows = {word: row for row, word in enumerate(counts())}
    columns = contexts(folder, left_out)
    total = sparse.csr_matrix((len(rows), len(_PLACES) * _CONTEXTS), dtype=np.float32)
    words: list[int] = []
    beside: list[int] = []
    for line in lines(folder, left_out):
        words += [*(rows.get(word, -1) for word in line), -1, -1]
        beside += [*(columns.get(word, -1) for word in line), -1, -1]
        if len(words) > _CHUNK:
            total = total + _counted(np.array(words), np.array(beside), total.shape)
            words, beside = [], []
    return total + _counted(np.array(words), np.array(beside), total.shape)


def _counted(words: NDArray[np.int64], beside: NDArray[np.int64], shape: tuple[int, int]) -> sparse.csr_matrix:
    total = sparse.csr_matrix(shape, dtype=np.float32)
    for number, place in enumerate(_PLACES):
        word, other = (words[-place:], beside[:place]) if place < 0 else (words[:-place], beside[place:])
        known = (word >= 0) & (other >= 0)
        at = (word[known], other[known] + number * _CONTEXTS)
        total = total + sparse.coo_matrix((np.ones(len(at[0]), np.float32), at), shape=shape).tocsr()
    return total


def vectors(seen: sparse.csr_matrix, *, rounds: int = 3) -> Floats:
    """(words, VECTOR), scaled to a mean square of 1."""
    found = seen.tocoo()
    word = np.asarray(seen.sum(1)).ravel()
    other = np.asarray(seen.sum(0)).ravel() ** _SMOOTH
    other /= other.sum()
    weight = np.log(found.data / (word[found.row] * other[found.col])).clip(0) * found.data / (found.data + 1)
    matrix = sparse.csr_matrix((weight.astype(np.float32), (found.row, found.col)), shape=seen.shape)
    basis = np.random.default_rng(0).normal(size=(seen.shape[1], VECTOR + 20)).astype(np.float32)
    for _ in range(rounds):
        basis = np.linalg.qr(matrix.T @ (matrix @ basis))[0].astype(np.float32)
    seen_by = matrix @ basis
    turned, strength, _ = np.linalg.svd(seen_by.T @ seen_by)
    made = seen_by @ turned[:, :VECTOR] / strength[:VECTOR] ** 0.25
    return np.asarray(made / made.std(), np.float32)


def compressed(rows: Floats, group: int = GROUP, *, rounds: int = 8, seed: int = 0) -> tuple[NDArray[np.uint8], Floats]:
    """Codes (N, groups) and code books (groups, 256, group) by k-means in each group of columns."""
    rng = np.random.default_rng(seed)
    codes, books = [], []
    for first in range(0, rows.shape[1], group):
        part = rows[:, first : first + group]
        sample = part[rng.choice(len(part), min(len(part), 12_000), replace=False)]
        book = sample[:_CODES].copy()
        for _ in range(rounds):
            near = _nearest(sample, book)
            sizes = np.bincount(near, minlength=_CODES)
            sums = np.stack([np.bincount(near, sample[:, i], _CODES) for i in range(group)], 1)
            book = np.where(sizes[:, None] > 0, sums / np.maximum(1, sizes)[:, None], book).astype(np.float32)
        codes.append(_nearest(part, book).astype(np.uint8))
        books.append(book)
    return np.stack(codes, 1), np.stack(books)


def _nearest(rows: Floats, book: Floats) -> NDArray[np.int64]:
    return np.asarray(((book**2).sum(1)[None] - 2 * rows @ book.T).argmin(1), np.int64)


def restored(codes: NDArray[np.uint8], books: Floats) -> Floats:
    """(N, VECTOR) of what the codes stand for."""
    return np.concatenate([book[codes[:, number]] for number, book in enumerate(books)], 1)


def load(path: Path) -> tuple[NDArray[np.uint8], Floats]:
    """Codes and code books of a file that this module wrote; row 0 is for unknown words."""
    with np.load(path) as file:
        return file["codes"], file["books"]


def save(rows: Floats, path: Path) -> None:
    """Compress and write word vectors, with a row of zeros before them."""
    codes, books = compressed(np.concatenate([np.zeros((1, VECTOR), np.float32), rows]))
    np.savez(path, codes=codes, books=books)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--leave-out", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    held = (line for path in args.leave_out for line in path.read_text(encoding="utf-8").splitlines())
    seen = neighbours(args.news, frozenset(json.loads(line)["article"] for line in held))
    save(vectors(seen), args.out)


if __name__ == "__main__":
    main()
