"""From names, head words and directions to place phrases.

A phrase is what the text says of one place: «ريف حلب الجنوبي», «بلدة الباب», «العاصمة الألمانية، برلين»,
«الأراضي السورية», «شمال البلاد», «قرية كذا» with a name that no gazetteer knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rasid.places.gazetteer import Entry
from rasid.places.names import Hit, Line
from rasid.places.vocabulary import Reading, Word
from rasid.words.clitics import counts

_CAPITAL = "capital"
_ARTICLE = "ال"
_EMBASSIES = ("سفار", "قنصلي")
_WITH, _OF, _IN = "مع", "من", "في"
_BORDER = "الحدود"
# First words of names of two words, used for names that the gazetteer does not know.
_OPENERS = frozenset(
    "بيت تل دير كفر عين بني ام ابو وادي جبل راس خان بئر بير مار باب برج قصر حصن شعب بو سيدي ولد اولاد بلاد كوم شرم"
    " قره سان سانت ال عبد الشيخ القره السيد حوش قلعه نهر شط".split()
)


# Heads that a proper name nearly always follows; after the others («ميدان السينما», «طريق العودة») a word that
# bulk news has more often than _COMMON is taken for a noun. Of 60 such pairs read, 100 keeps 9 in 10 names.
_NAMED_BY_PLACES = frozenset(
    ("city", "town", "village", "province", "district", "camp", "crossing", "airport", "neighbourhood")
)
_COMMON = 100
# Heads that many things besides places have («قناة الجزيرة», «جبهة النصرة», «دولة القانون»).
_OTHER_USES = frozenset(("sea", "building", "front", "country", "embassy"))


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens ``first`` to ``last`` (exclusive) of a line; the first one stands after ``clitic``.

    Exactly one of ``hit`` (a known name), ``unknown`` (tokens of a name that is not known), ``anaphor`` (العاصمة,
    البلاد) and ``land`` (a noun with a nationality) says what the phrase is built on. ``head`` is the head word,
    ``partial`` tells of a direction or part (شمال, ريف), ``nation`` is a nationality in the phrase, ``parent`` the
    phrase that holds this one, ``beyond`` the country on the other side of a border.
    """

    first: int
    last: int
    clitic: str = ""
    hit: Hit | None = None
    unknown: str | None = None
    anaphor: Word | None = None
    land: Word | None = None
    head: Word | None = None
    partial: bool = False
    nation: str | None = None
    parent: Phrase | None = None
    beyond: Hit | None = None


def phrases(line: Line, barred: Iterable[tuple[int, int]] = (), *, forced: bool = False) -> list[Phrase]:
    """Phrases of a line from left to right. ``barred`` token ranges are parts of personal or group names.

    ``forced`` takes the whole line for a place phrase, so that no preposition is asked for.
    """
    spoken_for = list(barred)
    named: list[Phrase] = []
    for hit in line.hits:
        if not any(first <= hit.first and hit.last <= last for first, last in spoken_for):
            phrase = _around(line, hit, named[-1] if named else None)
            if _may_stand(line, phrase):
                named.append(phrase)
    taken = {at for phrase in named for at in range(phrase.first, phrase.last)}
    taken.update(at for first, last in spoken_for for at in range(first, last))
    others = _unnamed(line, named, taken, forced=forced)
    across = {phrase.last for phrase in others if phrase.beyond is not None}
    kept = [phrase for phrase in named if phrase.last not in across]
    return chained(line, sorted([*kept, *others], key=lambda phrase: phrase.first))


def _may_stand(line: Line, phrase: Phrase) -> bool:
    """False for a name that is a common word and that nothing in the phrase marks as a place."""
    assert phrase.hit is not None
    entries = phrase.hit.named.entries
    if not phrase.hit.named.bound:
        return True
    if _is_land(line, phrase):
        return False
    if phrase.nation is not None:
        return any(entry.country == phrase.nation for entry in entries)
    if phrase.head is not None:
        return phrase.head.kind not in _OTHER_USES or any(entry.kind == phrase.head.kind for entry in entries)
    if not phrase.hit.named.entries[0].own:
        return False
    acted_on = phrase.first > 0 and not phrase.clitic and line.readings[phrase.first - 1].word("act") is not None
    return phrase.partial or acted_on or is_locative(line, phrase.first, phrase.clitic)


