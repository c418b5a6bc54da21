"""Pretrain the encoder on bulk news: word vectors first, then masked words.

    python -m training.pretrain NEWS_FOLDER OUT_FOLDER [--hours H] [--threads N] [--leave-out GOLD.jsonl ...]

Writes ``vocabulary.json`` and ``masked.pt``. The articles of the files named by ``--leave-out`` are not read.
"""

from __future__ import annotations

import argparse
import collections
import json
import lzma
import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from gensim.models import Word2Vec
from torch import Tensor, nn
from torch.nn import functional

from rasid.events.vocabulary import Vocabulary
from rasid.records import Token
from rasid.words.clitics import analyses
from rasid.words.fold import fold
from rasid.words.tokens import _TOKEN
from training.network import WIDTH, WORD, Encoder, attention_mask

FORMS, STEMS = 40_000, 24_000
# Words the masked-word head can answer with: the most frequent ones; the rest cost time and teach little.
ANSWERS = 16_000
LENGTH, ROWS = 64, 64
# An article is kept when it holds at least two words of politics or conflict: sport and markets teach other senses.
_POLITICS = re.compile(
    "رئيس|وزير|وزارة|حكوم|قوات|جيش|هجوم|قتل|مقتل|غار|قصف|عقوبات|محادثات|اتفاق|تظاهر|احتجاج|متظاهر|اعتقال|اعتقل"
    "|الأمم المتحدة|انفجار|مسلح|الخارجية|الأمن|انسحاب|محكمة|معارضة|زيارة|قمة|سفير"
)
_LONGEST = 6_000
_SPECIAL = ["<pad>", "<unk>", "<mask>"]


class MaskedWords(nn.Module):
    """The encoder with a head that names hidden words."""

    def __init__(self) -> None:
        super().__init__()
        self.enc = Encoder(dropout=0.0)
        self.t = nn.Sequential(nn.Linear(WIDTH, WORD), nn.GELU(), nn.LayerNorm(WORD))
        self.bias = nn.Parameter(torch.zeros(FORMS))

    def forward(self, ids: Tensor, hidden: Tensor) -> Tensor:
        """(B, T, 8) and indexes of hidden tokens (M,) in the flattened batch → (M, ANSWERS)."""
        everything = attention_mask(torch.ones(ids.shape[:2]))
        found = self.enc(ids, everything).reshape(-1, WIDTH)[hidden]
        return self.t(found) @ self.enc.embed.form.weight[:ANSWERS].t() + self.bias[:ANSWERS]


def articles(folder: Path, left_out: frozenset[str]) -> Iterator[list[str]]:
    """Folded tokens of each political article."""
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                text = f"{record.get('title') or ''}\n{record['text']}"
                if record["id"] not in left_out and len(_POLITICS.findall(text)) >= 2:
                    yield _TOKEN.findall(fold(re.sub("[#_]", " ", text))[:_LONGEST])


def make_vocabulary(documents: list[list[str]]) -> dict[str, list[str]]:
    """The most frequent forms, stems and proclitic chains."""
    forms = collections.Counter(word for document in documents for word in document)
    stems: collections.Counter[str] = collections.Counter()
    chains: collections.Counter[str] = collections.Counter()
    for word, n in forms.items():
        cut = analyses(word)[0]
        stems[cut.stem] += n
        chains[cut.proclitic] += n
    return {
        "forms": _SPECIAL + [word for word, _ in forms.most_common(FORMS - 3)],
        "stems": _SPECIAL + [word for word, _ in stems.most_common(STEMS - 3)],
        "proclitics": _SPECIAL + [word for word, _ in chains.most_common()],
    }


def numbered(documents: list[list[str]], listed: dict[str, list[str]]) -> tuple[Tensor, Tensor]:
    """Ids of each distinct word (W, 8), and the whole text as indexes into it."""
    rows = Vocabulary(*({form: i for i, form in enumerate(listed[k])} for k in ("forms", "stems", "proclitics")))
    words = sorted({word for document in documents for word in document})
    index = {word: i for i, word in enumerate(words)}
    table = np.array([rows.ids(Token(0, 0, word, word, analyses(word))) for word in words], np.int64)
    stream = np.fromiter((index[word] for document in documents for word in document), np.int64)
    return torch.from_numpy(table), torch.from_numpy(stream)


