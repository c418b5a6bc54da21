"""An Excel workbook for people: events in English and, from right to left, in Arabic; the reports; what columns mean.

Every sheet has filters and a fixed first row; days are real dates; article names lead to the articles.
"""

from __future__ import annotations

import contextlib
import datetime
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rasid.errors import OutputError
from rasid.export.columns import Value, first_day, joined, name, one_line, place_value, time_value
from rasid.export.shapes import ActorShape
from rasid.export.writer import Writer
from rasid.export.written import Row, Telling, Written, rows

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_575  # of a sheet, without its first
_MOST_LETTERS = 32_767  # of a cell
_MOST_LINK = 2_079  # letters of an address that Excel opens
_MOST_LINKS = 65_530  # of a sheet
_OLDEST = "1900-03-01"  # Excel counts days from 1900 and has one that never was in February of that year


@dataclass(frozen=True, slots=True)
class Cell:
    """A column of a sheet; ``kind`` is text, day, number or link (text and address)."""

    title: str
    width: int
    kind: str
    get: Callable[[Any], Any]


def _day(row: Row, which: str) -> Value:
    return first_day(row) if which == "first" else time_value(row, lambda time: time["last"])


def _names(actors: Sequence[ActorShape], *, arabic: bool) -> str:
    return joined(((actor["name"] or one_line(actor["text"])) if arabic else name(actor)) for actor in actors)


def _codes(actors: Sequence[ActorShape]) -> str:
    return joined(actor["code"] for actor in actors)


def _toll(which: int, kind: str) -> Callable[[Row], Value]:
    """Lowest or highest number: of a store's event; else the number as it was told."""

    def get(row: Row) -> Value:
        if row.merged is None:
            told = {"killed": row.event["killed"], "injured": row.event["injured"]}[kind]
            return int(told) if told and told.isdigit() else told
        return {"killed": row.merged.killed, "injured": row.merged.injured}[kind][which]

    return get


def _sources(row: Row) -> Value:
    return row.merged.sources if row.merged else 1


def _publishers(row: Row) -> str:
    return joined(dict.fromkeys(telling.article["publisher"] for telling in row.tellings))


def _said(row: Row) -> str:
    said = (source for telling in row.tellings for source in telling.event["attribution"])
    return joined(dict.fromkeys(f"{one_line(source['text'])} ({source['stance']})" for source in said))


def _article_link(telling: Telling) -> tuple[str, str | None]:
    article = telling.article
    return one_line(article["title"] or article["id"]), article["url"]


def _line(row: Row, *, arabic: bool) -> str:
    if row.merged:
        return row.merged.line_ar if arabic else row.merged.line_en
    return one_line(row.event["trigger"]["text"])


def _events(titles: Mapping[str, str], *, arabic: bool) -> tuple[Cell, ...]:
    """The columns of the sheet of events, under the titles of its language."""

    def place(row: Row) -> Value:
        return place_value(
            row, lambda found: (found["name"] or one_line(found["text"])) if arabic else found["name_en"]
        )

    columns: tuple[tuple[str, int, str, Callable[[Row], Any]], ...] = (
        ("first", 12, "day", lambda row: _day(row, "first")),
        ("last", 12, "day", lambda row: _day(row, "last")),
        ("precision", 10, "text", lambda row: time_value(row, lambda time: time["precision"])),
        ("type", 13, "text", lambda row: row.event["type"]),
        ("modes", 16, "text", lambda row: joined(row.event["modes"])),
        ("status", 13, "text", lambda row: row.event["status"]),
        ("event", 50, "text", lambda row: _line(row, arabic=arabic)),
        ("actors", 28, "text", lambda row: _names(row.actors, arabic=arabic)),
        ("actor_codes", 12, "text", lambda row: _codes(row.actors)),
        ("recipients", 28, "text", lambda row: _names(row.recipients, arabic=arabic)),
        ("recipient_codes", 12, "text", lambda row: _codes(row.recipients)),
        ("place", 18, "text", place),
        ("country", 9, "text", lambda row: place_value(row, lambda found: found["country"])),
        ("killed_low", 9, "number", _toll(0, "killed")),
        ("killed_high", 9, "number", _toll(1, "killed")),
        ("injured_low", 9, "number", _toll(0, "injured")),
        ("injured_high", 9, "number", _toll(1, "injured")),
        ("score", 8, "number", lambda row: row.event["score"]),
        ("confidence", 10, "number", lambda row: row.event["confidence"]),
        ("sources", 8, "number", _sources),
        ("publishers", 24, "text", _publishers),
        ("said", 30, "text", _said),
        ("article", 40, "link", lambda row: _article_link(row.tellings[0])),
        ("sentence", 80, "text", lambda row: row.tellings[0].quote),
        ("id", 24, "text", lambda row: row.event["id"]),
    )
    return tuple(Cell(titles[key], width, kind, get) for key, width, kind, get in columns)


