"""Scoring by the codebook's section 7, small cases worked out by hand, and the reference where it is there."""

import copy
import json
import random
import runpy
from pathlib import Path
from typing import Any

import pytest

from rasid import evaluate
from rasid.cli_evaluate import as_record, lines, mistakes
from rasid.errors import BrokenRecord, EncodingInput, MissingInput
from rasid.evaluate import F1, Accuracy, distance_km, same_phrase, score
from rasid.gold import folded_words, place_coded, read_coded, read_gold

TEXT = "قصف وزيارة\n\nقصف الجيش السوري بلدة النور وزار الوزير تونس."
REFERENCE = Path("../shared/tools/score_events.py")
DEV = Path("../shared/data/events/dev.jsonl")


def phrase(text: str, code: str = "") -> dict[str, Any]:
    start = TEXT.index(text)
    return {"text": text, "start": start, "end": start + len(text), "code": code}


def mention(type_name: str, trigger: str, *, sentence: int = 1, **changes: Any) -> dict[str, Any]:
    start = TEXT.index(trigger, 12 if sentence else 0)
    return {
        "sentence": sentence,
        "type": type_name,
        "status": "reported",
        "historical": False,
        "trigger": {"text": trigger, "start": start, "end": start + len(trigger)},
        "actors": [],
        "recipients": [],
        "time": None,
        "place": None,
        "attribution": None,
        "killed": None,
        "injured": None,
        "arrested": None,
        **changes,
    }


ASSAULT = mention(
    "ASSAULT",
    "قصف",
    actors=[phrase("الجيش السوري", "SYRMIL")],
    recipients=[phrase("بلدة النور", "SYRCVL")],
    time={"text": "أمس", "edtf": "2025-10-03"},
    place={**phrase("بلدة النور"), "country": "SYR", "latitude": 35.0, "longitude": 36.0},
    attribution={"text": "وكالة الفجر", "code": "SYRJRN"},
    killed="3",
    modes=["aerial"],
    contexts=["military"],
)
VISIT = mention("CONSULT", "زار", actors=[phrase("الوزير", "SYRGOV")], recipients=[phrase("تونس", "TUNGOV")])


def scored(gold: list[dict[str, Any]], coded: list[dict[str, Any]], tmp_path: Path) -> evaluate.Scores:
    path = tmp_path / "gold.jsonl"
    record = {"article": "a", "sentences": [[0, 10], [12, len(TEXT)]], "mentions": gold, "text": TEXT}
    path.write_text(json.dumps(record), encoding="utf-8")
    articles = read_gold(path)
    return score(articles, place_coded([{"article": {"id": "a"}, "events": coded}], articles))


