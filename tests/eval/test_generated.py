"""Comparing generated files: rounding is no difference, anything else is."""

import gzip

import pytest

from eval.generated import STEPS, same

TABLE = "feature\tweight\nbase\t-0.884\nin:first\t1.667\n"


@pytest.mark.parametrize(
    ("made", "alike"),
    [
        (TABLE, True),
        (TABLE.replace("-0.884", "-0.885"), True),
        (TABLE.replace("-0.884", "-0.93"), False),
        (TABLE.replace("-0.884", "0.884"), False),
        (TABLE.replace("in:first", "in:last"), False),
        (TABLE + "new\t0.1\n", False),
    ],
)
def test_tables_of_weights(tmp_path, made, alike):
    kept, other = tmp_path / "a.tsv", tmp_path / "b.tsv"
    kept.write_text(TABLE)
    other.write_text(made)
    assert same(kept, other) is alike


def test_packed_files_are_compared_unpacked(tmp_path):
    kept, other, third = (tmp_path / f"{name}.tsv.gz" for name in "abc")
    kept.write_bytes(gzip.compress(b"word\t5\n", 9, mtime=0))
    other.write_bytes(gzip.compress(b"word\t5\n", 1, mtime=7))
    third.write_bytes(gzip.compress(b"word\t6\n", 9, mtime=0))
    assert same(kept, other)
    assert not same(kept, third)


def test_every_generated_table_is_compared(request):
    models = request.config.rootpath / "src" / "rasid"
    compared = {file for step in STEPS for file in step.files}
    found = {str(p.relative_to(models)) for p in (*models.glob("models/*.tsv"), *models.glob("data/*.gz"))}
    assert found == compared
