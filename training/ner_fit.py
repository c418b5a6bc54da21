"""Fitting the entity model and measuring it by exact entities."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.attention import SDPBackend, sdpa_kernel

from rasid.names.ner_tags import ANER, best
from training.ner_data import Example, Words, carrier
from training.ner_network import Entities, chain_loss
from training.ner_pair import Pair

# Sentences are read with their neighbours, up to this many tokens together.
WINDOW = 80
_WARM_UP = 60
_AVERAGED = 10
_GROUP = 16


@dataclass(frozen=True)
class Settings:
    """How to fit. ``rate`` is for new weights; the pretrained encoder learns at ``rate * slower``."""

    epochs: int = 8
    rate: float = 1e-3
    slower: float = 0.4
    tokens: int = 512
    dropout: float = 0.25
    extra: float = 0.3
    word_dropout: float = 0.1
    feature_dropout: float = 0.15
    chain: bool = True
    tables: bool = True
    average: float = 0.4
    seed: int = 1


@dataclass(frozen=True)
class Window:
    """Sentences read together, in numbers."""

    ids: Tensor
    words: Tensor
    letters: Tensor
    features: Tensor
    tags: Tensor
    scheme: int
    soft: Tensor | None


def windows(examples: Sequence[Example], shift: int = 0) -> Iterator[Window]:
    """Consecutive sentences of one scheme, together up to WINDOW tokens; the first window holds at most ``shift``."""
    pending: list[Example] = []
    room = shift or WINDOW
    for one in examples:
        size = sum(len(other.words) for other in pending)
        if pending and (size + len(one.words) > room or one.scheme != pending[0].scheme):
            yield _joined(pending)
            pending, room = [], WINDOW
        pending.append(one)
    if pending:
        yield _joined(pending)


def _joined(examples: Sequence[Example]) -> Window:
    def all_of(name: str) -> Tensor:
        return torch.from_numpy(np.concatenate([getattr(one, name) for one in examples]))

    soft = all_of("soft") if examples[0].soft is not None else None
    names = ("ids", "words", "letters", "features", "tags")
    return Window(*(all_of(name) for name in names), examples[0].scheme, soft)


def padded(group: Sequence[Window], name: str) -> Tensor:
    """A field of some windows, padded with zeros to the longest."""
    return torch.nn.utils.rnn.pad_sequence([getattr(one, name) for one in group], batch_first=True)


def inputs(group: Sequence[Window]) -> tuple[Tensor, ...]:
    """The five inputs of the network."""
    present = torch.nn.utils.rnn.pad_sequence([torch.ones(len(one.words)) for one in group], batch_first=True)
    return *(padded(group, name) for name in ("ids", "words", "letters", "features")), present


def batches(found: Sequence[Window], tokens: int) -> list[list[Window]]:
    """Windows of like length and one scheme, about ``tokens`` together, in random order."""
    ordered = sorted(found, key=lambda one: (one.scheme, one.soft is None, len(one.words) + random.random() * 20))
    made: list[list[Window]] = []
    for one in ordered:
        last = made[-1] if made else None
        fits = last and last[0].scheme == one.scheme and (last[0].soft is None) == (one.soft is None)
        if last is not None and fits and max(len(w.words) for w in [*last, one]) * (len(last) + 1) <= tokens:
            last.append(one)
        else:
            made.append([one])
    random.shuffle(made)
    return made


def load_encoder(model: Entities, pretrained: Path) -> None:
    """Take the encoder's weights from a masked-word model."""
    weights = torch.load(pretrained, weights_only=True)
    kept = {name.removeprefix("enc."): value for name, value in weights.items() if name.startswith("enc.")}
    layers = len(model.encoder.layers)
    kept = {n: v for n, v in kept.items() if not n.startswith("layers.") or int(n.split(".")[1]) < layers}
    model.encoder.load_state_dict(kept)
    freeze(model)


def freeze(model: Entities) -> None:
    for table in (model.encoder.embed.form, model.encoder.embed.stem, model.encoder.embed.hash):
        table.weight.requires_grad_(False)


