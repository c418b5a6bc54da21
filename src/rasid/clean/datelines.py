"""What stands before the first sentence or after the last one: place, day, agency, writer.

It stays in the text, for it tells where the report comes from and who tells it; here it is only found.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rasid.clean.layout import Line
from rasid.data import as_json, compiled, table
from rasid.records import SetAside
from rasid.words.fold import fold

KEPT = frozenset({"dateline", "byline"})
_HEAD_LINES = 4  # headline, subtitle, date line and byline may stand before the first sentence
_HEAD_CHARS = 140
_TAIL_CHARS = 60
_SHORT = 70  # no place, day and agency take more characters before their dash or colon
_SEPARATOR = re.compile(r"[-–—:/(*]")
_SENTENCE_ENDS = tuple(f"{letter}." for letter in "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأئؤ")

# The head of a line is written as one letter for each part, and these patterns read the letters:
# C city, N country, A agency, S special (خاص), D day or number, R role (بقلم), M source (المصدر), Q quoted (نقلا عن),
# P issued, w any other word; - dashes, : , / ( ) and q for quotation marks.
_CODES = {
    "city": "C",
    "country": "N",
    "agency": "A",
    "special": "S",
    "day": "D",
    "role": "R",
    "source": "M",
    "quoted": "Q",
    "issued": "P",
}
_PART = re.compile(r"[^\W_]+|[-–—ـ]+|[^\w\s]")
_MARKS = {":": ":", "،": ",", ",": ",", "/": "/", "|": "/", "(": "(", ")": ")", "*": "", ".": "."}
_NAMED = r"[(q/]*w{0,3}[AS][ASCw]{0,3}[)q/]*"
_PATTERNS = tuple(
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"-?[CN,]*[CND,/\-]*\(w{0,3}A[^()]{0,8}\)[-:]*", "dateline"),  # القاهرة 15-7 (ا ف ب) -
        (r"[CND,]*[-:]?/w{0,2}A/[-:]*", "dateline"),  # موسكو 3 تموز /سبأ/
        (rf"C(?:,?N)?[D/\-]*[-:/]*{_NAMED}(?:[-:/]+|(?<=q)|$)", "dateline"),  # لندن: «الشرق الأوسط»
        (rf"A(?:\.w)?[-:/]+C?D*(?:/A/|(?:{_NAMED})?[-:/]+|$)", "dateline"),  # الجزيرة - الرياض:
        (r"[AS](?:[-/:,]+[ASC])+(?:[-:/]|$)", "dateline"),  # خاص - بيروت
        (r"C[-:/]+w{2,4}:", "byline"),  # دبي - فلان الفلاني:
        (r"A(?:\.w)?[-:/]+w{2,4}(?::|$)", "byline"),  # الوكالة - فلان الفلاني
        (r"C/w{2,4}-*$", "byline"),  # عدن/فلان الفلاني
        (r"C(?:,?N)?[D/]*-(?=.)", "dateline"),  # نابلس-
        (r"-?R[:/\-]+[wCASD.\-]{1,8}(?::|$)", "byline"),  # بقلم: الكاتب
        (r"\(?(?:M:|Q)[^:]{1,8}\)?\.?$", "byline"),  # المصدر: وكالات
        (r"P[:D].{0,14}$", "dateline"),  # تاريخ النشر: ...
        (r"\(?A(?:[-/,]+A)*\)?\.?$", "byline"),  # أ ف ب
    )
)
_TAIL = re.compile(r"(?:\((?:w{0,2}[AS])(?:[-/,]*w{0,1}[AS])*\)|(?<=[.\n])[(]?[AS](?:[-/,]+[AS])*\)?)\.?$")


class Part(NamedTuple):
    """A known phrase, a word or a mark: its code letter and where it stands."""

    code: str
    start: int
    end: int


@functools.cache
def _forms() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Known phrases by their first word, longest first: datelines.tsv comes before media.tsv."""
    return compiled("clean-datelines", _grouped, _read_forms)


def _read_forms(_: str, told: bytes) -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((tuple(words), code) for words, code in json.loads(told))


