#!/usr/bin/env python3
"""Writes the figures now reached into README.md, between the scoreboard's marks.

    eval/scoreboard.py [--check]

--check writes nothing and fails when the figures in README.md are not those reached.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from eval.gate import FLOORS, Pinned, figures, measured, pinned, unpinned  # noqa: E402 - found beside this file

README = ROOT / "README.md"
BEGIN, END = "<!-- scoreboard -->", "<!-- /scoreboard -->"
NAMES = {
    "type": "event type, F1",
    "end_to_end": "end to end, F1",
    "status": "status, accuracy",
    "actors": "actor, F1",
    "recipients": "recipient, F1",
    "country": "country of a party, accuracy",
    "code": "country and first sector, accuracy",
    "time": "time, accuracy",
    "time_where_said": "time where one is told, accuracy",
    "place": "place, accuracy",
    "attribution": "source, F1",
}


def board(gold: Pinned) -> str:
    """The table of figures on one gold file."""
    reached = figures(measured(gold)[0])
    rows = "".join(f"| {told} | {reached[name]:.3f} |\n" for name, told in NAMES.items() if name in reached)
    return f"| on {gold.file.name} | reached |\n|---|---|\n{rows}"


def main() -> int:
    (gold,) = pinned(FLOORS)
    reason = unpinned(gold)
    if reason:
        print(reason, file=sys.stderr)
        return 1
    text = README.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    fresh = f"{head}{BEGIN}\n{board(gold)}{END}{tail}"
    if "--check" in sys.argv[1:]:
        return 0 if fresh == text else 1
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
