"""Reading: whatever the user names comes out as articles and rejections, one at a time."""

from __future__ import annotations

import datetime
import importlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

from rasid.clean.language import identify, passages
from rasid.clean.mojibake import mended
from rasid.errors import EmptyInput, InputError, NotArabic, TooLarge
from rasid.read import days, packed, sources
from rasid.read.detect import ARCHIVES, PACKED, format_of
from rasid.read.draft import RELIABILITY, DateSource, Draft
from rasid.read.identity import Identities, slug_of, wanted_id
from rasid.read.metadata import Dated, in_name
from rasid.read.opened import Opened
from rasid.read.opened import opened as reopened
from rasid.read.options import Options
from rasid.records import Article, Rejected

_LONE = re.compile("[\ud800-\udfff]")
_WORDLESS = re.compile(r"[\W_]*")
_MIN_SHARE = 0.5  # of the letters; Arabic news full of Latin names has 0.8 and more


def articles(
    paths: Sequence[str],
    *,
    published: datetime.date | None = None,
    publisher: str | None = None,
    as_format: str | None = None,
    columns: Mapping[str, str] | None = None,
    published_from: str | None = None,
) -> Iterator[Article | Rejected]:
    """Each article that the files, folders, patterns, addresses or ``-`` in ``paths`` hold, in a stable order.

    ``published`` and ``publisher`` stand in where an input names none; ``as_format`` forces a format; ``columns``
    maps a field (title, text, url, publisher, published, id) to a column of a table; ``published_from="crawl"`` lets
    the day of a crawl stand in. What cannot be read comes as a
    Rejected in its place, and reading goes on.
    """
    options = Options(published, publisher, as_format, columns or {}, published_from == "crawl")
    identities = Identities()
    for found in drafts(paths, options):
        yield _finished(found, options, identities)


def drafts(paths: Sequence[str], options: Options) -> Iterator[Draft | InputError]:
    """Each article as its format gave it, with how its day was found; an InputError for what cannot be read."""
    for name in sources.expand(paths):
        if isinstance(name, InputError):
            yield name
            continue
        try:
            with sources.open_input(name) as opened:
                yield from read_opened(opened, options)
        except InputError as error:
            yield error


def read_opened(opened: Opened, options: Options, *, depth: int = 0) -> Iterator[Draft | InputError]:
    """The drafts of one opened input; archives and packed files are opened in turn.

    Raises InputError for an input that cannot be read at all, EmptyInput for one that holds no articles.
    """
    count = 0
    for item in _opened_drafts(opened, options, depth):
        count += 1
        yield item
    if not count:
        raise EmptyInput(opened.name, "it holds no articles; remove it or name another")


def _opened_drafts(opened: Opened, options: Options, depth: int) -> Iterator[Draft | InputError]:
    found = format_of(opened)
    if found == "zip" and options.as_format in (None, "docx"):
        file = packed.seekable(opened)
        if packed.is_docx(file):
            yield from _reader("docx")(reopened(opened.name, file), options)
            return
        opened = reopened(opened.name, file)
    if found in (*PACKED, *ARCHIVES):
        yield from _unpacked(opened, found, options, depth)
    else:
        yield from _reader(options.wanted_format or found)(opened, options)


def _unpacked(opened: Opened, found: str, options: Options, depth: int) -> Iterator[Draft | InputError]:
    if depth >= packed.MAX_DEPTH:
        raise TooLarge(opened.name, f"archives inside archives, more than {packed.MAX_DEPTH} deep; unpack it first")
    if found in PACKED:
        yield from read_opened(packed.compressed(opened, found), options, depth=depth + 1)
        return
    for member in packed.members(opened, found):
        if isinstance(member, InputError):
            yield member
            continue
        try:
            yield from read_opened(member, options, depth=depth + 1)
        except InputError as error:
            yield error


