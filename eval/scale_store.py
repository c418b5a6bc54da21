#!/usr/bin/env python3
"""A store of a million events, and how long it takes to merge one new day of 5,000 articles into it.

    eval/scale_store.py STORE [--articles 400000] [--day 5000]

The articles are made up by template: what the sample news tells, as Rasid coded it, is told anew of other towns, doers,
tolls and days, in sentences and among sentences of words drawn as often as news uses them. Days grow denser towards the
last; a few publishers, countries and pairs of countries make most of the news. Rows go straight into the tables,
spans quote their texts, and `rasid store check` finds such a store whole. The new day is then written in the same way,
left unmerged, and merged by rasid.store.merge_new, which is timed.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import resource
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from rasid import export, pipeline, read, store
from rasid.data import table
from rasid.demo import NEWS
from rasid.export.shapes import EventShape
from rasid.merge import Days, Party, Spot, Told, content_words
from rasid.records import Article, Status
from rasid.store import digests, rows, runs, told, wordlist
from rasid.store.asking import number
from rasid.store.eventrows import Member, event_rows
from rasid.words.clitics import counts
from rasid.words.fold import fold

LAST = datetime.date(2030, 12, 31)
DAYS = 1826
STORED = datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC).replace(tzinfo=None)
PUBLISHERS = tuple(f"صحيفة {number}" for number in range(60))
ACTS = 3  # sentences of an article that tell an event
FILLERS = 4  # and that tell none
AGAIN = 1 / 6  # share of reports that tell an event told before
AT_A_TIME = 4_000  # articles
POOL = 10_000  # different filler sentences
SECTORS = ("GOV", "MIL", "REB", "CVL", "COP", "PTY", "JRN", "UAF")


@dataclass(frozen=True, slots=True)
class Act:
    """The words that tell an event in the sample news, and how Rasid coded it."""

    trigger: str
    event: EventShape
    actor: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    name_en: str
    country: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Filler:
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happening:
    """What a report tells of: two reports of one happening share all of this."""

    act: int
    town: int
    actor: str
    recipient: str
    killed: int
    detail: int  # a filler sentence that belongs to it: without it, all happenings of a day would be alike


class Maker:
    """Makes articles with their reports. The same seed makes the same articles."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.acts = list(acts())
        self.towns = list(towns())
        self.fillers = list(fillers(self.random))
        self.countries = [row["iso3"] for row in table("countries") if row["iso3"] != "---"][:60]

    def zipf(self, count: int, size: int) -> list[int]:
        """Numbers below ``count``, the small ones most often."""
        weights = 1.0 / np.arange(1, count + 1) ** 0.8
        return [int(at) for at in self.random.choice(count, size=size, p=weights / weights.sum())]

    def happenings(self, size: int) -> list[Happening]:
        acts_, towns_ = self.zipf(len(self.acts), size), self.zipf(len(self.towns), size)
        first, second = self.zipf(len(self.countries), size), self.zipf(len(self.countries), size)
        sectors = self.zipf(len(SECTORS), 2 * size)
        killed = [int(number) for number in self.random.geometric(0.2, size)]
        details = self.random.integers(0, POOL, size)
        return [
            Happening(
                acts_[at],
                towns_[at],
                self.countries[first[at]] + SECTORS[sectors[at]],
                self.countries[second[at]] + SECTORS[sectors[size + at]],
                killed[at],
                int(details[at]),
            )
            for at in range(size)
        ]

    def days(self, size: int) -> list[datetime.date]:
        """Days of publication: the last year has twice as many articles as the first."""
        places = np.sqrt(self.random.uniform(0.25, 1.0, size)) * 2 - 1
        return sorted(LAST - datetime.timedelta(days=int((1 - place) * DAYS)) for place in places)


def acts() -> Iterator[Act]:
    """Sentences of the sample news that tell one event and name a town, as Rasid codes them."""
    for document in pipeline.code(item for item in read.articles([str(NEWS)]) if isinstance(item, Article)):
        text = document.article.text
        for event in export.coded(document)["events"]:
            place, start, end = event["place"], event["sentence"]["start"], event["sentence"]["end"]
            if place and place["text"] and start <= place["start"] and place["end"] <= end and event["actors"]:
                yield _act(text, event)


def _act(text: str, event: EventShape) -> Act:
    trigger = event["trigger"]["text"].replace("\n", " ")
    return Act(trigger, event, event["actors"][0]["text"], tuple(content_words(trigger)))


def towns() -> Iterator[Town]:
    for row in table("places"):
        if row["kind"] in ("city", "town") and row["lat"] and row["iso3"] != "---":
            name = row["names"].split("|")[0]
            yield Town(name, row["name_en"], row["iso3"], float(row["lat"]), float(row["lon"]))


def fillers(random: np.random.Generator) -> Iterator[Filler]:
    """Sentences of words that stand in them as often as in news."""
    known = list(counts())
    weights = np.array([counts()[word] for word in known], dtype=float)
    drawn = random.choice(len(known), size=(POOL, 14), p=weights / weights.sum())
    texts = [" ".join(known[at] for at in line) + "." for line in drawn]
    documents = wordlist.read(Article(f"f{at}", None, text) for at, text in enumerate(texts))
    for text, document in zip(texts, documents, strict=True):
        yield Filler(text, tuple(dict.fromkeys(word.word for word in wordlist.words_of(document))))