def _is_land(line: Line, phrase: Phrase) -> bool:
    """«الشمال السوري»: not the province الشمال but a noun with a nationality."""
    after = phrase.hit.last if phrase.hit is not None else phrase.last
    noun = line.readings[after - 1].word("land")
    return noun is not None and after < len(line.readings) and line.readings[after].country is not None


def _around(line: Line, hit: Hit, before: Phrase | None) -> Phrase:
    floor = before.last if before else 0
    phrase = _leftward(line, Phrase(hit.first, hit.last, hit.clitic, hit=hit), floor)
    if before and before.head and phrase.head is None and hit.clitic == "و" and hit.first == before.last:
        phrase = replace(phrase, head=before.head)
    return _rightward(line, phrase)


def _leftward(line: Line, phrase: Phrase, floor: int) -> Phrase:
    """The phrase with head words, parts and directions before it; stops at a clitic."""
    while phrase.first > floor:
        wider = _one_left(line, phrase, floor)
        if wider is None:
            break
        phrase = wider
    return phrase


def _one_left(line: Line, phrase: Phrase, floor: int) -> Phrase | None:
    at = phrase.first - 1
    before = line.readings[at]
    if phrase.clitic in ("ل", "ولل") or line.tokens[at].fold == _OF:
        return _of_whole(line, phrase, floor)
    if phrase.clitic:
        return _joined_direction(line, phrase) if phrase.clitic == "و" and phrase.partial else None
    if phrase.partial is False and phrase.hit is not None:
        capital = _capital_before(line, phrase, floor)
        if capital is not None:
            return capital
    word = _opening(before, phrase)
    if word is None:
        return None
    if word.cls == "head" or word.cls == "anaphor":
        return replace(phrase, first=at, clitic=word.clitic, head=phrase.head or word)
    return replace(phrase, first=at, clitic=word.clitic, partial=True)


def _of_whole(line: Line, phrase: Phrase, floor: int) -> Phrase | None:
    """«الأطراف الغربية للدريهمي», «الجزء الغربي من المدينة», «أنحاء متفرقة من العراق»."""
    last = phrase.first - 1 if phrase.clitic else phrase.first - 2
    for at in (last, last - 1, last - 2):
        if at < floor:
            return None
        word = line.readings[at].word("whole")
        if word is not None:
            return replace(phrase, first=at, clitic=word.clitic, partial=True)
        if line.readings[at].word("adjective") is None and at != last:
            return None
    return None


def _opening(before: Reading, phrase: Phrase) -> Word | None:
    """The reading of a token before the phrase that widens it."""
    anaphor = before.word("anaphor")
    if anaphor is not None and anaphor.kind == _CAPITAL and phrase.hit is not None and not phrase.partial:
        return anaphor
    head, part = before.word("head"), before.word("part")
    if part is not None and (phrase.head is not None or phrase.partial or phrase.hit is None):
        head = None
    return head or part or before.word("direction")


def _joined_direction(line: Line, phrase: Phrase) -> Phrase | None:
    """«وسط وجنوب البلاد»: the direction before «و»."""
    word = line.readings[phrase.first - 1].word("direction") or line.readings[phrase.first - 1].word("part")
    return None if word is None else replace(phrase, first=phrase.first - 1, clitic=word.clitic)


def _capital_before(line: Line, phrase: Phrase, floor: int) -> Phrase | None:
    """«العاصمة الألمانية، برلين» and «المدينة العراقية الموصل»: noun, nationality, perhaps a comma, name."""
    at = phrase.first - 1
    if line.tokens[at].fold in ("،", ",") and at - 1 > floor:
        at -= 1
    nation = line.readings[at].country
    if nation is None or at - 1 < floor:
        return None
    noun = line.readings[at - 1].word("anaphor")
    if noun is None:
        return None
    return replace(phrase, first=at - 1, clitic=noun.clitic, head=noun, nation=nation)


