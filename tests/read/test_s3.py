"""s3:// through its own driver, against a local server that speaks the protocol."""

import gzip
import json

import pytest

from rasid.read import articles
from rasid.records import Article, Rejected
from tests.watch.server import BODY

boto3 = pytest.importorskip("boto3")
s3fs = pytest.importorskip("s3fs")
moto = pytest.importorskip("moto.server")


@pytest.fixture(scope="module")
def endpoint():
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(endpoint, monkeypatch):
    settings = {"AWS_ACCESS_KEY_ID": "made-up", "AWS_SECRET_ACCESS_KEY": "made-up", "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in {**settings, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()  # it remembers listings
    client = boto3.client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket="news")
    yield lambda key, content: client.put_object(Bucket="news", Key=key, Body=content)
    for page in client.get_paginator("list_objects_v2").paginate(Bucket="news"):
        for held in page.get("Contents", ()):
            client.delete_object(Bucket="news", Key=held["Key"])
    client.delete_bucket(Bucket="news")


def record(n):
    return json.dumps({"id": f"r{n}", "text": f"{BODY}\n{n}"}, ensure_ascii=False)


@pytest.mark.parametrize("address", ["s3://news", "s3://news/2025", "s3://news/2025/", "s3://news/**/*.txt"])
def test_folders_and_patterns(bucket, address):
    for n in range(3):
        bucket(f"2025/0{n}/تقرير {n}.txt", f"{BODY}\n{n}".encode())
    found = list(articles([address]))
    assert [isinstance(item, Article) for item in found] == [True] * 3
    assert {item.body[-1] for item in found} == set("012")


def test_a_packed_file_is_unpacked(bucket):
    bucket("dump.jsonl.gz", gzip.compress("\n".join(record(n) for n in range(50)).encode()))
    assert [item.id for item in articles(["s3://news/dump.jsonl.gz"])] == [f"r{n}" for n in range(50)]


@pytest.mark.slow
def test_more_files_than_one_listing_names(bucket):
    for n in range(1_010):
        bucket(f"many/{n}.json", record(n).encode())
    assert len({item.id for item in articles(["s3://news/many/*.json"])}) == 1_010


@pytest.mark.parametrize("address", ["s3://news/none.txt", "s3://no-such-bucket/a.txt", "s3://no-such-bucket"])
def test_what_is_not_there_is_told_and_the_rest_is_read(bucket, address):
    bucket("a.txt", BODY.encode())
    missing, read = articles([address, "s3://news/a.txt"])
    assert isinstance(missing, Rejected)
    assert missing.source == address
    assert missing.code in ("missing", "empty")
    assert isinstance(read, Article)


def test_a_server_that_does_not_answer(bucket, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    s3fs.S3FileSystem.clear_instance_cache()
    (found,) = articles(["s3://news/a.txt"])
    assert found.code == "missing"
    assert "127.0.0.1:9" in found.reason
