"""How fast the desk answers many users at once over a large store: Overview and Events, with filters that users set.

    python eval/scale_serve.py --store /path/to/big.duckdb [--users 20] [--seconds 30]

Each user asks for a page, reads it for a second, and goes on; the filters follow a Zipf law, as users look at the same
countries and months again and again. Prints median, 95th and 99th percentile for each page, in milliseconds.
"""

from __future__ import annotations

import argparse
import random
import statistics
import threading
import time
import urllib.request
from collections import defaultdict
from pathlib import Path

from tests.serve.running import running

_THINKING = 1.0  # seconds between two pages of one user
_COUNTRIES = ("SYR", "IRQ", "YEM", "LBN", "EGY", "SDN", "LBY", "TUN", "DZA", "MAR", "JOR", "PSE")
_TYPES = ("ASSAULT", "CONSULT", "ACCUSE", "REQUEST", "PROTEST", "COERCE")


def pages() -> list[str]:
    """What users ask for, the most frequent first."""
    found = ["/", "/events"]
    found += [f"/events?country={country}" for country in _COUNTRIES]
    found += [f"/?country={country}" for country in _COUNTRIES[:4]]
    found += [f"/events?type={kind}&country={country}" for kind in _TYPES for country in _COUNTRIES[:4]]
    found += [f"/?type={kind}" for kind in _TYPES]
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30.0)
    told = parser.parse_args()
    asked = pages()
    weights = [1 / rank for rank in range(1, len(asked) + 1)]
    times: dict[str, list[float]] = defaultdict(list)
    with running(told.store) as (address, _):
        end = time.monotonic() + told.seconds

        def user(seed: int) -> None:
            chance = random.Random(seed)
            time.sleep(chance.random() * _THINKING)
            while time.monotonic() < end:
                page = chance.choices(asked, weights)[0]
                start = time.monotonic()
                with urllib.request.urlopen(address + page, timeout=60) as answer:
                    answer.read()
                times["Events" if page.startswith("/events") else "Overview"].append(time.monotonic() - start)
                time.sleep(_THINKING)

        threads = [threading.Thread(target=user, args=(seed,)) for seed in range(told.users)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    for name, values in sorted(times.items()):
        cuts = statistics.quantiles(values, n=100)
        p50, p95, p99 = (round(cuts[at - 1] * 1000) for at in (50, 95, 99))
        print(f"{name}: {len(values)} pages, median {p50} ms, p95 {p95} ms, p99 {p99} ms")


if __name__ == "__main__":
    main()
