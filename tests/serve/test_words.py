"""Every word of the interface is there in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rasid import codebook, serve
from rasid.records import Stance, Status
from rasid.serve.words import LANGUAGES, codes, countries, words

FOLDER = Path(serve.__file__).parent
ARABIC = re.compile("[\u0621-\u064a]")


def used() -> set[str]:
    """The keys that templates and pages ask for by name."""
    sources = [*FOLDER.glob("templates/*.html"), *FOLDER.glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    return set(re.findall(r'\bw\(\s*["\']([a-z_]+)["\']', text))


def test_every_key_that_is_used_is_in_the_table() -> None:
    assert len(used()) > 100
    for key in sorted(used() - {"order_", "queue_", "region_"}):
        values = {"n": 1, "all": 2, "why": "", "start": 1, "end": 2, "day": "", "name": ""}
        for language in LANGUAGES:
            assert words(language)(key, **values)


def test_arabic_is_arabic_and_english_is_not() -> None:
    for kind in ("type", "status", "quad", "stance", "mode", "sector", "context", "precision", "role", "what"):
        for code in codes(kind):
            assert ARABIC.search(words("ar").label(kind, code)), (kind, code)
            assert not ARABIC.search(words("en").label(kind, code)), (kind, code)


def test_the_labels_cover_the_codebook() -> None:
    modes = {mode for kind in codebook.types().values() for mode in kind.modes}
    assert modes <= set(codes("mode"))
    assert set(codebook.types()) == set(codes("type"))
    assert set(codebook.contexts()) == set(codes("context"))
    assert set(codebook.sectors()) == set(codes("sector"))
    assert set(Status) == set(codes("status"))
    assert set(Stance) == set(codes("stance"))


def test_countries_have_names_in_both() -> None:
    assert words("ar").country("SYR") == "سوريا"
    assert words("en").country("SYR") == "Syria"
    assert all(words("en").country(code) != code for code in countries())


def test_a_party_is_told_in_words() -> None:
    assert words("en").party("SYRMIL") == "Syria, armed forces"
    assert words("ar").party("IMGREB").startswith("جماعة")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        words("en")("no_such_key")
