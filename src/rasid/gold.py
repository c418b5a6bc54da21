"""Gold records and coded records in one shape, in which they can be compared (codebook, section 6)."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasid.errors import BrokenRecord, EncodingInput, MissingInput
from rasid.records import Article

_DROPPED = re.compile("[\u064b-\u0652\u0640]")
_FOLDED = str.maketrans("إأآٱىة", "اااايه")
_WORD = re.compile(r"\w+")
_NO_COUNTRY = "---"


@dataclass(frozen=True, slots=True)
class Party:
    """An actor, recipient or source: the folded words of its phrase, and its code taken apart."""

    words: tuple[str, ...]
    country: str | None
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: folded words, ISO3 country, latitude and longitude in degrees."""

    words: tuple[str, ...]
    country: str | None
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Judged:
    """One mention, gold or coded. ``sentence`` is the gold sentence in which the trigger starts; None when in none."""

    type: str
    status: str | None
    historical: bool
    sentence: int | None
    trigger: tuple[int, int] | None
    words: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    edtf: str | None
    place: Spot | None
    sources: tuple[Party, ...]
    counts: tuple[str | None, str | None, str | None]
    modes: frozenset[str] = frozenset()
    contexts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """A gold record: its mentions, the sentences they count by, and the text where the record carries it."""

    id: str
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[Judged, ...]
    text: str | None
    publisher: str | None
    published: datetime.date | None

    def sentence_at(self, offset: int) -> int | None:
        """Number of the sentence that holds the offset, None between sentences."""
        return next((at for at, (start, end) in enumerate(self.sentences) if start <= offset < end), None)

    def article(self) -> Article:
        """The article to be coded; its text is the record's to the letter.

        Raises BrokenRecord when the record carries no text.
        """
        if self.text is None:
            raise BrokenRecord(self.id, "the gold record carries no text; name a file of coded records as well")
        title, blank, body = self.text.partition("\n\n")
        whole = bool(blank and title and self.sentences and self.sentences[0][1] <= len(title))
        return Article(
            id=self.id,
            title=title if whole else None,
            body=body if whole else self.text,
            publisher=self.publisher,
            published=self.published,
        )


def read_gold(path: Path) -> tuple[GoldArticle, ...]:
    """The gold records of a JSONL file. Raises BrokenRecord, naming the line."""
    return tuple(_gold(record, where) for where, record in _records(path))


def read_coded(path: Path, gold: Sequence[GoldArticle]) -> Mapping[str, tuple[Judged, ...]]:
    """The mentions of coded records by article, placed in the sentences of the gold records.

    Raises BrokenRecord, naming the line.
    """
    return place_coded((record for _, record in _records(path)), gold)


def place_coded(records: Iterable[Any], gold: Sequence[GoldArticle]) -> Mapping[str, tuple[Judged, ...]]:
    """As read_coded, for coded records in memory."""
    by_id = {article.id: article for article in gold}
    placed: dict[str, tuple[Judged, ...]] = {}
    for record in records:
        article = by_id.get(str(record["article"]["id"]))
        if article is not None:
            placed[article.id] = tuple(_coded(event, article) for event in record.get("events") or ())
    return placed


def _records(path: Path) -> Iterator[tuple[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise MissingInput(str(path), f"cannot be read ({error.strerror}); check the name") from error
    except UnicodeDecodeError as error:
        raise EncodingInput(str(path), f"is not UTF-8 ({error.reason}); save it as UTF-8") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{path.name}, line {number}", _record(line, f"{path.name}, line {number}")


def _record(line: str, where: str) -> Any:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise BrokenRecord(where, f"not JSON ({error.msg}); mend or delete the line") from error
    if not isinstance(record, dict) or "article" not in record:
        raise BrokenRecord(where, "no field `article`; a gold or coded record is expected")
    return record


def _gold(record: Any, where: str) -> GoldArticle:
    try:
        sentences = tuple((int(start), int(end)) for start, end in record["sentences"])
        mentions = tuple(_judged(found, sentence=found["sentence"]) for found in record["mentions"])
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenRecord(where, f"not a gold record ({error!r}); see section 6 of the codebook") from error
    published = record.get("published")
    return GoldArticle(
        id=str(record["article"]),
        sentences=sentences,
        mentions=mentions,
        text=record.get("text"),
        publisher=record.get("publisher"),
        published=datetime.date.fromisoformat(published) if published else None,
    )


def _coded(event: Any, article: GoldArticle) -> Judged:
    start = (event.get("trigger") or {}).get("start")
    return _judged(event, sentence=None if start is None else article.sentence_at(start))


def _judged(found: Any, *, sentence: int | None) -> Judged:
    trigger, place = found.get("trigger") or {}, found.get("place") or {}
    said = found.get("attribution") or []
    return Judged(
        type=found["type"],
        status=found.get("status"),
        historical=bool(found.get("historical")),
        sentence=sentence,
        trigger=None if trigger.get("start") is None else (trigger["start"], trigger["end"]),
        words=trigger.get("text") or "",
        actors=tuple(_party(party) for party in found.get("actors") or ()),
        recipients=tuple(_party(party) for party in found.get("recipients") or ()),
        edtf=(found.get("time") or {}).get("edtf") or None,
        place=_spot(place) if place else None,
        sources=tuple(_party(one) for one in (said if isinstance(said, list) else [said]) if one.get("text")),
        counts=(_number(found, "killed"), _number(found, "injured"), _number(found, "arrested")),
        modes=frozenset(found.get("modes") or ()),
        contexts=frozenset(found.get("contexts") or ()),
    )


def _number(found: Any, name: str) -> str | None:
    value = found.get(name)
    return None if value is None else str(value)


def _party(found: Any) -> Party:
    code = found.get("code") or _NO_COUNTRY
    rest = code[3:]
    return Party(
        words=folded_words(found.get("text")),
        country=code[:3].replace(_NO_COUNTRY, "") or None,
        sectors=tuple(rest[at : at + 3] for at in range(0, len(rest), 3)),
    )


def _spot(found: Any) -> Spot:
    latitude, longitude = found.get("latitude"), found.get("longitude")
    point = None if latitude is None or longitude is None else (float(latitude), float(longitude))
    return Spot(folded_words(found.get("text")), found.get("country"), point)


def folded_words(text: str | None) -> tuple[str, ...]:
    """Words in the form in which phrases are compared: no diacritics, one form of alef, ى as ي, ة as ه."""
    return tuple(_WORD.findall(_DROPPED.sub("", text or "").translate(_FOLDED)))
