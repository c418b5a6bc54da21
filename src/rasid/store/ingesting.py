"""News into the store: read, coded and written batch by batch, then merged. Cut short at any point, it can start anew.

Each batch is one transaction, so that a run that is killed leaves whole articles only; what is stored and would come
out the same is skipped before it is coded.
"""

from __future__ import annotations

import dataclasses
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rasid.clean import Repeated
from rasid.records import Article, Rejected
from rasid.store import identity, runs, wordlist
from rasid.store.coding import Coder, Here, Ready, Wait
from rasid.store.copied import Copied
from rasid.store.digests import Made, made
from rasid.store.identity import Known, Stored
from rasid.store.judgements import Judged
from rasid.store.judgements import read as read_judgements
from rasid.store.merging import merge_new
from rasid.store.opening import Store
from rasid.store.rows import ArticleRow
from rasid.store.writing import Arriving, write, write_rejected

# Articles written together: a kill costs at most the coding of so many (2 s); a commit costs 10 ms.
_BATCH = 64
# Inputs looked up together; one look at the stored ids costs 20 ms in a store of 400,000 articles.
_CHUNK = 512


@dataclass(frozen=True, slots=True)
class Reason:
    """How many inputs were rejected for one reason code."""

    code: str
    inputs: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did. ``changed`` articles had another text before, ``recoded`` the same; ``skipped`` were as now."""

    run: int
    read: int = 0
    coded: int = 0
    changed: int = 0
    recoded: int = 0
    skipped: int = 0
    copies: int = 0
    reports: int = 0
    merged: int = 0
    rejected: tuple[Reason, ...] = ()
    seconds: float = 0.0

    @property
    def rejections(self) -> int:
        """All rejected inputs."""
        return sum(reason.inputs for reason in self.rejected)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: ``done`` of ``total`` articles (``stage`` "coding") or reports ("merging")."""

    stage: str
    done: int
    total: int | None
    summary: Summary


Watch = Callable[[Progress], None]


def ingest(
    store: Store,
    articles: Iterable[Article | Rejected],
    *,
    command: str,
    source: str | None = None,
    progress: Watch | None = None,
    repeated: Repeated | None = None,
    coder: Coder | None = None,
) -> Summary:
    """Code ``articles`` into the store, skipping what is there and up to date, and merge what is new.

    ``command`` and ``source`` are written down beside what they made; lines that ``repeated`` knows are set aside.
    ``coder`` codes, this process where none is given; the store comes out the same.
    Raises StoreError; what was written until then stays, and the same call takes the work up again.
    """
    desk = _Desk(store, command, progress, repeated, coder)
    for chunk in _chunks(articles):
        desk.take(chunk, source)
    return desk.finish()


def recode(
    store: Store,
    *,
    command: str,
    progress: Watch | None = None,
    repeated: Repeated | None = None,
    coder: Coder | None = None,
) -> Summary:
    """Code again, from their stored texts, all articles that other tables or models coded; ids and judgements stay."""
    desk = _Desk(store, command, progress, repeated, coder)
    for chunk in _outdated(store, desk.made):
        desk.take(chunk, None)
    return desk.finish()


def _chunks(items: Iterable[Article | Rejected]) -> Iterator[list[Article | Rejected]]:
    """Some hundred items at a time; an id that comes twice comes in two chunks."""
    chunk: list[Article | Rejected] = []
    ids: set[str] = set()
    for item in items:
        if len(chunk) >= _CHUNK or item.id in ids:
            yield chunk
            chunk, ids = [], set()
        chunk.append(item)
        ids.add(item.id)
    if chunk:
        yield chunk


_OUTDATED = """
SELECT a.number FROM articles AS a JOIN runs AS r ON a.run = r.id
WHERE (r.rasid, r.lexicon_digest, r.models_digest) IS DISTINCT FROM (?, ?, ?) ORDER BY a.number
"""


def _outdated(store: Store, now: Made) -> Iterator[list[Article | Rejected]]:
    numbers = [number for (number,) in store.connection.execute(_OUTDATED, list(now)).fetchall()]
    query = "SELECT * FROM articles WHERE number IN (SELECT unnest(?)) ORDER BY number"
    for at in range(0, len(numbers), _BATCH):
        found = store.connection.execute(query, [numbers[at : at + _BATCH]]).fetchall()
        yield [ArticleRow(*row).article for row in found]


@dataclass(frozen=True, slots=True)
class _Batch:
    """What is written together: articles that are being coded, with what stands for each, and rejected inputs."""

    articles: Sequence[tuple[Article, Stored | None]]
    rejected: Sequence[Rejected]
    source: str | None
    wait: Wait


