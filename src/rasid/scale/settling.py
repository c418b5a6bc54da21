"""Articles of a data set that have one id: versions of one article, of which the last counts, or different ones."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rasid.records import Article
from rasid.scale.area import Area
from rasid.scale.steps import Settled
from rasid.store.identity import is_version, other_id


class _Row(NamedTuple):
    id: str
    number: int
    title: str | None
    body: str
    url: str | None
    publisher: str | None
    published: datetime.date | None

    @property
    def article(self) -> Article:
        return Article(self.id, self.title, self.body, url=self.url, publisher=self.publisher, published=self.published)


_REPEATED = """
SELECT id, number, title, body, url, publisher, published FROM {files}
WHERE rejected_code IS NULL AND id IN (
    SELECT id FROM {files} WHERE rejected_code IS NULL GROUP BY id HAVING count(*) > 1
)
ORDER BY id, number
"""


def settled(area: Area, paths: Sequence[str]) -> list[Settled]:
    """What becomes of the articles at ``paths`` that have the id of another one, as in a store.

    An article that comes again as it was does not count, nor does an earlier version; another article that has the
    same id gets a digest behind it.
    """
    rows = map(_Row._make, area.query(_REPEATED, paths))
    return [item for _, group in itertools.groupby(rows, key=lambda row: row.id) for item in _of_one_id(group)]


def _of_one_id(rows: Iterable[_Row]) -> Iterator[Settled]:
    holders: dict[str, _Row] = {}
    for row in rows:
        holder = holders.get(row.id)
        own = holder is None or is_version(row.article, holder.article)
        name = row.id if own else other_id(row.article)
        holder = holders.get(name)
        if holder is not None and holder[2:] == row[2:]:
            yield Settled(row.number, None)
            continue
        if holder is not None:
            yield Settled(holder.number, None)
        if not own:
            yield Settled(row.number, name)
        holders[name] = row
