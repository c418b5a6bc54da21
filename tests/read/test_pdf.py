"""The text layer of PDF files, whichever way round their programs drew it."""

from __future__ import annotations

from pathlib import Path

import pytest

from rasid.read import articles
from rasid.read.visual import ordered
from rasid.records import Article, Rejected

_LINES = (
    "قال الوزير إن 25 شخصا وصلوا إلى عمان في رحلة نظمتها شبكة CNN أمس.",
    "وأضاف أن الوفد سيبقى في المدينة حتى 12 أيار ثم يعود إلى بلاده.",
)


def _pdf(lines: tuple[str, ...]) -> bytes:
    """A one-page PDF that draws each line as it stands, with a map from glyphs to letters."""
    letters = {letter: number for number, letter in enumerate(sorted(set("".join(lines))), 1)}
    pairs = "".join(f"<{n:04X}> <{c.encode('utf-16-be').hex()}>\n" for c, n in letters.items())
    space = "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange"
    cmap = f"begincmap\n{space}\n{len(letters)} beginbfchar\n{pairs}endbfchar\nendcmap"
    drawn = "".join("<" + "".join(f"{letters[c]:04X}" for c in line) + "> Tj 0 -20 Td\n" for line in lines)
    page = f"BT /F1 12 Tf 50 700 Td\n{drawn}ET"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(page)} >>\nstream\n{page}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [6 0 R]"
        " /ToUnicode 7 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /A /DW 600"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    )
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    trailer = f"trailer << /Size {size} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()


def _drawn(line: str) -> str:
    """``line`` as most programs draw it: from left to right, numbers and Latin as they are."""
    words = [word if word.isascii() and word.isalnum() else word[::-1] for word in reversed(line.split(" "))]
    return " ".join(words)


@pytest.mark.parametrize("lines", [tuple(map(_drawn, _LINES)), _LINES], ids=["drawn", "logical"])
def test_lines_come_out_in_reading_order(tmp_path: Path, lines: tuple[str, ...]) -> None:
    (tmp_path / "a.pdf").write_bytes(_pdf(lines))
    (found,) = articles([str(tmp_path / "a.pdf")])
    assert isinstance(found, Article)
    assert found.body.split() == " ".join(_LINES).split()


def test_text_in_order_stays() -> None:
    text = "\n".join(_LINES)
    assert ordered(text) == text


def test_a_page_without_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(_pdf(("",)))
    (found,) = articles([str(tmp_path / "a.pdf")])
    assert isinstance(found, Rejected)
    assert found.code == "empty"
