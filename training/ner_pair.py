"""Several processes that fit one model: each takes a share of the batches, and now and then they meet at their mean.

They need no network: a process writes its weights into a folder and waits there for those of the others.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

_WAIT_SECONDS = 0.5
_PATIENCE_SECONDS = 1800


@dataclass(frozen=True)
class Pair:
    """Worker number ``worker`` of ``workers``, which meet in ``folder`` after every ``steps`` steps."""

    folder: Path
    worker: int
    workers: int
    steps: int = 40

    def share(self, plan: list[object]) -> list[object]:
        """The batches of this worker; all workers get equally many."""
        return plan[: len(plan) // self.workers * self.workers][self.worker :: self.workers]

    def meet(self, weights: dict[str, Tensor], meeting: int) -> dict[str, Tensor]:
        """The mean of all workers' weights. Raises TimeoutError when another does not come."""
        own = self._path(meeting, self.worker)
        part = own.with_suffix(".part")
        torch.save(weights, part)
        os.replace(part, own)
        others = [self._awaited(self._path(meeting, number)) for number in range(self.workers)]
        self._path(meeting - 2, self.worker).unlink(missing_ok=True)  # all have read it: they came to the next one
        return {name: torch.stack([other[name] for other in others]).mean(0) for name in weights}

    def _path(self, meeting: int, worker: int) -> Path:
        return self.folder / f"meeting-{meeting}-{worker}.pt"

    def _awaited(self, path: Path) -> dict[str, Tensor]:
        begun = time.monotonic()
        while not path.exists():
            if time.monotonic() - begun > _PATIENCE_SECONDS:
                raise TimeoutError(f"{path.name} did not come; see the other process's messages")
            time.sleep(_WAIT_SECONDS)
        loaded: dict[str, Tensor] = torch.load(path, weights_only=True)
        return loaded
