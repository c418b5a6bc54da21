"""Names in a spelling that no table has."""

from __future__ import annotations

import datetime

import pytest

from rasid import clean, pipeline, words
from rasid.names import Coder
from rasid.names.variants import near, nearest
from rasid.records import Article, Document


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("بنجامين نتانياهو", "benjamin-netanyahu"),
        ("فلاديمير بوتن", "vladimir-putin"),
        ("إيمانويل ماكارون", "emmanuel-macron"),
        ("سيرجي لافروف", "sergey-lavrov"),
        ("رجب طيب ايردوغان", "recep-tayyip-erdogan"),
    ],
)
def test_a_near_spelling_is_the_person(name: str, person: str) -> None:
    entry = nearest(name)
    assert entry is not None
    assert entry.id == person


@pytest.mark.parametrize("name", ["محمد العامري", "محمد عبد الله", "بوتن", "", "حسن حسين", "سمير القاضي المطيري"])
def test_another_name_or_a_short_one_is_nobody(name: str) -> None:
    assert nearest(name) is None


def test_a_variant_has_the_persons_identity_and_code() -> None:
    text = "انتقد فلاديمير بوتن القرار"
    article = Article("a", None, text, published=datetime.date(2022, 3, 1))
    coder = Coder(words.stage(clean.stage(Document(article))))
    span = coder.tokens_of(6, 6 + len("فلاديمير بوتن"), 0)
    assert span is not None
    actor = coder.code(*span, 0)
    assert (actor.id, actor.name, actor.code) == ("vladimir-putin", "فلاديمير بوتين", "RUSGOV")


def test_near_names_are_kept_with_their_likeness() -> None:
    text = "انتقد الرئيس الفرنسي إيمانويل ماكارون القرار الأوروبي، ثم زار برلين."
    (document,) = pipeline.code([Article("a", None, text, published=datetime.date(2022, 3, 1))])
    told = [e for report in document.reports or () for e in report.evidence if e.by == "names.variants"]
    assert told
    assert {e.value for e in told} == {"emmanuel-macron"}
    assert all("ماكارون" in text[e.start : e.end] and 0.89 <= e.score < 1 for e in told)


def test_near_names_come_nearest_first() -> None:
    found = near("محمد بن سلمن")
    assert found[0].person.id == "mohammed-bin-salman"
    assert near("سمير القاضي المطيري") == ()
