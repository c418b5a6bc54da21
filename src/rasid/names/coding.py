"""From a phrase to an actor: country, sectors, name, identity (codebook, section 4)."""

from __future__ import annotations

import bisect
import functools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rasid.data import table
from rasid.names import country as countries
from rasid.names import sector
from rasid.names.act import Act
from rasid.names.article import Landscape, country_of, survey
from rasid.names.country import NONE, Question
from rasid.names.entries import Entry, Sort, Term, cells
from rasid.names.forms import bare
from rasid.names.introductions import introductions
from rasid.names.memory import Known, Memory
from rasid.names.people import FORMER, office, sectors_of
from rasid.names.reading import Reading, read
from rasid.names.romanize import romanized
from rasid.names.settling import settle
from rasid.names.variants import Near, near, nearest
from rasid.records import Actor, Document, Sentence, Token
from rasid.words.fold import fold

_SILENT = ("unknown", "amount", "thing")
# The words give a sector, but a known person's own is better.
_WEAK = ("nationality", "open:title", "open:person", "name:title", "name:person", "name:rank")
# So is that of a person whom the article introduced.
_NAMELESS = (*_SILENT, "name:title", "name:person", "name:rank")
_OPENED = ("open:title", "open:person")
_TITLES = frozenset({"title", "person", "rank"})
_NAMED = frozenset({"title", "person", "rank", "counterpart"})
_SHORTEST_NAME = 2
_LED = ("و", "ف", "ب", "ل", "ك")
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "MNC", "ISM"})


# A dual means two parties where it names two states, armies or groups (الجانبان); two persons (شخصان) are one party.
_PAIRED = frozenset({("GOV",), ("MIL",), ("REB",), ("PTY",)})


@dataclass(frozen=True, slots=True)
class _Person:
    entry: Entry
    term: Term | None


@dataclass(frozen=True, slots=True)
class Seen:
    """A phrase as far as it is understood without its surroundings' countries."""

    question: Question
    sectors: tuple[str, ...]
    person: _Person | None
    known: Known | None

    @property
    def how(self) -> str:
        """How the party is known by name: as a person of the tables, from the article, or not (blank)."""
        weak = self.question.reading.reason in (*_SILENT, *_WEAK)
        return "person" if self.person and weak else "memory" if self.known else ""


@dataclass(frozen=True, slots=True)
class _Opened:
    """What coding starts from: the article looked over, and the parties it introduces, as the ``weights`` code them."""

    document: Document
    weights: Mapping[str, float]
    land: Landscape
    memory: Memory
    readings: dict[_Span, Reading]
    spelled: dict[tuple[int, int, int], tuple[Near, ...]]
    introduced: tuple[Actor, ...]


# First and last token of a phrase, its sentence, and whether it is a source.
_Span = tuple[int, int, int, bool]
# The stages of one batch of articles (pipeline) come back to each of them; two batches are kept.
_KEPT = 32
_recent: deque[_Opened] = deque(maxlen=_KEPT)


def _opened(document: Document) -> _Opened | None:
    """What an earlier stage found in the very same sentences of the same article, with the weights in use."""
    weights = countries.in_use()
    for opened in _recent:
        if opened.document.sentences is document.sentences and opened.weights is weights:
            return opened if opened.document.article == document.article else None
    return None


def _keep(opened: _Opened) -> None:
    if opened.document.sentences:
        _recent.append(opened)


