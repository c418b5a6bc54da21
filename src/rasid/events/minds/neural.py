"""A Hugging Face token classifier in place of the shipped trigger scores (``rasid[neural]``).

Its labels are PLOVER types, plain (ASSAULT) or with B- and I-, and O. It says which words tell an act; what belongs to
the act is still read by the shipped models.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from rasid.errors import ModelError
from rasid.events.batches import Window
from rasid.events.decode import TYPES
from rasid.events.model import Floats

_LONGEST = 512
_NOTHING = "O"
_NEVER = -30.0


class Classifier:
    """Trigger scores of windows from a token classifier."""

    def __init__(self, tokenizer: Any, model: Any) -> None:
        self._tokenizer, self._model = tokenizer, model
        self._columns = [_column(str(name)) for _, name in sorted(model.config.id2label.items())]

    def tags(self, window: Window) -> Floats:
        """Logs of probabilities (T, 1 + 2·types) as the shipped models give them; a word has its first piece's.

        Words beyond what the model can read tell nothing.
        """
        import torch

        words = [token.text for token in window.tokens]
        pieces = self._tokenizer(
            words, is_split_into_words=True, truncation=True, max_length=_LONGEST, return_tensors="pt"
        )
        with torch.no_grad():
            shares = self._model(**pieces).logits[0].log_softmax(-1).numpy()
        found = np.full((len(words), 1 + 2 * len(TYPES)), _NEVER, np.float32)
        found[:, 0] = 0.0
        seen: set[int] = set()
        for piece, word in enumerate(pieces.word_ids()):
            if word is not None and word not in seen:
                seen.add(word)
                found[word, self._columns] = shares[piece]
        return found


def _column(label: str) -> int:
    prefix, _, rest = label.rpartition("-")
    if label == _NOTHING:
        return 0
    if rest not in TYPES or prefix not in ("", "B", "I"):
        allowed = f"its labels must be O, {TYPES[0]}, B-{TYPES[0]} …"
        raise ModelError(f"the model's label {label!r} is no PLOVER type; {allowed}")
    return 1 + TYPES.index(rest) + (len(TYPES) if prefix == "I" else 0)


@functools.cache
def load(name: str) -> Classifier:
    """The classifier in a folder, or of that name in a local cache or hub.

    Raises ModelError where the extra is not installed or the model cannot be loaded.
    """
    try:
        from transformers import AutoModelForTokenClassification, AutoTokenizer
    except ImportError as error:
        raise ModelError("a neural finder needs more packages: pip install 'rasid[neural]'") from error
    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
        return Classifier(tokenizer, AutoModelForTokenClassification.from_pretrained(name).eval())
    except (OSError, ValueError) as error:
        raise ModelError(f"{name}: cannot be loaded as a token classifier ({error}); name its folder") from error
