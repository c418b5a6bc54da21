"""What speaks for and against two reports telling of one happening, as numbers and in words."""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

from rasid.merge.places import Nearness, nearness
from rasid.merge.profile import Profile, Side, weight, weight_of
from rasid.records import Status

_LITTLE, _MUCH, _TWIN = 0.12, 0.5, 0.6  # share of the words' weight
_RARE = 3.5  # weight from which a word is shown in a reason
_RAREST = 6.5
_SHOWN = 4
_WEEK = 7
_INSIDE_NONE, _ACROSS_NONE = (0.0,) * 4, (0.0,) * 5
_KINDS = (Nearness.SAME, Nearness.WITHIN, Nearness.NEAR, Nearness.APART, Nearness.ABROAD)


def vector(a: Profile, b: Profile) -> tuple[float, ...]:
    """The features of the pair in the order of ``FEATURES``; the same for (a, b) and (b, a)."""
    return tuple(itertools.chain.from_iterable(group.of(a, b) for group in GROUPS))


def shared_rare_words(a: Profile, b: Profile) -> tuple[str, ...]:
    """The heaviest words that both sentences hold, heaviest first."""
    both = sorted(a.told.words & b.told.words, key=lambda word: (-weight(word), word))
    return tuple(word for word in both[:_SHOWN] if weight(word) >= _RARE)


def _modes(a: Profile, b: Profile) -> tuple[float, float]:
    first, second = set(a.told.modes), set(b.told.modes)
    if not first or not second or a.told.type != b.told.type:
        return 0.0, 0.0
    return float(bool(first & second)), float(not first & second)


def _codes(a: Side, b: Side) -> tuple[float, float, float, float]:
    """Same known id; same code; same country with codes that fit; no country in common."""
    if not (a.codes or a.countries) or not (b.codes or b.countries):
        return 0.0, 0.0, 0.0, 0.0
    same_id = float(bool(a.ids & b.ids))
    same_code = float(bool(a.codes & b.codes))
    fits = float(not same_code and any(_fit(first, second) for first in a.codes for second in b.codes))
    return same_id, same_code, fits, float(not same_code and not fits and not same_id and not a.countries & b.countries)


def _fit(first: str, second: str) -> bool:
    """True when one code says the other's more broadly: SYR and SYRMIL, SYRGOV and SYRGOVMIL."""
    return first.startswith(second) or second.startswith(first)


def _names(a: Side, b: Side) -> tuple[float, float]:
    """Share of the lighter side's name words that both have; 1 when both have names and none in common."""
    if not a.words or not b.words:
        return 0.0, 0.0
    lighter = min(weight_of(a.words), weight_of(b.words))
    share = weight_of(a.words & b.words) / lighter
    return share, float(share == 0.0)


def _act(a: Profile, b: Profile) -> tuple[float]:
    """The same word for the act, and a party in common."""
    return (float(bool(a.told.trigger & b.told.trigger and a.either.codes & b.either.codes)),)


def _kinds_of_act(a: Profile, b: Profile) -> tuple[float, float]:
    """Words for one kind of act; for two kinds."""
    both = bool(a.acts & b.acts)
    return float(both), float(bool(a.acts and b.acts) and not both)


def _crossed(a: Profile, b: Profile) -> tuple[float]:
    """Actor and recipient change places, as host and guest do between two papers."""
    straight = a.actors.codes & b.actors.codes or a.recipients.codes & b.recipients.codes
    across = a.actors.codes & b.recipients.codes or a.recipients.codes & b.actors.codes
    return (float(bool(across) and not straight),)


def _times(a: Profile, b: Profile) -> tuple[float, ...]:
    return (*_days(a, b), *_windows(a, b), _published(a, b))


def _days(a: Profile, b: Profile) -> tuple[float, ...]:
    """Both tell when: the same day; a day off; the same longer span; spans that meet; none of these."""
    if a.told.days is None or b.told.days is None:
        return 0.0, 0.0, 0.0, 0.0, 0.0
    first, second = (a.told.days.first, a.told.days.last), (b.told.days.first, b.told.days.last)
    gap = _gap(first, second)
    fine = a.days is not None and b.days is not None
    same = first == second
    return float(fine and gap == 0), float(gap == 1), float(same and not fine), float(gap == 0), float(gap > 1)


