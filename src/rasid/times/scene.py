"""A document as the binding of its times looks at it: where its times and acts stand, token by token."""

from __future__ import annotations

import bisect
import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rasid.records import Document, Report, Sentence, TimeSpan, Token
from rasid.words.fold import fold

# How many sentences back a time may stand; the title and the first two sentences of the body are always looked at.
BACK = 4
_LEAD = 2
MANY = 2
_SHORT = 2
_PRESENT = ("ي", "ت", "ن")
# Letters that forms of one root differ in: long vowels and hamzas anywhere, endings of verbs and plurals.
_VOWELS = str.maketrans(dict.fromkeys("اويءئؤ"))
_ENDINGS = "تهن"
_ROOT = 3
_UNANCHORED = "unanchored"


@dataclass(frozen=True, slots=True)
class Act:
    """A report with what is asked of it again and again.

    ``first`` and ``last`` are its trigger's tokens in the sentence, ``stem`` the skeleton of its last word, ``form``
    whether the trigger is a definite noun, a verb of the present, a word with «و» or another, ``order`` how many acts
    stand before it in the sentence, ``parties`` the folded words of its actors and recipients.
    """

    report: Report
    first: int
    last: int
    stem: str
    form: str
    order: int
    parties: frozenset[str]


@dataclass(frozen=True, slots=True)
class Bound:
    """An act told before, with the time that it was given."""

    act: Act
    time: TimeSpan | None


@dataclass(frozen=True, slots=True)
class Placed:
    """A time with its first and last token in its sentence, and its number there."""

    span: TimeSpan
    first: int
    last: int
    number: int


@dataclass(frozen=True)
class Scene:
    """The sentences, the times of each and the trigger tokens of each."""

    sentences: Sequence[Sentence]
    published: datetime.date | None
    times: dict[int, list[Placed]] = field(default_factory=dict)
    triggers: dict[int, list[int]] = field(default_factory=dict)
    stems: dict[int, frozenset[str]] = field(default_factory=dict)

    def tokens(self, sentence: int) -> Sequence[Token]:
        return self.sentences[sentence].tokens

    def stems_of(self, sentence: int) -> frozenset[str]:
        """Skeletons of all words of a sentence."""
        if sentence not in self.stems:
            self.stems[sentence] = frozenset(_skeleton(token.stem) for token in self.tokens(sentence))
        return self.stems[sentence]

    def at(self, sentence: int, offset: int) -> int:
        """Number of the token of ``sentence`` that holds source offset ``offset``."""
        return max(0, bisect.bisect_right(self.tokens(sentence), offset, key=_start) - 1)

    def act(self, report: Report) -> Act:
        first = self.at(report.sentence, report.trigger.start)
        last = self.at(report.sentence, report.trigger.end - 1)
        tokens = self.tokens(report.sentence)
        order = sum(at < first for at in self.triggers.get(report.sentence, ()))
        form = _form(tokens[first])
        return Act(report, first, last, _skeleton(tokens[last].stem), form, min(MANY, order), _party_words(report))

    def candidates(self, sentence: int) -> list[Placed]:
        """Times that an event of ``sentence`` may have, in text order: its own sentence's and those of earlier ones."""
        lead = _LEAD + self.sentences[0].is_title
        seen = {*range(lead), *range(max(0, sentence - BACK), sentence + 1)}
        return [placed for at in sorted(seen) if at <= sentence for placed in self.times.get(at, ())]


def scene(document: Document, reports: Iterable[Report]) -> Scene:
    """The scene of ``document`` with the triggers of ``reports``. Times without a value are left out of it, unless
    only the publication day is missing."""
    made = Scene(document.sentences or (), document.article.published)
    for span in document.times or ():
        if span.refers and (span.edtf or span.reason == _UNANCHORED):
            here = made.times.setdefault(span.sentence, [])
            first, last = made.at(span.sentence, span.start), made.at(span.sentence, span.end - 1)
            here.append(Placed(span, first, last, len(here)))
    for report in reports:
        made.triggers.setdefault(report.sentence, []).append(made.at(report.sentence, report.trigger.start))
    return made


def _start(token: Token) -> int:
    return token.start


def _skeleton(stem: str) -> str:
    """Letters that the forms of a word share: «هجوم», «هاجمت» and «هجمات» are one; short words stay as they are."""
    bare = stem.translate(_VOWELS)
    bare = bare.rstrip(_ENDINGS) if len(bare) > _ROOT else bare
    return bare if len(bare) >= _ROOT - 1 else stem


def _form(token: Token) -> str:
    proclitic = token.analyses[0].proclitic
    if proclitic.endswith("ال"):
        return "definite"
    if token.stem.startswith(_PRESENT):
        return "present"
    return "joined" if proclitic.startswith("و") else "plain"


def _party_words(report: Report) -> frozenset[str]:
    texts = (actor.text for actor in (*report.actors, *report.recipients))
    return frozenset(word.removeprefix("ال") for text in texts for word in fold(text).split() if len(word) > _SHORT)
