"""Compiled tables give back what was compiled, whatever the keys, and are built again when a file is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rasid import data
from rasid.data.mapped import Compiled, as_json, digest_of, opened, packed

PAIRS = [("قصف", b"1"), ("", b"blank"), ("قصف جوي", b""), ("\ud800", b"half")]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RASID_CACHE", str(tmp_path))
    return tmp_path


def table(pairs: list[tuple[str, bytes]]) -> Compiled[bytes]:
    return Compiled(packed(pairs), lambda _, value: value)


@given(st.dictionaries(st.text(max_size=8), st.binary(max_size=8), max_size=60), st.text(max_size=8))
def test_a_table_is_the_dictionary_it_was_made_from(known: dict[str, bytes], other: str) -> None:
    known = {key: value for key, value in known.items() if key.isprintable()}
    found = table(list(known.items()))
    assert dict(found.items()) == known
    assert list(found) == list(known)
    assert len(found) == len(known)
    assert found.get(other) == known.get(other)
    assert (other in found) == (other in known)


def test_every_kind_of_key_is_found_and_no_other() -> None:
    found = table(PAIRS)
    assert [found[key] for key, _ in PAIRS] == [value for _, value in PAIRS]
    assert found.get("غارة", b"none") == b"none"
    with pytest.raises(KeyError):
        found["غارة"]


def test_of_equal_keys_the_last_counts() -> None:
    assert dict(table([("a", b"1"), ("b", b"2"), ("a", b"3")])) == {"a": b"3", "b": b"2"}


def test_built_once_and_mapped_afterwards(cache: Path) -> None:
    first = opened("one", "digest", lambda: PAIRS[:2])
    again = opened("one", "digest", lambda: pytest.fail("built twice"))
    assert bytes(first[:]) == bytes(again[:])
    assert [path.name for path in (cache / "digest").iterdir()] == ["one.table"]


def test_another_digest_is_built_anew(cache: Path) -> None:
    opened("one", "digest", lambda: [("a", b"1")])
    other = Compiled(opened("one", "other", lambda: [("a", b"2")]), lambda _, value: value)
    assert other["a"] == b"2"


@pytest.mark.parametrize("damage", [b"", b"RASIDT1l", b"short", None])
def test_a_damaged_file_is_built_anew(cache: Path, damage: bytes | None) -> None:
    opened("one", "digest", lambda: PAIRS[:2])
    path = cache / "digest" / "one.table"
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"?" if damage is None else damage)
    again = Compiled(opened("one", "digest", lambda: PAIRS[:2]), lambda _, value: value)
    assert dict(again) == dict(PAIRS[:2])
    assert path.read_bytes() == whole


def test_without_a_folder_the_table_stays_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    for told in ("", str(blocked)):
        monkeypatch.setenv("RASID_CACHE", told)
        found = Compiled(opened("one", "digest", lambda: PAIRS[:2]), lambda _, value: value)
        assert dict(found) == dict(PAIRS[:2])


def test_old_digests_are_removed(cache: Path) -> None:
    for number in range(9):
        opened("one", f"digest{number}", lambda: PAIRS[:2])
    assert len(list(cache.iterdir())) == 4
    assert (cache / "digest8" / "one.table").is_file()


def test_digest_tells_names_and_bytes_apart(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(b"ab")
    two.write_bytes(b"c")
    before = digest_of([one, two])
    one.write_bytes(b"a")
    two.write_bytes(b"bc")
    assert digest_of([one, two]) != before


def test_a_users_table_wins_over_what_was_compiled_before(tmp_path: Path, cache: Path) -> None:
    def names() -> dict[str, str]:
        made = data.compiled(
            "test",
            lambda: ((row["id"], as_json(row["names"])) for row in data.table("persons")),
            lambda _, cell: cell.decode(),
        )
        return dict(made)

    shipped = names()
    own = tmp_path / "own"
    own.mkdir()
    (own / "persons.tsv").write_text("id\tnames\nnew-one\tشخص جديد\n", encoding="utf-8")
    try:
        data.use(own)
        assert names() == shipped | {"new-one": '"شخص جديد"'}
        (own / "persons.tsv").write_text("id\tnames\nnew-one\tشخص آخر\n", encoding="utf-8")
        data.use(own)
        assert names()["new-one"] == '"شخص آخر"'
    finally:
        data.use(None)
    assert names() == shipped
