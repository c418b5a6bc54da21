"""What merging is fitted and measured on: gold articles with their happenings, and labelled clusters of reports."""

from __future__ import annotations

import datetime
import json
import lzma
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasid import export, pipeline
from rasid.merge import Told, from_coded
from rasid.read import linked
from rasid.records import Actor, Article, Document, Place, Report, Sentence, Status, TimeSpan, Trigger
from rasid.words import tokenize

CLUSTERS = Path(__file__).parent / "labels" / "clusters.jsonl"
_EDTF = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_DIGITS = 16  # of the text's digest


@dataclass(frozen=True, slots=True)
class Span:
    """Where a labelled report's trigger stands, and of which type it is."""

    article: str
    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Window:
    """The labelled reports of some days of news, as coded, with the name of each one's happening, None when unclear."""

    name: str
    split: str
    reports: tuple[Told, ...]
    happenings: tuple[str | None, ...]


def gold_documents(path: Path) -> Iterator[tuple[Document, tuple[int, ...]]]:
    """Gold articles as the coder would hand them to coref, with the gold numbers of their mentions' happenings."""
    for line in path.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        mentions = sorted(record["mentions"], key=lambda mention: mention["trigger"]["start"])
        document = _document(record, mentions)
        yield document, tuple(mention["coref"] for mention in mentions)


def coded_documents(path: Path) -> Iterator[tuple[tuple[Told, ...], tuple[str | None, ...]]]:
    """Gold articles as the coder codes them, with the name of each report's happening, None where gold has no mention.

    A gold happening holds mentions of one type, so that pairs of two types are not to be learned from these.
    """
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    mentions = {record["article"]: record["mentions"] for record in records}
    for document in pipeline.code(_gold_article(record) for record in records):
        found = list(_placed(document))
        labels = {
            Span(document.article.id, at["start"], at["end"], mention["type"]): f"{mention['type']} {mention['coref']}"
            for mention in mentions[document.article.id]
            for at in [mention["trigger"]]
        }
        yield tuple(told for told, _ in found), tuple(_label(span, labels) for _, span in found)


def windows(news: Path, split: str | None = None, *, clusters: Path = CLUSTERS) -> Iterator[Window]:
    """The labelled windows, coded anew from the bulk news in ``news``.

    Raises ValueError when an article's text is not the one that was labelled.
    """
    rows = [json.loads(line) for line in clusters.read_text(encoding="utf-8").splitlines()]
    kept = [row for row in rows if split in (None, row["split"])]
    texts = dict(_articles(news, {report["article"]: report["sha256"] for row in kept for report in row["reports"]}))
    for name in sorted({row["window"] for row in kept}):
        yield _window(name, [row for row in kept if row["window"] == name], texts)


def _window(name: str, rows: Sequence[Any], texts: Mapping[str, Article]) -> Window:
    labels = {
        Span(at["article"], at["start"], at["end"], at["type"]): None if row["unclear"] else row["cluster"]
        for row in rows
        for at in row["reports"]
    }
    wanted = sorted({span.article for span in labels})
    articles = linked(sorted((texts[key] for key in wanted), key=lambda article: (str(article.published), article.id)))
    told = [report for document in pipeline.code(_kept(articles)) for report in _placed(document)]
    found = [(report, _label(span, labels)) for report, span in told]
    return Window(name, rows[0]["split"], tuple(report for report, _ in found), tuple(label for _, label in found))


def _kept(items: Iterable[Any]) -> Iterator[Article]:
    return (item for item in items if isinstance(item, Article))


def _placed(document: Document) -> Iterator[tuple[Told, Span]]:
    record = export.coded(document)
    for report, event in zip(from_coded(record, document.article.text), record["events"], strict=True):
        trigger = event["trigger"]
        yield report, Span(document.article.id, trigger["start"], trigger["end"], event["type"])


