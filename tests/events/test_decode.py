"""From scores to triggers and phrases."""

from __future__ import annotations

import numpy as np

from rasid.events.decode import HEADS, ROLES, TYPES, Keep, labels, phrases, triggers
from rasid.events.windows import Slot
from rasid.records import Status

_SLOTS = tuple(Slot(1, i, True) for i in range(5))


def tag_scores(rows: list[tuple[int, str | None]]) -> np.ndarray:
    """Logits in which each token has one strong tag: (0, None) O, (1, type) begins, (2, type) goes on."""
    scores = np.zeros((len(rows), 1 + 2 * len(TYPES)), np.float32)
    for i, (tag, kind) in enumerate(rows):
        column = 0 if kind is None else 1 + TYPES.index(kind) + (tag - 1) * len(TYPES)
        scores[i, column] = 20
    return scores


def test_begin_and_inside_join_into_one_trigger() -> None:
    rows = [(0, None), (1, "CONSULT"), (2, "CONSULT"), (0, None), (1, "ASSAULT")]
    found = triggers(tag_scores(rows), _SLOTS, 0.5)
    assert [(f.first, f.last, TYPES[f.type]) for f in found] == [(1, 2, "CONSULT"), (4, 4, "ASSAULT")]


def test_two_begins_of_one_type_are_two_triggers() -> None:
    found = triggers(tag_scores([(1, "ASSAULT"), (1, "ASSAULT"), (0, None), (0, None), (0, None)]), _SLOTS, 0.5)
    assert len(found) == 2


def test_context_tokens_are_never_triggers() -> None:
    slots = (Slot(0, 0, False), *_SLOTS[1:])
    assert not triggers(tag_scores([(1, "ASSAULT")] + [(0, None)] * 4), slots, 0.5)


def test_phrase_does_not_run_over_a_sentence_end() -> None:
    slots = (Slot(1, 7, True), Slot(2, 0, True), Slot(2, 1, True))
    scores = np.zeros((3, len(ROLES), 3), np.float32)
    scores[..., 0] = 20
    scores[:, 0] = [[0, 20, 0], [0, 0, 20], [0, 0, 20]]
    found = phrases(scores, slots, (False,) * 3, (Keep(0.5, 0.5, 0.5, 0.5),) * len(ROLES))
    assert [(p.role, p.first, p.last) for p in found] == [("actor", 0, 0), ("actor", 1, 2)]


def test_modes_of_another_type_are_refused() -> None:
    scores = np.full(sum(HEADS), 5, np.float32)
    found = labels(scores, "AGREE")
    assert found.modes == ()
    assert found.historical
    assert len(found.contexts) == 3
    assert found.status in set(Status)


def two_actors(*, second: float) -> np.ndarray:
    """Role logits of four tokens: a sure actor at 0, and one of probability ``second`` at 3."""
    scores = np.zeros((4, len(ROLES), 3), np.float32)
    scores[..., 0] = 20
    scores[0, 0] = [0, 20, 0]
    scores[3, 0] = [0, np.log(second / (1 - second)), -20]
    return scores


def test_a_further_phrase_has_to_be_surer_than_the_best() -> None:
    keeps = (Keep(0.2, 0.3, 0.8, 0.6),) * len(ROLES)
    assert len(phrases(two_actors(second=0.7), _SLOTS[:4], (False,) * 4, keeps)) == 1
    assert len(phrases(two_actors(second=0.9), _SLOTS[:4], (False,) * 4, keeps)) == 2


def test_a_phrase_splits_only_where_a_list_can_go_on() -> None:
    scores = np.zeros((2, len(ROLES), 3), np.float32)
    scores[..., 0] = 20
    scores[:, 0] = [0, 20, 0]
    keeps = (Keep(0.5, 0.5, 0.5, 0.5),) * len(ROLES)
    assert len(phrases(scores, _SLOTS[:2], (True, False), keeps)) == 1
    assert len(phrases(scores, _SLOTS[:2], (True, True), keeps)) == 2
