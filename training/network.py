"""The network: a small Arabic encoder over whole words, and the heads that find events and their arguments.

Shapes: B windows, T tokens, D the encoder's width, N events (N of them share the B windows).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

WORD = 128
WIDTH = 256
ROLES = ("actor", "recipient", "time", "place", "attribution")
DISTANCES = 32


class Embed(nn.Module):
    """Eight ids a token (form, stem, proclitics, five affix hashes) → the encoder's width."""

    def __init__(self, forms: int = 40_000, stems: int = 24_000, procl: int = 64, hashes: int = 20_000) -> None:
        super().__init__()
        self.form = nn.Embedding(forms, WORD)
        self.stem = nn.Embedding(stems, WORD)
        self.procl = nn.Embedding(procl, WORD)
        self.hash = nn.Embedding(hashes, WORD)
        for table, spread in ((self.form, 0.1), (self.stem, 0.03), (self.procl, 0.03), (self.hash, 0.03)):
            nn.init.normal_(table.weight, 0, spread)
        self.norm = nn.LayerNorm(WORD)
        self.proj = nn.Linear(WORD, WIDTH)

    def forward(self, ids: Tensor) -> Tensor:
        """(B, T, 8) → (B, T, D)."""
        word = self.form(ids[..., 0]) + self.stem(ids[..., 1]) + self.procl(ids[..., 2])
        return self.proj(self.norm(word + self.hash(ids[..., 3:]).sum(-2)))


def rotation(length: int, width: int) -> tuple[Tensor, Tensor]:
    """Cosines and sines of rotary position embeddings, (T, width / 2) each."""
    speed = 1 / (10_000 ** (torch.arange(0, width, 2) / width))
    angle = torch.arange(length)[:, None] * speed[None]
    return torch.cos(angle), torch.sin(angle)


def rotated(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = x.chunk(2, -1)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)


class Layer(nn.Module):
    """A transformer layer, normalised before each part, with rotary positions."""

    def __init__(self, heads: int = 4, inner: int = 768, dropout: float = 0.1) -> None:
        super().__init__()
        self.h = heads
        self.n1 = nn.LayerNorm(WIDTH)
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.o = nn.Linear(WIDTH, WIDTH)
        self.n2 = nn.LayerNorm(WIDTH)
        self.f1 = nn.Linear(WIDTH, inner)
        self.f2 = nn.Linear(inner, WIDTH)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        b, t, _ = x.shape
        q, k, v = self.qkv(self.n1(x)).view(b, t, 3, self.h, WIDTH // self.h).permute(2, 0, 3, 1, 4)
        q, k = rotated(q, cos, sin).to(v.dtype), rotated(k, cos, sin).to(v.dtype)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(v.dtype))
        x = x + self.drop(self.o(seen.transpose(1, 2).reshape(b, t, WIDTH)))
        return x + self.drop(self.f2(functional.gelu(self.f1(self.n2(x)))))


def attention_mask(present: Tensor) -> Tensor:
    """(B, T) of 1 for tokens, 0 for padding → (B, 1, 1, T) to be added to attention scores."""
    return (1.0 - present[:, None, None, :].float()) * -1e4


class Encoder(nn.Module):
    """Token ids (and features) → contextual vectors."""

    def __init__(self, layers: int = 4, dropout: float = 0.1) -> None:
        super().__init__()
        self.embed = Embed()
        self.layers = nn.ModuleList(Layer(dropout=dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(WIDTH)
        self.drop = nn.Dropout(dropout)

    def forward(self, ids: Tensor, mask: Tensor, extra: Tensor | None = None) -> Tensor:
        x = self.embed(ids)
        if extra is not None:
            x = x + extra
        x = self.drop(x)
        head = WIDTH // self.layers[0].h
        cos, sin = rotation(ids.shape[1], head)
        for layer in self.layers:
            x = layer(x, mask, cos.to(x.dtype), sin.to(x.dtype))
        return self.norm(x)


class Reader(nn.Module):
    """Windows → contextual vectors and trigger scores (O, B-type…, I-type…)."""

    def __init__(self, features: int, types: int, *, layers: int = 4, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(layers, dropout)
        self.feature = nn.Linear(features, WIDTH)
        self.trigger = nn.Sequential(
            nn.Linear(WIDTH, WIDTH), nn.GELU(), nn.Dropout(dropout), nn.Linear(WIDTH, 1 + 2 * types)
        )
        # Added for windows that a second annotator labelled, so that habits of labelling are not taken for the news.
        self.annotator = nn.Parameter(torch.zeros(WIDTH))
        # The tables' hits reach the trigger scores directly too: learning starts from the lexicon's judgement.
        self.shortcut = nn.Linear(features, 1 + 2 * types)
        nn.init.zeros_(self.shortcut.weight)
        nn.init.zeros_(self.shortcut.bias)
        with torch.no_grad():
            self.shortcut.bias[0] = 4.0

    def forward(
        self, ids: Tensor, features: Tensor, present: Tensor, second: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """(B, T, 8), (B, T, F), (B, T), (B,) 1 where a second annotator labelled → (B, T, D), (B, T, tags)."""
        extra = self.feature(features)
        if second is not None:
            extra = extra + second[:, None, None] * self.annotator
        hidden = self.encoder(ids, attention_mask(present), extra)
        return hidden, self.trigger(hidden) + self.shortcut(features)


class Arguments(nn.Module):
    """One event in its window → role tags of each token, and status, history, modes and contexts of the event."""

    def __init__(self, types: int, sizes: tuple[int, ...], *, layers: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        self.kind = nn.Embedding(types, WIDTH)
        self.inside = nn.Embedding(2, WIDTH)
        self.distance = nn.Embedding(2 * DISTANCES + 1, WIDTH)
        self.layers = nn.ModuleList(Layer(dropout=dropout) for _ in range(layers))
        self.norm = nn.LayerNorm(WIDTH)
        self.role = nn.Linear(WIDTH, 3 * len(ROLES))
        with torch.no_grad():
            self.role.bias.copy_(torch.tensor([3.0, 0.0, 0.0] * len(ROLES)))
        self.event = nn.Sequential(
            nn.Linear(2 * WIDTH, WIDTH), nn.GELU(), nn.Dropout(dropout), nn.Linear(WIDTH, sum(sizes))
        )

    def forward(
        self, hidden: Tensor, inside: Tensor, distance: Tensor, kind: Tensor, present: Tensor
    ) -> tuple[Tensor, Tensor]:
        """(N, T, D), (N, T) 0/1, (N, T) bucket, (N,), (N, T) → (N, T, roles, 3), (N, sum of sizes)."""
        n, t, _ = hidden.shape
        x = hidden + self.kind(kind)[:, None] + self.inside(inside) + self.distance(distance)
        cos, sin = rotation(t, WIDTH // self.layers[0].h)
        mask = attention_mask(present)
        for layer in self.layers:
            x = layer(x, mask, cos.to(x.dtype), sin.to(x.dtype))
        x = self.norm(x)
        weight = inside.to(x.dtype)[..., None]
        mean = (x * weight).sum(1) / weight.sum(1).clamp(min=1)
        first = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1)
        return self.role(x).view(n, t, len(ROLES), 3), self.event(torch.cat([mean, first], -1))
