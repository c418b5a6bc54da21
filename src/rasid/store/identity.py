"""Whether an article that comes is one that is stored already: the same, changed, or another one with the same id."""

from __future__ import annotations

import dataclasses
import datetime
import re
from typing import NamedTuple

import duckdb

from rasid.records import Article
from rasid.store.digests import Made
from rasid.store.naming import named
from rasid.store.rows import Day
from rasid.words.fold import fold

_WORD = re.compile(r"[^\W_]+")
# Share of common words from which two texts under one id are versions of one article. Corrected articles have 0.7 and
# more; unrelated news of one desk, with the desk's standing phrases, stay under 0.15.
_ALIKE = 0.3
_TAIL = 8


class Stored(NamedTuple):
    """What is known of a stored article: enough to see whether it must be coded again."""

    id: str
    url: str | None
    publisher: str | None
    published: Day
    title: str | None
    body: str
    sha256: str
    copy_of: str | None
    number: int
    run: int
    source: str | None
    ingested: datetime.datetime
    made: Made

    def coded_alike(self, article: Article, made: Made) -> bool:
        """True when coding ``article`` now would give what is stored."""
        about = (article.sha256, article.published, article.publisher, article.url, article.title)
        return about == (self.sha256, self.published, self.publisher, self.url, self.title) and self.made == made


Known = dict[str, Stored]

_QUERY = """
SELECT a.id, a.url, a.publisher, a.published, a.title, a.body, a.sha256, a.copy_of, a.number, a.run, a.source,
       a.ingested, r.rasid, r.lexicon_digest, r.models_digest
FROM articles AS a JOIN wanted AS w ON a.id = w.id JOIN runs AS r ON a.run = r.id
"""


def stored(connection: duckdb.DuckDBPyConnection, articles: list[Article]) -> Known:
    """The stored articles that have the ids of ``articles``, or the ids these would get (:func:`settled`)."""
    with named(connection, {name for article in articles for name in (article.id, other_id(article))}):
        rows = connection.execute(_QUERY).fetchall()
    return {row[0]: Stored._make((*row[:12], Made(*row[12:]))) for row in rows}


def settled(article: Article, known: Known) -> Article:
    """``article`` under the id that it has in the store.

    An id that another article holds already (two files of one name in two folders) gets a digest behind it.
    """
    holder = known.get(article.id)
    if holder is None or is_version(article, holder):
        return article
    return dataclasses.replace(article, id=other_id(article))


def other_id(article: Article) -> str:
    """The id an article gets when its own is another's."""
    return f"{article.id}-{article.sha256[:_TAIL]}"


def is_version(article: Article, holder: Stored | Article) -> bool:
    """True when both are the same piece of news: the same text or address, or texts much alike."""
    if article.sha256 == holder.sha256 or (article.url and article.url == holder.url):
        return True
    return likeness(article.text, f"{holder.title or ''}\n\n{holder.body}") >= _ALIKE


def likeness(one: str, other: str) -> float:
    """Common words over all words (Jaccard), 0 to 1."""
    first, second = set(_WORD.findall(fold(one))), set(_WORD.findall(fold(other)))
    return len(first & second) / len(first | second) if first or second else 1.0