ENGLISH: Mapping[str, str] = {
    "first": "First day",
    "last": "Last day",
    "precision": "Precision",
    "type": "Type",
    "modes": "Modes",
    "status": "Status",
    "event": "Event",
    "actors": "Actors",
    "actor_codes": "Actor codes",
    "recipients": "Recipients",
    "recipient_codes": "Recipient codes",
    "place": "Place",
    "country": "Country",
    "killed_low": "Killed (least)",
    "killed_high": "Killed (most)",
    "injured_low": "Injured (least)",
    "injured_high": "Injured (most)",
    "score": "Goldstein",
    "confidence": "Confidence",
    "sources": "Independent sources",
    "publishers": "Publishers",
    "said": "According to",
    "article": "Article",
    "sentence": "Sentence",
    "id": "Event id",
}
ARABIC: Mapping[str, str] = {
    "first": "اليوم الأول",
    "last": "اليوم الأخير",
    "precision": "الدقة",
    "type": "النوع",
    "modes": "الشكل",
    "status": "الحالة",
    "event": "الحدث",
    "actors": "الفاعلون",
    "actor_codes": "رموز الفاعلين",
    "recipients": "المتلقون",
    "recipient_codes": "رموز المتلقين",
    "place": "المكان",
    "country": "البلد",
    "killed_low": "القتلى (الأدنى)",
    "killed_high": "القتلى (الأعلى)",
    "injured_low": "الجرحى (الأدنى)",
    "injured_high": "الجرحى (الأعلى)",
    "score": "غولدشتاين",
    "confidence": "الثقة",
    "sources": "المصادر المستقلة",
    "publishers": "الناشرون",
    "said": "نقلا عن",
    "article": "المقال",
    "sentence": "الجملة",
    "id": "معرف الحدث",
}
_REPORTS: tuple[Cell, ...] = (
    Cell("Event id", 24, "text", lambda pair: pair[0].event["id"]),
    Cell("Published", 12, "day", lambda pair: pair[1].article["published"]),
    Cell("Publisher", 20, "text", lambda pair: pair[1].article["publisher"]),
    Cell("Article", 50, "link", lambda pair: _article_link(pair[1])),
    Cell("Sentence", 90, "text", lambda pair: pair[1].quote),
    Cell("Status", 13, "text", lambda pair: pair[1].event["status"]),
    Cell("Killed", 9, "text", lambda pair: pair[1].event["killed"]),
    Cell("Injured", 9, "text", lambda pair: pair[1].event["injured"]),
    Cell("Copy of", 16, "text", lambda pair: pair[1].article["copy_of"]),
    Cell("Why in this event", 40, "text", lambda pair: joined(pair[1].reasons)),
)