Reader = Callable[[Opened, Options], Iterator[Draft | InputError]]
# Where each format is read: module and function. A module is imported when its format turns up, for some are heavy.
READERS = {
    "text": ("text", "read"),
    "html": ("html", "read"),
    "json": ("jsonl", "read"),
    "csv": ("tables", "read_csv"),
    "parquet": ("tables", "read_parquet"),
    "feed": ("feed", "read"),
    "sitemap": ("feed", "read_sitemap"),
    "warc": ("warc", "read"),
    "docx": ("documents", "read_docx"),
    "pdf": ("documents", "read_pdf"),
    "eml": ("mail", "read"),
}


def _reader(name: str) -> Reader:
    module, function = READERS[name]
    return cast("Reader", getattr(importlib.import_module(f"rasid.read.{module}"), function))


def article_of(found: Draft, options: Options) -> Article | Rejected:
    """The article of one draft, under the id that its address gives it."""
    return _named(found, options, wanted_id(found))


def _finished(found: Draft | InputError, options: Options, identities: Identities) -> Article | Rejected:
    if isinstance(found, InputError):
        return rejected(found, identities.give(slug_of(found.source)))
    return _named(found, options, identities.give(wanted_id(found)))


def _named(found: Draft, options: Options, given: str) -> Article | Rejected:
    try:
        return _article(dated(found, options), options, given)
    except InputError as error:
        return rejected(error, given)


def dated(found: Draft, options: Options) -> Draft:
    """``found`` with the most reliable day: its own, the user's, or one in its first lines, address or file name."""
    if RELIABILITY[found.published_by] >= RELIABILITY[DateSource.META]:
        return found
    if options.published:
        return found.dated(options.published, DateSource.OPTION)
    guesses = [Dated(found.published, found.published_by), days.stated(found.body)]
    if found.url:
        guesses.append(in_name(found.url, DateSource.URL))
    if found.is_file:
        guesses.append(days.of_file(found.source))
    best = max((guess for guess in guesses if guess.day), key=lambda guess: RELIABILITY[guess.by], default=None)
    return found.dated(best.day, best.by) if best and best.day else found


def rejected(error: InputError, given: str) -> Rejected:
    """The record of an input that cannot be coded."""
    return Rejected(given, error.code, error.reason, error.source)


def _article(found: Draft, options: Options, given: str) -> Article:
    title = found.title if found.title and not _WORDLESS.fullmatch(found.title) else None
    body = found.body
    language = language_of(mended(f"{title or ''}\n{body}"), found.source)
    return Article(
        id=given,
        title=_whole(title) if title else None,
        body=_whole(body),
        url=found.url,
        publisher=found.publisher or options.publisher,
        published=found.published,
        language=language,
        published_by=found.published_by.value if found.published else None,
        published_reliability=RELIABILITY[found.published_by] if found.published else None,
    )


def _whole(text: str) -> str:
    """``text`` with the replacement character for halves of surrogate pairs, which no output could hold."""
    return _LONE.sub("\ufffd", text) if _LONE.search(text) else text


def _without_passages(text: str) -> str:
    """``text`` without its paragraphs in neighbouring languages, where these are not the greater part of it."""
    found = passages(text)
    if 2 * sum(passage.end - passage.start for passage in found) > len(text):
        return text
    cuts = [0, *(edge for passage in found for edge in (passage.start, passage.end)), len(text)]
    return "".join(text[start:end] for start, end in zip(cuts[::2], cuts[1::2], strict=True))


def language_of(text: str, source: str) -> str:
    """Code of the text's language: "ar", or that of a dialect that prevails (arz, apc, ary ...).

    Raises NotArabic when the text is in another script or another language of the Arabic script.
    """
    language = identify(text)
    if language.name not in ("Arabic", ""):
        language = identify(_without_passages(text))
    if language.name not in ("Arabic", ""):
        raise NotArabic(source, f"the text is {language.name}; leave it out, only Arabic is coded")
    if language.share < _MIN_SHARE:
        percent = round(100 * language.share)
        raise NotArabic(source, f"only {percent}% of the letters are Arabic; leave it out or check the encoding")
    return language.code
