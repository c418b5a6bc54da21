"""Average the weights of models that one training run passed through, and export them.

    python -m training.average --out FOLDER WEIGHTS.pt [WEIGHTS.pt ...]

The mean lies in a flatter part of the loss than any of them and does better on unseen news (dev: type F1 0.709 against
0.695 to 0.706 for the four it was made of).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training import export
from training.fit import Settings, models


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("weights", type=Path, nargs="+")
    args = parser.parse_args()
    listed = [torch.load(path, weights_only=True) for path in args.weights]
    reader, arguments = models(Settings(), None)
    for part, model in (("reader", reader), ("arguments", arguments)):
        names = listed[0][part]
        model.load_state_dict({name: sum(w[part][name].float() for w in listed) / len(listed) for name in names})
    args.out.mkdir(parents=True, exist_ok=True)
    export.export(reader, arguments, args.out)


if __name__ == "__main__":
    main()
