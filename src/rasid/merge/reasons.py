"""Why a report is in its event, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rasid.merge.compare import FEATURES, repeats, shared_rare_words, vector
from rasid.merge.profile import Profile
from rasid.merge.tallies import Range

_STRONG = 0.3  # shares and cosines below this are no reason to show
_SAID = {
    "same mode": "the same mode ({modes})",
    "same actor id": "the same known actor ({actor_ids})",
    "same actor code": "the same actor ({actor_codes})",
    "actor code fits": "actors that fit ({actor_pair})",
    "same recipient id": "the same known recipient ({recipient_ids})",
    "same recipient code": "the same recipient ({recipient_codes})",
    "recipient code fits": "recipients that fit ({recipient_pair})",
    "any name": "names in common ({names})",
    "crossed": "the same two sides, each told first once",
    "same day": "the same day ({day})",
    "same place": "the same place ({place})",
    "place within": "one place lies in the other",
    "place near": "places near each other",
    "same toll": "the same toll ({toll})",
    "toll fits": "tolls that can both be right",
    "same trigger": "the same word for the act ({trigger})",
    "same act": "words for the same kind of act ({acts})",
    "story": "articles that open alike",
    "one happening": "the article counts both as one happening",
}
_REPEATED = "one article repeats the other"
ALONE = ("no other report tells of it",)
RULED = "a person ruled that they belong together"


def reasons(a: Profile, b: Profile) -> tuple[str, ...]:
    """What ``a`` and ``b`` have in common, in plain words, with the report that was compared first."""
    values = dict(zip(FEATURES, vector(a, b), strict=True))
    told = [f"compared with {b.told.id}", *([_REPEATED] if repeats(a, b) else []), _types(a, b)]
    told += [said.format_map(_filled(a, b)) for name, said in _SAID.items() if values[name] >= _STRONG]
    words = shared_rare_words(a, b)
    return (*told, *([f"rare words in common ({_listed(words)})"] if words else []))


def _types(a: Profile, b: Profile) -> str:
    first, second = sorted((a.told.type, b.told.type))
    return f"both are {first}" if first == second else f"types that one act is told as ({first}, {second})"


def _filled(a: Profile, b: Profile) -> dict[str, str]:
    """What the sentences of ``_SAID`` name."""
    return {
        "modes": _listed(set(a.told.modes) & set(b.told.modes)),
        "actor_ids": _listed(a.actors.ids & b.actors.ids),
        "actor_codes": _listed(a.actors.codes & b.actors.codes),
        "actor_pair": _listed(a.actors.codes | b.actors.codes),
        "recipient_ids": _listed(a.recipients.ids & b.recipients.ids),
        "recipient_codes": _listed(a.recipients.codes & b.recipients.codes),
        "recipient_pair": _listed(a.recipients.codes | b.recipients.codes),
        "names": _listed(a.either.words & b.either.words),
        "day": a.days.first.isoformat() if a.days else "",
        "place": a.told.place.name if a.told.place else "",
        "toll": "; ".join(_tolls(a, b)),
        "trigger": _listed(a.told.trigger & b.told.trigger),
        "acts": _listed(a.acts & b.acts),
    }


def _tolls(a: Profile, b: Profile) -> Iterator[str]:
    for name, first, second in (
        ("killed", a.killed, b.killed), ("injured", a.injured, b.injured), ("arrested", a.arrested, b.arrested)
    ):  # fmt: skip
        if first is not None and first == second:
            yield f"{name} {_number(first)}"


def _number(value: Range) -> str:
    if value.high is None:
        return f"at least {value.low}"
    return str(value.low) if value.low == value.high else f"{value.low} to {value.high}"


def _listed(words: Iterable[str]) -> str:
    return "، ".join(words if isinstance(words, tuple) else sorted(words))
