#!/usr/bin/env python3
"""Exact-entity F1 of the entity model on ANERcorp's test split, as the field reports it, and its cost.

    eval/ner.py ANERCORP_TEST.txt [--articles NEWS.jsonl …]

Three finders: the tables alone, the model with the tables' hits hidden, and the model as shipped. An entity counts
when first word, last word and kind are right; words and tags are those of the data set. ``--articles`` reads articles
too, and tells the milliseconds that the model takes for 400 words and the names it adds to the tables'.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from rasid import pipeline, read
from rasid.names import ner
from rasid.names.entries import Sort
from rasid.names.matching import match
from rasid.names.ner_tags import ANER
from rasid.records import Article
from training.ner_data import Words, carrier, columns, f1

_SORTS = {
    Sort.COUNTRY: "LOC",
    Sort.CAPITAL: "LOC",
    Sort.SEAT: "LOC",
    Sort.PLACE: "LOC",
    Sort.GROUP: "ORG",
    Sort.MEDIA: "ORG",
    Sort.PERSON: "PERS",
    Sort.GIVEN: "PERS",
    Sort.DEMONYM: "MISC",
}
_WARM_UP = 8


def by_model(sentences: Sequence[Words], *, tables: bool) -> list[list[str]]:
    """Tags of the model for the words of each sentence."""
    model = ner.shipped()
    scored = model.score([sentence.tokens for sentence in sentences], tables=tables)
    found = []
    for sentence, one in zip(sentences, scored, strict=True):
        chosen = [at for at in carrier(sentence) if at >= 0]
        found.append([ANER.tags[row] for row in model.tags(one.names[chosen], ANER)])
    return found


def by_tables(sentences: Sequence[Words]) -> list[list[str]]:
    """Tags by the longest table hits."""
    return [_tabled(sentence) for sentence in sentences]


def _tabled(sentence: Words) -> list[str]:
    tags = ["O"] * len(sentence.words)
    for hit in match(sentence.tokens):
        kind = _SORTS.get(hit.entry.sort)
        if kind and not hit.entry.doubtful:
            owners = sorted({sentence.owner[at] for at in range(hit.first, hit.last + 1)})
            for number, owner in enumerate(owners):
                tags[owner] = f"{'I' if number else 'B'}-{kind}"
    return tags


def cost(articles: Sequence[Article]) -> Iterator[str]:
    """What the stage takes and adds."""
    documents = pipeline.before_events(articles)
    for document in documents[:_WARM_UP]:
        ner.stage(document)
    begun = time.process_time()
    found = [ner.unlisted(document) for document in documents]
    spent = time.process_time() - begun
    words = sum(len(article.text.split()) for article in articles)
    kinds = Counter(mention.kind.value for mentions in found for mention in mentions)
    yield f"{1000 * spent / words * 400:.1f} ms for 400 words, {len(articles)} articles"
    yield f"added: {dict(kinds)}; named by the tables: {sum(len(document.mentions or ()) for document in documents)}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("test", type=Path)
    parser.add_argument("--articles", nargs="*", default=[])
    args = parser.parse_args()
    sentences = columns(args.test)
    if not sentences:
        print(f"{args.test} holds no sentences", file=sys.stderr)
        return 2
    print("finder", "all", *ANER.kinds, sep="\t")
    for name, tags in (
        ("tables", by_tables(sentences)),
        ("model, tables hidden", by_model(sentences, tables=False)),
        ("model", by_model(sentences, tables=True)),
    ):
        print(name, *(f"{value:.1f}" for value in f1(sentences, tags).values()), sep="\t")
    if args.articles:
        articles = [item for item in read.articles(args.articles) if isinstance(item, Article)]
        for line in cost(articles):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
