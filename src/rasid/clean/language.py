"""Which language a text in Arabic script is in."""

from __future__ import annotations

import re
from typing import NamedTuple

from rasid.data import table
from rasid.records import Passage

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN = re.compile("[^\\W\\d_\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LEVEL = str.maketrans({"ی": "ي", "ک": "ك", "ى": "ي", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه"})
_LANGUAGES = table("languages")
_NAMES = {row["code"]: row["name"] for row in _LANGUAGES}
_WORDS = {row["code"]: frozenset(row["words"].split("|")) for row in _LANGUAGES}
_FOREIGN = {row["code"]: re.compile(f"[{row['letters']}]") for row in _LANGUAGES if row["letters"]}
_FOREIGN_LETTER = re.compile(f"[{''.join(row['letters'] for row in _LANGUAGES)}]")
_VARIETIES = {row["code"]: frozenset(row["words"].translate(_LEVEL).split("|")) for row in table("dialects")}
_STANDARD = _VARIETIES["standard"]
_DIALECTS = {code: words for code, words in _VARIETIES.items() if code != "standard"}
_MAX_STANDARD = 0.03  # share of words of the written standard: news has 0.05 to 0.12, dialect under 0.02
_MIN_DIALECT = 0.05  # share of dialect words; of 15,000 articles of news none reaches it
_MIN_DIALECT_WORDS = 2
_PLAIN = 0.1  # share of common Arabic words at which nothing else is looked at; running news has 0.15 to 0.25
_MIN_LETTERS = 0.004  # Persian news has 0.02 and more of its own four letters
_MIN_SCORE = 0.08  # below it (headlines, names) the text passes as Arabic
_TAG = re.compile("<[^<>]*>")
_SAMPLE = 2000  # characters looked at; more changes no verdict on the corpora
_PARAGRAPH = re.compile(r"[^\n]+")
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
    words = _ARABIC.findall(sample.translate(_LEVEL))
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
    """The paragraphs of ``text``, an Arabic article, that are in another language of the Arabic script."""
    if not _FOREIGN_LETTER.search(text):
        return []
    found = []
    for match in _PARAGRAPH.finditer(text):
        if len(_FOREIGN_LETTER.findall(match.group())) < 2 or len(_ARABIC.findall(match.group())) < _MIN_PASSAGE:
            continue
        language = identify(match.group())
        if language.name != _NAMES["ar"]:
            found.append(Passage(match.start(), match.end(), language.code))
    return found


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