def _rightward(line: Line, phrase: Phrase) -> Phrase:
    """The phrase with the adjectives after it (الشرقية, المحتلة, السورية)."""
    while phrase.last < len(line.readings):
        after = line.readings[phrase.last]
        adjective = after.word("adjective")
        if adjective is not None and not adjective.clitic:
            phrase = replace(phrase, last=phrase.last + 1)
        elif phrase.nation is None and _qualifies(line, after, phrase):
            phrase = replace(phrase, last=phrase.last + 1, nation=after.country)
        else:
            break
    return phrase


def _qualifies(line: Line, after: Reading, phrase: Phrase) -> bool:
    """A nationality that can describe the name itself: feminine after a bare name of a town."""
    form = after.forms[0][1]
    if after.country is None or not form.startswith(_ARTICLE):
        return False
    is_country = phrase.hit is not None and phrase.hit.named.entries[0].kind == "country"
    headed = phrase.head is not None or line.readings[phrase.first].word("head") is not None
    return not is_country and (headed or form.endswith("ه"))


def _unnamed(line: Line, named: list[Phrase], taken: set[int], *, forced: bool) -> list[Phrase]:
    found: list[Phrase] = []
    starts = {phrase.first: phrase for phrase in named}
    for at, read in enumerate(line.readings):
        if not read.words or at in taken:
            continue
        phrase = (
            _border(line, at, starts)
            or _land(line, at, taken)
            or _unknown(line, at, taken, forced=forced)
            or _anaphor(line, at, taken, forced=forced)
        )
        if phrase is not None:
            floor = max((last for last in taken if last < at), default=-1) + 1
            phrase = _leftward(line, phrase, floor)
            taken.update(range(phrase.first, phrase.last))
            found.append(phrase)
    return found


def _border(line: Line, at: int, starts: dict[int, Phrase]) -> Phrase | None:
    """«الحدود مع لبنان»: a place on this side of the border."""
    anaphor = line.readings[at].word("anaphor")
    if anaphor is None or anaphor.form != _BORDER or at + 2 >= len(line.tokens):
        return None
    middle = at + 2 if line.readings[at + 1].word("adjective") is not None else at + 1
    other = starts.get(middle + 1)
    if other is None or line.tokens[middle].fold != _WITH:
        return None
    return Phrase(at, other.last, anaphor.clitic, anaphor=anaphor, beyond=other.hit)


def _land(line: Line, at: int, taken: set[int]) -> Phrase | None:
    """«الأراضي السورية», «العاصمة التركية», «مدن إيرانية», «المياه الإقليمية اليمنية»."""
    land = line.readings[at].word("land")
    if land is None:
        return None
    last = at + 1
    while last < len(line.readings) and last - at < 3 and last not in taken:
        after = line.readings[last]
        if after.country is not None and (after.forms[0][1].startswith(_ARTICLE) == land.form.startswith(_ARTICLE)):
            beside = last + 1 < len(line.readings) and line.readings[last + 1].country is not None
            return _rightward(line, Phrase(at, last + 1 + beside, land.clitic, land=land, nation=after.country))
        if after.word("adjective") is None:
            return None
        last += 1
    return None


def _unknown(line: Line, at: int, taken: set[int], *, forced: bool) -> Phrase | None:
    """«بلدة» and the like before a word that may be a name."""
    head = line.readings[at].word("head")
    if head is None or head.kind == "country" or at + 1 >= len(line.tokens) or at + 1 in taken:
        return None
    if not _may_be_name(line, at + 1):
        return None
    told = is_locative(line, at, head.clitic) and head.kind in _NAMED_BY_PLACES
    if not forced and not told and _is_common(line.tokens[at + 1].fold):
        return None
    if not forced and not is_locative(line, at, head.clitic) and head.kind not in _NAMED_BY_PLACES:
        return None
    last = at + 2
    opener = line.tokens[at + 1].fold in _OPENERS
    if opener and last < len(line.tokens) and last not in taken and _may_be_name(line, last):
        last += 1
    name = " ".join(token.text for token in line.tokens[at + 1 : last])
    return _rightward(line, Phrase(at, last, head.clitic, unknown=name, head=head))


def _is_common(word: str) -> bool:
    return counts().get(word, 0) > _COMMON


