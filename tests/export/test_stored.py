"""Events of a store: whole, with all their reports, in every format."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pyarrow.parquet
import pytest

from rasid import export
from rasid.errors import OutputError
from rasid.export.columns import STORED
from rasid.export.stored import stored
from rasid.store import Store, queries
from rasid.store.filters import Filters
from tests.export.made_output import table


@pytest.mark.parametrize("form", export.STORED_FORMATS)
def test_same_bytes_every_time(exported: Callable[[str], bytes], form: str) -> None:
    assert exported(form) == exported(form) != b""


def test_a_table_for_terminals_is_no_format_of_a_store() -> None:
    with pytest.raises(OutputError, match="'table' is unknown; choose one of jsonl"):
        export.open_writer("table", io.BytesIO(), stored=True)


def test_nothing_is_lost_in_json(news: Store, exported: Callable[[str], bytes]) -> None:
    lines = [json.loads(line) for line in exported("jsonl").splitlines()]
    rows = {row["id"]: row for row in queries.events(news, Filters()).to_pylist()}
    assert {line["id"] for line in lines} == set(rows)
    for line in lines:
        row = rows[line["id"]]
        assert line["event"]["type"] == row["type"]
        assert [actor["code"] for actor in line["event"]["actors"]] == row["actors"]
        assert line["killed"] == {"low": row["killed_low"], "high": row["killed_high"]}
        assert len(line["reports"]) == row["reports"]
        for report in line["reports"]:
            coded = json.loads(queries.article(news, report["article"]["id"])["coded"][0].as_py())
            assert report["event"] in coded["events"]
            assert report["article"] == coded["article"]


def test_pages_and_limits(news: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [item.merged.id for item in stored(news, Filters()) if item.merged]
    monkeypatch.setattr("rasid.export.stored.PAGE", 2)
    assert [item.merged.id for item in stored(news, Filters()) if item.merged] == whole
    assert [item.merged.id for item in stored(news, Filters(), limit=3) if item.merged] == whole[:3]
    assert not list(stored(news, Filters(text="غرناطة")))


def test_sentence_numbers_are_the_coders(news: Store) -> None:
    raid = next(item for item in stored(news, Filters(types=("ASSAULT",))))
    assert [telling.sentence for telling in raid.merged.tellings] == [1] if raid.merged else False
    assert raid.quote({"start": raid.starts[1], "end": len(raid.text)}).startswith("قصف الجيش")


def test_csv_and_parquet_have_the_event_as_a_whole(exported: Callable[[str], bytes]) -> None:
    header, *rows = table(exported("csv"), ",")
    assert header == [column.name for column in STORED]
    raid = dict(zip(header, next(row for row in rows if "ASSAULT" in row), strict=True))
    assert (raid["sources"], raid["reports"], raid["killed_low"], raid["killed"]) == ("3", "1", "3", "3")
    found = pyarrow.parquet.read_table(pyarrow.BufferReader(exported("parquet")))
    assert found.column_names == header
    assert found["sources"].to_pylist().count(3) == 1


def test_geojson_features_follow_rfc_7946(exported: Callable[[str], bytes]) -> None:
    found = json.loads(exported("geojson"))
    assert set(found) == {"type", "features"}
    assert found["type"] == "FeatureCollection"
    assert len(found["features"]) == 4
    for feature in found["features"]:
        assert {"type", "id", "geometry", "properties"} == set(feature)
        assert feature["type"] == "Feature"
        if feature["geometry"] is not None:
            longitude, latitude = feature["geometry"]["coordinates"]
            assert feature["geometry"]["type"] == "Point"
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90