class Coder:
    """Codes the phrases of one document, in any order; what earlier phrases told is used for later ones."""

    def __init__(self, document: Document) -> None:
        opened = _opened(document)
        self.land: Landscape = opened.land if opened else survey(document)
        self.memory: Memory = opened.memory.copy() if opened else Memory()
        # Persons whose names are near to a phrase (first token, last token, sentence) that gives none of the tables'.
        self.spelled: dict[tuple[int, int, int], tuple[Near, ...]] = opened.spelled if opened else {}
        self._readings: dict[_Span, Reading] = opened.readings if opened else {}
        self.introduced: tuple[Actor, ...] = opened.introduced if opened else tuple(self._introductions())
        if opened is None:
            _keep(
                _Opened(
                    document,
                    countries.in_use(),
                    self.land,
                    self.memory.copy(),
                    self._readings,
                    self.spelled,
                    self.introduced,
                )
            )

    def _introductions(self) -> Iterator[Actor]:
        for where, hits in zip(self.land.sentences, self.land.hits, strict=True):
            for first, last in introductions(where, hits):
                yield self._introduce(first, last, where.index)

    def _introduce(self, first: int, last: int, sentence: int) -> Actor:
        seen = self.consider(first, last, sentence, act=Act())
        best = countries.rank(seen.question, self.land, self.memory)[0][1]
        country = "" if best == NONE else best
        self.learn(seen, country, seen.sectors)
        return self._actor(country, seen.sectors, seen)

    def code(self, first: int, last: int, sentence: int, *, act: Act | None = None) -> Actor:
        """The actor that tokens ``first`` to ``last`` (inclusive) of a sentence name."""
        return self.code_all(first, last, sentence, act=act)[0]

    def code_all(self, first: int, last: int, sentence: int, *, act: Act | None = None) -> tuple[Actor, ...]:
        """As :meth:`code`; two actors where the phrase means two parties (البلدان، الرئيسان الروسي والصيني)."""
        act = act or Act()
        seen = self.consider(first, last, sentence, act=act)
        ranked = [country for _, country in countries.rank(seen.question, self.land, self.memory)]
        chosen = ranked[:1]
        if states := self._two_states(first, last, sentence):
            chosen = list(states)
        elif seen.question.reading.is_pair:
            chosen = [country for country in ranked if country != NONE][:2] or chosen
        actors = tuple(self._settled(seen, "" if country == NONE else country, act) for country in chosen)
        if actors[0].sectors[:1] not in _PAIRED:
            actors = actors[:1]
        self.learn(seen, actors[0].country or "", actors[0].sectors)
        return actors

    def _two_states(self, first: int, last: int, sentence: int) -> tuple[str, ...]:
        """The states of a phrase that names two by one word (الكوريتان، زعيما الكوريتين)."""
        tokens = self.land.sentences[sentence].tokens[first : last + 1]
        return next((pair for token in tokens if (pair := state_pairs().get(token.stem))), ())

    def _settled(self, seen: Seen, country: str, act: Act) -> Actor:
        reading = seen.question.reading
        sectors = sector.settle(seen.sectors, reading, act=act, country=country, known=seen.how)
        return self._actor(country, sectors, seen)

    def told_countries(self, spans: Iterable[tuple[int, int, int]]) -> tuple[str, ...]:
        """Countries that phrases (first token, last token, sentence) name by themselves; for :attr:`Act.facing`."""
        found: dict[str, None] = {}
        for first, last, sentence in spans:
            reading = self._read(first, last, sentence)
            for hit in reading.hits[:4]:
                country = country_of(hit, self.land.published)
                if country:
                    found[country] = None
                    break
        return tuple(found)

    def tokens_of(self, start: int, end: int, sentence: int) -> tuple[int, int] | None:
        """First and last token of a sentence that the source span touches; None when it touches none."""
        if not 0 <= sentence < len(self.land.sentences):
            return None
        tokens = self.land.sentences[sentence].tokens
        first = bisect.bisect_right(tokens, start, key=_end)
        last = bisect.bisect_left(tokens, end, key=_start) - 1
        return (first, last) if first <= last else None

    def consider(self, first: int, last: int, sentence: int, *, act: Act) -> Seen:
        """What the words of a phrase and the memory of the article say, before country and sector are settled."""
        where = self.land.sentences[sentence]
        reading = self._read(first, last, sentence, source=act.side == "source")
        person = self._person(reading)
        words = _name_words(where, first, reading)
        known = self.memory.named(words) if reading.reason in _NAMELESS and person is None else None
        known = known or self._taken_up(reading, sentence, first)
        if known is None and person is None and reading.reason in (*_NAMELESS, *_OPENED):
            known = self._variant(reading, sentence, first, last, words)
        question = Question(reading, sentence, first, last, words, act, known.country if known else "")
        sectors = self._counterpart(question) or self._sectors(reading, person, known)
        return Seen(question, sectors, person, known)

    def _variant(self, reading: Reading, sentence: int, first: int, last: int, words: tuple[str, ...]) -> Known | None:
        """The person of the tables whose name the phrase gives in another spelling; remembered for its short forms."""
        question = Question(reading, sentence, first, last, words, Act())
        name = self.name_in(Seen(question, (), None, None))
        if found := near(name):
            self.spelled[first, last, sentence] = found
        entry = nearest(name)
        term = office(entry.id, self.land.published) if entry else None
        if entry is None or term is None:
            return None
        sectors = sectors_of(term, self.land.published)
        known = Known(sentence, words, "", term.country, sectors, entry.id, entry.name, entry.name_en, sure=True)
        self.memory.learn(known)
        return known

    def _counterpart(self, question: Question) -> tuple[str, ...]:
        """A counterpart (نظيره) has the sector of the post named before it in the sentence."""
        head = question.reading.head
        if head is None or head.kind != "counterpart":
            return ()
        before = (hit for hit in reversed(self.land.hits[question.sentence]) if hit.last < question.first)
        posts = (hit.entry for hit in before if hit.entry.sort is Sort.ROLE and hit.entry.kind in _TITLES)
        return next((post.sectors for post in posts if post.sectors), ())

    def learn(self, seen: Seen, country: str, sectors: tuple[str, ...]) -> None:
        """Remember a coded phrase for later ones."""
        question = seen.question
        head = question.reading.head
        entry = _entry(seen)
        name = entry.name if entry else self.name_in(seen)
        self.memory.learn(
            Known(
                question.sentence,
                question.words,
                head.name if head else "",
                country,
                sectors,
                entry.id if entry else "",
                name,
                entry.name_en if entry else romanized(name),
                sure=any(country_of(hit, self.land.published) == country for hit in question.reading.hits),
            )
        )

    def name_in(self, seen: Seen) -> str:
        """The personal name that the phrase itself gives, for one whom no table knows; blank for none."""
        question, reading = seen.question, seen.question.reading
        if reading.head is not None and reading.head.kind not in _NAMED:
            return ""
        given = {hit.first for hit in reading.hits if hit.entry.sort is Sort.GIVEN and hit.entry.kind != "particle"}
        tokens = self.land.sentences[question.sentence].tokens[question.first : question.last + 1]
        words = _name_run(tokens, sorted({*given, *reading.rest, *_particles(reading)}))
        if not given.intersection(words) or len(words) < _SHORTEST_NAME:
            return ""
        return " ".join(_without_clitic(tokens[at], at) for at in words)

    def _taken_up(self, reading: Reading, sentence: int, token: int) -> Known | None:
        """The group that a bare noun takes up (التنظيم، قادة الحركة): the last one named whose name has that noun."""
        noun = _bare_noun(reading)
        if not noun:
            return None
        for group in self.land.groups_before(sentence, token):
            if noun in group.heads:
                return Known(sentence, (), "", group.country, group.sectors, group.id, group.name, group.name_en)
        return None

    def _person(self, reading: Reading) -> _Person | None:
        for hit in reading.hits:
            if hit.entry.sort is Sort.PERSON:
                return _Person(hit.entry, office(hit.entry.id, self.land.published))
        return None

    def _actor(self, country: str, sectors: tuple[str, ...], seen: Seen) -> Actor:
        question, known = seen.question, seen.known
        where = self.land.sentences[question.sentence]
        entry, head = _entry(seen), question.reading.head
        own = "" if entry else self.name_in(seen)
        return Actor(
            start=where.tokens[question.first].start,
            end=where.tokens[question.last].end,
            text="",
            sentence=where.index,
            name=(entry.name if entry else known.name if known and known.name else own) or None,
            name_en=(entry.name_en if entry else known.name_en if known and known.name_en else romanized(own)) or None,
            id=(entry.id if entry else known.id if known else "") or None,
            title=head.name if head else None,
            country=country or None,
            sectors=sectors,
            code=written(country, sectors),
        )

    def _read(self, first: int, last: int, sentence: int, *, source: bool = False) -> Reading:
        asked = (first, last, sentence, source)
        if asked not in self._readings:
            tokens = self.land.sentences[sentence].tokens[first : last + 1]
            land = self.land
            settled = functools.partial(settle, told=land.told, day=land.published, source=source)
            self._readings[asked] = read(tokens, settled)
        return self._readings[asked]

    def _sectors(self, reading: Reading, person: _Person | None, known: Known | None) -> tuple[str, ...]:
        weak = reading.reason in (*_SILENT, *_WEAK)
        if weak and person is not None and person.term is not None:
            own = sectors_of(person.term, self.land.published)
            titled = own == FORMER and reading.sectors and reading.reason.endswith((":title", ":rank"))
            return reading.sectors if titled else own
        if known is not None and known.sectors:
            return known.sectors
        return reading.sectors


