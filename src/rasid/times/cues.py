"""What speaks for and against a time being that of an event: the cues that ``models/time_weights.tsv`` weighs."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterator, Sequence

from rasid.records import TimeSpan, Token
from rasid.times.scene import BACK, MANY, Act, Bound, Placed, Scene

_NEAR = (0, 1, 2, 4, 7, 11, 17, 26)
_WEEK, _YEAR = 7, 365
_COMMAS = frozenset("،,")
_LINKS = (
    ("break", frozenset('؛:."«»“”()-–')),
    ("which", frozenset({"الذي", "التي", "الذين", "اللذين", "اللتين"})),
    ("that", frozenset({"ان", "انه", "انها", "انهم", "بان", "بانه", "بانها", "لان"})),
    (
        "when",
        frozenset({"بعد", "قبل", "عندما", "حين", "حيث", "فيما", "بينما", "اثر", "عقب", "منذ", "خلال", "كما", "بعدما"}),
    ),
)
_AND = "و"
_QUOTES = frozenset('"«»“”')
_FAR = 3


def blank(scene: Scene, act: Act, earlier: Sequence[Bound]) -> Iterator[str]:
    """Cues for an event without a time."""
    report = act.report
    yield "none"
    yield f"none|{report.type}"
    yield f"none|{report.status}"
    if report.historical:
        yield "none|historical"
    if scene.sentences[report.sentence].is_title:
        yield "none|title"
    yield f"none|own={min(MANY, len(scene.times.get(report.sentence, ())))}"
    yield f"none|form={act.form}"
    yield f"none|order={act.order}"
    if _is_quoted(scene.tokens(report.sentence), act.first):
        yield "none|quoted"
    yield from (f"none|{cue}" for cue in _like(act, earlier))


def cues(scene: Scene, act: Act, earlier: Sequence[Bound], time: Placed) -> Iterator[str]:
    """Cues for ``time`` as the time of ``act``."""
    report, span = act.report, time.span
    where = "same" if span.sentence == report.sentence else "back"
    away = _away(span, scene.published)
    yield where
    yield f"{where}|precision={span.precision}"
    yield f"{where}|rule={span.rule}"
    yield f"{where}|away={away}"
    yield f"{where}|away={away}|{report.status}"
    if report.historical:
        yield f"{where}|away={away}|historical"
    yield f"{where}|{report.type}"
    yield f"{where}|form={act.form}"
    yield f"{where}|order={act.order}"
    yield from _beside(where, scene.tokens(span.sentence), time)
    yield from _here(scene, act, time) if where == "same" else _there(scene, act, earlier, time)


def _beside(where: str, tokens: Sequence[Token], time: Placed) -> Iterator[str]:
    if time.first <= 1:
        yield f"{where}|opens"
    if time.first:
        yield f"{where}|before={tokens[time.first - 1].fold}"
    if time.last + 1 < len(tokens):
        yield f"{where}|after={tokens[time.last + 1].fold}"


def _here(scene: Scene, act: Act, time: Placed) -> Iterator[str]:
    sentence = act.report.sentence
    right = act.first < time.first
    side, low, high = ("right", act.last + 1, time.first) if right else ("left", time.last + 1, act.first)
    between = scene.tokens(sentence)[low:high]
    acts = scene.triggers.get(sentence, ())
    yield f"{side}|gap={bisect.bisect_right(_NEAR, len(between))}"
    yield f"{side}|{act.report.type}"
    yield f"{side}|commas={min(MANY, sum(token.text in _COMMAS for token in between))}"
    folds = {token.fold for token in between}
    yield from (f"{side}|{name}" for name, words in _LINKS if not folds.isdisjoint(words))
    yield f"{side}|acts={min(MANY, sum(low <= at < high for at in acts))}"
    if any(token.analyses[0].proclitic.startswith(_AND) for token in between):
        yield f"{side}|and"
    own = _gap(act.first, time)
    yield f"same|nearer_acts={min(MANY, sum(_gap(at, time) < own for at in acts))}"
    nearer = sum(_distance(other, act) < _distance(time, act) for other in scene.times[sentence])
    yield f"same|nearer_times={min(MANY, nearer)}"


def _there(scene: Scene, act: Act, earlier: Sequence[Bound], time: Placed) -> Iterator[str]:
    sentence, at = act.report.sentence, time.span.sentence
    yield f"back|by={min(sentence - at, BACK + 1)}"
    yield f"back|first={scene.tokens(sentence)[0].fold}"
    if scene.sentences[at].is_title:
        yield "back|title"
    if scene.times.get(sentence):
        yield "back|own_time"
    passed = sum(len(scene.times.get(other, ())) for other in range(at + 1, sentence))
    yield f"back|passed={min(MANY, passed)}"
    yield f"back|later={min(MANY, len(scene.times[at]) - 1 - time.number)}"
    mine = [bound for bound in earlier if bound.time is not None and bound.time.start == time.span.start]
    yield f"back|bound={min(MANY, len(mine))}"
    yield from (f"back|{cue}" for cue in _like(act, mine))
    yield from (f"back|{cue}" for cue in _carried(act, earlier, mine, sentence - at))
    if act.stem in scene.stems_of(at):
        yield "back|word"


def _like(act: Act, earlier: Sequence[Bound]) -> Iterator[str]:
    """How the acts before are like this one, and whether the last of them has a time."""
    alike = [bound for bound in earlier if bound.act.report.type == act.report.type]
    party = [bound for bound in alike if bound.act.parties & act.parties]
    for name, found in (
        ("type", alike),
        ("stem", [bound for bound in earlier if bound.act.stem == act.stem]),
        ("party", party),
        ("twin", [bound for bound in party if bound.act.stem == act.stem]),
        ("here", [bound for bound in earlier if bound.act.report.sentence == act.report.sentence]),
    ):
        if found:
            yield f"{name}={'blank' if found[-1].time is None else 'dated'}"


def _carried(act: Act, earlier: Sequence[Bound], mine: Sequence[Bound], by: int) -> Iterator[str]:
    """How the last of the acts that have the time (``mine``) stands to this one, ``by`` sentences behind the time."""
    if earlier:
        last = earlier[-1]
        yield f"last={'mine' if last in mine else 'blank' if last.time is None else 'dated'}"
    if not mine:
        return
    yield f"status={'same' if mine[-1].act.report.status == act.report.status else 'other'}"
    alike = [bound for bound in mine if _is_alike(bound.act, act)]
    if alike:
        yield f"alike|by={min(by, BACK + 1)}"
        yield f"alike|{act.form}"
        yield f"alike|since={min(_FAR, act.report.sentence - alike[-1].act.report.sentence)}"


def _is_alike(one: Act, other: Act) -> bool:
    """Perhaps one happening: of one type, with a common word or party."""
    return one.report.type == other.report.type and (one.stem == other.stem or bool(one.parties & other.parties))


def _is_quoted(tokens: Sequence[Token], at: int) -> bool:
    """True inside quotation marks that opened in the sentence."""
    return bool(sum(token.text in _QUOTES for token in tokens[:at]) % 2)


def _away(span: TimeSpan, published: datetime.date | None) -> str:
    """How far the time lies from publication."""
    if published is None or span.first is None or span.last is None:
        return "unknown"
    if span.first > published:
        return "ahead"
    if span.last > published:
        return "now" if (span.last - span.first).days <= 1 else "around"
    days = (published - span.last).days + 1
    if days == 1:
        return "eve"
    return "week" if days <= _WEEK else "year" if days <= _YEAR else "past"


def _gap(at: int, time: Placed) -> int:
    return max(time.first - at, at - time.last, 0)


def _distance(time: Placed, act: Act) -> int:
    return max(time.first - act.last, act.first - time.last, 0)
