"""The coded record: exact offsets, PLOVER's rule for acts to come, and the published schema."""

import dataclasses
import json
from pathlib import Path
from typing import get_type_hints

import jsonschema
import pytest

from rasid import export, pipeline
from rasid.clean import BLANKED, KEPT, LISTED, clean
from rasid.export import shapes
from rasid.read import DateSource
from rasid.records import Article, Document, Rejected
from tests import made

SCHEMA = json.loads(Path("docs/schema/coded-1.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
SHAPES = {
    "article": shapes.ArticleShape,
    "span": shapes.SpanShape,
    "trigger": shapes.TriggerShape,
    "actor": shapes.ActorShape,
    "time": shapes.TimeShape,
    "place": shapes.PlaceShape,
    "attribution": shapes.AttributionShape,
    "evidence": shapes.EvidenceShape,
    "event": shapes.EventShape,
    "set_aside": shapes.SetAsideShape,
    "repair": shapes.RepairShape,
    "passage": shapes.PassageShape,
    "dateline": shapes.DatelineShape,
    "coded": shapes.CodedShape,
    "rejected": shapes.RejectedShape,
}


def test_schema_is_valid_itself() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_coded_record_fits_the_schema() -> None:
    VALIDATOR.validate(json.loads(json.dumps(export.coded(made.document()))))


def test_rejected_record_fits_the_schema() -> None:
    record = export.rejected(Rejected("x", "empty", "it holds no text; leave it out", "x.txt"))
    VALIDATOR.validate(json.loads(json.dumps(record)))
    assert record["rejected"] == {"code": "empty", "reason": "it holds no text; leave it out"}
    assert "events" not in record


@pytest.mark.parametrize("name", SHAPES)
def test_schema_and_shapes_name_the_same_fields(name: str) -> None:
    definition = SCHEMA["$defs"][name]
    assert list(definition["properties"]) == definition["required"]
    assert set(definition["properties"]) == set(get_type_hints(SHAPES[name]))
    assert definition["additionalProperties"] is False


@pytest.mark.parametrize("name", SCHEMA["$defs"])
def test_every_field_says_what_it_is(name: str) -> None:
    for field, definition in SCHEMA["$defs"][name]["properties"].items():
        assert definition.get("description"), field


def test_schema_refuses_what_is_not_in_the_contract() -> None:
    record = json.loads(json.dumps(export.coded(made.document())))
    record["events"][0]["mood"] = "grim"
    assert not VALIDATOR.is_valid(record)


@pytest.mark.parametrize(
    ("field", "value"), [("type", "MEET"), ("modes", ["walk"]), ("status", "maybe"), ("quad", 5), ("killed", "some")]
)
def test_schema_refuses_values_outside_the_codebook(field: str, value: object) -> None:
    record = json.loads(json.dumps(export.coded(made.document())))
    record["events"][0][field] = value
    assert not VALIDATOR.is_valid(record)


@pytest.mark.parametrize("unknown", ["---", "", None])
def test_an_unknown_country_is_null(unknown: str | None) -> None:
    place = dataclasses.replace(made.town(), country=unknown)
    assert export.coded(made.document().replace(places=(place,)))["places"][0]["country"] is None


def test_every_span_quotes_the_text() -> None:
    record = export.coded(made.document())
    quoted = 0
    for event in record["events"]:
        spans = [event["trigger"], *event["actors"], *event["recipients"], *event["attribution"]]
        spans += [found for found in (event["time"], event["place"]) if found]
        for found in spans:
            assert made.ARTICLE.text[found["start"] : found["end"]] == found["text"]
            quoted += 1
    assert quoted == 10


def test_acts_to_come_are_agreements_on_output_only() -> None:
    told, planned = export.coded(made.document())["events"]
    assert (told["type"], told["plover"], told["cameo"], told["quad"], told["score"]) == (
        "ASSAULT",
        "ASSAULT",
        "194",
        4,
        -10.0,
    )
    assert (planned["type"], planned["plover"], planned["cameo"], planned["quad"]) == ("CONSULT", "AGREE", "036", 1)


def test_last_is_the_last_day_covered() -> None:
    told, planned = export.coded(made.document())["events"]
    assert told["time"] is not None
    assert planned["time"] is not None
    assert (told["time"]["first"], told["time"]["last"]) == ("2025-10-03", "2025-10-03")
    assert (planned["time"]["first"], planned["time"]["last"]) == ("2025-11-01", "2025-11-30")


def test_unanchored_time_keeps_its_reason() -> None:
    time = dataclasses.replace(made.friday(), edtf=None, first=None, last=None, reason="no publication date")
    document = made.document().replace(times=(time,))
    assert export.coded(document)["times"][0]["reason"] == "no publication date"
    assert export.coded(document)["times"][0]["first"] is None


def test_the_record_tells_what_was_set_aside_and_repaired() -> None:
    body = "بغداد - وكالات: وصل الوفد إلی العاصمة.\nاقرأ أيضا: خبر آخر\nوغادر &quot;الوفد&quot; أمس."
    article = Article("a", None, body, published_by="url", published_reliability=0.9, copy_of="b")
    record = export.coded(Document(article, cleaned=clean(article)))
    VALIDATOR.validate(json.loads(json.dumps(record)))
    aside = [(found["reason"], body[found["start"] : found["end"]]) for found in record["set_aside"]]
    assert aside == [("dateline", "بغداد - وكالات:"), ("related", "اقرأ أيضا: خبر آخر")]
    repairs = [(found["kind"], body[found["start"] : found["end"]]) for found in record["repairs"]]
    assert repairs == [("letter", "ی"), ("entity", "&quot;"), ("entity", "&quot;")]
    told = record["article"]
    assert (told["published_by"], told["published_reliability"], told["copy_of"]) == ("url", 0.9, "b")


def test_the_record_tells_the_language_of_a_paragraph() -> None:
    body = "وصل الوفد إلى العاصمة أمس.\nوزیر اعظم نے کہا ہے کہ مذاکرات جاری ہیں اور ان کا ملک اس کے لیے تیار ہے۔"
    article = Article("a", None, body)
    record = export.coded(Document(article, cleaned=clean(article)))
    VALIDATOR.validate(json.loads(json.dumps(record)))
    assert [(found["start"], found["language"]) for found in record["passages"]] == [(body.index("\n") + 1, "ur")]


def test_touching_repairs_of_one_kind_are_told_as_one() -> None:
    article = Article("a", None, "ﻣﺼﺮ تعلن")
    record = export.coded(Document(article, cleaned=clean(article)))
    assert record["repairs"] == [{"start": 0, "end": 3, "kind": "form"}]


def test_the_schema_knows_every_reason_and_every_way_to_a_day() -> None:
    definitions = SCHEMA["$defs"]
    assert set(definitions["set_aside"]["properties"]["reason"]["enum"]) == BLANKED | KEPT
    ways = {way.value for way in DateSource if way is not DateSource.NONE}
    assert set(definitions["article"]["properties"]["published_by"]["enum"]) == ways | {None}
    assert set(definitions["repair"]["properties"]["kind"]["enum"]) == LISTED


@pytest.mark.parametrize(
    ("text", "places", "sources"),
    [
        ("القاهرة 15-7 (ا ف ب) - استقبل الرئيس وفدا من النقابة صباح اليوم.", ["EGY"], ["FRAJRN"]),
        ("دبي، الإمارات العربية المتحدة (CNN)-- التقى الوزيران مساء الأحد.", ["ARE", "ARE"], ["USAJRN"]),
        ("التقى الوزيران في القاهرة مساء الأحد، وفق رويترز.", [], []),
    ],
)
def test_the_record_tells_where_the_report_comes_from(text: str, places: list[str], sources: list[str]) -> None:
    (document,) = pipeline.code([Article("a", None, text)])
    found = export.coded(document)["dateline"]
    assert [place["country"] for place in found["places"]] == places
    assert [source["code"] for source in found["sources"]] == sources