def _label(span: Span, labels: Mapping[Span, str | None]) -> str | None:
    """The label of a report whose trigger overlaps the labelled one's, of the same type if there is one."""
    met = [other for other in labels if other.article == span.article and _overlap(span, other)]
    best = min(met, key=lambda other: (other.type != span.type, abs(other.start - span.start)), default=None)
    return labels[best] if best is not None else None


def _overlap(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end


def _articles(news: Path, wanted: Mapping[str, str]) -> Iterator[tuple[str, Article]]:
    for path in sorted(news.glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                if record["id"] in wanted:
                    yield record["id"], _article(record, wanted[record["id"]])


def _article(record: Any, digest: str) -> Article:
    published = datetime.date.fromisoformat(record["published"][:10])
    article = Article(
        record["id"], record["title"] or None, record["text"] or "", record["url"], record["publisher"], published
    )
    if article.sha256[:_DIGITS] != digest:
        raise ValueError(f"{article.id}: the text is not the labelled one; fetch the news file that was labelled")
    return article


def _gold_article(record: Any) -> Article:
    title, blank, body = record["text"].partition("\n\n")
    whole = bool(blank and title and record["sentences"] and record["sentences"][0][1] <= len(title))
    return Article(
        record["article"],
        title if whole else None,
        body if whole else record["text"],
        publisher=record["publisher"],
        published=datetime.date.fromisoformat(record["published"]) if record["published"] else None,
    )


def _document(record: Any, mentions: Sequence[Any]) -> Document:
    article = _gold_article(record)
    tokens = tokenize(record["text"])
    sentences = tuple(
        Sentence(number, start, end, tuple(token for token in tokens if start <= token.start < end))
        for number, (start, end) in enumerate(record["sentences"])
    )
    reports = tuple(_report(record, mention, number) for number, mention in enumerate(mentions))
    return Document(article, sentences=sentences, mentions=(), times=(), places=(), reports=reports)


def _report(record: Any, mention: Any, number: int) -> Report:
    return Report(
        id=f"{record['article']}#{number}",
        type=mention["type"],
        modes=tuple(mention["modes"]),
        status=Status(mention["status"]),
        historical=mention["historical"],
        sentence=mention["sentence"],
        trigger=Trigger(**mention["trigger"]),
        actors=tuple(_party(party, mention["sentence"]) for party in mention["actors"]),
        recipients=tuple(_party(party, mention["sentence"]) for party in mention["recipients"]),
        time=_time(mention["time"], mention["sentence"]),
        place=_place(mention["place"], mention["sentence"]),
        contexts=tuple(mention["contexts"]),
        killed=mention["killed"],
        injured=mention["injured"],
        arrested=mention["arrested"],
    )


def _party(party: Any, sentence: int) -> Actor:
    code = party["code"] or ""
    sectors = tuple(code[at : at + 3] for at in range(3, len(code), 3))
    span = (party["start"], party["end"], party["text"])
    return Actor(*span, sentence, country=code[:3] or None, sectors=sectors, code=code)


def _time(time: Any, sentence: int) -> TimeSpan | None:
    if not time or not time["edtf"]:
        return None
    found = _EDTF.findall(time["edtf"])
    if not found:
        return None
    first, last = _first(found[0]), _after(found[-1])
    span = (time["start"], time["end"], time["text"])
    return TimeSpan(*span, sentence, time["edtf"], first, last, "day" if found[0][2] else "month")


def _first(parts: tuple[str, str, str]) -> datetime.date:
    return datetime.date(int(parts[0]), int(parts[1] or 1), int(parts[2] or 1))


def _after(parts: tuple[str, str, str]) -> datetime.date:
    """The day after the last one covered."""
    day = _first(parts)
    if parts[2]:
        return day + datetime.timedelta(days=1)
    month = int(parts[1] or 12)
    return datetime.date(day.year + month // 12, month % 12 + 1, 1)


def _place(place: Any, sentence: int) -> Place | None:
    if not place or not place["text"]:
        return None
    return Place(place["start"], place["end"], place["text"], sentence, name_en=place["name"], country=place["country"])
