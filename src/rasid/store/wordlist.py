"""The words of full-text search: folded stems, so that «الموصل» finds «وبالموصل»."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import duckdb

from rasid import pipeline
from rasid.records import Article, Document
from rasid.store.asking import first
from rasid.store.meta import get_meta, set_meta
from rasid.store.opening import Store
from rasid.store.rows import append

# Segments, each sorted by word, that the table may have before all is sorted anew. A search reads one or two blocks of
# each, 5 ms a block; sorting 70 million rows takes a minute.
_SEGMENTS = 16
_AT_A_TIME = 256


class Word(NamedTuple):
    """A stem, and the sentence it stands in (offset of the sentence's start)."""

    word: str
    sentence: int


def words_of(document: Document) -> tuple[Word, ...]:
    """The different words of each sentence, in order of the text."""
    return tuple(dict.fromkeys(_words(document)))


def _words(document: Document) -> Iterator[Word]:
    for sentence in document.sentences or ():
        for token in sentence.tokens:
            if token.stem[:1].isalnum():
                yield Word(token.stem, sentence.start)


def read(articles: Iterable[Article]) -> list[Document]:
    """Articles cut into sentences and words, without coding them."""
    return pipeline.run([Document(article) for article in articles], pipeline.READING[:2])


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Put the words of all stored articles into the empty table."""
    last = 0
    while found := connection.execute(_TEXTS, [last, _AT_A_TIME]).fetchall():
        documents = read(Article(name, title, body) for name, title, body, _ in found)
        numbers = [number for *_, number in found]
        pairs = zip(documents, numbers, strict=True)
        words = ((word.word, number, word.sentence) for document, number in pairs for word in words_of(document))
        append(connection, "search", words)
        last = numbers[-1]


_TEXTS = "SELECT id, title, body, number FROM articles WHERE number > ? ORDER BY number LIMIT ?"


def tidy(store: Store) -> None:
    """Sort the words of the articles that came since the last time, so that a search reads a few blocks only."""
    with store.transaction() as connection:
        done, segments = _mark(connection, "search_sorted_to"), _mark(connection, "search_segments")
        last, fresh, total = first(connection, _SIZES, [done]) or (0, 0, 0)
        if not fresh:
            return
        whole = segments + 1 >= _SEGMENTS or 2 * fresh >= total
        _sort(connection, 0 if whole else done)
        set_meta(connection, "search_sorted_to", str(last))
        set_meta(connection, "search_segments", str(1 if whole else segments + 1))


_SIZES = "SELECT coalesce(max(article), 0), count(*) FILTER (article > ?), count(*) FROM search"


def _sort(connection: duckdb.DuckDBPyConnection, after: int) -> None:
    """Sort the rows of articles with numbers above ``after`` among themselves; they then stand last."""
    connection.execute("CREATE TEMP TABLE sorting AS SELECT * FROM search WHERE article > ?", [after])
    connection.execute("DELETE FROM search WHERE article > ?" if after else "TRUNCATE search", [after] if after else [])
    connection.execute("INSERT INTO search SELECT * FROM sorting ORDER BY word, article, sentence")
    connection.execute("DROP TABLE sorting")


def _mark(connection: duckdb.DuckDBPyConnection, key: str) -> int:
    return int(get_meta(connection, key) or 0)
