"""Which stored or arriving article an arriving one repeats."""

from __future__ import annotations

import dataclasses

from rasid.read.copies import Copies
from rasid.records import Article
from rasid.store.asking import number
from rasid.store.identity import Stored
from rasid.store.opening import Store

# Copies remembers articles in lots of this size, the present and the one before. What it remembers of the store begins
# at a lot's first article: so a run that was cut short goes on with the same memory as one that was not.
_LOT = 10_000


class Copied:
    """Finds copies among the last ten to twenty thousand articles, stored before or in this run."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._copies: Copies | None = None
        self._first: dict[str, str] = {}  # of a stored copy: the first article of its chain

    def linked(self, article: Article, former: Stored | None) -> Article:
        """``article`` with the id of the article that it repeats, if any. A text that stands already keeps its link."""
        if former is not None and former.sha256 == article.sha256:
            return dataclasses.replace(article, copy_of=former.copy_of)
        if self._copies is None:
            self._copies = self._remembered()
        found = self._copies.find(article)
        first = self._first.get(found.of, found.of) if found else None
        return dataclasses.replace(article, copy_of=first if first != article.id else None)

    def _remembered(self) -> Copies:
        copies = Copies(kept=_LOT)
        last = number(self._store.connection, "SELECT max(number) FROM articles")
        after = max((last // _LOT - 1) * _LOT, 0)
        found = self._store.connection.execute(_STORED, [after]).fetchall()
        for name, title, body, copy_of in found:
            copies.find(Article(name, title, body))
            if copy_of is not None:
                self._first[name] = copy_of
        return copies


_STORED = "SELECT id, title, body, copy_of FROM articles WHERE number > ? ORDER BY number"
