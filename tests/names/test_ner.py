"""The entity model: tags, what it reads, and what it adds to the tables' mentions."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rasid import clean, names, words
from rasid.errors import ModelError
from rasid.names import ner, ner_agree, ner_features
from rasid.names.entries import Sort
from rasid.names.ner_tags import ANER, WOJOOD, Scheme, best, spans
from rasid.records import Article, Document, Kind, Token
from rasid.words.tokens import tokenize
from training import ner_data

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "names_ner.jsonl").read_text(encoding="utf-8").splitlines()
]


def document_of(text: str) -> Document:
    return words.stage(clean.stage(Document(Article("a", None, text))))


class Told(ner.Recogniser):
    """A model that finds what it is told: kinds by the text of a token run."""

    def __init__(self, known: dict[str, str]) -> None:
        self._known = {tuple(phrase.split()): kind for phrase, kind in known.items()}
        self._follows = {scheme.name: np.zeros((len(scheme.tags),) * 2, np.float32) for scheme in (ANER, WOJOOD)}

    def score(self, sentences: Sequence[Sequence[Token]], *, tables: bool = True) -> list[ner.Scored]:
        return [self._scored(tokens) for tokens in sentences]

    def _scored(self, tokens: Sequence[Token]) -> ner.Scored:
        scored = [np.zeros((len(tokens), len(scheme.tags)), np.float32) for scheme in (ANER, WOJOOD)]
        for rows in scored:
            rows[:, 0] = 4
        texts = [token.text for token in tokens]
        longest = sorted(self._known.items(), key=lambda item: -len(item[0]))
        for (phrase, kind), at in itertools.product(longest, range(len(tokens))):
            scheme, rows = (ANER, scored[0]) if kind in ANER.kinds else (WOJOOD, scored[1])
            if tuple(texts[at : at + len(phrase)]) == phrase and rows[at].max() < 9:
                rows[at, scheme.row(f"B-{kind}")] = 9
                rows[at + 1 : at + len(phrase), scheme.row(f"I-{kind}")] = 9
        return ner.Scored(ner_features.features(tokens), *scored)


def entities(text: str, known: dict[str, str]) -> list[tuple[str, str]]:
    (found,) = ner.recognise([document_of(text)], recogniser=Told(known))
    return [(entity.text, entity.kind.value) for entity in found]


def test_a_scheme_knows_its_tags_and_takes_others_for_outside() -> None:
    scheme = Scheme("s", ("A", "B"))
    assert scheme.tags == ("O", "B-A", "I-A", "B-B", "I-B")
    assert [scheme.row(tag) for tag in ("I-A", "B-B", "B-C")] == [2, 3, 0]


def test_the_best_sequence_never_continues_what_did_not_begin() -> None:
    rng = np.random.default_rng(1)
    for _ in range(50):
        scores = rng.normal(size=(7, len(ANER.tags))).astype(np.float32)
        tags = [ANER.tags[row] for row in best(scores, np.zeros((9, 9), np.float32), ANER)]
        for before, tag in itertools.pairwise(["O", *tags]):
            assert not tag.startswith("I") or before[2:] == tag[2:]


def test_the_best_sequence_follows_the_scores_where_it_may() -> None:
    scores = np.zeros((3, 9), np.float32)
    scores[0, ANER.row("B-ORG")] = scores[1, ANER.row("I-ORG")] = scores[2, 0] = 5
    assert best(scores, np.zeros((9, 9), np.float32), ANER) == [ANER.row("B-ORG"), ANER.row("I-ORG"), 0]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("B-A I-A O", [(0, 2, "A")]),
        ("B-A B-A", [(0, 1, "A"), (1, 2, "A")]),
        ("O I-A I-A", [(1, 3, "A")]),
        ("B-A I-B", [(0, 1, "A"), (1, 2, "B")]),
        ("O O", []),
    ],
)
def test_spans_are_read_as_conlleval_reads_them(tags: str, found: list[tuple[int, int, str]]) -> None:
    assert list(spans(tags.split())) == found


def test_letters_keep_the_ends_of_a_long_word() -> None:
    rows = ner_features.letters_of("ابتثجحخدذرزسشص")
    assert len(rows) == ner_features.LETTERS
    assert rows[-4:-1] == ner_features.letters_of("سشص")[1:4]
    assert ner_features.letters_of("من")[4:] == (0,) * (ner_features.LETTERS - 4)


def test_a_word_with_a_conjunction_has_the_vector_of_its_stem() -> None:
    (plain, led) = tokenize("القاهرة والقاهرة")
    assert ner_features.word_row(plain) > 0
    assert ner_features.word_row(led) > 0


def test_features_tell_what_the_tables_know() -> None:
    tokens = tokenize("زار فرنسا أمس")
    rows = ner_features.features(tokens)
    assert [ner_features.calls(rows[at : at + 1], Sort.COUNTRY) for at in range(3)] == [False, True, False]


def test_quoted_words_are_marked() -> None:
    rows = ner_features.features(tokenize('قالت صحيفة "الضحى" و «المساء» اليوم'))
    assert rows[:, -1].tolist() == [0, 0, 0, 1, 0, 0, 0, 1, 0, 0]


def test_a_name_lies_on_its_text_without_the_conjunction() -> None:
    assert entities("وصل سامر الدرويش وبرلين", {"سامر الدرويش": "PERS", "وبرلين": "LOC"}) == [
        ("سامر الدرويش", "person"),
        ("برلين", "place"),
    ]


def test_the_tables_tell_a_country_from_a_place() -> None:
    assert entities("زار فرنسا ثم كفرزيتا", {"فرنسا": "LOC", "كفرزيتا": "LOC"}) == [
        ("فرنسا", "country"),
        ("كفرزيتا", "place"),
    ]


def test_a_role_may_hold_a_name_and_a_nationality_may_not() -> None:
    text = "قال مدير شركة النسيم إن المزارعين غابوا"
    known = {"شركة النسيم": "ORG", "مدير شركة النسيم": "OCC"}
    assert entities(text, known) == [("مدير شركة النسيم", "role"), ("شركة النسيم", "organisation")]
    known = {"شركة النسيم": "ORG", "النسيم": "NORP", "المزارعين": "NORP"}
    assert entities(text, known) == [("شركة النسيم", "organisation"), ("المزارعين", "nationality")]


def test_only_names_that_no_table_knows_are_added() -> None:
    text = "التقى إيمانويل ماكرون المدير سامر الدرويش في شركة النسيم. وقال الدرويش ذلك."
    known = {"سامر الدرويش": "PERS", "الدرويش": "PERS", "إيمانويل ماكرون": "PERS", "شركة النسيم": "ORG"}
    document = names.stage(document_of(text))
    before = document.mentions or ()
    after = ner.stage(document, recogniser=Told(known)).mentions or ()
    added = [one for one in after if one not in before]
    assert set(before) <= set(after)
    assert all(one.kind in (Kind.PERSON, Kind.ORGANISATION) for one in added)
    assert all(text[one.start : one.end] == one.actor.text for one in added)
    assert "ماكرون" not in " ".join(one.actor.text for one in added)
    assert ("شركة النسيم", "text:شركه-النسيم") in {(one.actor.name, one.actor.id) for one in added}


def test_a_short_name_takes_the_id_of_the_full_one() -> None:
    text = "وصل سامر الدرويش. وقال الدرويش ذلك."
    found = ner.unlisted(document_of(text), recogniser=Told({"سامر الدرويش": "PERS", "الدرويش": "PERS"}))
    assert [one.actor.text for one in found] == ["سامر الدرويش", "الدرويش"]
    assert {one.actor.id for one in found} == {"text:سامر-الدرويش"}


def test_an_unsure_name_is_not_added(monkeypatch: pytest.MonkeyPatch) -> None:
    told = Told({"شركة النسيم": "ORG"})
    document = document_of("قالت شركة النسيم ذلك.")
    assert ner.unlisted(document, recogniser=told)
    monkeypatch.setattr(ner, "TOLD", 0.999)
    assert not ner.unlisted(document, recogniser=told)


def test_a_missing_model_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(ner.resources, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match=r"training\.ner"):
        ner.shipped.__wrapped__()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_the_shipped_model_on_cases(case: dict[str, object]) -> None:
    (found,) = ner.recognise([document_of(str(case["text"]))])
    got = {(entity.text, entity.kind.value) for entity in found}
    wanted = {(text, kind) for text, kind in case["entities"]}  # type: ignore[attr-defined]
    if case["kind"] == "known-failure":
        assert not wanted <= got, "now found: make it a case of kind found"
    elif case["kind"] == "must-not-change":
        assert not got & wanted
    else:
        assert wanted <= got


def test_a_sentence_longer_than_a_window_is_read_whole() -> None:
    text = "وقال " + "في ذلك اليوم " * 120 + "إن زيارة القاهرة تمت"
    (scored,) = ner.shipped().score([document_of(text).sentences[0].tokens])  # type: ignore[index]
    assert len(scored.names) == len(document_of(text).sentences[0].tokens)  # type: ignore[index]


def test_no_sentences_give_no_entities() -> None:
    assert ner.recognise([document_of("")]) == [()]


def test_the_page_shows_what_runs() -> None:
    page = (Path(__file__).parents[2] / "docs" / "ner.md").read_text(encoding="utf-8")
    shown = page.partition("```python\n")[2].partition("```")[0]
    made: dict[str, object] = {}
    exec(shown, made)
    assert [entity.text for entity in made["found"]]  # type: ignore[attr-defined]


def test_a_word_of_the_data_keeps_one_tag_through_our_tokens() -> None:
    sentence = ner_data.worded(["(النسيم)", "كوفي-عنان", "في"], ["B-ORG", "B-PERS", "O"])
    assert ner_data.carrier(sentence) == [1, 3, 6]
    tags = [ANER.tags[row] for row in ner_data.example(sentence, ANER, 0).tags]
    assert tags == ["O", "B-ORG", "O", "B-PERS", "O", "I-PERS", "O"]


def test_sentences_are_read_from_columns(tmp_path: Path) -> None:
    (tmp_path / "set.txt").write_text("زار O\nحلب B-LOC\n\nقال O\n", encoding="utf-8")
    assert [sentence.tags for sentence in ner_data.columns(tmp_path / "set.txt")] == [("O", "B-LOC"), ("O",)]


def test_f1_counts_whole_entities_of_the_right_kind() -> None:
    sentence = ner_data.worded(["a", "b", "c"], ["B-PERS", "I-PERS", "B-LOC"])
    scores = ner_data.f1([sentence], [["B-PERS", "O", "B-LOC"]])
    assert (scores["all"], scores["PERS"], scores["LOC"]) == (50.0, 0.0, 100.0)
    assert ner_data.f1([sentence], [sentence.tags])["all"] == 100.0


def test_whole_blocks_are_held_out() -> None:
    sentences = [ner_data.worded([str(number)], ["O"]) for number in range(800)]
    kept, out = ner_data.held_out(sentences)
    assert len(kept) + len(out) == 800
    assert [one.words[0] for one in out[:40]] == [str(number) for number in range(280, 320)]


def test_a_word_takes_the_kind_that_it_surely_has_elsewhere() -> None:
    sentences = [tokenize("وصل الدرويش"), tokenize("غادر الدرويش"), tokenize("غادر النسيم")]
    scores = [np.zeros((2, len(ANER.tags)), np.float32) for _ in sentences]
    scores[0][1, ANER.row("B-PERS")] = 9
    raised = ner_agree.agreement(scores, sentences)
    assert raised[1][1].argmax() == ANER.row("B-PERS")
    assert not raised[1][0].any()
    assert not raised[2].any()
    assert raised[0].tolist() == scores[0].tolist()


def test_a_word_far_away_is_left_as_it_is() -> None:
    sentences = [tokenize("وصل الدرويش"), *[tokenize("نعم") for _ in range(30)], tokenize("غادر الدرويش")]
    scores = [np.zeros((len(tokens), len(ANER.tags)), np.float32) for tokens in sentences]
    scores[0][1, ANER.row("B-PERS")] = 9
    assert not ner_agree.agreement(scores, sentences)[-1].any()
