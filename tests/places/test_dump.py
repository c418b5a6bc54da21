"""A GeoNames dump and a user's own places: what is taken, where it is written, and that the gazetteer then knows it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rasid import data
from rasid.cli import app
from rasid.errors import LexiconError
from rasid.places import dump, gazetteer, stage, vocabulary
from rasid.records import Article, Document, Place, Sentence
from rasid.words.tokens import tokenize

CELLS = 19


def row(number: int, name: str, names: str, **told: str) -> str:
    """A line of the dump. ``told``: lat, lon, feature, code, country, people."""
    cells = [""] * CELLS
    cells[:4] = [str(number), name, name, names]
    cells[4:9] = [told.get("lat", "35.0"), told.get("lon", "37.0"), told.get("feature", "P"), told.get("code", "PPL"),
                  told.get("country", "SY")]  # fmt: skip
    cells[14] = told.get("people", "0")
    return "\t".join(cells)


TABLE = "\n".join(
    (
        row(900000001, "Khirbat al-Zuruq", "Khirbat,خربة الزروق,Хирбат"),
        row(900000002, "Zurqan", "زرقانستان", people="60000", country="JO", lat="31.5", lon="36.1"),
        row(900000003, "Lonely Hill", "", feature="T", code="HLL"),
        row(900000004, "Old Zuruq", "الزروق القديمة", code="PPLH"),
        row(900000005, "Zarnuqi Airport", "مطار الزرنوقي", feature="S", code="AIRP"),
        row(900000006, "Persian", "کوهزرقستان", country="SY"),
        row(900000007, "Hope", "أمل", people="900"),
        row(900000008, "Nowhere", "زرقوستان", country="XX"),
    )
)


def places_of(text: str) -> tuple[Place, ...]:
    sentence = Sentence(0, 0, len(text), tuple(tokenize(text)))
    return stage(Document(Article("a", None, text), sentences=(sentence,))).places or ()


def fresh() -> None:
    """Let all that was read of the tables be read again."""
    data.use(None)
    gazetteer._added_lines.cache_clear()
    gazetteer.gazetteer.cache_clear()
    gazetteer.named.cache_clear()
    vocabulary.reading.cache_clear()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("RASID_CACHE", str(tmp_path / "cache"))
    fresh()
    yield tmp_path
    monkeypatch.undo()
    fresh()


def zipped(folder: Path, table: str = TABLE) -> Path:
    path = folder / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("allCountries.txt", table + "\n")
    return path


def test_places_with_an_arabic_name_are_taken_and_found(folder: Path) -> None:
    built = dump.build(zipped(folder), folder / "cache" / data.DUMP)
    assert (built.read, built.places, built.names) == (8, 4, 4)
    fresh()
    village, city, airport, hope = (
        gazetteer.named(name) for name in ("خربه الزروق", "زرقانستان", "مطار الزرنوقي", "امل")
    )
    assert village
    assert city
    assert airport
    assert hope
    one = city.entries[0]
    assert (one.name_en, one.country, one.kind, one.precision, one.latitude) == (
        "Zurqan", "JOR", "city", "locality", 31.5,
    )  # fmt: skip
    assert (village.entries[0].kind, village.bound, city.bound) == ("village", False, False)
    assert airport.entries[0].precision == "exact"
    assert hope.bound, "a common word is a place only with further evidence"


def test_shipped_places_stay_first_and_are_not_taken_twice(folder: Path) -> None:
    before = gazetteer.named("دمشق")
    assert before is not None
    number = before.entries[0].geonames_id
    assert number is not None
    table = "\n".join((row(number, "Damascus", "دمشق"), row(900000009, "Damascus, a farm", "دمشق", country="EG")))
    assert dump.build(zipped(folder, table), folder / "cache" / data.DUMP).places == 1
    fresh()
    after = gazetteer.named("دمشق")
    assert after is not None
    assert after.entries[: len(before.entries)] == before.entries
    assert after.entries[-1].name_en == "Damascus, a farm"


def test_same_dump_same_bytes_from_zip_and_table(folder: Path) -> None:
    table = folder / "allCountries.txt"
    table.write_text(TABLE + "\n", encoding="utf-8")
    dump.build(zipped(folder), folder / "a.gz")
    dump.build(table, folder / "b.gz")
    assert (folder / "a.gz").read_bytes() == (folder / "b.gz").read_bytes()


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("1\tDamascus\tSYR", "allCountries.zip, line 1, column 3: 19 columns are expected"),
        (row(900000001, "Zurqan", "زرقانستان", lat="north"), "line 1, column latitude, longitude, population"),
    ],
)
def test_what_is_no_dump_is_told_by_line_and_column(folder: Path, table: str, told: str) -> None:
    with pytest.raises(LexiconError, match=told):
        dump.build(zipped(folder, table), folder / data.DUMP)
    assert not (folder / data.DUMP).exists()


def test_a_missing_dump_is_told(folder: Path) -> None:
    with pytest.raises(LexiconError, match=r"none\.zip"):
        dump.build(folder / "none.zip", folder / data.DUMP)


def test_the_command_builds_into_the_cache_folder(folder: Path) -> None:
    done = CliRunner().invoke(app, ["places", "build", str(zipped(folder))])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("8 rows read, 4 places with 4 Arabic names written to ")
    assert (folder / "cache" / data.DUMP).is_file()


def test_a_place_of_the_dump_is_pinned(folder: Path) -> None:
    dump.build(zipped(folder), folder / "cache" / data.DUMP)
    fresh()
    place = next(place for place in places_of("وصل الوفد إلى مدينة زرقانستان في الأردن") if place.name_en != "Jordan")
    assert (place.name_en, place.country, place.latitude) == ("Zurqan", "JOR", 31.5)


def test_a_damaged_file_asks_to_build_again(folder: Path) -> None:
    path = folder / "cache" / data.DUMP
    path.parent.mkdir()
    path.write_bytes(b"no gzip")
    fresh()
    with pytest.raises(LexiconError, match="build it again"):
        gazetteer.named("دمشق")


def test_a_users_own_place_is_pinned_before_the_shipped_ones(folder: Path) -> None:
    own = folder / "own"
    own.mkdir()
    (own / "places.tsv").write_text(
        "names\tname_en\tiso3\tkind\tlat\tlon\nطرابلس|تل الزرنوق\tMy Tripoli\tTUN\ttown\t34.5\t9.5\n", encoding="utf-8"
    )
    fresh()
    data.use(own)
    both = gazetteer.named("طرابلس")
    alone = gazetteer.named("تل الزرنوق")
    assert both
    assert alone
    assert (both.entries[0].name_en, both.entries[0].country, both.entries[0].own) == ("My Tripoli", "TUN", True)
    assert {entry.country for entry in both.entries} >= {"LBY", "LBN"}
    assert (alone.entries[0].latitude, alone.entries[0].precision) == (34.5, "locality")