def _may_be_name(line: Line, at: int) -> bool:
    token, read = line.tokens[at], line.readings[at]
    if len(token.fold) < 3 or not token.fold.isalpha() or read.country is not None:
        return False
    return not any(word.clitic == "" or word.cls in ("head", "locative") for word in read.words)


def _anaphor(line: Line, at: int, taken: set[int], *, forced: bool) -> Phrase | None:
    """«العاصمة», «البلاد», «المدينة» where the sentence puts them in a place's position."""
    anaphor = line.readings[at].word("anaphor")
    if anaphor is None or not (forced or is_locative(line, at, anaphor.clitic) or _is_part(line, at)):
        return None
    return _rightward(line, Phrase(at, at + 1, anaphor.clitic, anaphor=anaphor))


def _is_part(line: Line, at: int) -> bool:
    before = line.readings[at - 1] if at else None
    return before is not None and (before.word("direction") or before.word("part") or before.word("act")) is not None


def is_locative(line: Line, at: int, clitic: str) -> bool:
    """True when the token at ``at`` stands after a preposition of place, written apart or as clitic."""
    if "ب" in clitic:
        return True
    word = line.readings[at - 1].word("locative") if at else None
    return word is not None and not clitic


def chained(line: Line, found: list[Phrase]) -> list[Phrase]:
    """Phrases with containment joined: «بلدة الباب بريف حلب», «منطقة كذا جنوبي عدن», «سجن في ألمانيا»."""
    kept: list[Phrase] = []
    for phrase in found:
        while kept and _holds(line, kept[-1], phrase):
            inner = kept.pop()
            phrase = replace(inner, last=phrase.last, parent=phrase)
        kept.append(_facility(line, phrase, kept[-1].last if kept else 0))
    return kept


_COARSENESS = {"exact": 0, "locality": 1, "district": 2, "province": 3, "country": 4}


def is_embassy(word: Word) -> bool:
    """True for السفارة and القنصلية, which stand in another country than the one they are named for."""
    return word.form.removeprefix(_ARTICLE).startswith(_EMBASSIES)


def coarseness(phrase: Phrase) -> int:
    """0 (a building) to 4 (a country), by head word or by the likeliest bearer of the name."""
    if phrase.head is not None and phrase.head.precision:
        level = _COARSENESS[phrase.head.precision]
    elif phrase.hit is not None:
        level = min(_COARSENESS[entry.precision] for entry in _prominent(phrase.hit))
    elif phrase.anaphor is not None:
        level = _COARSENESS[phrase.anaphor.precision]
    else:
        level = 0 if phrase.land is not None and is_embassy(phrase.land) else 4
    return level - 1 if phrase.partial and level > 1 else level


def _prominent(hit: Hit) -> tuple[Entry, ...]:
    own = tuple(entry for entry in hit.named.entries if entry.own)
    return own or hit.named.entries


def _holds(line: Line, inner: Phrase, outer: Phrase) -> bool:
    gap = outer.first - inner.last
    if gap < 0 or coarseness(inner) >= 4 or gap > 1 or (outer.anaphor is not None and outer.parent is None and gap > 0):
        return False
    if gap == 0 and not outer.clitic:
        return outer.partial or line.readings[outer.first].word("direction") is not None
    if coarseness(outer) < coarseness(inner):
        return False
    return outer.clitic == "ب" if gap == 0 else not outer.clitic and line.tokens[inner.last].fold == _IN


def _facility(line: Line, phrase: Phrase, floor: int) -> Phrase:
    """«كنيسة في العاصمة», «سجن بألمانيا»: an unnamed building before the phrase that holds it."""
    at = phrase.first - 1 if phrase.clitic == "ب" else phrase.first - 2
    if at < floor or (phrase.clitic and phrase.clitic != "ب"):
        return phrase
    if phrase.clitic == "" and line.tokens[phrase.first - 1].fold != "في":
        return phrase
    head = line.readings[at].word("head")
    if head is None or head.precision != "exact" or phrase.unknown is not None:
        return phrase
    return replace(phrase, first=at, clitic=head.clitic, partial=True, head=phrase.head)
