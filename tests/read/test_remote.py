"""Addresses that fsspec opens, here in a file system in memory; s3:// differs in its driver alone."""

import fsspec
import pytest

from rasid.read import articles
from rasid.records import Article, Rejected
from tests.watch.server import BODY


@pytest.fixture
def bucket():
    files = fsspec.filesystem("memory")
    for n in range(3):
        files.pipe(f"/bucket/2025/{n}.txt", f"{BODY}\n{n}".encode())
    yield files
    files.rm("/bucket", recursive=True)


@pytest.mark.parametrize("address", ["memory://bucket", "memory://bucket/2025", "memory://bucket/2025/*.txt"])
def test_folders_and_patterns(bucket, address):
    found = list(articles([address]))
    assert [isinstance(item, Article) for item in found] == [True] * 3
    assert len({item.id for item in found}) == 3


def test_one_file(bucket):
    (found,) = articles(["memory://bucket/2025/1.txt"])
    assert found.body.endswith("1")


def test_nothing_there(bucket):
    (found,) = articles(["memory://bucket/2024/*.txt"])
    assert isinstance(found, Rejected)
    assert found.code in ("empty", "missing")


def test_a_protocol_without_a_driver():
    (found,) = articles(["nosuch://bucket/1.txt"])
    assert found.code == "missing"
    assert "nosuch" in found.reason


def test_a_connection_that_breaks(bucket, monkeypatch):
    class Broken:
        def read(self, size=-1):
            raise OSError("reset by peer")

        def __enter__(self):
            return self

        def __exit__(self, *_):
            return None

    monkeypatch.setattr("fsspec.core.OpenFile.open", lambda self: Broken())
    (found,) = articles(["memory://bucket/2025/1.txt"])
    assert found.code == "missing"
    assert "connection broke" in found.reason