def _grouped() -> Iterator[tuple[str, bytes]]:
    codes: dict[tuple[str, ...], str] = {}
    own = ((form, _CODES[row["class"]]) for row in table("datelines") for form in row["forms"].split("|"))
    media = ((name, "A") for row in table("media") for name in row["names"].split("|"))
    for form, code in (*own, *media):
        codes.setdefault(_words(form), code)
    grouped: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for words, code in codes.items():
        grouped.setdefault(words[0], []).append((words, code))
    for first, forms in grouped.items():
        yield first, as_json(sorted(forms, key=lambda form: -len(form[0])))


def _words(form: str) -> tuple[str, ...]:
    return tuple(_PART.findall(fold(form).lower()))


def parts(text: str) -> list[Part]:
    """``text`` (without marks) cut into known phrases, words and marks."""
    folded = fold(text).lower()
    found = [(m.start(), m.end()) for m in _PART.finditer(text)]
    if len(folded) != len(text):
        folded = text
    keys = [folded[start:end] for start, end in found]
    cut: list[Part] = []
    at = 0
    while at < len(found):
        size, code = _phrase(keys, at) or (1, _code(keys[at]))
        if code:
            cut.append(Part(code, found[at][0], found[at + size - 1][1]))
        at += size
    return cut


def _phrase(keys: Sequence[str], at: int) -> tuple[int, str] | None:
    for words, code in _forms().get(keys[at], ()):
        size = _spelled(keys, at, words)
        if size:
            return size, code
    return None


def _spelled(keys: Sequence[str], at: int, words: tuple[str, ...]) -> int:
    """Number of parts from ``at`` on that spell ``words``; stops between them (أ.ف.ب) are passed over."""
    start = at
    for index, word in enumerate(words):
        while index and at < len(keys) and keys[at] == "." and word != ".":
            at += 1
        if at >= len(keys) or keys[at] != word:
            return 0
        at += 1
    return at - start


def _code(word: str) -> str:
    if word[0] in "-–—ـ":
        return "-"
    if word[0] in "\"'«»“”‘’„":
        return "q"
    if word.isdigit():
        return "D"
    return "w" if word[0].isalnum() else _MARKS.get(word, ".")


def find(lines: Sequence[Line], *, skip: frozenset[int]) -> list[SetAside]:
    """Datelines and bylines of the first lines and the last one; lines that begin in ``skip`` are passed over."""
    kept = [line for line in lines if line.start not in skip]
    found = [span for line in kept[:_HEAD_LINES] for span in _head(line)]
    if kept and not (found and found[-1].end >= kept[-1].end):
        found.extend(_tail(kept[-1]))
    return found


def tells_source(line: str) -> bool:
    """True for a line that is a dateline or byline as a whole, however often it recurs."""
    return any(span.end == len(line) for span in _head(Line(0, len(line), line, False)))


def _head(line: Line) -> Iterator[SetAside]:
    head = line.text[:_HEAD_CHARS]
    if len(head) > _SHORT and not _SEPARATOR.search(head, 0, _SHORT):
        return
    cut = parts(head)
    codes = "".join(part.code for part in cut)
    if len(head) < len(line.text):
        codes += "w."  # the line goes on: no pattern may take the cut for its end
    for pattern, reason in _PATTERNS:
        match = pattern.match(codes)
        if match and match.end() and not _parenthetic(line.text, cut[: match.end()]):
            yield SetAside(line.start, line.start + cut[match.end() - 1].end, reason)
            return


def _parenthetic(text: str, cut: Sequence[Part]) -> bool:
    """True for a dash that opens an insertion (دمشق -الجمعة- ...) and closes no dateline."""
    last = cut[-1]
    if last.code != "-" or len(cut) > 2 or last.end - last.start > 1:
        return False
    return text[last.start - 1] == " " and text[last.end : last.end + 1] != " "


def _tail(line: Line) -> Iterator[SetAside]:
    if line.text.endswith(_SENTENCE_ENDS):
        return
    start = max(0, len(line.text) - _TAIL_CHARS)
    cut = parts(line.text[start:])
    match = _TAIL.search("".join(part.code for part in cut))
    if match:
        yield SetAside(
            line.start + start + cut[match.start()].start, line.start + start + cut[match.end() - 1].end, "byline"
        )