@functools.cache
def state_pairs() -> Mapping[str, tuple[str, ...]]:
    """The two states of each dual that names both."""
    rows = table("state_pairs")
    return {fold(form): tuple(cells(row["countries"])) for row in rows for form in cells(row["forms"])}


def _bare_noun(reading: Reading) -> str:
    """The one noun of a phrase, or the definite one that ends it after words that hand over to it; blank for none."""
    *before, last = reading.hits or (None,)
    if last is None or last.entry.sort is not Sort.ROLE or " " in last.entry.name or reading.rest:
        return ""
    handed = all(hit.entry.sort is Sort.ROLE and (hit.entry.opens or hit.entry.kind == "amount") for hit in before)
    return bare(fold(last.entry.name)) if not before or (handed and last.definite and not last.pronoun) else ""


def _particles(reading: Reading) -> Iterator[int]:
    return (hit.first for hit in reading.hits if hit.entry.sort is Sort.GIVEN and hit.entry.kind == "particle")


def _name_run(tokens: Sequence[Token], words: Sequence[int]) -> list[int]:
    """The last of ``words`` that stand together, up to what a conjunction adds."""
    run: list[int] = []
    for at in words:
        if run and (at != run[-1] + 1 or tokens[at].analyses[0].proclitic.startswith("و")):
            run = []
        run.append(at)
    return run


