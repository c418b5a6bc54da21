"""How good a coding is: coded events against gold records, by section 7 of the codebook.

A coded mention answers a gold mention of the same sentence and type whose trigger overlaps; failing that, one of the
same sentence and type. Each is used once. All figures but the first are taken on these pairs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields

from rasid.gold import GoldArticle, Judged, Party, Spot

# As far apart as two points may be and still name one place.
NEAR_KM = 25.0
_EARTH_KM = 12742.0


@dataclass
class F1:
    """Found, wrongly found, and missed."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def value(self) -> float | None:
        """F1, or None when there was nothing to find and nothing was found."""
        return 2 * self.tp / (2 * self.tp + self.fp + self.fn) if self.tp + self.fp + self.fn else None

    @property
    def precision(self) -> float:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def n(self) -> int:
        """How many there were to find."""
        return self.tp + self.fn


@dataclass
class Accuracy:
    """How many of ``n`` were right."""

    right: int = 0
    n: int = 0

    def count(self, right: bool) -> None:
        self.right += right
        self.n += 1

    @property
    def value(self) -> float | None:
        """The share that was right, or None when there was nothing to judge."""
        return self.right / self.n if self.n else None


@dataclass
class Scores:
    """Every figure of section 7, and two beyond it: ``modes`` and ``contexts``, label by label.

    ``type`` and ``end_to_end`` count mentions; the rest is taken on matched pairs.
    """

    type: F1 = field(default_factory=F1)
    end_to_end: F1 = field(default_factory=F1)
    status: Accuracy = field(default_factory=Accuracy)
    historical: Accuracy = field(default_factory=Accuracy)
    actors: F1 = field(default_factory=F1)
    recipients: F1 = field(default_factory=F1)
    country: Accuracy = field(default_factory=Accuracy)
    code: Accuracy = field(default_factory=Accuracy)
    time: Accuracy = field(default_factory=Accuracy)
    time_where_said: Accuracy = field(default_factory=Accuracy)
    place_country: Accuracy = field(default_factory=Accuracy)
    place: Accuracy = field(default_factory=Accuracy)
    attribution: F1 = field(default_factory=F1)
    counts: Accuracy = field(default_factory=Accuracy)
    modes: F1 = field(default_factory=F1)
    contexts: F1 = field(default_factory=F1)
    by_type: dict[str, F1] = field(default_factory=dict)

    def parts(self) -> Iterator[tuple[str, F1 | Accuracy]]:
        """Every figure over all types, with its name."""
        return ((item.name, getattr(self, item.name)) for item in fields(self) if item.name != "by_type")

    @property
    def type_macro_f1(self) -> float:
        """Mean F1 of the types that stand in the gold records."""
        values = [found.value or 0.0 for found in self.by_type.values() if found.n]
        return sum(values) / len(values) if values else 0.0


@dataclass(frozen=True, slots=True)
class Pairing:
    """The mentions of one article: gold with its answer, gold that was missed, coded for which there is no gold."""

    article: str
    pairs: tuple[tuple[Judged, Judged], ...]
    missed: tuple[Judged, ...]
    extra: tuple[Judged, ...]


def score(gold: Iterable[GoldArticle], coded: Mapping[str, Sequence[Judged]]) -> Scores:
    """The scores of ``coded`` (mentions by article); an article that is not in it counts as coded with nothing."""
    scores = Scores()
    for article in gold:
        _count(scores, pair(article, coded.get(article.id, ())))
    return scores


def pair(gold: GoldArticle, coded: Sequence[Judged]) -> Pairing:
    """Which coded mention answers which gold mention."""
    free = list(coded)
    answers: dict[int, Judged] = {}
    for fits in (_overlap, _same_kind):
        for number, mention in enumerate(gold.mentions):
            at = next((at for at, other in enumerate(free) if number not in answers and fits(mention, other)), None)
            if at is not None:
                answers[number] = free.pop(at)
    pairs = tuple((mention, answers[at]) for at, mention in enumerate(gold.mentions) if at in answers)
    missed = tuple(mention for number, mention in enumerate(gold.mentions) if number not in answers)
    return Pairing(gold.id, pairs, missed, tuple(free))


def _same_kind(gold: Judged, coded: Judged) -> bool:
    return gold.sentence == coded.sentence and gold.type == coded.type


def _overlap(gold: Judged, coded: Judged) -> bool:
    if not _same_kind(gold, coded) or gold.trigger is None or coded.trigger is None:
        return False
    return gold.trigger[0] < coded.trigger[1] and coded.trigger[0] < gold.trigger[1]


