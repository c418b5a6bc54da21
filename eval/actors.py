"""How well gold argument phrases are coded: country, country with first sector, and where it goes wrong.

python -m eval.actors EVENTS/dev.jsonl [--errors]
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from eval.phrases import Phrase, considered, read_phrases
from rasid.records import Actor


@dataclass
class Tally:
    """Right answers of ``n``, and the wrong ones by class (reason of the reading, guessed code, gold code)."""

    n: int = 0
    country: int = 0
    code: int = 0
    wrong: list[tuple[str, str, str, str, str]] = field(default_factory=list)


def measure(phrases: list[Phrase]) -> Tally:
    """Code each phrase in the order given, and compare."""
    tally = Tally()
    for phrase, coder, act, seen in considered(phrases):
        actors = coder.code_all(phrase.first, phrase.last, phrase.sentence, act=act)
        _count(tally, phrase, _answer(actors, phrase), seen.question.reading.reason)
    return tally


def _answer(actors: tuple[Actor, ...], phrase: Phrase) -> Actor:
    """The coded party that answers a gold one: of two, the one of its country, else the one in its place."""
    of_country = [actor for actor in actors if (actor.country or "") == phrase.country]
    return of_country[0] if of_country else actors[min(phrase.nth, len(actors) - 1)]


def _count(tally: Tally, phrase: Phrase, actor: Actor, reason: str) -> None:
    country = (actor.country or "") == phrase.country
    code = country and actor.sectors[:1] == phrase.sectors[:1]
    tally.n += 1
    tally.country += country
    tally.code += code
    if not code:
        gold = f"{phrase.country or '---'}{''.join(phrase.sectors)}"
        tally.wrong.append(("country" if not country else "sector", reason, actor.code, gold, phrase.text))


def main(path: Path, *, errors: bool) -> None:
    """Print the figures, then the error classes."""
    tally = measure(read_phrases(path))
    print(f"{tally.n} phrases: country {tally.country / tally.n:.4f}, country + sector {tally.code / tally.n:.4f}")
    classes = Counter((kind, reason.split(":")[0]) for kind, reason, *_ in tally.wrong)
    for (kind, reason), count in classes.most_common(20):
        print(f"{count:5} {kind:8} {reason}")
    if errors:
        for row in sorted(tally.wrong):
            print("\t".join(row))


if __name__ == "__main__":
    main(Path(sys.argv[1]), errors="--errors" in sys.argv)
