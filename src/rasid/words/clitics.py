"""Cutting proclitics and enclitic pronouns off a folded word.

A cut is kept only when the stem that is left is known: seen on its own in news, often enough to outweigh the word
read whole. The counts come from ``data/words.tsv.gz`` (built by ``training/words.py`` from bulk news).
"""

from __future__ import annotations

import functools
import gzip
from collections.abc import Iterator, Mapping
from importlib import resources

from rasid.data import compiled, table
from rasid.records import Analysis, Token
from rasid.words.fold import fold, is_mark

# Chains in the order they are tried. «ل» + «ال» is written «لل»; it is listed as the chain it stands for.
_ARTICLE_CHAINS = ("وبال", "فبال", "وكال", "وال", "فال", "بال", "كال", "ال")
_LAM_CHAINS = ("ولل", "فلل", "لل")
_LETTER_CHAINS = ("وب", "ول", "وك", "وس", "فب", "فل", "فس", "و", "ف", "ب", "ل", "ك", "س")
_ENCLITICS = ("هما", "كما", "هم", "هن", "ها", "كم", "نا", "ه", "ي", "ك")
_MIN_STEM = 2
_SHORTEST_NOUN = 3
_IMPERFECT = frozenset("يتنا")
# A letter chain is cut when the stem is at least this many times as frequent as the word read whole. The chain's last
# letter decides: «و» before a known word is nearly always "and" (وقال), «ك» is mostly part of the word (كان).
# Looked at on the most frequent 2,000 words of bulk news: one ratio for all either cuts «كان» or keeps «وقال» whole.
_LETTER_RATIO = {"و": 0.3, "ف": 1.0, "ل": 2.0, "ب": 3.0, "س": 3.0, "ك": 30.0}
_CACHE = 1 << 16


@functools.cache
def counts() -> Mapping[str, int]:
    """Folded word forms of bulk news with their counts (forms seen at least five times)."""
    return compiled("words", _counted, lambda _, count: int(count))


@functools.cache
def all_words() -> int:
    """How many words of news were counted."""
    total = compiled("words-total", lambda: [("", str(sum(counts().values())).encode())], lambda _, count: int(count))
    return total[""]


def _counted() -> Iterator[tuple[str, bytes]]:
    packed = resources.files("rasid.data").joinpath("words.tsv.gz").read_bytes()
    for line in gzip.decompress(packed).decode("utf-8").splitlines():
        form, _, count = line.partition("\t")
        yield form, count.encode()


@functools.lru_cache(maxsize=_CACHE)
def analyses(word: str) -> tuple[Analysis, ...]:
    """Cuts of the folded ``word``, most probable first; never empty, the last resort is the word whole."""
    whole = Analysis("", word)
    if len(word) <= _MIN_STEM or not "ء" <= word[0] <= "ي" or word in _closed_class():
        return (whole,)
    likely, unlikely = _cuts(word)
    ordered = [*likely, whole, *unlikely]
    return (*ordered, *_without_pronoun(ordered))


def _cuts(word: str) -> tuple[list[Analysis], list[Analysis]]:
    known = counts()
    here = known.get(word, 0)
    likely: list[tuple[int, Analysis]] = []
    unlikely: list[Analysis] = []
    for chain, stem in _chains(word):
        seen = known.get(stem, 0) + known.get("ال" + stem, 0)
        article = chain.endswith(("ال", "لل"))
        if article and seen and len(stem) > _MIN_STEM or seen >= _ratio(chain, stem) * max(here, 1):
            likely.append((-seen, Analysis(chain, stem)))
        elif seen:
            unlikely.append(Analysis(chain, stem))
    likely.sort(key=lambda pair: pair[0])
    return [cut for _, cut in likely], unlikely


def _ratio(chain: str, stem: str) -> float:
    if chain.endswith(("ال", "لل")) or stem in _closed_class():
        return _LETTER_RATIO["و"]
    return _LETTER_RATIO[chain[-1]]


@functools.cache
def _closed_class() -> frozenset[str]:
    return frozenset(fold(row["word"]) for row in table("closed_class"))


def _chains(word: str) -> list[tuple[str, str]]:
    found = [(chain, word[len(chain) :]) for chain in (*_ARTICLE_CHAINS, *_LAM_CHAINS) if word.startswith(chain)]
    found += [(chain, word[len(chain) :]) for chain in _LETTER_CHAINS if word.startswith(chain)]
    return [(chain, stem) for chain, stem in found if len(stem) >= _MIN_STEM and _may_follow(chain, stem)]


def _may_follow(chain: str, stem: str) -> bool:
    """The future «س» stands before an imperfect verb only (سيزور; not سانا, ساعة)."""
    return not chain.endswith("س") or (len(stem) > _SHORTEST_NOUN and stem[0] in _IMPERFECT)


def _without_pronoun(cuts: list[Analysis]) -> list[Analysis]:
    known = counts()
    found: list[Analysis] = []
    for cut in cuts:
        if cut.proclitic.endswith(("ال", "لل")):
            continue
        for pronoun in _ENCLITICS:
            stem = cut.stem[: -len(pronoun)]
            if not cut.stem.endswith(pronoun) or len(stem) < _MIN_STEM:
                continue
            found.extend(Analysis(cut.proclitic, form, pronoun) for form in _restored(stem) if form in known)
    return found


def _restored(stem: str) -> tuple[str, ...]:
    """The stem, and with ت back to ه (ة) or ا back to ي (ى) as they stand without a pronoun."""
    if stem.endswith("ت"):
        return stem, stem[:-1] + "ه"
    if stem.endswith("ا"):
        return stem, stem[:-1] + "ي"
    return (stem,)


def inner_start(token: Token, source: str) -> int:
    """Source offset of ``token`` without its leading و ف ب ل ك س: where a phrase starts. The article stays, also
    the one that is written in one with its preposition (للرئيس).

    ``source`` is the article's text, in which ``token.start`` counts.
    """
    chain = token.analyses[0].proclitic
    letters = len(chain) - (2 if chain.endswith(("ال", "لل")) else 0)
    offset = token.start
    for _ in range(letters):
        offset += 1
        while offset < token.end and (is_mark(source[offset]) or source[offset] == "ـ"):
            offset += 1
    return offset if offset < token.end else token.start
