"""The tables of the ontology hold together, and codes are chosen by the most specific row."""

import pytest

from rasid import codebook, data
from rasid.records import Status

ROWS = data.table("cameo")


def test_sixteen_types_in_four_quads() -> None:
    types = codebook.types()
    assert len(types) == 16
    assert {found.quad for found in types.values()} == {1, 2, 3, 4}
    assert all((found.score > 0) == (found.quad <= 2) for found in types.values())


def test_thirty_seven_contexts_and_all_sectors() -> None:
    assert len(codebook.contexts()) == len(set(codebook.contexts())) == 37
    assert len(codebook.sectors()) == 24


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(filter(None, list(row.values())[:4])))
def test_every_row_names_what_the_codebook_has(row: dict[str, str]) -> None:
    kind = codebook.types()[row["type"]]
    assert row["mode"] in ("", *kind.modes)
    assert row["context"] in ("", *codebook.contexts())
    assert row["status"] in ("", "future")


def test_every_type_and_mode_has_a_row_of_its_own() -> None:
    told = {(row["type"], row["mode"]) for row in ROWS if not row["context"] and not row["status"]}
    for kind in codebook.types().values():
        assert {(kind.name, mode) for mode in ("", *kind.modes)} <= told


def test_one_code_has_one_name_and_one_value() -> None:
    assert len({(row["cameo"], row["cameo_name"], row["goldstein"]) for row in ROWS}) == len(
        {row["cameo"] for row in ROWS}
    )


def test_no_row_stands_twice() -> None:
    keys = [(row["type"], row["mode"], row["context"], row["status"]) for row in ROWS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("type_name", "modes", "contexts", "status", "code"),
    [
        ("CONSULT", (), (), Status.REPORTED, "040"),
        ("CONSULT", ("visit",), ("military",), Status.REPORTED, "042"),
        ("CONSULT", ("visit",), (), Status.FUTURE, "036"),
        ("AID", (), ("economic",), Status.FUTURE, "0331"),
        ("RETREAT", ("release",), (), Status.FUTURE, "0353"),
        ("ASSAULT", (), ("military",), Status.REPORTED, "190"),
        ("ASSAULT", ("aerial", "destroy"), (), Status.REPORTED, "195"),
        ("ASSAULT", ("unconventional",), ("cbrn",), Status.REPORTED, "204"),
        ("ASSAULT", ("aerial",), (), Status.NEGATION, "195"),
        ("SANCTION", ("convict",), ("legal",), Status.REPORTED, "116"),
    ],
)
def test_the_most_specific_row_decides(
    type_name: str, modes: tuple[str, ...], contexts: tuple[str, ...], status: Status, code: str
) -> None:
    assert codebook.cameo(type_name, modes, contexts=contexts, status=status).code == code


@pytest.mark.parametrize(
    ("type_name", "becomes"),
    [
        ("CONSULT", "AGREE"),
        ("SUPPORT", "AGREE"),
        ("COOPERATE", "AGREE"),
        ("AID", "AGREE"),
        ("RETREAT", "CONCEDE"),
        ("ASSAULT", "ASSAULT"),
    ],
)
def test_acts_to_come(type_name: str, becomes: str) -> None:
    assert codebook.plover_type(type_name, Status.FUTURE) == becomes
    assert codebook.plover_type(type_name, Status.REPORTED) == type_name


def test_a_type_plover_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        codebook.cameo("MEET", (), status=Status.REPORTED)
