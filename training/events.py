"""Fit the event models and write them into the package.

python -m training.events --gold TRAIN.jsonl [--labels training/labels/events.jsonl --news FOLDER] --encoder masked.pt
    --out src/rasid/models [--epochs N] [--threads N] [--seed N]
        [--start events.pt] [--rate R] [--strict] [--words]
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import torch

from training import export, labels
from training.dataset import Example, load
from training.fit import Settings, fit, models


def examples(gold: Path, own: Path | None, news: Path | None, *, strict: bool = False) -> list[Example]:
    """Windows of the gold records, and of our own labels (only of the ``strict`` ones) where they are given."""
    found = [example for _, windows in load(gold) for example in windows]
    if own is None or news is None:
        return found
    with labels.joined(own, news) as file:
        ours = [example for _, windows in load(file, second=True) for example in windows]
    return found + [example for example in ours if not (strict and example.loose)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--encoder", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--rate", type=float, default=Settings.rate)
    parser.add_argument("--start", type=Path, help="events.pt of an earlier run, to go on from")
    parser.add_argument("--strict", action="store_true", help="of our own labels only the strict ones")
    parser.add_argument("--words", action="store_true", help="let the word tables learn too")
    parser.add_argument("--seed", type=int, default=Settings.seed)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    started = time.time()
    found = examples(args.gold, args.labels, args.news, strict=args.strict)
    events = sum(len(example.events) for example in found)
    print(f"{len(found)} windows, {events} events, {time.time() - started:.0f}s", flush=True)
    settings = Settings(epochs=args.epochs, seed=args.seed, rate=args.rate, words=args.words)
    reader, arguments = models(settings, args.encoder)
    if args.start is not None:
        weights = torch.load(args.start, weights_only=True)
        reader.load_state_dict(weights["reader"])
        arguments.load_state_dict(weights["arguments"])
    fit(reader, arguments, found, settings)
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save({"reader": reader.state_dict(), "arguments": arguments.state_dict()}, args.out / "events.pt")
    export.export(reader, arguments, args.out)


if __name__ == "__main__":
    main()
