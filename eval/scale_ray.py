#!/usr/bin/env python3
"""Whether a Ray cluster that loses a machine and a driver comes to the result of a single process.

    eval/scale_ray.py [--articles N] [--block N] [--folder FOLDER] [--cpus LIST]

A head and two workers of one core each are started on this machine as separate processes. N articles spread over
FOLDER/*.jsonl.xz are coded by one process, then on the cluster. When a third of the blocks is committed, all processes
of one worker are killed (SIGKILL); when two thirds are, the driver is, and it is started again with the same command.
The sorted records must be the same, byte for byte; every input must be there once. Throughput is told in articles for
a second of processor time, which a busy machine changes little. The exit status is 1 when anything is amiss.
"""

from __future__ import annotations

import argparse
import functools
import itertools
import json
import lzma
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rasid.scale.dataset import Target

ROOT = Path(__file__).resolve().parent.parent
RASID = (sys.executable, "-m", "rasid.cli", "code")
TICKS = os.sysconf("SC_CLK_TCK")
POLL = 0.3
MIN_SHARE = 0.85  # of the single process's throughput per core
ENOUGH = 2_000  # articles; with fewer, the three starts of an actor weigh more than the coding


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=20_000, metavar="N")
    parser.add_argument("--block", type=int, default=100, metavar="N")
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared" / "data" / "news")
    asked = parser.parse_args()
    os.environ.setdefault("PYTHONPATH", str(ROOT / "src"))
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}  # as willing as the single process
    with tempfile.TemporaryDirectory(prefix="rasid-") as name:
        folder = Path(name)
        count = sample(asked.folder, folder / "input", asked.articles)
        single, alone = coded_alone(folder)
        print(
            f"one process    {count} articles, {alone:.1f} s of processor time, {count / alone:.1f} articles/s",
            flush=True,
        )
        with Nodes() as nodes:
            actors, drivers = coded_on(nodes, folder, asked.block, count)
        sys.exit(judged(single, folder, count, alone, actors, drivers))


