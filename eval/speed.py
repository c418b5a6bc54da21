#!/usr/bin/env python3
"""Articles and words a second on one core, and where the time goes.

    eval/speed.py [PATH ...]

Without a path, the sample news is coded over and over for ten seconds. The first round, in which tables and models
are loaded, is told apart. What is counted is processor time of all threads, so that a busy machine does not matter.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter

from rasid import pipeline, read
from rasid.demo import NEWS
from rasid.records import Article, Document

SECONDS = 10.0
BATCH = 16


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(NEWS)])
    articles = [item for item in read.articles(parser.parse_args().paths) if isinstance(item, Article)]
    words = sum(len(article.text.split()) for article in articles)
    first = sum(coded(articles).values())
    print(f"first round {first:8.2f} s for {len(articles)} articles, loading included")
    rounds, spent = 0, Counter[str]()
    while sum(spent.values()) < SECONDS:
        spent += coded(articles)
        rounds += 1
    taken = sum(spent.values())
    print(f"then        {rounds * len(articles) / taken:8.1f} articles/s, {rounds * words / taken:8.0f} words/s")
    for name, seconds in spent.most_common():
        print(
            f"  {name:8}{1000 * seconds / (rounds * len(articles)):8.2f} ms an article, {100 * seconds / taken:5.1f} %"
        )


def coded(articles: list[Article]) -> Counter[str]:
    """Seconds that each stage takes for the articles, coded in batches as the pipeline does."""
    spent: Counter[str] = Counter()
    for at in range(0, len(articles), BATCH):
        documents = [Document(article) for article in articles[at : at + BATCH]]
        for stage in pipeline.STAGES:
            begun = time.process_time()
            documents = stage.run(documents)
            spent[stage.name] += time.process_time() - begun
    return spent


if __name__ == "__main__":
    main()
