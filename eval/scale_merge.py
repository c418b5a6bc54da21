#!/usr/bin/env python3
"""Whether merging a data set part by part comes to the events of one process, and what each step costs.

    eval/scale_merge.py [--articles N] [--part N] [--folder FOLDER] [--set DATASET]

N articles spread over FOLDER/*.jsonl.xz are coded into a data set (or DATASET is taken as it is), merged part by part
in this process, and all their reports are joined at once (rasid.merge.join). Events, members, scores and reasons must
be the same. The exit status is 1 when they are not.
"""

from __future__ import annotations

import argparse
import collections
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scale_ray import RASID, sample

from rasid import merge
from rasid.records import Article
from rasid.scale import labour
from rasid.scale.area import Area
from rasid.scale.dataset import Target
from rasid.scale.merging import Merged, Now, merge_set
from rasid.store.rows import dumped

ROOT = Path(__file__).resolve().parent.parent
Row = tuple[str, str, float, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2_000, metavar="N")
    parser.add_argument("--part", type=int, default=1_000, metavar="N")
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "data" / "news")
    parser.add_argument("--set", metavar="DATASET")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rasid-") as name:
        address = asked.set or _coded(Path(name), asked.folder, asked.articles)
        made = merged(address, asked.part)
        sys.exit(0 if same(of_set(address, made), at_once(address)) else 1)


def _coded(folder: Path, source: Path, articles: int) -> str:
    sample(source, folder / "input", articles)
    address = str(folder / "set")
    command = [*RASID, str(folder / "input"), "--engine", "local", "--block", "200", "-o", address]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return address


def merged(address: str, part: int) -> Merged:
    """Merges, and prints the processor time of each step."""
    Area(address).remove("merged")
    spent: collections.defaultdict[str, float] = collections.defaultdict(float)
    begun = last = time.process_time()

    def told(now: Now) -> None:
        nonlocal last
        spent[now.step] += time.process_time() - last
        last = time.process_time()

    made = merge_set(address, labour.local, size=part, told=told)
    whole = time.process_time() - begun
    steps = ", ".join(f"{step} {seconds:.1f}" for step, seconds in spent.items())
    print(
        f"in parts       {made.reports} reports of {made.articles} articles, {made.events} events, {made.links} links"
    )
    print(f"               {whole:.1f} s of processor time ({steps}), {1000 * whole / made.reports:.1f} ms a report")
    return made


def of_set(address: str, made: Merged) -> list[Row]:
    """Events, members, scores and reasons in the data set."""
    paths = [path for path in made.files if path.startswith("merged/merges/")]
    return sorted(Area(address).query("SELECT event, report, score, reasons FROM {files}", paths))


def at_once(address: str) -> list[Row]:
    """The same, of all reports joined in one process."""
    paths = [path for block in Target(address).blocks() for path in block.paths("articles")]
    rows = Area(address).query("SELECT id, title, body, coded FROM {files} WHERE rejected_code IS NULL", paths)
    begun = time.process_time()
    told = [
        report
        for name, title, body, coded in rows
        for report in merge.from_coded(json.loads(coded), Article(name, title, body).text)
    ]
    joined = merge.join(told)
    print(f"at once        {time.process_time() - begun:.1f} s of processor time")
    return sorted((event.id, one.report, one.score, dumped(one.reasons)) for event in joined for one in event.members)


def same(found: list[Row], known: list[Row]) -> bool:
    """Prints whether they are equal, and how large the largest event is."""
    sizes = collections.Counter(event for event, *_ in known)
    verdict = "the same" if found == known else "NOT the same"
    print(f"events         {verdict}; the largest has {max(sizes.values())} reports")
    return found == known


if __name__ == "__main__":
    main()