def sample(source: Path, folder: Path, wanted: int) -> int:
    """The same share of every file, more of the large ones where a file is too short, written as JSONL; how many."""
    folder.mkdir()
    paths = sorted(source.glob("*.jsonl.xz"))
    sizes = {path: _lines(path) for path in paths}
    count = 0
    for left, path in zip(range(len(paths), 0, -1), sorted(paths, key=sizes.__getitem__), strict=True):
        with lzma.open(path, "rb") as lines, (folder / path.stem).open("wb") as sink:
            for line in itertools.islice(lines, -(-(wanted - count) // left)):
                sink.write(line)
                count += 1
    return count


def _lines(path: Path) -> int:
    with lzma.open(path, "rb") as lines:
        return sum(1 for _ in lines)


def coded_alone(folder: Path) -> tuple[list[bytes], float]:
    """The lines of one process, and the seconds of processor time it took."""
    out = folder / "single.jsonl"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([*RASID, str(folder / "input"), "-o", str(out)], check=True, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    with out.open("rb") as lines:
        return list(lines), after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Nodes:
    """A head without cores and two workers with one core each."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{free.getsockname()[1]}"
        self._started: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Nodes:
        port = self.address.rpartition(":")[2]
        try:
            self._start("--head", f"--port={port}", "--num-cpus=0", "--include-dashboard=false")
            _until(lambda: _answers(self.address), 60)
            for count in (1, 2):
                self.workers.append(self._start(f"--address={self.address}", "--num-cpus=1"))
                _until(functools.partial(_has_cores, self.address, count), 120)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for node in reversed(self._started):
            kill(node)

    def _start(self, *options: str) -> subprocess.Popen[bytes]:
        node = _node(*options)
        self._started.append(node)
        return node


def _node(*options: str) -> subprocess.Popen[bytes]:
    command = [str(Path(sys.executable).with_name("ray")), "start", *options, "--block"]
    command += ["--node-ip-address=127.0.0.1", "--object-store-memory=150000000", "--disable-usage-stats"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, start_new_session=True
    )


def kill(node: subprocess.Popen[bytes]) -> None:
    """All processes of a node, at once and without warning."""
    for pid in (*_below(node.pid), node.pid):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    node.wait()


def _below(pid: int) -> list[int]:
    found: list[int] = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == pid:
            found += [int(path.parent.name), *_below(int(path.parent.name))]
    return found


def _answers(address: str) -> bool:
    host, _, port = address.rpartition(":")
    with socket.socket() as wire:
        return wire.connect_ex((host, int(port))) == 0


def _has_cores(address: str, count: int) -> bool:
    code = f"import ray; ray.init('{address}', log_to_driver=False); print(ray.cluster_resources().get('CPU', 0))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stdout
    return bool(told.split()) and float(told.split()[-1]) >= count


def _until(holds: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the cluster did not come up")
        time.sleep(POLL)


def coded_on(nodes: Nodes, folder: Path, block: int, count: int) -> tuple[float, float]:
    """Codes on the cluster with both kills; seconds of processor time of the actors and of the drivers."""
    blocks = -(-count // block)
    command = [*RASID, str(folder / "input"), "--engine", "ray", "--address", nodes.address]
    command += ["--block", str(block), "-o", str(folder / "set")]
    spent = Spent()
    driver = _driver(command)
    spent.watch(driver, lambda: done(folder) >= blocks // 3)
    print(f"after {done(folder)} of {blocks} blocks: a worker with all its processes is killed", flush=True)
    kill(nodes.workers.pop())
    spent.watch(driver, lambda: done(folder) >= 2 * blocks // 3)
    print(f"after {done(folder)} of {blocks} blocks: the driver is killed and started again", flush=True)
    kill(driver)
    kept = done(folder)
    driver = _driver(command)
    spent.watch(driver, lambda: False)
    told = driver.stderr.read().decode().strip().splitlines() if driver.stderr else []
    print(f"{kept} blocks were there; the second driver says: {told[-1] if told else ''}", flush=True)
    return spent.actors, spent.drivers


def _driver(command: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)


def done(folder: Path) -> int:
    """Committed blocks."""
    return sum(path.stem != "done" for path in (folder / "set" / "_manifest").glob("*.json"))


class Spent:
    """Processor time of the actors and drivers, read from time to time while they live."""

    def __init__(self) -> None:
        self._actors: dict[int, float] = {}
        self._drivers: dict[int, float] = {}

    def watch(self, driver: subprocess.Popen[bytes], until: Callable[[], bool]) -> None:
        """Looks on until it holds or the driver has ended."""
        while driver.poll() is None and not until():
            self._drivers[driver.pid] = _seconds(driver.pid)
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                pid = int(path.parent.name)
                if _title(path).startswith(b"ray::Coder"):
                    self._actors[pid] = _seconds(pid)
            time.sleep(POLL)

    @property
    def actors(self) -> float:
        return sum(self._actors.values())

    @property
    def drivers(self) -> float:
        return sum(self._drivers.values())


def _title(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _seconds(pid: int) -> float:
    try:
        cells = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(cells[11]) + int(cells[12])) / TICKS


def judged(single: list[bytes], folder: Path, count: int, alone: float, actors: float, drivers: float) -> int:
    """Prints what came out; 0 when all is as it must be."""
    lines = list(Target(str(folder / "set")).lines())
    same = sorted(lines) == sorted(single)
    ids = {json.loads(line)["article"]["id"] for line in lines}
    whole = len(lines) == len(single) == count == len(ids)
    share = alone / actors
    print(f"cluster        {actors:.1f} s of processor time in the actors, {drivers:.1f} s in the drivers")
    print(f"records        {len(lines)}, {'the same' if same else 'NOT the same'} as of one process after sorting")
    print(f"inputs         {count}, {len(ids)} ids: {'nothing lost, nothing twice' if whole else 'NOT WHOLE'}")
    print(f"throughput     {count / actors:.1f} articles/s for each core, {100 * share:.0f} % of one process")
    return 0 if same and whole and (share >= MIN_SHARE or count < ENOUGH) else 1


if __name__ == "__main__":
    main()
