"""Measures of the whole program from outside: start-up, memory, long texts, several processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished command: seconds by the clock and of processor time, peak memory of its largest process in MB."""

    wall: float
    cpu: float
    memory: float


def ran(paths: Sequence[Path], *options: str, core: int | None = None) -> Ran:
    """``rasid code`` on the paths; the output goes nowhere.

    Raises RuntimeError when the command fails.
    """
    command = [sys.executable, "-m", "rasid.cli", "code", *map(str, paths), "--format", "jsonl", *options]
    known = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    known.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its byte code beside it
    pinned = {core} if core is not None and hasattr(os, "sched_setaffinity") else None
    begun = time.monotonic()
    process = subprocess.Popen(
        command,
        env=known,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=(lambda: os.sched_setaffinity(0, pinned)) if pinned else None,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Ran(time.monotonic() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def started(folder: Path, text: str, *, core: int, times: int) -> list[Ran]:
    """``rasid code`` on one article, after a run that does not count and fills the caches."""
    path = folder / "one.txt"
    path.write_text(text, encoding="utf-8")
    return [ran([path], core=core) for _ in range(times + 1)][1:]


def grown(folder: Path, texts: Sequence[str], counts: Sequence[int], *, core: int) -> list[tuple[int, Ran]]:
    """Runs over so many articles each; the texts are taken in turn, each time with another first line."""
    found = []
    for count in counts:
        path = folder / f"many-{count}.jsonl"
        with path.open("w", encoding="utf-8") as sink:
            for number in range(count):
                text = f"تقرير {number}\n{texts[number % len(texts)]}"
                sink.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
        found.append((count, ran([path], core=core)))
        path.unlink()
    return found


def lengthened(folder: Path, texts: Sequence[str], sizes: Sequence[int], *, core: int) -> list[tuple[int, Ran]]:
    """Runs over one article each of about so many bytes."""
    found = []
    for size in sizes:
        path, parts, length = folder / f"long-{size}.txt", [], 0
        while length < size:
            parts.append(texts[len(parts) % len(texts)])
            length += len(parts[-1].encode("utf-8")) + 1
        path.write_text("\n".join(parts), encoding="utf-8")
        found.append((size, ran([path], core=core)))
        path.unlink()
    return found


def spread(folder: Path, texts: Sequence[str], jobs: Sequence[int], *, each: int) -> list[tuple[int, Ran]]:
    """Runs with so many processes, each over ``each`` articles for every process, on any core."""
    found = []
    for count in jobs:
        path = folder / "spread.jsonl"
        with path.open("w", encoding="utf-8") as sink:
            for number in range(each * count):
                text = f"تقرير {number}\n{texts[number % len(texts)]}"
                sink.write(json.dumps({"id": str(number), "text": text}, ensure_ascii=False) + "\n")
        found.append((count, ran([path], "--jobs", str(count))))
        path.unlink()
    return found