def _without_clitic(token: Token, at: int) -> str:
    led = token.analyses[0].proclitic
    return token.text[len(led) :] if not at and led in _LED else token.text


def _start(token: Token) -> int:
    return token.start


def _end(token: Token) -> int:
    return token.end


def _name_words(where: Sentence, first: int, reading: Reading) -> tuple[str, ...]:
    named = [
        at
        for hit in reading.hits
        if hit.entry.sort in (Sort.PERSON, Sort.GIVEN)
        for at in range(hit.first, hit.last + 1)
    ]
    return tuple(where.tokens[first + at].stem for at in sorted({*named, *reading.rest}))


def _entry(seen: Seen) -> Entry | None:
    """The person or group that the phrase names, if the tables know it."""
    if seen.person is not None:
        return seen.person.entry
    return next((hit.entry for hit in seen.question.reading.hits if hit.entry.sort is Sort.GROUP), None)


def written(country: str, sectors: Sequence[str]) -> str:
    """The code: country or body, then sectors; a body of states bears no GOV; blank when nothing is known."""
    if not country and not sectors:
        return ""
    if country in _BODIES and tuple(sectors) == ("GOV",):
        return country
    return (country or NONE) + "".join(sectors)


def located(sentence: Sentence, first: int, last: int) -> tuple[int, int]:
    """Source span of tokens ``first`` to ``last``, without a leading clitic other than the article."""
    tokens = sentence.tokens
    head = tokens[first]
    clitic = head.analyses[0].proclitic
    kept = clitic.removesuffix("ال").removesuffix("لل")
    cut = len(kept) if kept != clitic or not clitic.endswith(("ال", "لل")) else 0
    start = head.start + cut if head.end - head.start == len(head.fold) else head.start
    return start, tokens[last].end


def code(first: int, last: int, sentence: int, document: Document, *, act: Act | None = None) -> Actor:
    """The actor that one phrase names, for callers that ask once; :class:`Coder` is for many phrases of a document."""
    actor = Coder(document).code(first, last, sentence, act=act)
    return replace(actor, text=document.article.text[actor.start : actor.end])
