"""Which language a text in Arabic script is in."""

from __future__ import annotations

import re
from typing import NamedTuple

from rasid.data import table

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LATIN = re.compile("[^\\W\\d_\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]+")
_LEVEL = str.maketrans({"ی": "ي", "ک": "ك", "ى": "ي", "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه"})
_LANGUAGES = table("languages")
_NAMES = {row["code"]: row["name"] for row in _LANGUAGES}
_WORDS = {row["code"]: frozenset(row["words"].split("|")) for row in _LANGUAGES}
_FOREIGN = {row["code"]: re.compile(f"[{row['letters']}]") for row in _LANGUAGES if row["letters"]}
_MIN_SCORE = 0.08  # below it (headlines, names) the text passes as Arabic
_SAMPLE = 4000  # characters looked at; more changes no verdict on the corpora


class Language(NamedTuple):
    """ISO 639 code and name of the likeliest language of Arabic script, and the share of Arabic-script letters."""

    code: str
    name: str
    share: float


def identify(text: str) -> Language:
    """The language of ``text``; code "und" where it has no letters."""
    sample = text[:_SAMPLE]
    words = _ARABIC.findall(sample)
    script = sum(map(len, words))
    others = sum(map(len, _LATIN.findall(sample)))
    if not script:
        return Language("und", "", 0.0)
    share = script / (script + others)
    levelled = [word.translate(_LEVEL) for word in words]
    hits = {code: sum(w in known for w in levelled) / len(levelled) for code, known in _WORDS.items()}
    scores = {code: hit + _foreign(code, sample, script) for code, hit in hits.items()}
    best = max(scores, key=lambda code: scores[code])
    if scores[best] <= max(1.5 * scores["ar"], _MIN_SCORE):
        best = "ar"
    return Language(best, _NAMES[best], share)


def _foreign(code: str, sample: str, letters: int) -> float:
    letter = _FOREIGN.get(code)
    return len(letter.findall(sample)) / letters if letter else 0.0