def _count(scores: Scores, found: Pairing) -> None:
    for gold, coded in found.pairs:
        judge(scores, gold, coded)
    for gold in found.missed:
        _type(scores, gold.type).fn += 1
    for coded in found.extra:
        _type(scores, coded.type).fp += 1
    scores.type.tp += len(found.pairs)
    scores.type.fn += len(found.missed)
    scores.type.fp += len(found.extra)
    right = sum(end_to_end(gold, coded) for gold, coded in found.pairs)
    scores.end_to_end.tp += right
    scores.end_to_end.fp += len(found.pairs) + len(found.extra) - right
    scores.end_to_end.fn += len(found.pairs) + len(found.missed) - right


def _type(scores: Scores, name: str) -> F1:
    return scores.by_type.setdefault(name, F1())


def faults(gold: Judged, coded: Judged) -> tuple[str, ...]:
    """The figures under which a coded mention falls short of its gold mention."""
    scores = Scores()
    judge(scores, gold, coded)
    return tuple(name for name, figure in scores.parts() if figure.value is not None and figure.value < 1)


def judge(scores: Scores, gold: Judged, coded: Judged) -> None:
    """Counts one matched pair under every figure taken on pairs."""
    _type(scores, gold.type).tp += 1
    scores.status.count(gold.status == coded.status)
    scores.historical.count(gold.historical == coded.historical)
    _parties(scores, scores.actors, gold.actors, coded.actors)
    _parties(scores, scores.recipients, gold.recipients, coded.recipients)
    scores.time.count(gold.edtf == coded.edtf)
    if gold.edtf:
        scores.time_where_said.count(gold.edtf == coded.edtf)
    if gold.place and gold.place.words:
        scores.place_country.count(gold.place.country == (coded.place.country if coded.place else None))
        scores.place.count(same_place(gold.place, coded.place))
    _sources(scores.attribution, gold.sources, coded.sources)
    for told, counted in zip(gold.counts, coded.counts, strict=True):
        if told is not None:
            scores.counts.count(told == counted)
    _labels(scores.modes, gold.modes, coded.modes)
    _labels(scores.contexts, gold.contexts, coded.contexts)


def _labels(figure: F1, gold: frozenset[str], coded: frozenset[str]) -> None:
    figure.tp += len(gold & coded)
    figure.fp += len(coded - gold)
    figure.fn += len(gold - coded)


def _parties(scores: Scores, role: F1, gold: Sequence[Party], coded: Sequence[Party]) -> None:
    free = list(coded)
    for party in gold:
        hit = next((other for other in free if same_phrase(party.words, other.words)), None)
        if hit is None:
            role.fn += 1
            continue
        free.remove(hit)
        role.tp += 1
        scores.country.count(party.country == hit.country)
        scores.code.count((party.country, party.sectors[:1]) == (hit.country, hit.sectors[:1]))
    role.fp += len(free)


def _sources(role: F1, gold: Sequence[Party], coded: Sequence[Party]) -> None:
    """One source is asked for; further sources that were coded cost nothing."""
    hit = any(same_phrase(wanted.words, other.words) for wanted in gold for other in coded)
    role.tp += hit
    role.fn += bool(gold) and not hit
    role.fp += bool(coded) and not hit


def end_to_end(gold: Judged, coded: Judged) -> bool:
    """Status and the countries of all actors and all recipients are right."""
    return gold.status == coded.status and all(
        sorted(str(party.country) for party in one) == sorted(str(party.country) for party in other)
        for one, other in ((gold.actors, coded.actors), (gold.recipients, coded.recipients))
    )


def same_phrase(gold: Sequence[str], coded: Sequence[str]) -> bool:
    """At least half of the gold words stand in the coded phrase, or its first word opens both; clitics are let pass."""
    if not gold or not coded:
        return False
    hits = sum(any(_same_word(word, other) for other in coded) for word in gold)
    return 2 * hits >= len(gold) or (hits > 0 and gold[0] == coded[0])


def _same_word(gold: str, coded: str) -> bool:
    return coded == gold or (coded.endswith(gold) and len(coded) - len(gold) <= 2)


def same_place(gold: Spot, coded: Spot | None) -> bool:
    """The same name, or two points at most NEAR_KM apart."""
    if coded is None:
        return False
    near = gold.point and coded.point and distance_km(gold.point, coded.point) <= NEAR_KM
    return bool(near) or same_phrase(gold.words, coded.words)


def distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Great-circle distance of two points given as latitude and longitude in degrees."""
    north, east = math.radians(one[0]), math.radians(one[1])
    other_north, other_east = math.radians(other[0]), math.radians(other[1])
    half = math.sin((other_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(other_north) * math.sin((other_east - east) / 2) ** 2
    return _EARTH_KM * math.asin(math.sqrt(min(1.0, half)))
