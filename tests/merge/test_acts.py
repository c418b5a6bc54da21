"""Kinds of act by their words, and what they do to merging."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rasid.data import read_table
from rasid.merge import acts
from rasid.merge.profile import profile
from rasid.merge.reading import act_words
from rasid.merge.scoring import log_odds
from tests.merge.made import groups, told


@pytest.mark.parametrize(
    ("trigger", "kind"),
    [("القمة", "meeting"), ("التقى", "meeting"), ("بالقصف", "strike"), ("اختطفوا", "abduction"), ("محتجون", "march")],
)
def test_a_word_is_found_in_its_forms(trigger: str, kind: str) -> None:
    assert acts.kinds(act_words(trigger)) == {kind}


@pytest.mark.parametrize("trigger", ["هجوم", "عملية", "سيارة", ""])
def test_words_of_no_one_kind_have_none(trigger: str) -> None:
    assert acts.kinds(act_words(trigger)) == frozenset()


def test_every_kind_stands_once_with_words_of_its_own() -> None:
    rows = read_table(acts._TABLE)
    assert len({row["act"] for row in rows}) == len(rows)
    for row in rows:
        words = row["words"].split("|")
        assert len(set(words)) == len(words) > 1, row["act"]


def test_two_kinds_speak_against_one_happening() -> None:
    first, second = told("a:1"), told("b:1")
    summit, handshake, visit = (
        profile(replace(report, type="CONSULT", trigger=act_words(word)))
        for report, word in ((first, "قمة"), (second, "مصافحة"), (second, "زيارة"))
    )
    assert log_odds(summit, handshake) > log_odds(summit, visit)


def test_what_its_article_counts_as_one_is_one_reason_among_others() -> None:
    alike, other = told("a:1", coref=4), told("a:2", 5, coref=4)
    assert groups(alike, other) == {frozenset({"a:1"}), frozenset({"a:2"})}
    assert log_odds(profile(alike), profile(other)) > log_odds(profile(alike), profile(replace(other, coref=5)))
