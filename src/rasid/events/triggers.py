"""Finding the words that may tell an act: every hit of ``lexicon/triggers.tsv`` in a sentence.

The lexicon proposes and overlaps freely; what is an event, and of which type, is decided later.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rasid.events.memo import PerForm
from rasid.events.triggers_compiled import lexicon
from rasid.events.triggers_lexicon import ACTIVE, ANY_VERB, NOMINAL, PASSIVE, Lexicon, Node, Reading, Row
from rasid.records import Token

# Words that may stand between two words of a phrase (شن الجيش فجرا غارة). Looked at on coded news: none loses
# a third of the phrases, four binds verbs to nouns of the next clause.
_GAP = 2
_TRAP_REACH = 2
# A verb takes only these proclitics; behind the article or a preposition the same letters are a noun.
_VERB_PROCLITICS = frozenset({"", "و", "ف", "س", "ل", "وس", "فس", "ول", "فل"})
_PERSONS = ("ي", "ت", "ن", "ا")
_CHAINS = ("وال", "بال", "فال", "كال", "ولل", "لل", "ال", "وس", "وب", "ول", "فل", "فس", "و", "ف", "ب", "ل", "س", "ك")
_PRONOUNS = ("هما", "هم", "هن", "ها", "نا", "كم", "ه", "ي")
_DAMMA = "\u064f"
_VOICES = {ACTIVE: "active", PASSIVE: "passive?", NOMINAL: "nominal"}


@dataclass(frozen=True, slots=True)
class TriggerHit:
    """A word or phrase that may tell an act.

    ``first`` and ``last`` are token indexes, both inclusive. ``weight`` in 0..1 is how often the lemma, where news
    uses it, tells an act of ``type``. ``recipient`` lists how the one acted on is attached: ``object``, ``none`` or
    a preposition. ``voice`` is ``active``, ``passive?`` (can only be read as passive) or ``nominal``; without vowels
    most passives look active.
    """

    first: int
    last: int
    type: str
    modes: tuple[str, ...]
    weight: float
    recipient: tuple[str, ...]
    voice: str
    lemma: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What a form is in the lexicon: its words, and of these the ones that are acts or begin phrases."""

    readings: tuple[Reading, ...]
    words: frozenset[int]
    acts: tuple[tuple[Reading, tuple[Row, ...]], ...]
    openings: tuple[tuple[Reading, Node], ...]


def find(tokens: Sequence[Token]) -> tuple[TriggerHit, ...]:
    """Every hit in one sentence, the longest phrases first, then from left to right; hits may overlap."""
    read = [_read(token) for token in tokens]
    said = _Said(tokens)
    hits: dict[tuple[int, int, int], TriggerHit] = {}
    for first, what in enumerate(read):
        if not what.acts and not what.openings:
            continue
        for reading, last, row in _spans(what, read, first):
            key = (first, last, row.number)
            if key not in hits and not said.trapped(row, first, last):
                hits[key] = _hit(row, first, last, _voice(reading, tokens[first]))
    return tuple(sorted(hits.values(), key=lambda hit: (hit.first - hit.last, hit.first)))


def frame_start(tokens: Sequence[Token], first: int) -> int:
    """Index of the light verb that carries the noun at ``first`` (شن هجوما), or ``first`` when there is none."""
    light = lexicon().light
    for at in range(first - 1, max(first - 2 - _GAP, -1), -1):
        if not light.isdisjoint(_read(tokens[at]).words):
            return at
    return first


def act_weight(token: Token) -> float:
    """The highest weight of an act that ``token`` may tell, as verb or noun; 0 when it tells none."""
    return max((row.weight for _, rows in _read(token).acts for row in rows), default=0.0)


def _spans(what: _Read, read: Sequence[_Read], first: int) -> Iterator[tuple[Reading, int, Row]]:
    for reading, rows in what.acts:
        for row in rows:
            yield reading, first, row
    for reading, node in what.openings:
        for last, row in _phrases(node, read, first):
            yield reading, last, row


def _phrases(node: Node, read: Sequence[_Read], first: int) -> list[tuple[int, Row]]:
    """The phrases that begin at ``first``, each with the index of its last word."""
    found: list[tuple[int, Row]] = []
    open_ends = [(node, first)]
    while open_ends:
        node, at = open_ends.pop()
        found += [(at, row) for row in node.rows]
        following = node.following
        for after in range(at + 1, min(at + 2 + _GAP, len(read)) if following else 0):
            open_ends += [(following[word], after) for word in read[after].words if word in following]
    return found


class _Said:
    """The words of one sentence, for rows that a neighbour rules out."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._folds = [token.fold for token in tokens]
        self._stems = [token.analyses[0].stem for token in tokens]

    def trapped(self, row: Row, first: int, last: int) -> bool:
        if not row.traps and not row.trap_phrases:
            return False
        near = slice(max(first - _TRAP_REACH, 0), last + 1 + _TRAP_REACH)
        folds = self._folds[near]
        if not (row.traps.isdisjoint(folds) and row.traps.isdisjoint(self._stems[near])):
            return True
        if not row.trap_phrases:
            return False
        said = f" {' '.join(folds)} "
        return any(phrase in said for phrase in row.trap_phrases)


def _hit(row: Row, first: int, last: int, voice: str) -> TriggerHit:
    return TriggerHit(first, last, row.type, row.modes, row.weight, row.recipient, voice, row.lemma)


def _voice(reading: Reading, token: Token) -> str:
    """A written damma on the first letter of a past verb tells the passive that the letters hide (قُتل)."""
    if reading.voice == ACTIVE and token.text[1:2] == _DAMMA and not token.fold.startswith(("ي", "ت", "ن")):
        return _VOICES[PASSIVE]
    return _VOICES[reading.voice]


def _look_up(token: Token) -> _Read:
    table = lexicon()
    found = _match("", token.fold, table)
    for analysis in token.analyses:
        found += _match(analysis.proclitic, analysis.stem, table)
    if not found:
        found = next(filter(None, (_match(*cut, table) for cut in _bare_cuts(token.fold))), [])
    if any(a.proclitic in _VERB_PROCLITICS and a.stem.startswith(_PERSONS) for a in token.analyses[:1]):
        found.append(Reading(ANY_VERB, ACTIVE))
    readings = tuple(dict.fromkeys(found))
    return _Read(
        readings,
        frozenset(reading.word for reading in readings),
        tuple((r, rows) for r in readings if (rows := table.words.get(str(r.word)))),
        tuple((r, node) for r in readings if (node := table.phrases.get(str(r.word)))),
    )


_read: PerForm[_Read] = PerForm(_look_up)


def _match(proclitic: str, stem: str, table: Lexicon) -> list[Reading]:
    readings = table.forms.get(stem, ())
    verbal = proclitic in _VERB_PROCLITICS
    return [r for r in readings if verbal or r.voice == NOMINAL]


def _bare_cuts(word: str) -> Iterator[tuple[str, str]]:
    """Proclitics and stems that the tokenizer does not offer because the stem is rare alone (لقائهما, قصفوها)."""
    for chain in ("", *_CHAINS):
        if not word.startswith(chain) or len(word) - len(chain) < 3:
            continue
        rest = word[len(chain) :]
        if chain:
            yield chain, rest
        for pronoun in _PRONOUNS:
            stem = rest.removesuffix(pronoun)
            if stem != rest and len(stem) >= 3:
                yield chain, stem
