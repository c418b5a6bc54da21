"""Fitting the event models on labelled windows."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from rasid.events.batches import narrowed, padded
from rasid.events.decode import CONTEXTS, HEADS, MODES, ROLES, TYPES, Found
from rasid.events.features import FEATURES
from rasid.events.find import geometry
from rasid.events.vocabulary import IDS_PER_TOKEN
from training.dataset import IGNORED, Example
from training.network import Arguments, Reader

# Tokens that a role loss is spread over: what a window held on average when its weight was chosen.
_TYPICAL = 120


@dataclass(frozen=True)
class Settings:
    """How long and how fast to fit. ``rate`` is for new weights; the pretrained encoder learns at ``rate * slower``.

    What is kept is a running mean of the weights in which each step before the last counts ``memory`` of the next.
    ``words``: the pretrained word tables learn too. 580 articles would only teach them their own words; of 5,800 they
    learn what masked words did not tell.
    """

    epochs: int = 12
    rate: float = 1.5e-3
    slower: float = 0.33
    tokens: int = 1024
    dropout: float = 0.25
    word_dropout: float = 0.1
    feature_dropout: float = 0.1
    role_weight: float = 2.0
    memory: float = 0.998
    words: bool = False
    seed: int = 1


def models(settings: Settings, pretrained: Path | None) -> tuple[Reader, Arguments]:
    """New models; the encoder starts from ``pretrained`` (a masked-word model) when one is given."""
    torch.manual_seed(settings.seed)
    reader = Reader(FEATURES, len(TYPES), dropout=settings.dropout)
    arguments = Arguments(len(TYPES), HEADS, dropout=settings.dropout)
    if pretrained is not None:
        weights = torch.load(pretrained, weights_only=True)
        kept = {name.removeprefix("enc."): value for name, value in weights.items() if name.startswith("enc.")}
        reader.encoder.load_state_dict(kept)
    for table in (reader.encoder.embed.form, reader.encoder.embed.stem, reader.encoder.embed.hash):
        table.weight.requires_grad_(settings.words or pretrained is None)
    return reader, arguments


def fit(reader: Reader, arguments: Arguments, examples: Sequence[Example], settings: Settings) -> None:
    """Fit both models in place."""
    random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    optimizer = _optimizer(reader, arguments, settings)
    base = [group["lr"] for group in optimizer.param_groups]
    plan = [batch for _ in range(settings.epochs) for batch in _shuffled(examples, settings.tokens)]
    started, seen = time.time(), 0.0
    learned = [p for p in (*reader.parameters(), *arguments.parameters()) if p.requires_grad]
    means = [p.detach().clone() for p in learned]
    reader.train(), arguments.train()
    for step, batch in enumerate(plan):
        share = min(1, (step + 1) / 100) * max(0.02, 0.5 * (1 + math.cos(math.pi * step / len(plan))))
        for group, rate in zip(optimizer.param_groups, base, strict=True):
            group["lr"] = rate * share
        with torch.autocast("cpu", torch.bfloat16):
            value = loss(reader, arguments, batch, settings)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_([*reader.parameters(), *arguments.parameters()], 1.0)
        optimizer.step()
        with torch.no_grad():
            torch._foreach_lerp_(means, learned, 1 - min(settings.memory, (step + 1) / (step + 10)))
        seen += value.item()
        if (step + 1) % max(1, len(plan) // settings.epochs) == 0:
            each = len(plan) // settings.epochs
            print(f"step {step + 1}/{len(plan)} loss {seen / each:.4f} {time.time() - started:.0f}s", flush=True)
            seen = 0.0
    with torch.no_grad():
        torch._foreach_copy_(learned, means)
    reader.eval(), arguments.eval()


def _optimizer(reader: Reader, arguments: Arguments, settings: Settings) -> torch.optim.Optimizer:
    encoder = [p for name, p in reader.named_parameters() if name.startswith("encoder.") and p.requires_grad]
    direct = [p for name, p in reader.named_parameters() if name.startswith("shortcut.")]
    new = [p for name, p in reader.named_parameters() if not name.startswith(("encoder.", "shortcut."))]
    return torch.optim.AdamW(
        [
            {"params": encoder, "lr": settings.rate * settings.slower, "weight_decay": 0.01},
            {"params": [*new, *arguments.parameters()], "lr": settings.rate, "weight_decay": 0.01},
            {"params": direct, "lr": settings.rate * 10, "weight_decay": 0.0},
        ],
        betas=(0.9, 0.98),
    )


def _shuffled(examples: Sequence[Example], tokens: int) -> list[list[Example]]:
    order = sorted(examples, key=lambda example: len(example.window.slots) + random.random() * 16)
    batches: list[list[Example]] = [[]]
    for example in order:
        longest = max([len(e.window.slots) for e in batches[-1]] + [len(example.window.slots)])
        if batches[-1] and longest * (len(batches[-1]) + 1) > tokens:
            batches.append([])
        batches[-1].append(example)
    random.shuffle(batches)
    return batches


def loss(reader: Reader, arguments: Arguments, batch: Sequence[Example], settings: Settings) -> Tensor:
    """Summed losses of triggers, roles and labels on one batch."""
    data = padded([example.window for example in batch])
    ids, rows = torch.from_numpy(data.ids), torch.from_numpy(data.features)
    present = torch.from_numpy(data.present)
    if reader.training:
        ids, rows = _dropped(ids, rows, settings)
    hidden, tags = reader(ids, rows, present, torch.tensor([float(example.loose) for example in batch]))
    gold = torch.full(present.shape, IGNORED)
    for i, example in enumerate(batch):
        gold[i, : len(example.triggers)] = torch.from_numpy(example.triggers)
    total = functional.cross_entropy(tags.float().flatten(0, 1), gold.flatten(), ignore_index=IGNORED)
    total = total * 10
    events = [(i, event) for i, example in enumerate(batch) for event in example.events]
    if not events:
        return total
    scopes = [narrowed(batch[i].window, Found(min(e.tokens), max(e.tokens), e.type, 1.0)) for i, e in events]
    length = max(len(scope.at) for scope in scopes)
    at = torch.tensor([[*scope.at, *[0] * (length - len(scope.at))] for scope in scopes])
    searched = torch.tensor([[1.0] * len(scope.at) + [0.0] * (length - len(scope.at)) for scope in scopes])
    rows_of = torch.tensor([i for i, _ in events])
    inside, distance = geometry([scope.trigger for scope in scopes], length)
    kinds = torch.tensor([e.type for _, e in events])
    roles, event = arguments(
        hidden[rows_of[:, None], at], torch.from_numpy(inside), torch.from_numpy(distance), kinds, searched
    )
    second = torch.tensor([batch[i].second for i, _ in events])
    wanted = [e.roles[:, list(scope.at)] for (_, e), scope in zip(events, scopes, strict=True)]
    return total + settings.role_weight * _role_loss(roles, wanted, second) + _label_loss(event, events)


def _dropped(ids: Tensor, rows: Tensor, settings: Settings) -> tuple[Tensor, Tensor]:
    """Hide some words, and some words' table features, so that neither is leaned on alone."""
    hidden = torch.rand(ids.shape[:2]) < settings.word_dropout
    mask = torch.tensor([2, 2, 2] + [0] * (IDS_PER_TOKEN - 3))
    ids = torch.where(hidden[..., None], mask, ids)
    keep = torch.rand(rows.shape[:2]) >= settings.feature_dropout
    kept = rows * keep[..., None]
    kept[..., :3] = rows[..., :3]
    return ids, kept


