"""Train all that the package carries, from the labelled and bulk data in ``../shared/data``: ``make train``.

    python -m training [DATA_FOLDER] [--hours H] [--epochs N] [--threads N]

The order is: word counts, the gazetteer, the weights of the actor tables, the encoder, the event models, the entity
model. What comes before the encoder gives the same bytes each time; the encoder is trained for a fixed time, so its
weights depend on the machine's speed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_MODELS = _ROOT / "src" / "rasid" / "models"
_WORK = _ROOT / "build" / "training"


def _run(module: str, *arguments: object) -> None:
    print(f"== {module}", flush=True)
    subprocess.run([sys.executable, "-m", f"training.{module}", *map(str, arguments)], cwd=_ROOT, check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=_ROOT.parent / "shared" / "data")
    parser.add_argument("--hours", type=float, default=1.0, help="how long the encoder is trained on bulk news")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    news, gold = args.data / "news", args.data / "events" / "train.jsonl"
    _run("words", news)
    _run("places", news)
    labels = _ROOT / "training" / "labels" / "events.jsonl"
    _run("actors", gold, labels, news)
    _run("times", gold)
    _run(
        "pretrain",
        news,
        _WORK,
        "--hours",
        args.hours,
        "--threads",
        args.threads,
        "--leave-out",
        gold.with_name("dev.jsonl"),
    )
    (_MODELS / "vocabulary.json").write_bytes((_WORK / "vocabulary.json").read_bytes())
    own = ("--labels", labels, "--news", news)
    common = ("--gold", gold, "--encoder", _WORK / "masked.pt", "--threads", args.threads)
    mixed, words, last = _WORK / "mixed", _WORK / "words", _WORK / "gold"
    _run("events", *common, *own, "--epochs", args.epochs, "--out", mixed)
    after = ("--start", mixed / "events.pt", "--rate", 1.2e-3, "--epochs", max(1, args.epochs // 2), "--words")
    _run("events", *common, *own, *after, "--out", words)
    after = ("--start", words / "events.pt", "--rate", 3e-4, "--epochs", max(1, args.epochs // 6))
    _run("events", *common, *after, "--out", last)
    _run("average", "--out", _WORK, words / "events.pt", last / "events.pt")
    vectors = _WORK / "vectors.npz"
    _run("ner_vectors", news, vectors, "--leave-out", gold.with_name("dev.jsonl"))
    _run("ner", args.data, _WORK / "masked.pt", vectors, _WORK, "--threads", args.threads)
    for name in ("reader.onnx", "arguments.onnx", "names.onnx", "names.json"):
        (_MODELS / name).write_bytes((_WORK / name).read_bytes())
    _run("merging", gold, news)
    _run("confidence", gold.with_name("dev.jsonl"), "--out", _MODELS / "confidence.tsv")


if __name__ == "__main__":
    main()