def _windows(a: Profile, b: Profile) -> tuple[float, float, float]:
    """One tells no day: the windows do not meet; how far they lie apart, in weeks; nothing places one of them."""
    if a.told.days is not None and b.told.days is not None:
        return 0.0, 0.0, 0.0
    if a.window is None or b.window is None:
        return 0.0, 0.0, 1.0
    gap = min(_gap(a.window, b.window), _WEEK)
    return float(gap > 0), gap / _WEEK, 0.0


def _gap(a: tuple[datetime.date, datetime.date], b: tuple[datetime.date, datetime.date]) -> int:
    """Days between two intervals; 0 when they meet."""
    return max((a[0] - b[1]).days, (b[0] - a[1]).days, 0)


def _published(a: Profile, b: Profile) -> float:
    """Days between the publications, in weeks, up to one."""
    if a.told.published is None or b.told.published is None:
        return 0.5
    return min(abs((a.told.published - b.told.published).days), _WEEK) / _WEEK


def _place(a: Profile, b: Profile) -> tuple[float, ...]:
    found = nearness(a.told.place, b.told.place)
    return tuple(float(found is kind) for kind in _KINDS)


def _tolls(a: Profile, b: Profile) -> tuple[float, float, float]:
    """The same exact number above one; numbers that fit; numbers that differ."""
    pairs = [(x, y) for x, y in ((a.killed, b.killed), (a.injured, b.injured), (a.arrested, b.arrested)) if x and y]
    if not pairs:
        return 0.0, 0.0, 0.0
    same = any(x == y and x.low > 1 for x, y in pairs)
    fits = all(x.meets(y) for x, y in pairs)
    return float(same), float(fits and not same), float(not fits)


def _texts(a: Profile, b: Profile) -> tuple[float, ...]:
    """All that is reckoned from words: those close to the triggers, of the sentences, and of the articles' openings."""
    near = _cosine(weight_of(a.told.near & b.told.near), a.near_weight, b.near_weight)
    sentence = _cosine(weight_of(a.told.words & b.told.words), a.words_weight, b.words_weight)
    one = bool(a.told.trigger & b.told.trigger or a.roots & b.roots)
    if _one_text(a, b):
        same = a.told.sentence == b.told.sentence
        inside = (*_inside(near, sentence, same=same), *_ACROSS_NONE)
        return *inside, *_twins(sentence, one), 0.0, 0.0, *_held(a, b, same=same)
    story = _cosine(weight_of(a.told.story & b.told.story), a.story_weight, b.story_weight)
    across = (near, sentence, story, float(max(story, sentence) < _LITTLE), float(near > _MUCH))
    alien = near < _LITTLE
    return (
        *_INSIDE_NONE,
        *across,
        *_twins(sentence, one),
        float(alien and one),
        float(alien and not one),
        *_held(a, b, same=False),
    )


def repeats(a: Profile, b: Profile) -> bool:
    """The same report in two articles of which one repeats the other."""
    return a.told.article != b.told.article and _one_text(a, b) and _report(a) == _report(b)


def _one_text(a: Profile, b: Profile) -> bool:
    """Both stand in one article, or in copies of one: what it tells apart stays apart however often it is printed."""
    return (a.told.copy_of or a.told.article) == (b.told.copy_of or b.told.article)


def _report(a: Profile) -> tuple[object, ...]:
    return a.told.type, a.told.status, a.told.trigger, a.told.near, a.told.words


def _inside(near: float, sentence: float, *, same: bool) -> tuple[float, float, float, float]:
    """Within one article: one sentence; likeness of the words close by in it; and across two of its sentences."""
    return (1.0, near, 0.0, 0.0) if same else (0.0, 0.0, near, sentence)


def _twins(sentence: float, one: bool) -> tuple[float, float]:
    """Two sentences with most words in common: the same act, or another."""
    twin = sentence > _TWIN
    return float(twin and one), float(twin and not one)


