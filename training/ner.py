"""Train the entity model of the package and write ``names.onnx`` and ``names.json``.

    python -m training.ner DATA_FOLDER ENCODER.pt VECTORS.npz OUT_FOLDER [--runs N] [--epochs N] [--threads N]

``ENCODER.pt`` comes from ``training.pretrain``, ``VECTORS.npz`` from ``training.ner_vectors``. Some runs that start
from the same weights and see the data in other orders are fitted and their weights averaged. A tenth of ANERcorp's
train split is held out and told of; its test split is not read here.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from rasid.names.ner_tags import ANER, PARTIES, SCHEMES, WOJOOD
from training.ner_data import Example, Words, columns, example, f1, held_out, parties
from training.ner_export import export
from training.ner_fit import Settings, fit, load_encoder, predicted
from training.ner_network import Entities
from training.ner_vectors import load, restored

# Of the coded articles, whose phrases are longer than names, every sixth is read: more would drown ANERcorp.
_EVERY = 6


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


def averaged(models: Sequence[Entities]) -> Entities:
    """The first model with the mean of all weights."""
    states = [model.state_dict() for model in models]
    mean = {
        name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value
        for name, value in states[0].items()
    }
    models[0].load_state_dict(mean)
    return models[0].eval()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("data", "encoder", "vectors", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    codes, books = load(args.vectors)
    examples, out = dataset(args.data)
    numbers = [example(one, ANER, SCHEMES.index(ANER)) for one in out]

    def told(model: Entities) -> str:
        given = f1(out, predicted([model.eval()], out, numbers))
        return " ".join(f"{kind} {value:.1f}" for kind, value in given.items())

    runs = []
    for seed in range(1, args.runs + 1):
        settings = replace(Settings(), epochs=args.epochs, seed=seed)
        model = model_of(restored(codes, books), args.encoder, settings)
        fit(model, examples, settings, told)
        runs.append(model)
    model = averaged(runs)
    print(f"held out: {told(model)}")
    args.out.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), args.out / "names.pt")
    export(model, codes, books, args.out)


if __name__ == "__main__":
    main()
