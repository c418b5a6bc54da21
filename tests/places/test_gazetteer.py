"""The gazetteer files and the tables behind them."""

from __future__ import annotations

import math
import time

import pytest

from rasid.data import table
from rasid.places.gazetteer import by_country, distance_km, gazetteer, named
from rasid.places.vocabulary import reading
from rasid.words.fold import fold

LEAST_ROWS = 3_000
MOST_SECONDS = 1.5  # of processor time; 0.06 on an idle machine
KINDS = {"exact", "locality", "district", "province", "country"}


def test_own_rows_are_many_and_well_formed() -> None:
    rows = table("places")
    assert len(rows) >= LEAST_ROWS
    for row in rows:
        assert row["names"], row
        assert row["name_en"], row
        assert len(row["iso3"]) == 3, row
        assert row["needs"] in ("", "context"), row
        assert bool(row["lat"]) == bool(row["lon"]), row
        if row["lat"]:
            assert abs(float(row["lat"])) <= 90, row
            assert abs(float(row["lon"])) <= 180, row


def test_every_own_name_is_in_the_gazetteer() -> None:
    missing = [name for row in table("places") for name in row["names"].split("|") if named(fold(name)) is None]
    assert missing == []


def test_every_entry_has_a_known_precision_and_coordinates_on_earth() -> None:
    for name in gazetteer().names:
        for entry in (named(name) or named("مصر")).entries:  # type: ignore[union-attr]
            assert entry.precision in KINDS, entry
            assert entry.latitude is not None, entry
            assert entry.longitude is not None, entry
            assert abs(entry.latitude) <= 90, entry
            assert abs(entry.longitude) <= 180, entry


def test_own_coordinates_lie_in_their_country() -> None:
    """A row typed with latitude and longitude exchanged lands thousands of kilometres away."""
    far = set("USA RUS CAN AUS BRA CHN IDN IND FRA ESP GBR MEX COD ARG CHL NOR JPN KAZ".split())
    for name in gazetteer().names:
        for entry in (named(name) or named("مصر")).entries:  # type: ignore[union-attr]
            if entry.own and entry.country in by_country() and entry.country not in far:
                assert distance_km(entry, by_country()[entry.country]) < 2_000, entry


def test_loading_is_quick() -> None:
    gazetteer.cache_clear()
    started = time.process_time()
    gazetteer()
    assert time.process_time() - started < MOST_SECONDS


def test_distance() -> None:
    cairo, giza = named(fold("القاهرة")), named(fold("الجيزة"))
    assert cairo is not None
    assert giza is not None
    assert distance_km(cairo.entries[0], giza.entries[0]) == pytest.approx(4.5, abs=6)
    assert math.isfinite(distance_km(cairo.entries[0], cairo.entries[0]))


@pytest.mark.parametrize("word", ["الباب", "صور", "نبل", "دوما", "القصير", "اطار"])
def test_common_words_are_bound(word: str) -> None:
    places = named(word)
    assert places is None or places.bound


@pytest.mark.parametrize("word", ["دمشق", "الموصل", "خان يونس", "الحديده", "باريس"])
def test_plain_names_are_free(word: str) -> None:
    places = named(word)
    assert places is not None
    assert not places.bound


def test_a_reading_knows_clitics_classes_and_nationalities() -> None:
    assert ("وب", "الموصل") in reading("وبالموصل").names
    assert reading("بمدينه").word("head") is not None
    assert reading("السوريه").country == "SYR"
    assert reading("للعراق").names[0] == ("ل", "العراق")
    assert reading("«").noise