def word_vectors(documents: list[list[str]], forms: list[str]) -> Tensor:
    """CBOW vectors of ``forms`` (FORMS, WORD), scaled to what the encoder starts from."""
    pieces = [document[i : i + 2000] for document in documents for i in range(0, len(document), 2000)]
    model = Word2Vec(
        pieces, vector_size=WORD, window=5, min_count=8, negative=8, epochs=4, alpha=0.05, workers=1, seed=1
    )
    vectors = np.random.default_rng(0).normal(0, 0.05, (len(forms), WORD)).astype(np.float32)
    for i, form in enumerate(forms):
        if form in model.wv:
            vectors[i] = model.wv[form]
    vectors[3:] *= 0.1 / vectors[3:].std()
    return torch.from_numpy(vectors)


def hide(stream: Tensor, table: Tensor, rows: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """A batch of windows with 15% of the answerable words hidden (85% masked, 7% left, 8% swapped)."""
    words = stream[rows[:, None] * LENGTH + torch.arange(LENGTH)]
    ids = table[words]
    gold = ids[..., 0].clone()
    chosen = (torch.rand(words.shape) < 0.15) & (gold > 2) & (gold < ANSWERS)
    how = torch.rand(words.shape)
    ids[chosen & (how < 0.85)] = torch.tensor([2, 2, 2, 0, 0, 0, 0, 0])
    swapped = chosen & (how > 0.92)
    ids[swapped] = table[stream[torch.randint(len(stream), (int(swapped.sum()),))]]
    at = chosen.reshape(-1).nonzero()[:, 0]
    return ids, at, gold.reshape(-1)[at]


def train(model: MaskedWords, table: Tensor, stream: Tensor, hours: float) -> None:
    """Fit in place for ``hours``; the rate falls to nothing over that time."""
    tables = ("embed.form", "embed.stem", "embed.hash")
    free = [p for name, p in model.named_parameters() if p.dim() < 2 or any(t in name for t in tables)]
    kept = [p for name, p in model.named_parameters() if not (p.dim() < 2 or any(t in name for t in tables))]
    groups = [{"params": kept, "weight_decay": 0.01}, {"params": free, "weight_decay": 0.0}]
    optimizer = torch.optim.AdamW(groups, lr=1e-3, betas=(0.9, 0.98))
    order = torch.randperm(len(stream) // LENGTH)
    started, step, at = time.time(), 0, 0
    while (share := (time.time() - started) / (hours * 3600)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = 1.5e-3 * min(1, (step + 1) / 400) * (0.02 + 0.98 * (1 - share))
        if at + ROWS > len(order):
            order, at = order[torch.randperm(len(order))], 0
        ids, hidden, gold = hide(stream, table, order[at : at + ROWS])
        at, step = at + ROWS, step + 1
        with torch.autocast("cpu", torch.bfloat16):
            scores = model(ids, hidden)
        value = functional.cross_entropy(scores.float(), gold)
        optimizer.zero_grad(set_to_none=True)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        if step % 100 == 0:
            print(f"step {step} loss {value.item():.3f} {time.time() - started:.0f}s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--hours", type=float, default=1.0)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--leave-out", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(1)
    lines = (line for path in args.leave_out for line in path.read_text(encoding="utf-8").splitlines())
    documents = list(articles(args.news, frozenset(json.loads(line)["article"] for line in lines)))
    listed = make_vocabulary(documents)
    args.out.mkdir(parents=True, exist_ok=True)
    (args.out / "vocabulary.json").write_text(json.dumps(listed, ensure_ascii=False), encoding="utf-8")
    model = MaskedWords()
    with torch.no_grad():
        model.enc.embed.form.weight.copy_(word_vectors(documents, listed["forms"]))
    train(model, *numbered(documents, listed), args.hours)
    torch.save(model.state_dict(), args.out / "masked.pt")


if __name__ == "__main__":
    main()