def _role_loss(roles: Tensor, wanted: Sequence[np.ndarray], second: Tensor) -> Tensor:
    """Sources are learned from the gold annotator alone: the two agree on them least (F1 0.74)."""
    gold = torch.full((len(wanted), roles.shape[1], len(ROLES)), IGNORED)
    for n, tags in enumerate(wanted):
        gold[n, : tags.shape[1]] = torch.from_numpy(tags.T)
    gold[second, :, ROLES.index("attribution")] = IGNORED
    each = functional.cross_entropy(roles.float().flatten(0, 2), gold.flatten(), ignore_index=IGNORED, reduction="sum")
    return each / len(wanted) / _TYPICAL * 10


def _label_loss(logits: Tensor, events: Sequence[tuple[int, object]]) -> Tensor:
    listed = [event for _, event in events]
    status, historical, modes, contexts, stance = logits.float().split(HEADS, -1)

    def stacked(name: str) -> Tensor:
        return torch.from_numpy(np.stack([np.asarray(getattr(e, name)) for e in listed]))

    total = functional.cross_entropy(status, stacked("status").long())
    total = total + 0.5 * functional.binary_cross_entropy_with_logits(historical[:, 0], stacked("historical").float())
    total = total + 3 * functional.binary_cross_entropy_with_logits(modes, stacked("modes"))
    total = total + 2 * _context_loss(contexts, stacked("contexts"))
    told = stacked("stance").long()
    if bool((told != IGNORED).any()):
        total = total + 0.3 * functional.cross_entropy(stance, told, ignore_index=IGNORED)
    assert modes.shape[1] == len(MODES)
    assert contexts.shape[1] == len(CONTEXTS)
    return total


def _context_loss(logits: Tensor, wanted: Tensor) -> Tensor:
    """Mean over what was labelled; 0 where nothing was."""
    told = wanted != IGNORED
    if not bool(told.any()):
        return logits.sum() * 0
    return functional.binary_cross_entropy_with_logits(logits[told], wanted[told])
