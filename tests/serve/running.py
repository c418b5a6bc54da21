"""A desk that runs as a program of its own, on a free port of this machine."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_PROGRAM = Path(__file__).with_name("served.py")
_PATIENCE = 60.0  # seconds to start and to end, on a busy machine


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.contextmanager
def running(path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The address of a desk over the store, and its process."""
    port = free_port()
    folders = os.pathsep.join([*filter(None, [os.environ.get("PYTHONPATH")]), str(_ROOT / "src"), str(_ROOT)])
    command = [sys.executable, str(_PROGRAM), str(path), str(port)]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": folders}, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, process)
        yield address, process
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "the desk did not start"
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/v1/health", timeout=2).close()
            return
        time.sleep(0.1)
    raise AssertionError("the desk does not answer")
