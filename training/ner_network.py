"""The entity network: the pretrained encoder over words, with letters, word vectors and table hits added.

Shapes: B windows, T tokens, L letters, D the encoder's width, K tags of a scheme.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from rasid.names.ner_features import ALPHABET, FEATURES, LETTERS
from rasid.names.ner_tags import SCHEMES, Scheme
from training.ner_vectors import VECTOR
from training.network import WIDTH, Encoder, attention_mask

# Forms above this row are read as unknown: the word vectors know them, and the model stays small.
FORMS = 30_000
_LETTER, _FILTERS = 32, 96


class Letters(nn.Module):
    """Convolutions over the letters of each word, the strongest answer of each filter kept."""

    def __init__(self) -> None:
        super().__init__()
        self.letter = nn.Embedding(ALPHABET, _LETTER, padding_idx=0)
        self.convolution = nn.Conv1d(_LETTER, _FILTERS, 3, padding=1)
        self.out = nn.Linear(_FILTERS, WIDTH)

    def forward(self, letters: Tensor) -> Tensor:
        """(B, T, L) → (B, T, D)."""
        b, t, _ = letters.shape
        x = self.letter(letters.view(b * t, LETTERS)).transpose(1, 2)
        return self.out(torch.relu(self.convolution(x)).amax(-1)).view(b, t, WIDTH)


class Locked(nn.Module):
    """Dropout of the same columns for all tokens of a window: cheaper than by the cell, and better for tagging."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """(B, T, D) → the same shape."""
        if not self.training or not self.share:
            return x
        kept = (torch.rand(x.shape[0], 1, x.shape[-1]) >= self.share).to(x.dtype)
        return x * (kept / (1 - self.share))


class Entities(nn.Module):
    """Windows → tag scores of every scheme; ``follows`` holds the schemes' transition scores."""

    def __init__(self, vectors: Tensor, *, dropout: float = 0.2, layers: int = 3, extra: float = 0.3) -> None:
        super().__init__()
        self.encoder = Encoder(layers, dropout)
        self.encoder.drop = Locked(dropout)
        for layer in self.encoder.layers:
            layer.drop = Locked(dropout)
        self.vectors = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.vector = nn.Linear(VECTOR, WIDTH)
        self.letters = Letters()
        self.feature = nn.Linear(FEATURES, WIDTH)
        self.heads = nn.ModuleList(_head(scheme, dropout) for scheme in SCHEMES)
        # Table hits and word vectors reach the scores directly too: learning starts from them.
        self.shortcuts = nn.ModuleList(nn.Linear(FEATURES + VECTOR, len(scheme.tags)) for scheme in SCHEMES)
        self.follows = nn.ParameterList(torch.zeros(len(scheme.tags), len(scheme.tags)) for scheme in SCHEMES)
        self.drop = Locked(extra)
        for shortcut in self.shortcuts:
            nn.init.zeros_(shortcut.weight)

    def hidden(
        self, ids: Tensor, words: Tensor, letters: Tensor, features: Tensor, present: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Contextual vectors (B, T, D), and what goes straight to the scores."""
        form = torch.where(ids[..., :1] < FORMS, ids[..., :1], 1)
        ids = torch.cat([form, ids[..., 1:]], -1)
        vectors = self.drop(self.vectors(words))
        extra = self.vector(vectors) + self.feature(features) + self.drop(self.letters(letters))
        return self.encoder(ids, attention_mask(present), extra), torch.cat([features, vectors], -1)

    def score(self, hidden: tuple[Tensor, Tensor], scheme: int) -> Tensor:
        """(B, T, K) of one scheme."""
        return self.heads[scheme](hidden[0]) + self.shortcuts[scheme](hidden[1])

    def forward(
        self, ids: Tensor, words: Tensor, letters: Tensor, features: Tensor, present: Tensor
    ) -> tuple[Tensor, ...]:
        """(B, T, 8), (B, T), (B, T, L), (B, T, F), (B, T) → tag scores (B, T, K) of each scheme."""
        hidden = self.hidden(ids, words, letters, features, present)
        return tuple(self.score(hidden, number) for number in range(len(SCHEMES)))


def _head(scheme: Scheme, dropout: float) -> nn.Module:
    return nn.Sequential(nn.Linear(WIDTH, 128), nn.GELU(), Locked(dropout), nn.Linear(128, len(scheme.tags)))


def chain_loss(scores: Tensor, follows: Tensor, tags: Tensor, known: Tensor) -> Tensor:
    """Negative log likelihood of tag chains, summed. (B, T, K), (K, K), (B, T), (B, T) of 1 for tokens of the chain.

    Tokens outside the chain must stand at the end.
    """
    total = scores[:, 0]
    for at in range(1, scores.shape[1]):
        step = torch.logsumexp(total[:, :, None] + follows[None], 1) + scores[:, at]
        total = torch.where(known[:, at, None] > 0, step, total)
    gold = (scores.gather(2, tags[..., None])[..., 0] * known).sum()
    gold = gold + (follows[tags[:, :-1], tags[:, 1:]] * known[:, 1:]).sum()
    return torch.logsumexp(total, -1).sum() - gold
