"""Which language a text in Arabic script is in."""

from __future__ import annotations

import re
from typing import NamedTuple

from rasid.data import table
from rasid.records import Passage

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN = re.compile("[^\\W\\d_\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LEVEL = (("ی", "ي"), ("ک", "ك"), ("ى", "ي"), ("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ة", "ه"))


def _levelled(text: str) -> str:
    """``text`` in the spelling of the tables; one replacement after another is much faster than str.translate."""
    for letter, plain in _LEVEL:
        text = text.replace(letter, plain)
    return text


_LANGUAGES = table("languages")
_NAMES = {row["code"]: row["name"] for row in _LANGUAGES}
_WORDS = {row["code"]: frozenset(row["words"].split("|")) for row in _LANGUAGES}
_FOREIGN = {row["code"]: re.compile(f"[{row['letters']}]") for row in _LANGUAGES if row["letters"]}
_FOREIGN_LETTER = re.compile(f"[{''.join(row['letters'] for row in _LANGUAGES)}]")
_VARIETIES = {row["code"]: frozenset(_levelled(row["words"]).split("|")) for row in table("dialects")}
_STANDARD = _VARIETIES["standard"]
_DIALECTS = {code: words for code, words in _VARIETIES.items() if code != "standard"}
_SPOKEN = frozenset(word for words in _DIALECTS.values() for word in words)
_MAX_STANDARD = 0.03  # share of words of the written standard: news has 0.05 to 0.12, dialect under 0.02
_MIN_DIALECT = 0.05  # share of dialect words; of 15,000 articles of news none reaches it
_MIN_DIALECT_WORDS = 2
_PLAIN = 0.1  # share of common Arabic words at which nothing else is looked at; running news has 0.15 to 0.25
_MIN_LETTERS = 0.004  # Persian news has 0.02 and more of its own four letters
_MIN_SCORE = 0.08  # below it (headlines, names) the text passes as Arabic
_TAG = re.compile("<[^<>]*>")
_SAMPLE = 2000  # characters looked at; more changes no verdict on the corpora
_PARAGRAPH = re.compile(r"[^\n]+")
_MIN_FOREIGN_LETTERS = 2
_MIN_PASSAGE = 6  # words; a shorter line is a name or a title, which Arabic news quotes from its neighbours


class Language(NamedTuple):
    """ISO 639 code and name of the likeliest language of Arabic script, and the share of Arabic-script letters.

    Arabic in which a dialect prevails has the dialect's code (arz, apc, ary ...) and the name Arabic.
    """

    code: str
    name: str
    share: float


def identify(text: str) -> Language:
    """The language of ``text``; code "und" where it has no letters."""
    sample = _TAG.sub(" ", text[: 4 * _SAMPLE])[:_SAMPLE] if "<" in text[:_SAMPLE] else text[:_SAMPLE]
    words = _ARABIC.findall(_levelled(sample))
    script = sum(map(len, words))
    if not script:
        return Language("und", "", 0.0)
    share = script / (script + sum(map(len, _LATIN.findall(sample))))
    arabic = _hits("ar", words)
    if arabic > _PLAIN and not _FOREIGN_LETTER.search(sample):
        return Language(_variety(words), _NAMES["ar"], share)
    scores = {code: _score(code, words, sample, script) for code in _WORDS if code != "ar"}
    best = max(scores, key=lambda code: scores[code])
    if scores[best] <= max(1.5 * arabic, _MIN_SCORE):
        return Language(_variety(words), _NAMES["ar"], share)
    return Language(best, _NAMES[best], share)


def passages(text: str) -> list[Passage]:
    """The paragraphs of ``text``, an Arabic article, in another language of the Arabic script or in dialect."""
    if not (_FOREIGN_LETTER.search(text) or _may_be_spoken(text)):
        return []
    found = []
    for match in _PARAGRAPH.finditer(text):
        code = _of_paragraph(match.group())
        if code != "ar":
            found.append(Passage(match.start(), match.end(), code))
    return found


def _may_be_spoken(text: str) -> bool:
    """False where so few dialect words stand that no paragraph can be in dialect: a fast look at most articles."""
    return len(_SPOKEN.intersection(_levelled(text).split())) >= _MIN_DIALECT_WORDS


def _of_paragraph(paragraph: str) -> str:
    words = _ARABIC.findall(_levelled(paragraph))
    if len(words) < _MIN_PASSAGE:
        return "ar"
    foreign = len(_FOREIGN_LETTER.findall(paragraph)) >= _MIN_FOREIGN_LETTERS
    return identify(paragraph).code if foreign else _variety(words)


def _variety(words: list[str]) -> str:
    """Code of the dialect that prevails, else "ar"."""
    standard = sum(map(_STANDARD.__contains__, words))
    if standard > _MAX_STANDARD * len(words):
        return "ar"
    counts = {code: sum(map(known.__contains__, words)) for code, known in _DIALECTS.items()}
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] > max(_MIN_DIALECT * len(words), standard, _MIN_DIALECT_WORDS) else "ar"


def _hits(code: str, words: list[str]) -> float:
    """Share of the language's commonest words."""
    return sum(map(_WORDS[code].__contains__, words)) / len(words)


def _score(code: str, words: list[str], sample: str, letters: int) -> float:
    """Share of the language's words and letters; without any of its letters no text is taken for it."""
    share = len(_FOREIGN[code].findall(sample)) / letters
    return _hits(code, words) + share if share > _MIN_LETTERS else 0.0