class _Desk:
    """One run: what it knows, and what it has done so far."""

    def __init__(
        self, store: Store, command: str, watch: Watch | None, repeated: Repeated | None, coder: Coder | None
    ) -> None:
        self.store = store
        self.watch = watch
        self.coder: Coder = coder or Here(repeated)
        self.under_way: deque[_Batch] = deque()
        self.begun = time.monotonic()
        self.made = made(repeated)
        self.rejected: Counter[str] = Counter()
        self.copied = Copied(store)
        with store.transaction() as connection:
            self.summary = Summary(runs.start(connection, command, self.made))

    def take(self, chunk: Sequence[Article | Rejected], source: str | None) -> None:
        """Begin to code what is new in a chunk; write what is done."""
        articles = [item for item in chunk if isinstance(item, Article)]
        rejected = [item for item in chunk if isinstance(item, Rejected)]
        if self._is_under_way(articles):
            self._write_all_but(0)
        known = identity.stored(self.store.connection, articles)
        waiting = [pair for article in articles if (pair := self._wanted(article, known)) is not None]
        self._count(read=len(chunk), skipped=len(articles) - len(waiting))
        for at in range(0, max(len(waiting), 1), _BATCH):
            part = waiting[at : at + _BATCH]
            self.under_way.append(_Batch(part, rejected, source, self.coder.begin([article for article, _ in part])))
            self._write_all_but(self.coder.ahead)
            rejected = []

    def _is_under_way(self, articles: Sequence[Article]) -> bool:
        """True when an article has an id that is being coded and not stored yet."""
        held = {article.id for batch in self.under_way for article, _ in batch.articles}
        return any(article.id in held or identity.other_id(article) in held for article in articles)

    def _wanted(self, article: Article, known: Known) -> tuple[Article, Stored | None] | None:
        """The article under its id in the store, with what stands there; None when that is up to date."""
        article = identity.settled(article, known)
        former = known.get(article.id)
        if former is not None and former.coded_alike(article, self.made):
            return None
        return self.copied.linked(article, former), former

    def _write_all_but(self, ahead: int) -> None:
        """Write batches in the order in which they were begun, until only ``ahead`` are under way."""
        while len(self.under_way) > ahead:
            self._write(self.under_way.popleft())

    def _write(self, begun: _Batch) -> None:
        """One transaction: articles with all that hangs on them, rejected inputs, and the run's counts."""
        pairs = list(zip(begun.wait(), begun.articles, strict=True))
        batch = [_arriving(found, former, begun.source) for found, (_, former) in pairs if isinstance(found, Ready)]
        rejected = [*begun.rejected, *(found for found, _ in pairs if isinstance(found, Rejected))]
        with self.store.transaction() as connection:
            reports = 0
            if batch:
                judged = Judged(read_judgements(connection))  # another thread may have judged meanwhile
                reports = write(connection, batch, run=self.summary.run, judged=judged)
            write_rejected(connection, rejected, stored=[item.article.id for item in batch], run=self.summary.run)
            self.rejected.update(item.code for item in rejected)
            self._count_batch(batch, reports)
            runs.update(connection, self.summary.run, self._counts())
        self._tell("coding", self.summary.read, None)

    def _count_batch(self, batch: Sequence[Arriving], reports: int) -> None:
        again = [item for item in batch if item.former is not None]
        self._count(
            coded=len(batch),
            changed=sum(not item.same_text for item in again),
            recoded=sum(item.same_text for item in again),
            copies=sum(item.article.copy_of is not None for item in batch),
            reports=reports,
        )

    def _count(self, **more: int) -> None:
        """Add to the counts of the summary."""
        counts = {name: getattr(self.summary, name) + number for name, number in more.items()}
        reasons = tuple(Reason(code, number) for code, number in sorted(self.rejected.items()))
        self.summary = dataclasses.replace(
            self.summary, **counts, rejected=reasons, seconds=time.monotonic() - self.begun
        )

    def _counts(self) -> runs.Counts:
        found = self.summary
        return runs.Counts(found.read, found.coded, found.merged, found.rejections)

    def _tell(self, stage: str, done: int, total: int | None) -> None:
        if self.watch:
            self.watch(Progress(stage, done, total, self.summary))

    def finish(self) -> Summary:
        """Write what is under way, merge, put the words in order, and close the run."""
        self._write_all_but(0)
        merged = merge_new(self.store, watch=lambda done, total: self._tell("merging", done, total))
        self._count(merged=merged)
        wordlist.tidy(self.store)
        with self.store.transaction() as connection:
            runs.update(connection, self.summary.run, self._counts(), finished=True)
        return self.summary


def _arriving(found: Ready, former: Stored | None, source: str | None) -> Arriving:
    kept = source or (former.source if former else None)
    return Arriving(found.article, found.record, found.words, kept, former)