def changed(found: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {**copy.deepcopy(found), **changes}


def test_gold_against_itself_is_perfect(tmp_path: Path) -> None:
    scores = scored([ASSAULT, VISIT], [ASSAULT, VISIT], tmp_path)
    assert {name: figure.value for name, figure in scores.parts()} == {name: 1.0 for name, _ in scores.parts()}
    assert scores.type_macro_f1 == 1.0


def test_nothing_coded_scores_nothing(tmp_path: Path) -> None:
    scores = scored([ASSAULT, VISIT], [], tmp_path)
    assert scores.type == F1(0, 0, 2)
    assert scores.type.value == 0.0
    assert scores.status == Accuracy(0, 0)
    assert scores.status.value is None


def test_a_wrong_type_is_missed_and_extra(tmp_path: Path) -> None:
    scores = scored([ASSAULT], [changed(ASSAULT, type="COERCE")], tmp_path)
    assert (scores.type.tp, scores.type.fp, scores.type.fn) == (0, 1, 1)
    assert scores.by_type["COERCE"] == F1(0, 1, 0)


def test_another_sentence_is_no_match(tmp_path: Path) -> None:
    assert scored([ASSAULT], [mention("ASSAULT", "قصف", sentence=0)], tmp_path).type.tp == 0


def test_without_overlap_sentence_and_type_suffice_but_overlap_goes_first(tmp_path: Path) -> None:
    elsewhere = changed(ASSAULT, trigger=phrase("بلدة"), status="negation")
    scores = scored([ASSAULT], [elsewhere, ASSAULT], tmp_path)
    assert (scores.type.tp, scores.type.fp) == (1, 1)
    assert scores.status == Accuracy(1, 1)
    assert scored([ASSAULT], [elsewhere], tmp_path).type.tp == 1


@pytest.mark.parametrize(
    ("changes", "figure", "value"),
    [
        ({"status": "future"}, "status", 0.0),
        ({"status": "future"}, "end_to_end", 0.0),
        ({"historical": True}, "historical", 0.0),
        ({"actors": []}, "actors", 0.0),
        ({"actors": [phrase("الجيش السوري", "TURMIL")]}, "country", 0.5),
        ({"actors": [phrase("الجيش السوري", "TURMIL")]}, "end_to_end", 0.0),
        ({"actors": [phrase("الجيش السوري", "SYRGOV")]}, "code", 0.5),
        ({"actors": [phrase("الجيش السوري", "SYRGOV")]}, "end_to_end", 1.0),
        ({"time": None}, "time", 0.0),
        ({"time": {"edtf": "2025-10"}}, "time_where_said", 0.0),
        ({"place": {"text": "تونس", "country": "SYR"}}, "place", 0.0),
        ({"place": {"text": "تونس", "country": "SYR"}}, "place_country", 1.0),
        ({"place": {"text": "x", "country": "SYR", "latitude": 35.1, "longitude": 36.1}}, "place", 1.0),
        ({"place": {"text": "x", "country": "SYR", "latitude": 35.5, "longitude": 36.0}}, "place", 0.0),
        ({"attribution": []}, "attribution", 0.0),
        ({"attribution": [{"text": "الوزير"}, {"text": "لوكالة الفجر"}]}, "attribution", 1.0),
        ({"killed": ">=3"}, "counts", 0.0),
    ],
)
def test_each_figure_sees_its_own_mistake(tmp_path: Path, changes: dict[str, Any], figure: str, value: float) -> None:
    assert dict(scored([ASSAULT], [changed(ASSAULT, **changes)], tmp_path).parts())[figure].value == value


def test_a_time_where_there_is_none_is_a_mistake(tmp_path: Path) -> None:
    scores = scored([VISIT], [changed(VISIT, time={"edtf": "2025"})], tmp_path)
    assert scores.time == Accuracy(0, 1)
    assert scores.time_where_said == Accuracy(0, 0)


@pytest.mark.parametrize(
    ("gold", "coded", "same"),
    [
        ("نائب وزير الدفاع", "وزير الدفاع", True),
        ("نائب وزير الدفاع يونس بك", "يونس", False),
        ("وزير الدفاع الروسي الجديد", "وزير الخارجية", True),
        ("موسكو", "بموسكو", True),
        ("دفاع", "والدفاع", False),
        ("الأُمم المتّحدة", "الامم المتحده", True),
        ("", "موسكو", False),
        ("موسكو", "", False),
    ],
)
def test_same_phrase(gold: str, coded: str, same: bool) -> None:
    assert same_phrase(folded_words(gold), folded_words(coded)) is same


def test_distance_of_two_capitals() -> None:
    assert distance_km((33.5138, 36.2765), (33.8938, 35.5018)) == pytest.approx(83, abs=2)


def test_the_text_is_coded_to_the_letter(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(
        json.dumps({"article": "a", "sentences": [[0, 10]], "mentions": [], "text": TEXT}), encoding="utf-8"
    )
    article = read_gold(path)[0].article()
    assert article.title == "قصف وزيارة"
    assert article.text == TEXT


@pytest.mark.parametrize(
    "line", ['{"article": "a"', '{"id": 1}', "[]", '{"article": "a", "sentences": 3, "mentions": []}']
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"article": "b", "sentences": [], "mentions": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(BrokenRecord, match=r"gold\.jsonl, line 2"):
        read_gold(path)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(MissingInput):
        read_gold(tmp_path / "no.jsonl")
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(EncodingInput):
        read_gold(tmp_path / "bad.jsonl")


def test_figures_for_a_reader(tmp_path: Path) -> None:
    told = "\n".join(lines(scored([ASSAULT, VISIT], [ASSAULT], tmp_path)))
    assert "end to end" in told
    assert "0.667" in told
    assert "CONSULT" in told


def test_mistakes_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    record = {"article": "a", "sentences": [[0, 10], [12, len(TEXT)]], "mentions": [ASSAULT], "text": TEXT}
    path.write_text(json.dumps(record), encoding="utf-8")
    articles = read_gold(path)
    coded = place_coded([{"article": {"id": "a"}, "events": [VISIT]}], articles)
    assert list(mistakes(articles, coded)) == ["missed\ta\t1\tASSAULT\tقصف", "extra\ta\t1\tCONSULT\tزار"]


@pytest.mark.skipif(not (REFERENCE.exists() and DEV.exists()), reason="the reference scorer is not here")
def test_the_same_figures_as_the_reference(tmp_path: Path) -> None:
    coded_path = tmp_path / "coded.jsonl"
    gold = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    coded = list(_spoiled(gold, random.Random(7)))
    coded_path.write_text("".join(json.dumps(record) + "\n" for record in coded), encoding="utf-8")
    expected, _ = runpy.run_path(str(REFERENCE))["score"](gold, coded)
    articles = read_gold(DEV)
    found = as_record(score(articles, read_coded(coded_path, articles)))
    del expected["articles"], expected["gold_mentions"], found["modes"], found["contexts"]
    assert found == expected


def _spoiled(gold: list[dict[str, Any]], chance: random.Random) -> Any:
    """Gold records with mistakes of every kind, as a coder's output."""
    every = [found for record in gold for found in record["mentions"]]
    for record in gold:
        events = []
        for found in record["mentions"]:
            other = chance.choice(every)
            taken = {name: other[name] for name in other if chance.random() < 0.15 and name != "sentence"}
            if chance.random() > 0.2:
                events.append({**found, **taken})
            if chance.random() < 0.1:
                events.append(
                    {**found, "trigger": {"start": found["trigger"]["end"], "end": found["trigger"]["end"] + 3}}
                )
        for found in events:
            if isinstance(found["attribution"], dict) and chance.random() < 0.5:
                found["attribution"] = [found["attribution"], {"text": "وكالة"}]
        yield {"article": {"id": record["article"]}, "events": events}
