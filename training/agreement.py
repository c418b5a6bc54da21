"""How far two readers of the same articles agree, by the codebook's own score.

    python -m training.agreement LABELS.jsonl --other LABELS.jsonl --news FOLDER
    python -m training.agreement LABELS.jsonl --gold GOLD.jsonl

The first file is scored as a coder would be, against the other labels or against gold records. Articles that only one
of the two has are left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rasid.cli_evaluate import lines
from rasid.evaluate import score
from rasid.gold import GoldArticle, place_coded, read_gold
from training import labels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("labels", type=Path)
    parser.add_argument("--other", type=Path)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--gold", type=Path)
    args = parser.parse_args()
    if args.gold is not None:
        records = [json.loads(line) for line in args.gold.read_text(encoding="utf-8").splitlines()]
        texts = {str(record["article"]): record["text"] for record in records}
        own = list(labels.with_texts(args.labels, texts))
    else:
        records = list(labels.join(args.other, args.news))
        own = list(labels.join(args.labels, args.news))
    shared = {record["article"] for record in own} & {record["article"] for record in records}
    gold = _read([record for record in records if record["article"] in shared])
    scores = score(gold, place_coded((_as_coded(record) for record in own if record["article"] in shared), gold))
    print(f"{len(shared)} articles read by both")
    print("\n".join(lines(scores)))


def _read(records: Iterable[dict[str, Any]]) -> tuple[GoldArticle, ...]:
    with labels.filed(records) as path:
        return read_gold(path)


def _as_coded(record: dict[str, Any]) -> dict[str, Any]:
    events = [
        mention | {"attribution": [mention["attribution"]] if mention["attribution"] else []}
        for mention in record["mentions"]
    ]
    return {"article": {"id": record["article"]}, "events": events}


if __name__ == "__main__":
    main()