@dataclass(frozen=True, slots=True)
class Lot:
    """Rows of some thousand articles."""

    articles: list[rows.ArticleRow]
    reports: list[rows.ReportRow]
    parties: list[rows.PartyRow]
    told: list[Told]
    words: list[tuple[str, int, int]]
    groups: list[list[int]]  # numbers of the reports of each event


def lot(maker: Maker, first: int, days: Sequence[datetime.date]) -> Lot:
    """Articles numbered from ``first``, one for each of ``days``."""
    made = Lot([], [], [], [], [], [])
    happenings = maker.happenings(len(days) * ACTS)
    publishers = maker.zipf(len(PUBLISHERS), len(days))
    chosen = maker.random.integers(0, POOL, (len(days), FILLERS))
    again = maker.random.random(len(happenings)) < AGAIN
    back = maker.random.integers(1, 40, len(happenings))
    owner: list[int] = []
    for at in range(len(happenings)):
        earlier = at - int(back[at])
        if again[at] and earlier >= 0:
            happenings[at] = happenings[earlier]
            owner.append(owner[earlier])
        else:
            owner.append(len(made.groups))
            made.groups.append([])
        made.groups[owner[at]].append(at)
    for at, day in enumerate(days):
        told_here = happenings[at * ACTS : (at + 1) * ACTS]
        _article(maker, made, first + at, day, PUBLISHERS[publishers[at]], told_here, chosen[at])
    return made


def _article(
    maker: Maker,
    made: Lot,
    number: int,
    day: datetime.date,
    publisher: str,
    told_here: Sequence[Happening],
    chosen: Any,
) -> None:
    name, title = f"made-{number:07}", f"نشرة الأخبار رقم {number}"
    parts, events, offset = [], [], len(title) + 2
    for n, happening in enumerate(told_here):
        sentence, event = _event(maker, happening, name, n, day, offset)
        parts.append(sentence)
        events.append(event)
        words = {*maker.acts[happening.act].words, *_town_words(maker.towns[happening.town])}
        words.update(maker.fillers[happening.detail].words)
        made.words.extend((word, number, offset) for word in sorted(words))
        offset += len(sentence) + 1
    for at in chosen:
        filler = maker.fillers[at]
        parts.append(filler.text)
        made.words.extend((word, number, offset) for word in filler.words)
        offset += len(filler.text) + 1
    body = "\n".join(parts)
    article = Article(name, title, body, f"https://news.example/{number}", publisher, day, published_by="field")
    record = {"rasid": "made", "schema": 1, "article": {"id": name}, "events": events}
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    about = (name, article.url, publisher, day, "field", 0.98, title, body, "ar", digest, None, None)
    made.articles.append(rows.ArticleRow(*about, 1, STORED, rows.dumped(record), number))
    for event, happening in zip(events, told_here, strict=True):
        report = f"{name}:{event['id']}"
        made.reports.append(rows.report_row(name, 1, event, id=report, judged=None))
        made.parties.extend(rows.party_rows(report, event))
        made.told.append(_told(maker, happening, event, report, article))


def _town_words(town: Town) -> tuple[str, ...]:
    return tuple(fold(word).removeprefix("ال") for word in town.name.split())


def _event(
    maker: Maker, happening: Happening, article: str, n: int, day: datetime.date, offset: int
) -> tuple[str, EventShape]:
    """The sentence, and its event with offsets in the article."""
    act, town = maker.acts[happening.act], maker.towns[happening.town]
    detail = maker.fillers[happening.detail].text
    sentence = f"{act.trigger} {town.name} بعدد {happening.killed} {detail}"
    at = offset + len(act.trigger) + 1
    event: EventShape = {
        **act.event,
        "id": f"{article}#{n}-{act.event['type']}",
        "sentence": {"start": offset, "end": offset + len(sentence)},
        "trigger": {"start": offset, "end": offset + len(act.trigger), "text": act.trigger},
        "actors": [_party(act.actor, happening.actor)],
        "recipients": [_party(act.actor, happening.recipient)],
        "time": {
            "start": at, "end": at + len(town.name), "text": town.name, "edtf": day.isoformat(),
            "first": day.isoformat(), "last": day.isoformat(), "precision": "day", "calendar": "gregorian",
            "anchor": "published", "reason": None,
        },
        "place": {
            "start": at, "end": at + len(town.name), "text": town.name, "name": town.name, "name_en": town.name_en,
            "country": town.country, "admin1": None, "latitude": town.latitude, "longitude": town.longitude,
            "geonames_id": None, "precision": "locality", "reason": "unique",
        },
        "attribution": [],
        "killed": str(happening.killed) if act.event["type"] == "ASSAULT" else None,
        "injured": None,
        "arrested": None,
        "coref": n + 1,
        "evidence": [],
    }  # fmt: skip
    return sentence, event


