"""Made-up reports for the tests of merging."""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from rasid.merge import Days, Known, Party, Spot, Told, join
from rasid.records import Status

DAY = datetime.date(2025, 9, 9)
SIDES = ("SYRMIL", "IRQGOV", "EGYGOV", "TURMIL", "SDNREB", "LBNGOV", "YEMREB", "JORGOV")
PLACES = ("الموصل", "حلب", "درعا", "صنعاء", "الخرطوم", "بغداد", "إدلب", "عدن")
ACTS = {"ASSAULT": "قصف", "CONSULT": "لقاء", "COERCE": "اعتقال", "PROTEST": "مظاهره"}


def party(code: str, role: str = "actor") -> Party:
    return Party(role, code, None, code[:3], (code[3:],), frozenset({f"اسم{code}"}))


def words(*numbers: int) -> frozenset[str]:
    """Words that no newspaper has, one for each number."""
    return frozenset(f"كلمه{number}" for number in numbers)


def told(name: str, number: int = 0, *, day: int = 0, type_name: str = "ASSAULT", **changes: object) -> Told:
    """A report of happening ``number``: same side, place and words for the same number; ``name`` is article:event."""
    article = name.partition(":")[0]
    made = Told(
        id=name,
        article=article,
        publisher=f"paper {article}",
        published=DAY + datetime.timedelta(days=day),
        type=type_name,
        parties=(party(SIDES[number % 8]), party(SIDES[(number + 3) % 8], "recipient")),
        days=Days(DAY + datetime.timedelta(days=day), DAY + datetime.timedelta(days=day)),
        place=Spot(PLACES[number % 8], SIDES[number % 8][:3], precision="locality"),
        trigger=frozenset({ACTS.get(type_name, "قصف")}),
        near=words(*range(number * 10, number * 10 + 4)),
        words=words(*range(number * 10, number * 10 + 8)),
        story=words(*range(number * 10, number * 10 + 8)),
        sentence=0,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def planned(name: str, number: int = 0, **changes: object) -> Told:
    return told(name, number, status=Status.FUTURE, **changes)


def groups(*reports: Told, existing: tuple[Known, ...] = (), rulings: tuple[object, ...] = ()) -> set[frozenset[str]]:
    """The reports of each event that comes of joining."""
    return {frozenset(event.reports) for event in join(reports, existing, rulings)}  # type: ignore[arg-type]


def crowd(size: int, *, seed: int = 7) -> list[Told]:
    """``size`` reports over ten days, of one to five reports a happening, in two articles' styles."""
    dice = random.Random(seed)
    made: list[Told] = []
    number = 0
    while len(made) < size:
        number += 1
        kind = dice.choice(list(ACTS))
        for _ in range(dice.choice((1, 1, 1, 2, 3, 5))):
            made.append(told(f"a{len(made)}:e1", number, day=dice.randrange(10), type_name=kind))
    return made[:size]
