"""Office documents: DOCX and the text layer of PDF."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Iterator

import lxml.etree
import pypdf
import pypdf.errors

from rasid.errors import BrokenRecord, EmptyInput, TooLarge
from rasid.read.draft import Draft
from rasid.read.opened import RECORD_LIMIT, Opened
from rasid.read.options import Options
from rasid.read.packed import DAMAGE, DOCX_TEXT, seekable
from rasid.read.visual import ordered

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAX_PAGES = 2000
_HEADINGS = ("Title", "Heading1", "العنوان", "1")


def read_docx(opened: Opened, _: Options) -> Iterator[Draft]:
    """The document's paragraphs; a first paragraph in a title or heading style is the title.

    Raises BrokenRecord, EmptyInput or TooLarge.
    """
    try:
        with zipfile.ZipFile(seekable(opened)) as content:
            info = content.getinfo(DOCX_TEXT)
            if info.file_size > 5 * RECORD_LIMIT:
                raise TooLarge(opened.name, "the document unpacks to more than 100 MB; split it")
            root = lxml.etree.fromstring(content.read(info), _parser())
    except (*DAMAGE, KeyError, lxml.etree.XMLSyntaxError) as error:
        raise BrokenRecord(opened.name, f"not a whole DOCX file ({error}); save it again") from error
    found = [
        (text, style) for node in root.iter(f"{_WORD}p") if (text := _text(node)).strip() for style in [_style(node)]
    ]
    if not found:
        raise EmptyInput(opened.name, "the document holds no text; it may be a picture")
    has_title = len(found) > 1 and found[0][1] in _HEADINGS
    body = "\n".join(text for text, _ in (found[1:] if has_title else found))
    yield Draft(opened.name, body, title=found[0][0].strip() if has_title else None, is_file=True)


def _parser() -> lxml.etree.XMLParser:
    return lxml.etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def _text(paragraph: lxml.etree._Element) -> str:
    nodes = paragraph.iter(f"{_WORD}t", f"{_WORD}tab", f"{_WORD}br")
    return "".join((node.text or "") if node.tag == f"{_WORD}t" else " " for node in nodes)


def _style(paragraph: lxml.etree._Element) -> str:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return style.get(f"{_WORD}val", "") if style is not None else ""


def read_pdf(opened: Opened, _: Options) -> Iterator[Draft]:
    """The text layer of all pages, a blank line between two.

    Raises BrokenRecord, EmptyInput or TooLarge.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = pypdf.PdfReader(seekable(opened))
        if reader.is_encrypted and not reader.decrypt(""):
            raise BrokenRecord(opened.name, "the PDF is locked with a password; unlock it first")
        if len(reader.pages) > _MAX_PAGES:
            raise TooLarge(opened.name, f"more than {_MAX_PAGES} pages; split the PDF")
        pages = [page.extract_text().strip() for page in reader.pages]
    except (pypdf.errors.PyPdfError, ValueError, KeyError, TypeError, AttributeError, OSError, RecursionError) as error:
        raise BrokenRecord(opened.name, f"not a whole PDF ({error}); save it again") from error
    body = "\n\n".join(page for page in pages if page)
    if not body:
        raise EmptyInput(opened.name, "the PDF has no text layer; run text recognition on it first")
    yield Draft(opened.name, ordered(body), is_file=True)
