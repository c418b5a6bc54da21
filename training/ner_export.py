"""Write the fitted entity model as ``names.onnx``, weights in 8 bits and word vectors in codes, and ``names.json``."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from rasid.events.vocabulary import IDS_PER_TOKEN
from rasid.names.ner_features import FEATURES, LETTERS
from rasid.names.ner_tags import ANER, SCHEMES, WOJOOD
from training.export import pack, round_to_8_bits
from training.ner_network import FORMS, Entities

_OPSET = 17
_INPUTS = ("ids", "words", "letters", "features", "present")


class Coded(nn.Module):
    """Word vectors kept as codes (N, groups) into code books (groups, 256, group)."""

    def __init__(self, codes: NDArray[np.uint8], books: NDArray[np.float32]) -> None:
        super().__init__()
        groups, size, group = books.shape
        self.register_buffer("codes", torch.from_numpy(codes))
        self.register_buffer("books", torch.from_numpy(books.reshape(groups * size, group)))
        self.register_buffer("first", torch.arange(groups) * size)

    def forward(self, words: Tensor) -> Tensor:
        """(B, T) → (B, T, groups · group)."""
        return self.books[self.codes[words].long() + self.first].flatten(-2)


class Names(nn.Module):
    """The two schemes of the fitted model that are used at work."""

    def __init__(self, model: Entities) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, ids: Tensor, words: Tensor, letters: Tensor, features: Tensor, present: Tensor
    ) -> tuple[Tensor, Tensor]:
        hidden = self.model.hidden(ids, words, letters, features, present)
        return self.model.score(hidden, SCHEMES.index(ANER)), self.model.score(hidden, SCHEMES.index(WOJOOD))


def export(model: Entities, codes: NDArray[np.uint8], books: NDArray[np.float32], folder: Path) -> None:
    """Write both files into ``folder``; ``model`` is packed in place."""
    model.eval()
    model.vectors = Coded(codes, books)
    embed = model.encoder.embed
    embed.form = nn.Embedding.from_pretrained(embed.form.weight[:FORMS].detach())
    pack(embed)
    follows = {scheme.name: model.follows[SCHEMES.index(scheme)].tolist() for scheme in (ANER, WOJOOD)}
    rounded = {name: [[round(value, 3) for value in row] for row in rows] for name, rows in follows.items()}
    (folder / "names.json").write_text(json.dumps(rounded) + "\n", encoding="utf-8")
    _write(Names(model), folder / "names.onnx")


def _write(model: nn.Module, path: Path) -> None:
    size = (2, 9)
    fed = (
        torch.ones(*size, IDS_PER_TOKEN, dtype=torch.long),
        torch.ones(*size, dtype=torch.long),
        torch.ones(*size, LETTERS, dtype=torch.long),
        torch.zeros(*size, FEATURES),
        torch.ones(*size),
    )
    outputs = (ANER.name, WOJOOD.name)
    exact = path.with_suffix(".exact.onnx")
    torch.onnx.export(
        model,
        fed,
        str(exact),
        input_names=list(_INPUTS),
        output_names=list(outputs),
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in (*_INPUTS, *outputs)},
        opset_version=_OPSET,
        dynamo=False,
    )
    round_to_8_bits(exact, path)