def fit(
    model: Entities,
    examples: Sequence[Example],
    settings: Settings,
    told: Callable[[Entities], str] | None = None,
    pair: Pair | None = None,
) -> None:
    """Fit in place; the weights end as their running mean over the last ``average`` of all steps.

    ``told`` is asked for a line of figures six times. As one of a ``pair`` it takes its share of the batches.
    """
    random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    optimizer = _optimizer(model, settings)
    base = [group["lr"] for group in optimizer.param_groups]
    plan = _plan(examples, settings)
    plan = pair.share(plan) if pair else plan
    mean: dict[str, Tensor] = {}
    counted, started, seen = 0, time.time(), 0.0
    every = max(1, len(plan) // 6)
    for step, group in enumerate(plan):
        share = min(1, (step + 1) / _WARM_UP) * max(0.05, 0.5 * (1 + math.cos(math.pi * step / len(plan))))
        for one, rate in zip(optimizer.param_groups, base, strict=True):
            one["lr"] = rate * share
        seen += _step(model, group, optimizer, settings)
        if pair and (step + 1) % pair.steps == 0:
            model.load_state_dict(pair.meet(_moving(model), step // pair.steps), strict=False)
        if step >= len(plan) * (1 - settings.average) and step % _AVERAGED == 0:
            mean, counted = _added(mean, model, counted), counted + 1
        if (step + 1) % every == 0:
            figures = told(model) if told else ""
            spent = time.time() - started
            print(f"step {step + 1}/{len(plan)} loss {seen / every:.4f} {spent:.0f}s {figures}", flush=True)
            seen = 0.0
    mean = pair.meet(mean, len(plan)) if pair else mean
    model.load_state_dict(mean, strict=False)
    model.eval()


def _plan(examples: Sequence[Example], settings: Settings) -> list[list[Window]]:
    """The batches of all epochs; windows begin at other sentences in each."""
    cut = (list(windows(examples, random.randint(20, WINDOW))) for _ in range(settings.epochs))
    return [batch for found in cut for batch in batches(found, settings.tokens)]


def _step(model: Entities, group: Sequence[Window], optimizer: torch.optim.Optimizer, settings: Settings) -> float:
    model.train()
    with sdpa_kernel(SDPBackend.MATH):  # a tenth faster on a CPU than the fused one
        value = loss(model, group, settings)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return value.item()


def _moving(model: Entities) -> dict[str, Tensor]:
    """The weights that are fitted."""
    return {name: p.detach() for name, p in model.named_parameters() if p.requires_grad}


def _added(mean: dict[str, Tensor], model: Entities, counted: int) -> dict[str, Tensor]:
    now = _moving(model)
    if not counted:
        return {name: value.clone() for name, value in now.items()}
    return {name: old + (now[name] - old) / (counted + 1) for name, old in mean.items()}


def _optimizer(model: Entities, settings: Settings) -> torch.optim.Optimizer:
    old = [p for n, p in model.named_parameters() if p.requires_grad and n.startswith("encoder.")]
    new = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("encoder.")]
    groups = [{"params": old, "lr": settings.rate * settings.slower}, {"params": new, "lr": settings.rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def loss(model: Entities, group: Sequence[Window], settings: Settings) -> Tensor:
    """Mean loss of a token; words and table hits are hidden now and then, so that neither is leaned on alone."""
    ids, words, letters, features, present = inputs(group)
    scheme = group[0].scheme
    ids, words, features = _hidden(ids, words, features, settings)
    with torch.autocast("cpu", torch.bfloat16):
        scores = model.score(model.hidden(ids, words, letters, features, present), scheme).float()
    tags = padded(group, "tags")
    if group[0].soft is not None:
        soft = padded(group, "soft")
        each = -(soft * torch.log_softmax(scores, -1)).sum(-1)
        return (each * present).sum() / present.sum()
    if settings.chain:
        return chain_loss(scores, model.follows[scheme], tags, present) / present.sum()
    tags = torch.where(present > 0, tags, -100)
    return functional.cross_entropy(scores.flatten(0, 1), tags.flatten())


def _hidden(ids: Tensor, words: Tensor, features: Tensor, settings: Settings) -> tuple[Tensor, Tensor, Tensor]:
    rare = torch.rand(ids.shape[:2]) < settings.word_dropout
    ids = ids.clone()
    ids[..., :2] = torch.where(rare[..., None], torch.ones_like(ids[..., :2]), ids[..., :2])  # as an unknown word
    words = torch.where(rare & (torch.rand(words.shape) < 0.5), torch.zeros_like(words), words)
    if not settings.tables:
        return ids, words, torch.zeros_like(features)
    keep = torch.rand(features.shape[:2]) >= settings.feature_dropout
    return ids, words, features * keep[..., None]


@torch.no_grad()
def scores_of(models: Sequence[Entities], examples: Sequence[Example], *, tables: bool = True) -> list[np.ndarray]:
    """Mean log probabilities (T, K) of the ANERcorp tags of each example, read in windows with its neighbours."""
    made = list(windows(examples))
    order = sorted(range(len(made)), key=lambda number: len(made[number].words))
    out: dict[int, np.ndarray] = {}
    for start in range(0, len(order), _GROUP):
        numbers = order[start : start + _GROUP]
        mean = _mean([made[number] for number in numbers], models, tables)
        out.update({number: mean[row, : len(made[number].words)] for row, number in enumerate(numbers)})
    flat = np.concatenate([out[number] for number in range(len(made))])
    ends = np.cumsum([len(one.words) for one in examples])
    return np.split(flat, ends[:-1])


def _mean(group: Sequence[Window], models: Sequence[Entities], tables: bool) -> np.ndarray:
    ids, words, letters, features, present = inputs(group)
    shown = features if tables else torch.zeros_like(features)
    with torch.autocast("cpu", torch.bfloat16):
        each = [model.score(model.hidden(ids, words, letters, shown, present), 0).float() for model in models]
    return np.asarray(torch.stack([torch.log_softmax(one, -1) for one in each]).mean(0))


def predicted(
    models: Sequence[Entities], sentences: Sequence[Words], examples: Sequence[Example], *, tables: bool = True
) -> list[list[str]]:
    """ANERcorp tags of the words of each sentence, by the mean of some models."""
    follows = np.mean([model.follows[0].detach().numpy() for model in models], 0)
    found = []
    for sentence, rows in zip(sentences, scores_of(models, examples, tables=tables), strict=True):
        chosen = [at for at in carrier(sentence) if at >= 0]
        found.append([ANER.tags[row] for row in best(rows[chosen], follows, ANER)])
    return found
