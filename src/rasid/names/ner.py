"""The trained entity model: persons, bodies, places and the like, whether the tables know them or not.

``recognise`` finds them in documents whose sentences are known; ``stage`` adds those that the tables miss to the
mentions of a document. The model runs through ONNX Runtime on one core (docs/ner.md).
"""

from __future__ import annotations

import enum
import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

import numpy as np
import onnxruntime

from rasid.errors import ModelError
from rasid.names.coding import located
from rasid.names.entries import Sort
from rasid.names.ner_agree import agreement
from rasid.names.ner_features import Floats, Read, calls, read
from rasid.names.ner_tags import ANER, WOJOOD, Scheme, best, spans
from rasid.names.romanize import romanized
from rasid.records import Actor, Document, Evidence, Kind, Mention, Sentence, Token
from rasid.words.fold import fold

# Sentences are read with their neighbours, up to this many tokens together; as in training.
WINDOW = 80
_LONGEST = 160
_BATCH = 16
# Roles and nationalities come from a head that has seen few sentences; it speaks only when it is this sure.
_SURE = 0.5
_BEGINNINGS = [WOJOOD.row("B-OCC"), WOJOOD.row("B-NORP")]


class EntityKind(enum.StrEnum):
    """What an entity is. ``other`` are works, events, products, religions and the like."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    PLACE = "place"
    FACILITY = "facility"
    NATIONALITY = "nationality"
    ROLE = "role"
    OTHER = "other"


# The score from which a name that no table knows is told, and how long a last word must be to stand for a full name.
TOLD = 0.6
_SHORTEST = 3
_TOLD = {EntityKind.PERSON: Kind.PERSON, EntityKind.ORGANISATION: Kind.ORGANISATION}
_NAMED = frozenset({Kind.PERSON, Kind.ORGANISATION})


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in the text: ``article.text[start:end] == text``, in sentence number ``sentence``.

    ``score`` is the model's own probability of the least certain word, 0 to 1, not calibrated.
    """

    kind: EntityKind
    start: int
    end: int
    text: str
    sentence: int
    score: float


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of T tokens: what the model read, and its tag scores (T, K) by the ANERcorp and Wojood schemes."""

    features: Floats
    names: Floats
    others: Floats


class Recogniser:
    """The network, with the transition scores of its tag schemes by their names."""

    def __init__(self, network: bytes, follows: Mapping[str, Sequence[Sequence[float]]]) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._follows = {name: np.array(rows, np.float32) for name, rows in follows.items()}

    def tags(self, scores: Floats, scheme: Scheme) -> list[int]:
        """The best tag rows for scores (T, K)."""
        return best(scores, self._follows[scheme.name], scheme) if len(scores) else []

    def score(self, sentences: Sequence[Sequence[Token]], *, tables: bool = True) -> list[Scored]:
        """Tag scores of consecutive sentences, read in windows; ``tables=False`` hides what the tables say."""
        parts = [part for number, tokens in enumerate(sentences) for part in _parts(number, len(tokens))]
        windows = sorted(_windows(parts), key=_size)
        found: list[list[Scored]] = [[] for _ in sentences]
        for start in range(0, len(windows), _BATCH):
            group = windows[start : start + _BATCH]
            reads = [read([sentences[number][first:last] for number, first, last in window]) for window in group]
            for window, numbers, (names, others) in zip(group, reads, self._run(reads, tables), strict=True):
                at = 0
                for number, first, last in window:
                    inside = slice(at, at + last - first)
                    found[number].append(Scored(numbers.features[inside], names[inside], others[inside]))
                    at += last - first
        whole = [_whole(pieces) for pieces in found]
        agreed = agreement([one.names for one in whole], sentences)
        return [Scored(one.features, names, one.others) for one, names in zip(whole, agreed, strict=True)]

    def _run(self, group: Sequence[Read], tables: bool) -> list[tuple[Floats, Floats]]:
        length = max(len(one.words) for one in group)
        fed = {
            name: np.stack([_padded(getattr(one, name), length) for one in group])
            for name in ("ids", "words", "letters", "features")
        }
        if not tables:
            fed["features"] = np.zeros_like(fed["features"])
        fed["present"] = np.array([[at < len(one.words) for at in range(length)] for one in group], np.float32)
        names, others = self._session.run([ANER.name, WOJOOD.name], fed)
        return [(names[i, : len(one.words)], others[i, : len(one.words)]) for i, one in enumerate(group)]


# A run of tokens: number of its sentence, first token, last token (exclusive).
_Part = tuple[int, int, int]


def _parts(number: int, size: int) -> Iterator[_Part]:
    """A sentence whole, or a very long one in pieces."""
    for first in range(0, size, _LONGEST):
        yield number, first, min(size, first + _LONGEST)


def _size(window: Sequence[_Part]) -> int:
    return sum(last - first for _, first, last in window)


def _windows(parts: Sequence[_Part]) -> Iterator[tuple[_Part, ...]]:
    pending: list[_Part] = []
    for part in parts:
        if pending and _size((*pending, part)) > WINDOW:
            yield tuple(pending)
            pending = []
        pending.append(part)
    if pending:
        yield tuple(pending)


def _padded(rows: Floats, length: int) -> Floats:
    return np.pad(rows, [(0, length - len(rows)), *[(0, 0)] * (rows.ndim - 1)])


def _whole(pieces: Sequence[Scored]) -> Scored:
    if len(pieces) == 1:
        return pieces[0]
    if not pieces:
        return Scored(*(np.zeros((0, 1), np.float32),) * 3)
    return Scored(*(np.concatenate([getattr(p, name) for p in pieces]) for name in ("features", "names", "others")))


@functools.cache
def shipped() -> Recogniser:
    """The model of this version. Raises ModelError when its files are missing or cannot be loaded."""
    folder = resources.files("rasid.models")
    try:
        network = folder.joinpath("names.onnx").read_bytes()
        follows = json.loads(folder.joinpath("names.json").read_bytes())
    except FileNotFoundError as error:
        raise ModelError("models/names.onnx is missing; reinstall Rasid or run `python -m training.ner`") from error
    try:
        return Recogniser(network, follows)
    except Exception as error:  # onnxruntime raises classes of its own that it does not export
        raise ModelError(f"models/names.onnx cannot be loaded ({error}); reinstall Rasid") from error


def recognise(documents: Sequence[Document], *, recogniser: Recogniser | None = None) -> list[tuple[Entity, ...]]:
    """The entities of each document in the order of the text; a role may hold others, else none overlap.

    The documents' sentences must be known. Raises ModelError when the model's files cannot be read.
    """
    model = recogniser or shipped()
    return [tuple(_entities(document, model)) for document in documents]


def _entities(document: Document, model: Recogniser) -> Iterator[Entity]:
    sentences = document.sentences or ()
    for sentence, scored in zip(sentences, model.score([s.tokens for s in sentences]), strict=True):
        found = (
            _entity(document.article.text, sentence, first, last, kind, score)
            for first, last, kind, score in _found(scored, model)
        )
        yield from sorted(found, key=lambda entity: (entity.start, -entity.end))


def _entity(text: str, sentence: Sentence, first: int, last: int, kind: EntityKind, score: float) -> Entity:
    """Tokens ``first`` to ``last`` (exclusive), without a leading conjunction or preposition."""
    start, end = located(sentence, first, last - 1)
    return Entity(kind, start, end, text[start:end], sentence.index, score)


def _found(scored: Scored, model: Recogniser) -> Iterator[tuple[int, int, EntityKind, float]]:
    if not len(scored.names):
        return
    chances = _softmax(scored.others)
    names = list(_spans(scored.names, ANER, model))
    for first, last, kind, score in names:
        yield first, last, _kind(kind, scored.features[first:last], chances[first:last]), score
    if not (chances[:, _BEGINNINGS] >= _SURE).any():
        return
    taken = {at for first, last, _, _ in names for at in range(first, last)}
    for first, last, kind, score in _spans(scored.others, WOJOOD, model):
        if kind == "OCC" and score >= _SURE:
            yield first, last, EntityKind.ROLE, score
        elif kind == "NORP" and score >= _SURE and not taken.intersection(range(first, last)):
            yield first, last, EntityKind.NATIONALITY, score


def _spans(scores: Floats, scheme: Scheme, model: Recogniser) -> Iterator[tuple[int, int, str, float]]:
    """First and last (exclusive) token, kind and score of each entity."""
    rows, chances = model.tags(scores, scheme), _softmax(scores)
    for first, last, kind in spans([scheme.tags[row] for row in rows]):
        sure = min(float(chances[at, rows[at]]) for at in range(first, last))
        yield first, last, kind, round(sure, 4)


def _softmax(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    return np.asarray(raised / raised.sum(-1, keepdims=True), np.float32)


def _kind(kind: str, features: Floats, chances: Floats) -> EntityKind:
    """The finer kind of a name: the tables tell countries and nationalities, the second scheme buildings."""
    if kind == "PERS":
        return EntityKind.PERSON
    if kind == "ORG":
        return EntityKind.ORGANISATION
    if kind == "LOC" and calls(features, Sort.COUNTRY):
        return EntityKind.COUNTRY
    if kind == "LOC":
        return EntityKind.FACILITY if _share(chances, "FAC") > _share(chances, "GPE", "LOC") else EntityKind.PLACE
    if calls(features, Sort.DEMONYM) or _share(chances, "NORP") > _SURE:
        return EntityKind.NATIONALITY
    return EntityKind.OTHER


def _share(chances: Floats, *kinds: str) -> float:
    columns = [WOJOOD.row(f"{mark}-{kind}") for kind in kinds for mark in "BI"]
    return float(chances[:, columns].sum(1).mean())


def stage(document: Document, *, recogniser: Recogniser | None = None) -> Document:
    """The document with further mentions: persons and organisations that no table knows.

    It stands after the events, whose models read ``mentions`` as they were in training. Each new mention carries the
    evidence ``names.ner``, the fullest name that the article gives, its Latin form, and an id by that name; it has no
    country and no code. Raises ModelError when the model's files cannot be read.
    """
    added = unlisted(document, recogniser=recogniser)
    if not added:
        return document
    found = sorted((*(document.mentions or ()), *added), key=lambda mention: (mention.start, -mention.end))
    return document.replace(mentions=tuple(found))


def unlisted(document: Document, *, recogniser: Recogniser | None = None) -> tuple[Mention, ...]:
    """The mentions that :func:`stage` adds, in the order of the text."""
    (found,) = recognise([document], recogniser=recogniser)
    told = [entity for entity in found if entity.kind in _TOLD and entity.score >= TOLD]
    known = document.mentions or ()
    names = _full_names(told)
    return tuple(_mention(one, names[one]) for one in told if not _is_listed(one, known))


def _is_listed(entity: Entity, mentions: Sequence[Mention]) -> bool:
    """True when the tables name the same, or the whole of the entity is something else to them."""
    over = [one for one in mentions if one.start < entity.end and entity.start < one.end]
    return any(one.kind in _NAMED or (one.start <= entity.start and entity.end <= one.end) for one in over)


def _full_names(told: Sequence[Entity]) -> dict[Entity, str]:
    """For each entity the longest name of its kind in the article that ends in the same word."""
    by_end: dict[tuple[EntityKind, str], str] = {}
    for one in told:
        ending = one.kind, fold(one.text.split()[-1])
        by_end[ending] = max(by_end.get(ending, ""), one.text, key=len)
    full = {}
    for one in told:
        last = fold(one.text.split()[-1])
        alone = one.kind is EntityKind.PERSON and len(last) >= _SHORTEST
        full[one] = by_end[one.kind, last] if alone else one.text
    return full


def _mention(entity: Entity, name: str) -> Mention:
    actor = Actor(
        entity.start,
        entity.end,
        entity.text,
        entity.sentence,
        name=name,
        name_en=romanized(name) if entity.kind is EntityKind.PERSON else None,
        id="text:" + fold(name).replace(" ", "-"),
    )
    evidence = Evidence("names.ner", entity.kind.value, entity.start, entity.end, entity.score)
    return Mention(_TOLD[entity.kind], entity.sentence, actor, evidence)
