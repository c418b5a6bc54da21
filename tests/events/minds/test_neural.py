"""A token classifier as finder, with a tiny one that is made here and knows two words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rasid import events, pipeline
from rasid.errors import ModelError
from rasid.records import Article

torch = pytest.importorskip("torch", reason="pip install 'rasid[neural]'")
transformers = pytest.importorskip("transformers", reason="pip install 'rasid[neural]'")

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "قصفت", "زار", "الطائرات", "القرية", "الوزير"]
TEXT = "قصفت الطائرات القرية ثم زار الوزير القرية."


@pytest.fixture(autouse=True)
def _own_choice() -> Iterator[None]:
    before = events.in_use()
    yield
    events.use(before)


def saved(folder: Path, labels: list[str]) -> Path:
    """A classifier whose answer depends on the word alone: «قصفت» the second label, «زار» the third."""
    (folder / "vocab.txt").write_text("\n".join(WORDS), encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(str(folder / "vocab.txt"), do_lower_case=False)
    config = transformers.BertConfig(
        vocab_size=len(WORDS),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=16,
        id2label=dict(enumerate(labels)),
        label2id={name: i for i, name in enumerate(labels)},
    )
    model = transformers.BertForTokenClassification(config)
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.zero_()
        model.bert.embeddings.LayerNorm.weight.fill_(1)
        for layer in model.bert.encoder.layer:
            layer.attention.output.LayerNorm.weight.fill_(1)
            layer.output.LayerNorm.weight.fill_(1)
        model.bert.embeddings.word_embeddings.weight[WORDS.index("قصفت"), 0] = 1
        model.bert.embeddings.word_embeddings.weight[WORDS.index("زار"), 1] = 1
        model.classifier.weight[1, 0] = model.classifier.weight[2, 1] = 9
        model.classifier.bias[0] = 9
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def test_its_labels_become_events(tmp_path: Path) -> None:
    events.use(events.parse(f"neural:{saved(tmp_path, ['O', 'ASSAULT', 'B-CONSULT'])}"))
    (found,) = pipeline.code([Article("a", None, TEXT)])
    assert [(r.type, r.trigger.text) for r in found.reports or ()] == [("ASSAULT", "قصفت"), ("CONSULT", "زار")]


def test_other_labels_are_an_error_that_names_them(tmp_path: Path) -> None:
    events.use(events.parse(f"neural:{saved(tmp_path, ['O', 'ATTACK', 'VISIT'])}"))
    with pytest.raises(ModelError, match="ATTACK"):
        list(pipeline.code([Article("a", None, TEXT)]))


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    events.use(events.parse(f"neural:{tmp_path / 'none'}"))
    with pytest.raises(ModelError, match="none"):
        list(pipeline.code([Article("a", None, TEXT)]))
