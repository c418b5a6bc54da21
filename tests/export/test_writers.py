"""Every format is written from the same record, and each says no more than the record does."""

import csv
import io
import json

import pyarrow.parquet
import pytest

from rasid import export
from rasid.errors import OutputError
from rasid.export.columns import FLAT
from rasid.records import Rejected
from tests import made


def output(form: str, *, times: int = 1) -> bytes:
    sink = io.BytesIO()
    writer = export.open_writer(form, sink)
    for _ in range(times):
        writer.write(export.written(made.document()))
    writer.reject(export.rejected(Rejected("bad", "empty", "it holds no text")))
    writer.close()
    return sink.getvalue()


def flat(form: str, delimiter: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(output(form).decode("utf-8-sig")), delimiter=delimiter))


@pytest.mark.parametrize("form", export.FORMATS)
def test_same_bytes_every_time(form: str) -> None:
    assert output(form) == output(form) != b""


def test_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(OutputError, match=r"'xml' is unknown.*jsonl.*geojson"):
        export.open_writer("xml", io.BytesIO())


def test_jsonl_keeps_rejected_inputs() -> None:
    coded, rejected = map(json.loads, output("jsonl").splitlines())
    assert coded["article"]["id"] == "made-1"
    assert rejected["rejected"]["code"] == "empty"


def test_jsonl_survives_half_a_surrogate_pair() -> None:
    sink = io.BytesIO()
    writer = export.open_writer("jsonl", sink)
    writer.reject(export.rejected(Rejected("bad\ud800", "empty", "no text")))
    assert json.loads(sink.getvalue())["article"]["id"] == "bad\ud800"


def test_csv_opens_in_excel_with_one_row_an_event() -> None:
    assert output("csv").startswith(b"\xef\xbb\xbf")
    header, first, second = flat("csv", ",")
    assert header == [column.name for column in FLAT]
    row = dict(zip(header, first, strict=True))
    assert row["actor_code"] == "SYRMIL"
    assert row["recipient_code"] == "SYRCVL; SYRCVL"
    assert row["killed"] == "3"
    assert "\n" not in row["sentence"]
    assert dict(zip(header, second, strict=True))["place_name"] == ""


def test_parquet_has_the_columns_of_the_csv_file_with_types() -> None:
    table = pyarrow.parquet.read_table(io.BytesIO(output("parquet", times=2)))
    assert table.num_rows == 4
    assert table.column_names == [column.name for column in FLAT]
    assert table["latitude"].to_pylist() == [35.9, None] * 2
    assert table["historical"].to_pylist() == [False] * 4


def test_parquet_of_nothing_has_the_columns_still() -> None:
    assert pyarrow.parquet.read_table(io.BytesIO(output("parquet", times=0))).num_columns == len(FLAT)


def test_plover_objects_use_the_manual_names() -> None:
    told, planned = map(json.loads, output("plover").splitlines())
    assert told["event"] == ["ASSAULT"]
    assert told["source"][0]["code"] == "SYR"
    assert told["source"][0]["sector"] == "MIL"
    assert told["size"] == {"dead": "3", "injured": None, "arrested": None}
    assert (told["date"], told["enddate"]) == ("2025-10-03", None)
    assert planned["event"] == ["AGREE"]
    assert planned["context"] == ["future"]
    assert (planned["date"], planned["enddate"]) == ("2025-11-01", "2025-11-30")


@pytest.mark.parametrize(("form", "columns"), [("polecat", 40), ("icews", 20), ("gdelt", 61)])
def test_flat_formats_have_their_columns_and_a_row_a_pair(form: str, columns: int) -> None:
    rows = flat(form, "\t")
    data = rows if form == "gdelt" else rows[1:]
    assert len(data) == 3
    assert {len(row) for row in rows} == {columns}


def test_a_month_is_never_written_as_a_day() -> None:
    header, *data = flat("polecat", "\t")
    assert [row[header.index("Event Date")] for row in data] == ["2025-10-03", "2025-10-03", ""]


def test_gdelt_codes_and_place() -> None:
    first = flat("gdelt", "\t")[0]
    assert first[0].isdigit()
    assert first[1:4] == ["20251003", "202510", "2025"]
    assert first[26:29] == ["194", "194", "19"]
    assert first[53] == "SY"


def test_identifiers_differ_between_rows() -> None:
    assert len({row[0] for row in flat("gdelt", "\t")}) == 3


def test_geojson_puts_longitude_first_and_null_where_no_place_is_told() -> None:
    found = json.loads(output("geojson", times=2))
    assert found["type"] == "FeatureCollection"
    assert [feature["geometry"] for feature in found["features"][:2]] == [
        {"type": "Point", "coordinates": [36.6, 35.9]},
        None,
    ]
    assert found["features"][0]["properties"]["type"] == "ASSAULT"


def test_geojson_of_nothing_is_an_empty_collection() -> None:
    assert json.loads(output("geojson", times=0)) == {"type": "FeatureCollection", "features": []}