def _held(a: Profile, b: Profile, *, same: bool) -> tuple[float, float, float]:
    """How much of the words close to the one trigger the other's sentence holds; the rarest word close to both."""
    if same:
        return 0.0, 0.0, 0.0
    first = weight_of(a.told.near & b.told.words) / a.near_weight if a.near_weight else 0.0
    second = weight_of(b.told.near & a.told.words) / b.near_weight if b.near_weight else 0.0
    rarest = max(map(weight, a.told.near & b.told.near), default=0.0)
    return max(first, second), min(first, second), rarest / _RAREST


def _cosine(shared: float, first: float, second: float) -> float:
    return shared / math.sqrt(first * second) if first and second else 0.0


def _articles(a: Profile, b: Profile) -> tuple[float, float, float]:
    """One text counts both as one happening; counts them apart; two articles of one publisher."""
    if _one_text(a, b):
        one = a.told.coref == b.told.coref != 0
        return float(one), float(not one), 0.0
    publisher = a.told.publisher is not None and a.told.publisher == b.told.publisher
    return 0.0, 0.0, float(publisher)


@dataclass(frozen=True, slots=True)
class Group:
    """Features that are reckoned together, by name."""

    names: tuple[str, ...]
    of: Callable[[Profile, Profile], tuple[float, ...]]


def _status(a: Profile, b: Profile) -> tuple[float, float, float]:
    """Another status; one planned and the other not, published on one day; the same, published on two."""
    other = a.told.status != b.told.status
    planned = (a.told.status is Status.FUTURE) != (b.told.status is Status.FUTURE)
    one = a.told.published == b.told.published
    return float(other and not planned), float(planned and one), float(planned and not one)


def _base(a: Profile, b: Profile) -> tuple[float]:
    return (1.0,)


def _kind(a: Profile, b: Profile) -> tuple[float, ...]:
    same = a.told.type == b.told.type
    return (
        float(same),
        *_modes(a, b),
        *_status(a, b),
        float(a.told.historical != b.told.historical),
        float(bool(a.told.trigger & b.told.trigger)),
        float(bool(a.roots & b.roots)),
    )


GROUPS = (
    Group(("base",), _base),
    Group(
        (
            "same type",
            "same mode",
            "other mode",
            "other status",
            "planned and done",
            "planned, done later",
            "other history",
            "same trigger",
            "same root",
        ),
        _kind,
    ),
    Group(
        ("same actor id", "same actor code", "actor code fits", "other actor"), lambda a, b: _codes(a.actors, b.actors)
    ),
    Group(
        ("same recipient id", "same recipient code", "recipient code fits", "other recipient"),
        lambda a, b: _codes(a.recipients, b.recipients),
    ),
    Group(("actor names", "no actor name"), lambda a, b: _names(a.actors, b.actors)),
    Group(("recipient names", "no recipient name"), lambda a, b: _names(a.recipients, b.recipients)),
    Group(("any name", "no name"), lambda a, b: _names(a.either, b.either)),
    Group(("any id", "any code", "any fits", "no party"), lambda a, b: _codes(a.either, b.either)),
    Group(("trigger and party",), _act),
    Group(("same act", "other act"), _kinds_of_act),
    Group(("crossed",), _crossed),
    Group(
        (
            "same day",
            "day off",
            "same span",
            "spans meet",
            "other days",
            "windows miss",
            "windows apart",
            "no window",
            "published apart",
        ),
        _times,
    ),
    Group(("same place", "place within", "place near", "place apart", "other country"), _place),
    Group(("same toll", "toll fits", "other toll"), _tolls),
    Group(
        (
            "one sentence",
            "close in sentence",
            "close in article",
            "sentence in article",
            "close",
            "sentence",
            "story",
            "other story",
            "close alike",
            "twins",
            "twins, other act",
            "aliens, same word",
            "aliens",
            "held",
            "both held",
            "rarest",
        ),
        _texts,
    ),
    Group(("one happening", "two happenings", "same publisher"), _articles),
)
FEATURES = tuple(name for group in GROUPS for name in group.names)