@dataclass
class _Sheet:
    """A sheet that is being filled from the top."""

    sheet: Worksheet
    columns: tuple[Cell, ...]
    formats: Mapping[str, Format]
    rows: int = 0
    links: int = field(default=0)

    def start(self, *, from_right: bool) -> None:
        if from_right:
            self.sheet.right_to_left()
        self.sheet.freeze_panes(1, 0)
        for at, column in enumerate(self.columns):
            self.sheet.set_column(at, at, column.width)
            self.sheet.write_string(0, at, column.title, self.formats["title"])

    def add(self, item: object) -> None:
        if self.rows >= MOST_ROWS:
            raise OutputError(f"an Excel sheet holds {MOST_ROWS} rows; ask for fewer events or write csv or parquet")
        self.rows += 1
        for at, column in enumerate(self.columns):
            self._write(at, column.kind, column.get(item))

    def _write(self, at: int, kind: str, value: Any) -> None:
        if value is None or value == "":
            return
        if kind == "link":
            self._link(at, *value)
        elif kind == "day" and value >= _OLDEST:
            self.sheet.write_datetime(self.rows, at, datetime.datetime.fromisoformat(value), self.formats["day"])
        elif isinstance(value, int | float):
            self.sheet.write_number(self.rows, at, value)
        else:
            self.sheet.write_string(self.rows, at, _clean(str(value)))

    def _link(self, at: int, text: str, address: str | None) -> None:
        opens = bool(address) and str(address).startswith(("http://", "https://")) and len(str(address)) <= _MOST_LINK
        if opens and self.links < _MOST_LINKS:
            self.links += 1
            self.sheet.write_url(self.rows, at, str(address), self.formats["link"], _clean(text)[:255])
        else:
            self.sheet.write_string(self.rows, at, _clean(text))

    def finish(self) -> None:
        self.sheet.autofilter(0, 0, max(self.rows, 1), len(self.columns) - 1)


def _clean(text: str) -> str:
    """The text without what XML cannot hold, cut to what a cell can."""
    kept = "".join(letter for letter in text if letter >= " " or letter in "\t\n")
    return kept.encode("utf-8", "replace").decode("utf-8")[:_MOST_LETTERS]


class ExcelWriter(Writer):
    """The workbook; it is complete when the writer is closed. Raises OutputError where a sheet is full."""

    def __init__(self, sink: BinaryIO) -> None:
        from xlsxwriter import Workbook

        super().__init__(sink)
        self.file = io.BytesIO()
        settings = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = Workbook(self.file, settings)
        self.book.set_properties({"title": "Events", "created": datetime.datetime(2020, 1, 1)})  # noqa: DTZ001 - no clock
        self.formats = {
            "title": self.book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "day": self.book.add_format({"num_format": "yyyy-mm-dd"}),
            "link": self.book.get_default_url_format(),
        }
        self.english = self._sheet("Events", _events(ENGLISH, arabic=False), from_right=False)
        self.arabic = self._sheet("الأحداث", _events(ARABIC, arabic=True), from_right=True)
        self.reports = self._sheet("Reports", _REPORTS, from_right=False)

    def _sheet(self, title: str, columns: tuple[Cell, ...], *, from_right: bool) -> _Sheet:
        made = _Sheet(self.book.add_worksheet(title), columns, self.formats)
        made.start(from_right=from_right)
        return made

    def write(self, item: Written) -> None:
        try:
            for row in rows(item):
                self.english.add(row)
                self.arabic.add(row)
                for telling in row.tellings:
                    self.reports.add((row, telling))
        except BaseException:
            self._give_up()
            raise

    def _give_up(self) -> None:
        """Lets go of the files that rows wait in."""
        for sheet in (self.english, self.arabic, self.reports):
            sheet.sheet.row_data_fh.close()
            Path(sheet.sheet.row_data_filename).unlink(missing_ok=True)
        self.book.fileclosed = True

    def close(self) -> None:
        for sheet in (self.english, self.arabic, self.reports):
            sheet.finish()
        with contextlib.closing(self.file):
            self.book.close()
            self.sink.write(self.file.getvalue())
        super().close()
