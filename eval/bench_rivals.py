"""What Rasid is timed against, each a function that works on texts, made ready before the clock starts.

UDPipe stands for coders that need a parse before they code anything (UniversalPETRARCH, Hadath); one forward pass of a
BERT-base-sized encoder for those that need an encoder at least once (CAMeLBERT, ConfliBERT-Arabic, NGEC); dateparser
for finding dates. A rival that is not installed is told and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Work = Callable[[Sequence[str]], None]

# The speed of a UDPipe model depends on its kind and size, not on how long it was trained: a few minutes are enough.
_TOKENIZER = "epochs=2;batch_size=50"
_TAGGER = "iterations=2"
_PARSER = "iterations=1;hidden_layer=200;structured_interval=0"
# BERT-base; the published Arabic models cut news into 1.3 to 1.5 pieces a word, of which 512 fit into one pass.
LAYERS, WIDTH, HEADS, INNER = 12, 768, 12, 3072
PIECES_A_WORD = 1.3
LONGEST = 512


class Missing(Exception):
    """The rival cannot run here; the message says why."""


def udpipe(cache: Path, treebank: Path) -> Work:
    """Tokenising, tagging and parsing with a model of ``treebank``, trained once into ``cache``."""
    try:
        import ufal.udpipe as library
    except ImportError as error:
        raise Missing("ufal.udpipe is not installed (extra bench)") from error
    path = cache / "arabic.udpipe"
    if not path.is_file():
        if not treebank.is_file():
            raise Missing(f"there is no model and no treebank {treebank.name} to train one from")
        _train(library, treebank, path)
    model = library.Model.load(str(path))

    def work(texts: Sequence[str]) -> None:
        pipeline = library.Pipeline(model, "tokenize", "", "", "conllu")  # does not keep the model alive by itself
        for text in texts:
            if "\troot\t" not in pipeline.process(text):
                raise RuntimeError("UDPipe gave no parse")

    return work


def _train(library: Any, treebank: Path, path: Path) -> None:
    reader = library.InputFormat.newConlluInputFormat()
    reader.setText(treebank.read_text(encoding="utf-8"))
    failed, sentences, sentence = library.ProcessingError(), library.Sentences(), library.Sentence()
    while reader.nextSentence(sentence, failed):
        sentences.append(sentence)
        sentence = library.Sentence()
    trained = library.Trainer.train(
        "morphodita_parsito", sentences, library.Sentences(), _TOKENIZER, _TAGGER, _PARSER, failed
    )
    if failed.occurred():
        raise Missing(f"training UDPipe failed: {failed.message}")
    path.parent.mkdir(parents=True, exist_ok=True)
    data = trained if isinstance(trained, bytes) else trained.encode("utf-8", "surrogateescape")
    path.with_suffix(".part").write_bytes(data)
    path.with_suffix(".part").replace(path)


def encoder(cache: Path) -> Work:
    """One forward pass of a BERT-base-sized encoder (random weights, 32-bit, one thread) through ONNX Runtime.

    The look-up of word pieces is left out, which is to the encoder's advantage.
    """
    try:
        import numpy as np
        import onnxruntime
    except ImportError as error:
        raise Missing("onnxruntime is not installed") from error
    path = cache / "bert-base.onnx"
    if not path.is_file():
        _build(path)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    pieces = np.random.default_rng(1).standard_normal((1, LONGEST, WIDTH)).astype(np.float32)

    def work(texts: Sequence[str]) -> None:
        for text in texts:
            rest = round(len(text.split()) * PIECES_A_WORD)
            while rest > 0:
                session.run(None, {"x": pieces[:, : min(rest, LONGEST)]})
                rest -= LONGEST

    return work


def _build(path: Path) -> None:
    try:
        import onnx
        from onnx import helper
    except ImportError as error:
        raise Missing("onnx is not installed (extra bench)") from error
    graph = _Graph()
    x = "x"
    for layer in range(LAYERS):
        x = graph.layer(x, f"l{layer}")
    told = [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [1, "T", WIDTH])]
    gives = [helper.make_tensor_value_info(x, onnx.TensorProto.FLOAT, [1, "T", WIDTH])]
    made = helper.make_graph(graph.nodes, "encoder", told, gives, graph.weights)
    path.parent.mkdir(parents=True, exist_ok=True)
    onnx.save(helper.make_model(made, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))


class _Graph:
    """Nodes and random weights of an encoder, put together layer by layer."""

    def __init__(self) -> None:
        import numpy as np

        self._random = np.random.default_rng(2)
        self.nodes: list[Any] = []
        self.weights: list[Any] = []

    def layer(self, x: str, name: str) -> str:
        """Attention and feed-forward with their residuals; the name of the output."""
        heads = [self._heads(self._linear(x, f"{name}.{part}", WIDTH, WIDTH), f"{name}.{part}", part) for part in "qkv"]
        scores = self._node("MatMul", [heads[0], heads[1]], f"{name}.scores")
        scaled = self._node(
            "Mul", [scores, self._constant(f"{name}.scale", (WIDTH // HEADS) ** -0.5)], f"{name}.scaled"
        )
        shares = self._node("Softmax", [scaled], f"{name}.shares", axis=-1)
        mixed = self._node("MatMul", [shares, heads[2]], f"{name}.mixed")
        back = self._node("Transpose", [mixed], f"{name}.back", perm=[0, 2, 1, 3])
        flat = self._node("Reshape", [back, self._shape(f"{name}.flat_to", [0, 0, WIDTH])], f"{name}.flat")
        x = self._normed(x, self._linear(flat, f"{name}.o", WIDTH, WIDTH), f"{name}.n1")
        inner = self._gelu(self._linear(x, f"{name}.up", WIDTH, INNER), f"{name}.gelu")
        return self._normed(x, self._linear(inner, f"{name}.down", INNER, WIDTH), f"{name}.n2")

    def _heads(self, x: str, name: str, part: str) -> str:
        cut = self._node("Reshape", [x, self._shape(f"{name}.to", [0, 0, HEADS, WIDTH // HEADS])], f"{name}.cut")
        order = [0, 2, 3, 1] if part == "k" else [0, 2, 1, 3]
        return self._node("Transpose", [cut], f"{name}.heads", perm=order)

    def _linear(self, x: str, name: str, size: int, out: int) -> str:
        weight, bias = self._weight(f"{name}.w", (size, out)), self._weight(f"{name}.b", (out,))
        return self._node("Add", [self._node("MatMul", [x, weight], f"{name}.mm"), bias], f"{name}.out")

    def _gelu(self, x: str, name: str) -> str:
        erf = self._node(
            "Erf", [self._node("Mul", [x, self._constant(f"{name}.r", 0.5**0.5)], f"{name}.a")], f"{name}.e"
        )
        more = self._node("Add", [erf, self._constant(f"{name}.one", 1.0)], f"{name}.m")
        half = self._node("Mul", [x, self._constant(f"{name}.half", 0.5)], f"{name}.h")
        return self._node("Mul", [half, more], f"{name}.out")

    def _normed(self, x: str, y: str, name: str) -> str:
        total = self._node("Add", [x, y], f"{name}.sum")
        weights = [self._weight(f"{name}.g", (WIDTH,)), self._weight(f"{name}.b", (WIDTH,))]
        return self._node("LayerNormalization", [total, *weights], f"{name}.out", axis=-1)

    def _node(self, kind: str, inputs: list[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def _weight(self, name: str, shape: tuple[int, ...]) -> str:
        from onnx import numpy_helper

        values = self._random.standard_normal(shape).astype("float32") * 0.02
        self.weights.append(numpy_helper.from_array(values, name))
        return name

    def _constant(self, name: str, value: float) -> str:
        return self._initial(name, [value], "float32")

    def _shape(self, name: str, sizes: list[int]) -> str:
        return self._initial(name, sizes, "int64")

    def _initial(self, name: str, values: Sequence[float], kind: str) -> str:
        import numpy as np
        from onnx import numpy_helper

        self.weights.append(numpy_helper.from_array(np.array(values, kind), name))
        return name


def dates() -> Work:
    """dateparser's ``search_dates`` over Arabic text."""
    try:
        from dateparser.search import search_dates
    except ImportError as error:
        raise Missing("dateparser is not installed (extra bench)") from error

    def work(texts: Sequence[str]) -> None:
        for text in texts:
            search_dates(text, languages=["ar"])

    return work
