"""Count folded word forms of bulk news into ``src/rasid/data/words.tsv.gz`` (forms only, no text)."""

from __future__ import annotations

import collections
import gzip
import json
import lzma
import re
import sys
from pathlib import Path

from rasid.words.fold import fold

_WORD = re.compile(r"[\u0621-\u0652\u0640\u0670]+")
_MIN_COUNT = 5
_KEEP = 120_000
_OUT = Path(__file__).parents[1] / "src" / "rasid" / "data" / "words.tsv.gz"


def count(folder: Path) -> collections.Counter[str]:
    """Counts of folded Arabic words over all ``*.jsonl.xz`` of ``folder``."""
    seen: collections.Counter[str] = collections.Counter()
    for path in sorted(folder.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                seen.update(_WORD.findall(fold(f"{record.get('title') or ''} {record['text']}")))
    return seen


def main() -> int:
    seen = count(Path(sys.argv[1]))
    rows = sorted(((n, w) for w, n in seen.items() if n >= _MIN_COUNT), key=lambda row: (-row[0], row[1]))[:_KEEP]
    data = "".join(f"{word}\t{n}\n" for n, word in rows).encode("utf-8")
    _OUT.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{len(rows)} forms, {len(data)} bytes raw")
    return 0


if __name__ == "__main__":
    sys.exit(main())
