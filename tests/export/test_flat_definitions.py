"""POLECAT, ICEWS and GDELT against their own definitions: names, order, types, codes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from rasid import codebook, data
from rasid.export.gdelt import EVENTS, MENTIONS, quad_class
from rasid.export.layouts import ICEWS, POLECAT
from tests.export.made_output import output, table

# The header of POLECAT's weekly files.
POLECAT_HEADER = """Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|
Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|
Recipient Country|Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|
Wikipedia Recipient ID|Placename|City|District|Province|Country|Latitude|Longitude|
GeoNames ID|Raw Placename|Feature Type|Source|
Publication Date|Story People|Story Organizations|Story Locations|Language|Version""".replace("\n", "").split("|")
# The header of ICEWS's coded event data.
ICEWS_HEADER = """Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|
Target Name|Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|
Longitude""".replace("\n", "").split("|")
_SIDE = "Code|Name|CountryCode|KnownGroupCode|EthnicCode|Religion1Code|Religion2Code|Type1Code|Type2Code|Type3Code"
_GEO = "Type|FullName|CountryCode|ADM1Code|ADM2Code|Lat|Long|FeatureID"
# The fields of GDELT's event and mention tables, in the order of codebook 2.0.
GDELT_HEADER = [
    *"GLOBALEVENTID|SQLDATE|MonthYear|Year|FractionDate".split("|"),
    *(f"Actor{side}{name}" for side in (1, 2) for name in _SIDE.split("|")),
    *"IsRootEvent|EventCode|EventBaseCode|EventRootCode|QuadClass|GoldsteinScale".split("|"),
    *"NumMentions|NumSources|NumArticles|AvgTone".split("|"),
    *(f"{what}_{name}" for what in ("Actor1Geo", "Actor2Geo", "ActionGeo") for name in _GEO.split("|")),
    *"DATEADDED|SOURCEURL".split("|"),
]
MENTIONS_HEADER = """GLOBALEVENTID|EventTimeDate|MentionTimeDate|MentionType|MentionSourceName|MentionIdentifier|
SentenceID|Actor1CharOffset|Actor2CharOffset|ActionCharOffset|InRawText|Confidence|MentionDocLen|MentionDocTone|
MentionDocTranslationInfo|Extras""".replace("\n", "").split("|")
HEADERS = {
    "polecat": (POLECAT, POLECAT_HEADER, 40),
    "icews": (ICEWS, ICEWS_HEADER, 20),
    "gdelt": (EVENTS, GDELT_HEADER, 61),
}


@pytest.mark.parametrize("form", HEADERS)
def test_columns_have_the_names_and_the_order_of_the_format(form: str) -> None:
    layout, header, count = HEADERS[form]
    assert [column.name for column in layout.columns] == header
    assert len(header) == count


def test_mentions_have_the_sixteen_columns() -> None:
    assert [column.name for column in MENTIONS] == MENTIONS_HEADER
    assert len(MENTIONS) == 16


def rows(form: str, header: list[str]) -> list[dict[str, str]]:
    found = table(output(form))
    return [dict(zip(header, row, strict=True)) for row in (found[1:] if form in ("polecat", "icews") else found)]


def test_polecat_values() -> None:
    first = rows("polecat", POLECAT_HEADER)[0]
    assert first["Intensity"] == str(codebook.types()["ASSAULT"].score)
    assert (first["Actor Country"], first["Actor COW"], first["Primary Actor Sector"]) == ("SYR", "652", "MIL")
    assert first["Quad Code"] == "4"
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", first["Event Date"])


def test_icews_writes_countries_and_sectors_in_words() -> None:
    first = rows("icews", ICEWS_HEADER)[0]
    assert (first["Source Country"], first["Source Sectors"], first["Country"]) == ("Syria", "Military", "Syria")
    assert first["CAMEO Code"] == "194"
    assert first["Intensity"] == "-10.0"


# Patterns of the fields that GDELT's codebook gives a form; any may be blank.
GDELT_FORMS = {
    "GLOBALEVENTID": r"\d+",
    "SQLDATE": r"\d{8}",
    "MonthYear": r"\d{6}",
    "Year": r"\d{4}",
    "FractionDate": r"\d{4}\.\d{1,4}",
    "Actor1CountryCode": r"[A-Z]{3}",
    "Actor1Type1Code": r"[A-Z]{3}",
    "IsRootEvent": "[01]",
    "EventCode": r"\d{2,4}",
    "EventBaseCode": r"\d{2,3}",
    "EventRootCode": r"\d{2}",
    "QuadClass": "[1-4]",
    "GoldsteinScale": r"-?\d+\.\d+",
    "ActionGeo_Type": "[1-5]",
    "ActionGeo_CountryCode": "[A-Z]{2}",
    "DATEADDED": r"\d{14}",
    "SOURCEURL": r"https?://\S+",
}
MENTION_FORMS = {
    "GLOBALEVENTID": r"\d+",
    "EventTimeDate": r"\d{14}",
    "MentionTimeDate": r"\d{14}",
    "MentionType": "[1-6]",
    "SentenceID": r"[1-9]\d*",
    "ActionCharOffset": r"\d+",
    "InRawText": "[01]",
    "Confidence": r"[1-9]0|100",
    "MentionDocLen": r"\d+",
}


@pytest.mark.parametrize(
    ("form", "header", "forms"),
    [("gdelt", GDELT_HEADER, GDELT_FORMS), ("gdelt-mentions", MENTIONS_HEADER, MENTION_FORMS)],
)
def test_gdelt_fields_have_their_forms(
    exported: Callable[[str], bytes], form: str, header: list[str], forms: dict[str, str]
) -> None:
    whole = [dict(zip(header, row, strict=True)) for row in table(exported(form))] + rows(form, header)
    for name, pattern in forms.items():
        values = [row[name] for row in whole if row[name]]
        assert values, name
        for value in values:
            assert re.fullmatch(pattern, value), (name, value)


def test_every_mention_is_of_a_row_of_the_events_file(exported: Callable[[str], bytes]) -> None:
    for events, mentions in (
        (exported("gdelt"), exported("gdelt-mentions")),
        (output("gdelt"), output("gdelt-mentions")),
    ):
        counted: dict[str, int] = {}
        for row in table(mentions):
            counted[row[0]] = counted.get(row[0], 0) + 1
        told = {row[0]: int(row[GDELT_HEADER.index("NumMentions")]) for row in table(events)}
        assert counted == told != {}


def test_a_fraction_never_reaches_the_next_year() -> None:
    from rasid.export.gdelt import _fraction
    from rasid.export.written import rows as events_of
    from rasid.export.written import written
    from tests import made

    row = next(iter(events_of(written(made.document()))))
    for day, fraction in (("2025-01-01", 2025.0027), ("2025-02-18", 2025.1315), ("2025-12-31", 2025.9890)):
        assert row.event["time"] is not None
        row.event["time"]["first"] = row.event["time"]["last"] = day
        assert _fraction(row) == pytest.approx(fraction, abs=1e-4)


def test_classes_follow_the_cameo_root() -> None:
    assert [quad_class(code) for code in ("010", "057", "061", "087", "090", "138", "140", "204")] == [
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
    ]


def test_numbers_of_the_correlates_of_war_are_of_countries_and_each_of_one() -> None:
    known = {row["iso3"] for row in data.table("countries")}
    found = {row["iso3"]: row["cow"] for row in data.table("cow")}
    assert set(found) <= known
    assert len(set(found.values())) == len(found)
    assert (found["EGY"], found["IRQ"], found["SAU"]) == ("651", "645", "670")
