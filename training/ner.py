"""Train the entity model of the package and write ``names.onnx`` and ``names.json``.

    python -m training.ner DATA_FOLDER ENCODER.pt VECTORS.npz OUT_FOLDER [--epochs N] [--workers N]

``ENCODER.pt`` comes from ``training.pretrain``, ``VECTORS.npz`` from ``training.ner_vectors``. A tenth of ANERcorp's
train split is held out, and how the model does there is told; the test split is not read here. The model is then
fitted again, on its own labels of bulk news too. With more workers than one each takes a share of the batches, and
after every forty steps they go on from the mean of their weights.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from rasid.names.ner_tags import ANER, PARTIES, SCHEMES, WOJOOD
from training.ner_data import Example, Words, columns, example, f1, held_out, parties
from training.ner_export import export
from training.ner_fit import Settings, fit, load_encoder, predicted
from training.ner_network import Entities
from training.ner_pair import Pair
from training.ner_silver import labelled, sentences
from training.ner_vectors import load, restored

# Of the coded articles, whose phrases are longer than names, every sixth is read: more would drown ANERcorp.
_EVERY = 6
# The second fitting, on the model's own labels of bulk news too.
_AGAIN = Settings(epochs=2, rate=8e-4, word_dropout=0.2, feature_dropout=0.25, seed=2)


def dataset(data: Path) -> tuple[list[Example], list[Words]]:
    """What is fitted, and the sentences held out."""
    kept, out = held_out(columns(data / "ner" / "anercorp_train.txt"))
    folder = data / "ner" / "wojood_sample"
    nested = [one for name in ("train", "val", "test") for one in columns(folder / f"{name}.txt")]
    found = [example(one, ANER, SCHEMES.index(ANER)) for one in kept]
    found += [example(one, WOJOOD, SCHEMES.index(WOJOOD)) for one in nested]
    coded = parties(data / "events" / "train.jsonl", SCHEMES.index(PARTIES), PARTIES, every=_EVERY)
    return found + coded, out


def model_of(vectors: np.ndarray, encoder: Path | None, settings: Settings) -> Entities:
    """A new model; without ``encoder`` nothing of it is pretrained but the word vectors."""
    torch.manual_seed(1)
    model = Entities(torch.from_numpy(vectors), dropout=settings.dropout, extra=settings.extra)
    if encoder is not None:
        load_encoder(model, encoder)
    return model


def fitted(args: argparse.Namespace, worker: int) -> Entities:
    """The model after fitting; worker 0 tells how it does on the held-out sentences."""
    torch.set_num_threads(args.threads)
    codes, books = load(args.vectors)
    examples, out = dataset(args.data)
    numbers = [example(one, ANER, SCHEMES.index(ANER)) for one in out]

    def told(model: Entities) -> str:
        given = f1(out, predicted([model.eval()], out, numbers))
        return " ".join(f"{kind} {value:.1f}" for kind, value in given.items())

    settings = replace(Settings(), epochs=args.epochs)
    model = model_of(restored(codes, books), args.encoder, settings)
    heard = None if worker else told
    fit(model, examples, settings, heard, _pair(args, worker, "first"))
    held = (args.data / "events" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    news = list(sentences(args.data / "news", frozenset(json.loads(line)["article"] for line in held)))
    fit(model, [*examples, *labelled(news, model)], _AGAIN, heard, _pair(args, worker, "again"))
    if not worker:
        print(f"held out: {told(model)}")
    return model


def _pair(args: argparse.Namespace, worker: int, name: str) -> Pair | None:
    if args.workers == 1:
        return None
    folder = args.out / f"meetings-{name}"
    folder.mkdir(exist_ok=True)
    return Pair(folder, worker, args.workers)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "encoder", "vectors", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1, help="of each worker")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    started = multiprocessing.get_context("spawn")
    others = [started.Process(target=fitted, args=(args, number)) for number in range(1, args.workers)]
    for other in others:
        other.start()
    model = fitted(args, 0)
    for other in others:
        other.join()
    for folder in args.out.glob("meetings-*"):
        shutil.rmtree(folder)
    torch.save(model.state_dict(), args.out / "names.pt")
    export(model, *load(args.vectors), args.out)


if __name__ == "__main__":
    main()
