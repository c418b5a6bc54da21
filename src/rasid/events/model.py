"""The trained models behind a small interface, so that another engine can stand in their place."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Protocol

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from rasid.errors import ModelError

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


class Model(Protocol):
    """Scores for padded windows. Shapes: B windows, T tokens, N events, D hidden width."""

    def read(self, ids: Ints, features: Floats, present: Floats) -> tuple[Floats, Floats]:
        """(B, T, 8), (B, T, F), (B, T) → hidden (B, T, D) and trigger logits (B, T, 1 + 2·types)."""
        ...

    def arguments(
        self, hidden: Floats, inside: Ints, distance: Ints, kind: Ints, present: Floats
    ) -> tuple[Floats, Floats]:
        """(N, T, D), (N, T), (N, T), (N,), (N, T) → role logits (N, T, roles, 3), event logits (N, heads)."""
        ...


class OnnxModel:
    """The models of the wheel, on one core through ONNX Runtime."""

    def __init__(self, reader: bytes, arguments: bytes) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._reader = onnxruntime.InferenceSession(reader, options, providers=["CPUExecutionProvider"])
        self._arguments = onnxruntime.InferenceSession(arguments, options, providers=["CPUExecutionProvider"])

    def read(self, ids: Ints, features: Floats, present: Floats) -> tuple[Floats, Floats]:
        hidden, triggers = self._reader.run(
            ["hidden", "triggers"], {"ids": ids, "features": features, "present": present}
        )
        return hidden, triggers

    def arguments(
        self, hidden: Floats, inside: Ints, distance: Ints, kind: Ints, present: Floats
    ) -> tuple[Floats, Floats]:
        roles, event = self._arguments.run(
            ["roles", "event"],
            {"hidden": hidden, "inside": inside, "distance": distance, "kind": kind, "present": present},
        )
        return roles, event


@functools.cache
def shipped() -> Model | None:
    """The models of this version; None in a checkout where they were not trained yet.

    Raises ModelError for files that ONNX Runtime cannot load.
    """
    folder = resources.files("rasid.models")
    reader, arguments = folder.joinpath("reader.onnx"), folder.joinpath("arguments.onnx")
    if not (reader.is_file() and arguments.is_file()):
        return None
    try:
        return OnnxModel(reader.read_bytes(), arguments.read_bytes())
    except Exception as error:  # onnxruntime raises classes of its own that it does not export
        raise ModelError(f"models/reader.onnx or arguments.onnx cannot be loaded ({error}); reinstall Rasid") from error
