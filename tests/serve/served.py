"""Serves a store on a port: run as a program by the tests that need a real server.

served.py STORE PORT
"""

from __future__ import annotations

import sys
from pathlib import Path

from rasid import store
from rasid.cli_serve import run
from rasid.serve.settings import Settings

if __name__ == "__main__":
    with store.open(Path(sys.argv[1])) as opened:
        run(opened, Settings(port=int(sys.argv[2]), reviewer="Mona"))
