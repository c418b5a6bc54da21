"""Changes to single characters: marks, presentation forms, look-alike letters, hashtags, entities, odd spaces."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from rasid.clean.mapping import Edit

_MARKS = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0300-\u036f"
_TATWEEL = "\u0640"
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffc\ufe00-\ufe0f"
_CONTROL = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\x0b\x0c\x1c-\x1f\x85\u2028\u2029"
_FORMS = "\ufb50-\ufd3d\ufd40-\ufdff\ufe70-\ufefc\ufb00-\ufb06"
# Letters of Persian, Urdu and Kurdish keyboards that stand for an Arabic letter. Letters that Arabic itself borrows
# for foreign sounds (گ چ پ ژ ڤ) stay.
_LOOKALIKES = {"ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ہ": "ه", "ھ": "ه", "ە": "ه", "ۀ": "ه", "ۃ": "ة"}
_COMPOSING = re.compile("[\u0653-\u0655\u0300-\u036f]")
_ANY_MARK = re.compile(f"[{_MARKS}{_TATWEEL}]+")
_LETTER = "ء-ي٠-٩"

# One class finds the places fast; the alternatives are tried only there.
_PLACES = re.compile(f"[{_MARKS}{_TATWEEL}{_INVISIBLE}{_SPACES}\r{_BREAKS}{''.join(_LOOKALIKES)}{_FORMS}{_CONTROL}]+")
_CHANGES = re.compile(
    f"(?P<mark>[{_MARKS}{_TATWEEL}]+)"
    f"|(?P<invisible>[{_INVISIBLE}]+)"
    f"|(?P<space>[{_SPACES}]+)"
    f"|(?P<newline>\r\n?|[{_BREAKS}])"
    f"|(?P<letter>[{''.join(_LOOKALIKES)}]+)"
    f"|(?P<form>[{_FORMS}]+)"
    f"|(?P<control>[{_CONTROL}]+)"
)
_HASHTAG = re.compile(f"(?<![A-Za-z0-9/=?&.])#+(?=\\w)|(?<=[{_LETTER}])_+(?=\\w)|(?<=\\w)_+(?=[{_LETTER}])")
_ENTITY = re.compile(
    r"&(?:amp;)*(?:#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z][A-Za-z0-9]{1,30});|&(?:nbsp|quot|laquo|raquo)(?![A-Za-z])"
)
_ESCAPE = re.compile(r"(?:\\[nrt])+|(?:\\u[0-9a-fA-F]{4})+")
_BLOCKS = frozenset(
    (
        *("p", "br", "div", "li", "ul", "ol", "tr", "td", "th", "table", "hr", "section", "article", "blockquote"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "figure", "figcaption", "header", "footer"),
    )
)
_INLINE = ("a", "b", "i", "u", "em", "strong", "span", "font", "img", "small", "sup", "sub", "center", "tbody", "thead")
_TAG = re.compile(rf"</?({'|'.join((*_BLOCKS, *_INLINE))})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LETTER_TABLE = str.maketrans(_LOOKALIKES)


def entities(text: str) -> list[Edit]:
    """HTML entities that were left in the text, each to the character it names (escaped twice or more, too)."""
    if "&" not in text:
        return []
    found = []
    for match in _ENTITY.finditer(text):
        old, new = match.group(), html.unescape(match.group())
        while new != old:
            old, new = new, html.unescape(new)
        if new != match.group():
            found.append(Edit(match.start(), match.end(), new, "entity"))
    return found


def escapes(text: str) -> list[Edit]:
    r"""Escapes of JSON that were left in the text: \n ends a line, \u0627 is a letter."""
    if "\\" not in text:
        return []
    return [Edit(match.start(), match.end(), _unescaped(match.group()), "escape") for match in _ESCAPE.finditer(text)]


def _unescaped(run: str) -> str:
    if run[1] != "u":
        return "\n" if "\\n" in run else " "
    letters = "".join(chr(int(code, 16)) for code in run.split("\\u")[1:])
    return letters.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def tags(text: str) -> list[Edit]:
    """HTML tags that were left in the text: those of blocks end a line, the others go."""
    if "<" not in text:
        return []
    return [
        Edit(match.start(), match.end(), "\n" if match.group(1).lower() in _BLOCKS else "", "markup")
        for match in _TAG.finditer(text)
    ]


def changes(text: str) -> list[Edit]:
    """Every change of single characters that ``text`` needs, in order."""
    found: list[Edit] = []
    for place in _PLACES.finditer(text):
        at, end = place.span()
        while at < end:
            match = _CHANGES.match(text, at)
            at = match.end() if match else at + 1
            for edit in _edits(text, match) if match else ():
                if found and edit.start < found[-1].end:
                    _shorten(found, edit.start)
                found.append(edit)
    return found


def hashtags(text: str) -> list[Edit]:
    """The marks of hashtags (#قمة_عمان), and underscores between Arabic words: each becomes a space."""
    if "#" not in text and "_" not in text:
        return []
    return [
        Edit(match.start(), match.end(), " " * (match.end() - match.start()), "hashtag")
        for match in _HASHTAG.finditer(text)
    ]


def _shorten(found: list[Edit], start: int) -> None:
    """Take back the last edit from ``start`` on: the letter there is composed with its marks instead."""
    last = found.pop()
    if last.start < start:
        found.append(last._replace(end=start, text=last.text[: start - last.start]))


def _edits(text: str, match: re.Match[str]) -> Iterator[Edit]:
    start, end, kind = match.start(), match.end(), match.lastgroup or ""
    if kind == "mark":
        yield _mark(text, start, end)
    elif kind in ("invisible", "control"):
        yield Edit(start, end, "", kind)
    elif kind == "letter":
        yield Edit(start, end, match.group().translate(_LETTER_TABLE), kind)
    elif kind == "form":
        yield from _forms(text, start, end)
    elif kind == "newline":
        yield Edit(start, end, "\n", kind)
    else:
        yield Edit(start, end, " " * (end - start), kind)


def _mark(text: str, start: int, end: int) -> Edit:
    """Drop marks, composing those that make another letter (alef and hamza above) with the letter before.

    A tatweel that stretches no letter was typed for a dash.
    """
    if start and _COMPOSING.search(text, start, end):
        composed = unicodedata.normalize("NFC", text[start - 1 : end])
        letter = composed[0].translate(_LETTER_TABLE)
        if letter != text[start - 1]:
            return Edit(start - 1, end, letter, "composed")
    if text[start] == _TATWEEL and not (start and text[start - 1].isalpha()) and not text[end : end + 1].isalpha():
        return Edit(start, end, "-" * (end - start), "dash")
    return Edit(start, end, "", "mark", joins=True)


def _forms(text: str, start: int, end: int) -> Iterator[Edit]:
    for at in range(start, end):
        plain = _ANY_MARK.sub("", unicodedata.normalize("NFKC", text[at])).strip(" ")
        yield Edit(at, at + 1, plain, "form", joins=True)
