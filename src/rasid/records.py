"""The records that travel through the pipeline: frozen, typed, and always pointing at the source text.

Every ``start``/``end`` counts characters (Unicode code points) of ``Article.text`` as it was read, half-open:
``article.text[start:end] == text`` holds for every span of every record.
"""

from __future__ import annotations

import bisect
import dataclasses
import datetime
import enum
import hashlib
import operator
from array import array
from dataclasses import dataclass, field

_START, _END = operator.attrgetter("start"), operator.attrgetter("end")


class Status(enum.StrEnum):
    """How the act stands (CODEBOOK section 3)."""

    REPORTED = "reported"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATION = "negation"


class Stance(enum.StrEnum):
    """How the cited party stands to what it tells (CODEBOOK section 5)."""

    STATES = "states"
    CONFIRMS = "confirms"
    DENIES = "denies"
    CLAIMS = "claims"


class Kind(enum.StrEnum):
    """What a mention names."""

    PERSON = "person"
    ORGANISATION = "organisation"
    COUNTRY = "country"
    NATIONALITY = "nationality"
    ROLE = "role"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Article:
    """One piece of news as it was read. ``published`` is a calendar day in the publisher's own zone, or None.

    ``published_by`` tells how that day was found (rasid.read.DateSource), ``published_reliability`` how often a day
    found so is right (0 to 1); ``copy_of`` is the id of the earlier article that this one repeats.
    """

    id: str
    title: str | None
    body: str
    url: str | None = None
    publisher: str | None = None
    published: datetime.date | None = None
    language: str = "ar"
    published_by: str | None = None
    published_reliability: float | None = None
    copy_of: str | None = None

    @property
    def text(self) -> str:
        """Title, blank line, body; the body alone when there is no title."""
        return f"{self.title}\n\n{self.body}" if self.title else self.body

    @property
    def sha256(self) -> str:
        """Digest of ``text`` in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A stretch of the source that is kept out of coding, with a reason code (clean/boilerplate)."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Repair:
    """One change that cleaning made: what kind, and on which source characters."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph in another language or in dialect: ISO 639 code. It is flagged, not set aside."""

    start: int
    end: int
    language: str


@dataclass(frozen=True)
class Cleaned:
    """The text that later stages read, with the way back.

    ``starts[i]`` and ``ends[i]`` are the source offsets that character ``i`` of ``text`` stands for; marks that were
    dropped (diacritics, tatweel) belong to the letter before them, so that a span never cuts a letter from its marks.
    """

    text: str
    starts: array[int]
    ends: array[int]
    set_aside: tuple[SetAside, ...] = ()
    repairs: tuple[Repair, ...] = ()
    passages: tuple[Passage, ...] = ()

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Source span of the clean span ``[start, end)``; an empty span maps to an empty span."""
        if end <= start:
            at = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to cut a folded token: proclitics (و ف ب ك ل س ال), stem, enclitic pronoun."""

    proclitic: str
    stem: str
    enclitic: str = ""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark. ``text`` is the clean surface, ``fold`` its matching form, best analysis first."""

    start: int
    end: int
    text: str
    fold: str
    analyses: tuple[Analysis, ...]

    @property
    def stem(self) -> str:
        """Folded stem of the best analysis (the article ال is a proclitic)."""
        return self.analyses[0].stem


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the article; the title is sentence 0 when there is one."""

    index: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    is_title: bool = False

    def within(self, start: int, end: int) -> list[int]:
        """Numbers of the tokens that the source span ``[start, end)`` touches."""
        first = bisect.bisect_right(self.tokens, start, key=_END)
        return list(range(first, bisect.bisect_left(self.tokens, end, lo=first, key=_START)))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What decided a value: the rule or model, the source span it looked at, its score in 0..1."""

    by: str
    value: str
    start: int
    end: int
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Actor:
    """A party as the text names it, with what is known of it.

    ``code`` is country or group code, then sectors (CODEBOOK section 4); empty when nothing is known.
    ``sentence`` is the sentence the phrase stands in, which may be an earlier one than the event's.
    """

    start: int
    end: int
    text: str
    sentence: int
    name: str | None = None
    name_en: str | None = None
    id: str | None = None
    title: str | None = None
    country: str | None = None
    sectors: tuple[str, ...] = ()
    code: str = ""


# The evidence of a mention that is put together from others.
COMPOSED = "names.composing"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name, role or nationality found in the text, used by an event or not."""

    kind: Kind
    sentence: int
    actor: Actor
    evidence: Evidence | None = None

    @property
    def is_composed(self) -> bool:
        """True for title, complements and name together, whose parts are mentions as well."""
        return self.evidence is not None and self.evidence.by == COMPOSED

    @property
    def start(self) -> int:
        return self.actor.start

    @property
    def end(self) -> int:
        return self.actor.end


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A dated phrase and its value: the half-open day interval [``first``, ``last``) with a precision.

    ``edtf`` is None and ``reason`` filled when the phrase could not be anchored (no publication date).
    ``symbolic`` is the value relative to its anchor (``P-1D``) where the phrase is relative.
    """

    start: int
    end: int
    text: str
    sentence: int
    edtf: str | None
    first: datetime.date | None
    last: datetime.date | None
    precision: str
    calendar: str = "gregorian"
    anchor: str | None = None
    symbolic: str | None = None
    reason: str | None = None
    rule: str = ""
    refers: bool = True  # False for durations and sets (كل جمعة), which date nothing by themselves


@dataclass(frozen=True, slots=True)
class Place:
    """A place phrase with its resolution, or a blank with the reason.

    ``precision`` is exact, locality, district, province or country; coordinates are WGS84 degrees.
    """

    start: int
    end: int
    text: str
    sentence: int
    name: str | None = None
    name_en: str | None = None
    country: str | None = None
    admin1: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    precision: str | None = None
    reason: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who tells it. ``code`` as for an actor."""

    start: int
    end: int
    text: str
    sentence: int
    code: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Trigger:
    """The words that tell the act."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Report:
    """One event mention in one article (CODEBOOK section 1)."""

    id: str
    type: str
    modes: tuple[str, ...]
    status: Status
    historical: bool
    sentence: int
    trigger: Trigger
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    time: TimeSpan | None = None
    place: Place | None = None
    attribution: tuple[Attribution, ...] = ()
    contexts: tuple[str, ...] = ()
    killed: str | None = None
    injured: str | None = None
    arrested: str | None = None
    coref: int = 0
    confidence: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Document:
    """An article on its way through the pipeline; each stage returns a copy with its own fields filled.

    ``None`` marks a field that no stage has assigned yet.
    """

    article: Article
    cleaned: Cleaned | None = None
    sentences: tuple[Sentence, ...] | None = None
    mentions: tuple[Mention, ...] | None = None
    times: tuple[TimeSpan, ...] | None = None
    places: tuple[Place, ...] | None = None
    reports: tuple[Report, ...] | None = None

    def replace(self, **changes: object) -> Document:
        """A copy with the given fields changed."""
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]

    def sentence_at(self, offset: int) -> int:
        """Index of the sentence that holds source offset ``offset`` (the last one before it, if between two)."""
        index = 0
        for sentence in self.sentences or ():
            if sentence.start > offset:
                break
            index = sentence.index
        return index


@dataclass(frozen=True, slots=True)
class Rejected:
    """An input that could not be coded: which one, the reason code, and what to do about it."""

    id: str
    code: str
    reason: str
    source: str = field(default="")
