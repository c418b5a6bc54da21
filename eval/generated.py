#!/usr/bin/env python3
"""Makes the package's generated files again from their inputs and compares: is one stale, or was it edited by hand?

    eval/generated.py [--data FOLDER] [--only MODULE ...]

Works in a copy of the checkout, in the order of ``make train``; the fitted networks (``*.onnx``) are left out, since
their training is bounded by time. Tables of weights may differ by a hundredth in a value, as processors round
differently; all else is compared byte by byte. Exit status 1 when a file differs.
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_COPIED = ("src", "lexicon", "training", "eval")
_NUMBER = re.compile(r"-?\d+\.\d+|-?\d+")
_ROUNDING = 0.0101


@dataclass(frozen=True)
class Step:
    """A module of ``training``, its arguments below the data folder, and the files it writes below ``src/rasid``."""

    module: str
    arguments: tuple[str, ...]
    files: tuple[str, ...]


_GOLD, _DEV, _NEWS, _LABELS = "events/train.jsonl", "events/dev.jsonl", "news", "training/labels/events.jsonl"
STEPS = (
    Step("words", (_NEWS,), ("data/words.tsv.gz",)),
    Step("places", (_NEWS,), ("data/places.tsv.gz", "data/place_names.tsv.gz")),
    Step("actors", (_GOLD, _LABELS, _NEWS), ("models/actor_country.tsv", "models/actor_sector.tsv")),
    Step("times", (_GOLD,), ("models/time_weights.tsv",)),
    Step("merging", (_GOLD, _NEWS), ("models/coref_weights.tsv", "models/merge_weights.tsv")),
    Step("confidence", (_DEV, "--out", "src/rasid/models/confidence.tsv"), ("models/confidence.tsv",)),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", metavar="FOLDER")
    parser.add_argument("--only", nargs="+", choices=[step.module for step in STEPS], metavar="MODULE")
    args = parser.parse_args()
    if not (args.data / _NEWS).is_dir():
        print(f"not compared: there is no {args.data / _NEWS}, from which the files are made; name it with --data")
        return 0
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in _COPIED:
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        asked = [step for step in STEPS if not args.only or step.module in args.only]
        stale = [file for step in asked for file in _stale(step, copy, args.data)]
    for file in stale:
        print(f"src/rasid/{file} is not what its inputs give: make it again (python -m training, or its step alone)")
    return int(bool(stale))


def _stale(step: Step, copy: Path, data: Path) -> list[str]:
    """The files of ``step`` that come out otherwise than they stand in the checkout."""
    print(f"training.{step.module}", flush=True)
    paths = [str(data / one) if (data / one).exists() else one for one in step.arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(copy / "src"), str(copy)))}
    command = [sys.executable, "-m", f"training.{step.module}", *paths]
    subprocess.run(command, cwd=copy, env=environment, check=True, stdout=subprocess.DEVNULL)
    return [file for file in step.files if not same(ROOT / "src/rasid" / file, copy / "src/rasid" / file)]


def same(kept: Path, made: Path) -> bool:
    """True for the same content: packed files unpacked, numbers of weight tables up to rounding."""
    one, other = (gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in (kept, made))
    if one == other:
        return True
    return kept.suffix == ".tsv" and _rounded(one.decode()) == _rounded(other.decode()) and _close(one, other)


def _rounded(text: str) -> str:
    return _NUMBER.sub("#", text)


def _close(one: bytes, other: bytes) -> bool:
    pairs = zip(_NUMBER.findall(one.decode()), _NUMBER.findall(other.decode()), strict=True)
    return all(abs(float(a) - float(b)) <= _ROUNDING for a, b in pairs)


if __name__ == "__main__":
    sys.exit(main())
