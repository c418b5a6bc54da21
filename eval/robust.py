#!/usr/bin/env python3
"""Codes many articles and checks what must hold for every one of them.

    eval/robust.py [--bulk N] [--folder FOLDER]

All articles of FOLDER/events/*.jsonl and N articles spread over FOLDER/news/*.jsonl.xz are coded: nothing may crash,
every record fits docs/schema/coded-1.json, every span quotes the text, and a second process, with another hash seed
and the articles in reverse order, must come to the same records.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import lzma
import os
import re
import subprocess
import sys
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs

from rasid import export, pipeline
from rasid.gold import read_gold
from rasid.records import Article

ROOT = Path(__file__).resolve().parent.parent
CHUNK = 64
SHOWN = 20
SCHEMA = ROOT / "docs" / "schema" / "coded-1.json"


def gold_articles(folder: Path) -> Iterator[Article]:
    """The articles of the gold files."""
    for path in sorted((folder / "events").glob("*.jsonl")):
        for found in read_gold(path):
            yield found.article()


def bulk_articles(folder: Path, wanted: int) -> Iterator[Article]:
    """About ``wanted`` articles, the same share of every file."""
    paths = sorted((folder / "news").glob("*.jsonl.xz"))
    share = -(-wanted // max(len(paths), 1))
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(itertools.islice(lines, share)):
                yield _article(json.loads(line), f"{path.name}:{number}")


def _article(record: Any, name: str) -> Article:
    return Article(
        id=name,
        title=record.get("title") or None,
        body=record.get("text") or "",
        publisher=record.get("publisher"),
        published=_day(record.get("published")),
    )


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None


def false_spans(found: Any, text: str) -> Iterator[str]:
    """Every stretch of a record that does not quote the text, or lies outside of it."""
    if isinstance(found, dict):
        if "start" in found and not 0 <= found["start"] <= found["end"] <= len(text):
            yield f"{found} lies outside the text"
        elif "start" in found and "text" in found and text[found["start"] : found["end"]] != found["text"]:
            yield f"{found} does not quote the text"
        found = list(found.values())
    if isinstance(found, list):
        for inner in found:
            yield from false_spans(inner, text)


def faults(article: Article, record: Any, validator: Any) -> Iterator[str]:
    """What is wrong with one record."""
    if "crash" in record:
        yield f"crashed with {record['crash']}"
        return
    yield from false_spans(record, article.text)
    for error in itertools.islice(validator.iter_errors(record), 3):
        yield f"{error.instance_path} does not fit the schema: {error.message[:160]}"


def digest(record: Any) -> str:
    return hashlib.sha256(json.dumps(record, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def coded(articles: list[Article]) -> Iterator[tuple[Article, Any]]:
    """Each article with its record, or with the error that coding it alone ends in."""
    for at in range(0, len(articles), CHUNK):
        chunk = articles[at : at + CHUNK]
        try:
            yield from zip(chunk, _records(chunk), strict=True)
        except Exception:  # noqa: BLE001 - whatever it is, the article that causes it is looked for and named
            for article in chunk:
                yield article, _alone(article)


def _records(articles: list[Article]) -> list[Any]:
    return [json.loads(json.dumps(export.coded(document))) for document in pipeline.code(articles)]


def _alone(article: Article) -> Any:
    try:
        return _records([article])[0]
    except Exception as error:  # noqa: BLE001 - it is reported as a fault of this article
        where = traceback.extract_tb(error.__traceback__)[-1]
        return {"crash": f"{error!r} in {Path(where.filename).name}, line {where.lineno}"}


def again(arguments: argparse.Namespace) -> dict[str, str]:
    """The digests that another process comes to."""
    command = [sys.executable, __file__, "--again", "--bulk", str(arguments.bulk), "--folder", str(arguments.folder)]
    environment = {**os.environ, "PYTHONHASHSEED": "12345"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        sys.exit(f"the second process failed:\n{done.stderr}")
    found: dict[str, str] = json.loads(done.stdout)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bulk", type=int, default=2000, metavar="N", help="articles of bulk news")
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--again", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    articles = [*gold_articles(arguments.folder), *bulk_articles(arguments.folder, arguments.bulk)]
    if arguments.again:
        print(json.dumps({article.id: digest(record) for article, record in coded(articles[::-1])}))
        return 0
    with ThreadPoolExecutor(1) as pool:
        second = pool.submit(again, arguments)
        wrong, digests = check(articles)
        others = second.result()
    wrong += [f"{name}: another record on the second run" for name in digests if digests[name] != others.get(name)]
    for line in wrong[:SHOWN]:
        print(line)
    if len(wrong) > SHOWN:
        print(f"and {len(wrong) - SHOWN} more; by kind:")
        kinds = Counter(re.sub(r"^[^ ]*: |[0-9]+", "", line)[:90] for line in wrong)
        for kind, count in kinds.most_common(10):
            print(f"{count:7} {kind}")
    print(f"{len(articles)} articles, {len(wrong)} faults")
    return 1 if wrong or not articles else 0


def check(articles: list[Article]) -> tuple[list[str], dict[str, str]]:
    """Faults of the first run, and its digests by article."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    # The whole schema is a choice of two, and would only say that neither fits; here every record must be a coded one.
    validator = jsonschema_rs.Draft202012Validator({"$ref": "#/$defs/coded", "$defs": schema["$defs"]})
    wrong, digests = [], {}
    for article, record in coded(articles):
        wrong += [f"{article.id}: {fault}" for fault in faults(article, record, validator)]
        digests[article.id] = digest(record)
    return wrong, digests


if __name__ == "__main__":
    sys.exit(main())
