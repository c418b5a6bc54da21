"""The actor tables hold together: unique ids, codes from the codebook, dates in order, no form claimed in vain."""

from __future__ import annotations

import re

import pytest

from rasid.data import table
from rasid.events.conjugate import verb_forms
from rasid.words.fold import fold

GROUP_CODES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC", "---"})
OFFICES = frozenset(
    "head_of_state head_of_government foreign_minister defence_minister interior_minister army_chief speaker "
    "party_leader group_leader un_envoy sg spokesman crown_prince first_lady central_bank intelligence_chief "
    "other".split()
)
GROUP_KINDS = frozenset(
    "party armed_group igo un_body eu_body ngo security_service army parliament court union religious firm demonym "
    "coalition government_body prison other".split()
)
MEDIA_KINDS = frozenset({"agency", "paper", "tv", "site", "radio"})
DATE = re.compile(r"(\d{4}(-(0[1-9]|1[0-2]))?)?")
ACTOR_TABLES = ("persons", "groups", "media")


def countries() -> frozenset[str]:
    return frozenset(row["iso3"] for row in table("countries")) | GROUP_CODES


def sectors() -> frozenset[str]:
    return frozenset(row["sector"] for row in table("sectors"))


def is_code(code: str) -> bool:
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    return bool(parts) and parts[0] in countries() and all(part in sectors() for part in parts[1:])


def forms(row: dict[str, str], column: str = "names") -> list[str]:
    return [form for form in row[column].split("|") if form]


def ambiguous(note: str) -> list[str]:
    listed = re.search(r"ambiguous: ([^;]*)", note)
    return listed.group(1).strip().split("|") if listed else []


@pytest.mark.parametrize("code", ["SYRREBX", "XXXGOV", "SYRABC", ""])
def test_a_wrong_code_is_told_from_a_right_one(code: str) -> None:
    assert is_code("YEMJRNREB")
    assert not is_code(code)


@pytest.mark.parametrize(("name", "key"), [("countries", "iso3"), *((name, "id") for name in ACTOR_TABLES)])
def test_ids_are_unique(name: str, key: str) -> None:
    ids = [row[key] for row in table(name)]
    assert sorted({i for i in ids if ids.count(i) > 1}) == []


def test_every_state_of_the_news_is_there() -> None:
    assert len(table("countries")) >= 200
    wanted = {"PSE", "XKX", "TWN", "ESH", "HKG", "SSD", "VAT", "PRK", "TLS", "MNE", "SWZ", "NRU"}
    assert wanted <= {row["iso3"] for row in table("countries")}


@pytest.mark.parametrize("name", ["countries", *ACTOR_TABLES])
def test_every_row_has_names_and_no_form_twice(name: str) -> None:
    bad = [row for row in table(name) if len({fold(form) for form in forms(row)}) != len(row["names"].split("|"))]
    assert bad == []


def test_groups_that_share_a_form_are_of_different_countries() -> None:
    owners: dict[str, list[str]] = {}
    for row in table("groups"):
        for form in {fold(form) for form in forms(row)}:
            owners.setdefault(form, []).append(row["code"][:3])
    assert {form for form, countries in owners.items() if len(countries) > len(set(countries))} == set()


@pytest.mark.parametrize("name", ["countries", "media"])
def test_no_form_belongs_to_two_rows(name: str) -> None:
    seen: dict[str, str] = {}
    for row in table(name):
        for form in forms(row):
            assert seen.setdefault(fold(form), row["names"]) == row["names"], form


def test_a_form_of_several_persons_is_marked_ambiguous() -> None:
    owners: dict[str, list[dict[str, str]]] = {}
    for row in table("persons"):
        for form in forms(row):
            owners.setdefault(fold(form), []).append(row)
    shared = {form: rows for form, rows in owners.items() if len(rows) > 1}
    unmarked = {form for form, rows in shared.items() for row in rows if form not in map(fold, ambiguous(row["note"]))}
    assert unmarked == set()


@pytest.mark.parametrize("name", ["countries", *ACTOR_TABLES])
def test_ambiguous_forms_are_forms_of_their_row(name: str) -> None:
    columns = ("names", "capital", "seats", "demonyms") if name == "countries" else ("names",)
    for row in table(name):
        own = {fold(form.removesuffix("=pl")) for column in columns for form in forms(row, column)}
        assert {fold(form) for form in ambiguous(row["note"])} <= own, row


@pytest.mark.parametrize("name", ["groups", "media"])
def test_codes_come_from_the_codebook(name: str) -> None:
    assert [row["code"] for row in table(name) if not is_code(row["code"])] == []


def test_media_are_coded_as_press() -> None:
    assert [row["id"] for row in table("media") if not row["code"].endswith("JRN")] == []


def test_kinds_are_known() -> None:
    assert {row["kind"] for row in table("groups")} <= GROUP_KINDS
    assert {row["kind"] for row in table("media")} <= MEDIA_KINDS


def test_offices_refer_to_persons_groups_countries_and_sectors() -> None:
    persons = {row["id"] for row in table("persons")}
    groups = {row["id"] for row in table("groups")} | {""}
    for row in table("offices"):
        assert row["person_id"] in persons, row
        assert row["group_id"] in groups, row
        assert row["country"] in countries(), row
        assert set(row["sectors"].split()) <= sectors(), row
        assert row["office"] in OFFICES, row


def test_every_person_has_an_office() -> None:
    assert {row["id"] for row in table("persons")} == {row["person_id"] for row in table("offices")}


@pytest.mark.parametrize("name", ["offices", "groups"])
def test_dates_are_months_or_years_in_order(name: str) -> None:
    for row in table(name):
        assert DATE.fullmatch(row["from"]), row
        assert DATE.fullmatch(row["to"]), row
        assert not row["to"] or row["from"] <= row["to"], row


def test_demonyms_are_single_forms_with_at_most_the_plural_mark() -> None:
    marks = {form.partition("=")[2] for row in table("countries") for form in forms(row, "demonyms")}
    assert marks <= {"", "pl"}


@pytest.mark.parametrize("name", ["groups", "media", "persons"])
def test_no_sure_name_folds_to_a_verb_of_telling_or_a_function_word(name: str) -> None:
    """«آفاد» folds to «أفاد», which stands in every second report."""
    common = {fold(row["word"]) for row in table("closed_class")} | _told() | {fold(word) for word in _COMMON}
    sure = {fold(form) for row in table(name) for form in set(forms(row)) - set(ambiguous(row["note"]))}
    assert sure & common == set()


_COMMON = "البيت البنك النفطي العريض بينت لولا ولايتي الصدر العال الجزيرة المنار".split()


def _told() -> set[str]:
    verbs = [row for row in table("attribution_verbs") if row["kind"] == "verb"]
    found = (verb_forms(row["root"], row["form"]) for row in verbs)
    return {form for forms_of in found for form in forms_of.active | forms_of.passive}
