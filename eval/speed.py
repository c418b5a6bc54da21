#!/usr/bin/env python3
"""Articles and words a second on one core, and where the time goes.

    eval/speed.py [PATH ...]

Without a path, the sample news is coded over and over for ten seconds. The first round, in which tables and models
are loaded, is told apart.
"""

from __future__ import annotations

import argparse
import time

from rasid import pipeline, read
from rasid.demo import NEWS
from rasid.records import Article

SECONDS = 10.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(NEWS)])
    articles = [item for item in read.articles(parser.parse_args().paths) if isinstance(item, Article)]
    words = sum(len(article.text.split()) for article in articles)
    begun = time.perf_counter()
    for _ in pipeline.code(articles):
        pass
    print(f"first round  {time.perf_counter() - begun:8.2f} s for {len(articles)} articles, loading included")
    rounds, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        for _ in pipeline.code(articles):
            pass
        rounds += 1
    taken = time.perf_counter() - begun
    print(f"then         {rounds * len(articles) / taken:8.1f} articles/s, {rounds * words / taken:10.0f} words/s")


if __name__ == "__main__":
    main()
