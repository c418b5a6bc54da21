"""What all requests share: the store, one connection for each thread, one writer at a time, a cache of heavy reads."""

from __future__ import annotations

import functools
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar, cast

from rasid import store as stores
from rasid.errors import RasidError
from rasid.records import Article, Rejected
from rasid.serve.keys import Key
from rasid.serve.settings import Settings
from rasid.store import Store

Answer = TypeVar("Answer")
_PATIENCE = 20.0  # seconds that a run of articles waits for another
_KEPT = 512  # answers; an Overview takes about ten, each of some hundred rows at most


class Busy(RasidError):
    """Another program's articles are being stored."""


class Desk:
    """The running desk. Reading threads have cursors of their own; writing waits for its turn."""

    def __init__(self, store: Store, settings: Settings, *, own_keys: Sequence[Key] = ()) -> None:
        self.store = store
        self.settings = settings
        self.own_keys = tuple(own_keys)
        self.writing = threading.Lock()
        self.ingesting = threading.Lock()
        self.coding = threading.BoundedSemaphore(1)  # one at a time: coding takes a core
        self.changes = 0
        self.secret = settings.secret or secrets.token_urlsafe(32)
        self._local = threading.local()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._keeping = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    @property
    def read_only(self) -> bool:
        """Whether corrections are refused."""
        return self.settings.read_only or self.store.read_only

    def reader(self) -> Store:
        """The store for the calling thread."""
        if not hasattr(self._local, "store"):
            self._local.store = self.store.cursor()
        return cast(Store, self._local.store)

    def judge(self, judgements: Sequence[stores.Judgement]) -> tuple[stores.Judgement, ...]:
        """Take judgements in their order; each is on disk when this returns. Raises JudgementError."""
        taken: list[stores.Judgement] = []
        with self.writing:
            try:
                for judgement in judgements:
                    taken += stores.judge(self.reader(), judgement)
            finally:
                self.changed()
        return tuple(taken)

    def ingest(
        self, items: Iterable[Article | Rejected], *, command: str, source: str | None = None
    ) -> stores.Summary:
        """Code articles into the store while its pages are read and judgements are taken; one such run at a time.

        Raises Busy when another does not end soon, StoreError.
        """
        if not self.ingesting.acquire(timeout=_PATIENCE):
            raise Busy("the desk is busy with articles of another program; send these again a little later")
        try:
            from rasid.serve.intake import InTurn, Now  # brings the pipeline, which pages do without

            with self.store.cursor() as own:
                coder, seen = InTurn(self.coding), Now(self.changed)
                return stores.ingest(own, items, command=command, source=source, progress=seen, coder=coder)
        finally:
            self.ingesting.release()
            self.changed()

    def changed(self) -> None:
        """Forget what was kept: the store has changed."""
        with self._keeping:
            self.changes += 1
            self._kept.clear()

    def kept(self, key: Hashable, make: Callable[[], Answer]) -> Answer:
        """The answer to ``key``, made once for each state of the store; who asks meanwhile waits for it."""
        with self._keeping:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(Answer, self._kept[key])
            state = self.changes
            making = self._making.setdefault((key, state), threading.Lock())
        with making:
            with self._keeping:
                if key in self._kept and state == self.changes:
                    return cast(Answer, self._kept[key])
            try:
                answer = make()
            finally:
                with self._keeping:
                    self._making.pop((key, state), None)
            self._keep(key, state, answer)
        return answer

    def _keep(self, key: Hashable, state: int, answer: object) -> None:
        """Keep an answer, unless the store has changed since it was asked for."""
        with self._keeping:
            if state != self.changes:
                return
            self._kept[key] = answer
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)


def cached(function: Callable[..., Answer]) -> Callable[..., Answer]:
    """For functions of a desk and hashable values: answers are kept until the store changes."""

    @functools.wraps(function)
    def answered(desk: Desk, *values: Hashable) -> Answer:
        return desk.kept((function.__qualname__, *values), lambda: function(desk, *values))

    return answered