def _party(text: str, code: str) -> Any:
    known = {"name": None, "name_en": None, "id": None, "title": None}
    place = {"start": None, "end": None, "text": text}
    return {**place, **known, "country": code[:3], "sectors": [code[3:]], "code": code}


def _told(maker: Maker, happening: Happening, event: EventShape, report: str, article: Article) -> Told:
    act, town, day = maker.acts[happening.act], maker.towns[happening.town], article.published
    assert day
    place = Spot(fold(town.name), town.country, None, town.latitude, town.longitude, "locality")
    words = frozenset((*act.words, *_town_words(town), *maker.fillers[happening.detail].words))
    codes = (("actor", happening.actor), ("recipient", happening.recipient))
    return Told(
        id=report,
        article=article.id,
        publisher=article.publisher,
        published=day,
        type=event["type"],
        modes=tuple(event["modes"]),
        status=Status(event["status"]),
        historical=event["historical"],
        parties=tuple(Party(role, code, None, code[:3], (code[3:],), frozenset()) for role, code in codes),
        days=Days(day, day, "day"),
        place=place,
        killed=event["killed"],
        trigger=frozenset(act.words),
        words=words,
        story=frozenset((str(hash_of(article.id)), *words)),
        coref=event["coref"],
    )


def hash_of(text: str) -> int:
    """A number that stands for a text's own words."""
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=4).digest(), "big")


def write(opened: store.Store, made: Lot, *, merged: bool) -> int:
    """Write a lot; gives the number of its events. Unmerged reports wait for merge_new."""
    packed = [(item.id, told.packed(item)) for item in made.told]
    with opened.transaction() as connection:
        rows.append(connection, "articles", made.articles)
        rows.append(connection, "reports", made.reports)
        rows.append(connection, "parties", made.parties)
        rows.append(connection, "told", packed)
        rows.append(connection, "search", made.words)
        if not merged:
            rows.append(connection, "unmerged", [(item.id, item.published) for item in made.told])
            return 0
        found = [_group(made, number, group) for number, group in enumerate(made.groups)]
        rows.append(connection, "events", [event for event, _, _ in found])
        rows.append(connection, "event_parties", [party for _, parties, _ in found for party in parties])
        rows.append(connection, "merges", [merge for _, _, merges in found for merge in merges])
    return len(found)


def _group(made: Lot, number: int, group: Sequence[int]) -> tuple[Any, Any, list[tuple[str, str, float, str]]]:
    members = [Member(made.reports[at], tuple(made.parties[2 * at : 2 * at + 2]), made.told[at]) for at in group]
    name = f"e-{members[0].row.id}"
    event, parties = event_rows(name, members, reviewed=False)
    return event, parties, [(name, member.row.id, 1.0, "[]") for member in members]


def fill(path: Path, articles: int) -> None:
    """Make the store."""
    maker = Maker(20)
    days = maker.days(articles)
    begun, events = time.monotonic(), 0
    with store.open(path, threads=2) as opened:
        with opened.transaction() as connection:
            runs.start(connection, "made up", digests.made())
        for at in range(0, articles, AT_A_TIME):
            events += write(opened, lot(maker, at + 1, days[at : at + AT_A_TIME]), merged=True)
            print(f"\r{at + AT_A_TIME} articles, {events} events, {time.monotonic() - begun:.0f} s", end="", flush=True)
        print(f"\nmade in {time.monotonic() - begun:.0f} s")
        begun = time.monotonic()
        wordlist.tidy(opened)
        print(f"words sorted in {time.monotonic() - begun:.0f} s")
    print(f"{path.stat().st_size / 1e9:.2f} GB")


def new_day(path: Path, size: int) -> None:
    """Write one more day and merge it."""
    maker = Maker(21)
    day = LAST + datetime.timedelta(days=1)
    with store.open(path, threads=2) as opened:
        last = number(opened.connection, "SELECT max(number) FROM articles")
        made = lot(maker, last + 1, [day] * size)
        begun = time.monotonic()
        write(opened, made, merged=False)
        print(f"{size} articles, {len(made.reports)} reports written in {time.monotonic() - begun:.1f} s")
        begun, used = time.monotonic(), time.process_time()
        events = store.merge_new(opened)
        spent, used = time.monotonic() - begun, time.process_time() - used
        print(f"merged into {events} events in {spent:.1f} s ({used:.1f} s of processor time)")
        begun = time.monotonic()
        wordlist.tidy(opened)
        print(f"words sorted in {time.monotonic() - begun:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory {peak:.2f} GB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", type=Path)
    parser.add_argument("--articles", type=int, default=400_000)
    parser.add_argument("--day", type=int, default=5_000)
    parser.add_argument("--check", action="store_true", help="prove that the store is whole")
    given = parser.parse_args()
    if not given.store.exists():
        fill(given.store, given.articles)
    if given.day:
        new_day(given.store, given.day)
    if given.check:
        faults = store.check(given.store)
        print(json.dumps([fault.what for fault in faults]) if faults else "whole")


if __name__ == "__main__":
    main()
