"""From what the user names to articles and rejections."""

from __future__ import annotations

import bz2
import datetime
import email.message
import gzip
import io
import json
import lzma
import os
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
import zstandard

from rasid.read import articles
from rasid.read.articles import READERS
from rasid.read.options import FORMATS
from rasid.records import Article, Rejected
from tests.read.pages import Known, broadcaster, known

_TITLE = "قمة مرتقبة في عمان"
_BODY = "قال وزير الخارجية إن القمة ستعقد في العاصمة عمان منتصف الشهر المقبل بمشاركة خمس دول."


def _read(*paths: Path | str, **options: object) -> list[Article | Rejected]:
    return list(articles([str(path) for path in paths], **options))  # type: ignore[arg-type]


def _only(*paths: Path | str, **options: object) -> Article:
    found = _read(*paths, **options)
    assert [type(item) for item in found] == [Article], found
    assert isinstance(found[0], Article)
    return found[0]


def _codes(found: list[Article | Rejected]) -> list[str]:
    return [item.code if isinstance(item, Rejected) else "ok" for item in found]


def _record(article: Known) -> dict[str, str]:
    return {"id": article.id, "title": article.title, "text": article.body, "published": article.published}


def _lines(count: int = 3) -> bytes:
    return "".join(json.dumps(_record(a), ensure_ascii=False) + "\n" for a in known()[:count]).encode()


def test_first_line_is_a_title_only_before_a_blank_line(tmp_path: Path) -> None:
    (tmp_path / "titled.txt").write_text(f"{_TITLE}\n\n{_BODY}\n", encoding="utf-8")
    (tmp_path / "untitled.txt").write_text(f"{_TITLE}\n{_BODY}\n", encoding="utf-8")
    titled, untitled = _only(tmp_path / "titled.txt"), _only(tmp_path / "untitled.txt")
    assert (titled.id, titled.title, titled.body.strip()) == ("titled", _TITLE, _BODY)
    assert untitled.title is None
    assert untitled.body.startswith(_TITLE)


def test_records_of_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "news.jsonl"
    file.write_bytes(_lines())
    found = _read(file)
    assert [item.id for item in found] == ["made-1", "made-2", "made-3"]
    first = found[0]
    assert isinstance(first, Article)
    assert first.text == f"{known()[0].title}\n\n{known()[0].body}"
    assert first.published == datetime.date(2024, 3, 11)


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2024-03-11T23:30:00-05:00", datetime.date(2024, 3, 11)),
        ("2024-03-11 08:00", datetime.date(2024, 3, 11)),
        ("Mon, 11 Mar 2024 23:59:00 +0300", datetime.date(2024, 3, 11)),
        ("20240311", datetime.date(2024, 3, 11)),
        ("2024-13-11", None),
        ("2024-03", None),
        ("أمس", None),
        (None, None),
    ],
)
def test_a_day_is_read_as_written(tmp_path: Path, stamp: str | None, day: datetime.date | None) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": _BODY, "published": stamp}), encoding="utf-8")
    assert _only(file).published == day


def test_options_stand_in_only_where_the_input_is_silent(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(
        "\n".join(json.dumps(record) for record in ({"text": _BODY}, {"text": _BODY, "published": "2020-01-02"})),
        encoding="utf-8",
    )
    found = _read(file, published=datetime.date(2025, 10, 3), publisher="نشرة")
    assert [item.published for item in found if isinstance(item, Article)] == [
        datetime.date(2025, 10, 3),
        datetime.date(2020, 1, 2),
    ]
    assert {item.publisher for item in found if isinstance(item, Article)} == {"نشرة"}


def test_one_broken_line_does_not_stop_the_others(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    lines = _lines(9).splitlines(keepends=True)
    lines[6] = b'{"text": "\xd9\n'
    file.write_bytes(b"".join(lines))
    found = _read(file)
    assert _codes(found) == ["ok"] * 6 + ["broken_record"] + ["ok"] * 2
    broken = found[6]
    assert isinstance(broken, Rejected)
    assert broken.source == f"line 7 of {file}"


def test_a_line_of_50_mb_is_skipped_in_bounded_memory(tmp_path: Path) -> None:
    file = tmp_path / "big.jsonl"
    with file.open("wb") as out:
        out.write(_lines(1))
        out.write(b'{"text": "')
        for _ in range(50):
            out.write(b"a" * 1_000_000)
        out.write(b'"}\n')
        out.write(_lines(2).splitlines(keepends=True)[1])
    assert _codes(_read(file)) == ["ok", "too_large", "ok"]


def test_ids_are_unique_in_a_run(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(_lines(1) * 3)
    assert [item.id for item in _read(file)] == ["made-1", "made-1-2", "made-1-3"]
    (tmp_path / "b.jsonl").write_text(json.dumps({"text": _BODY}), encoding="utf-8")
    assert _only(tmp_path / "b.jsonl").id == "b-1"


@pytest.mark.parametrize("shape", ["list", "pretty", "feed", "one"])
def test_other_shapes_of_json(tmp_path: Path, shape: str) -> None:
    records = [_record(article) for article in known()[:3]]
    value: object = {
        "list": records,
        "pretty": records[0],
        "one": records[0],
        "feed": {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "نشرة",
            "items": [{"id": r["id"], "title": r["title"], "content_html": f"<p>{r['text']}</p>"} for r in records],
        },
    }[shape]
    file = tmp_path / "a.json"
    file.write_text(json.dumps(value, ensure_ascii=False, indent=None if shape == "one" else 2), encoding="utf-8")
    found = _read(file)
    assert [item.id for item in found] == [f"made-{n}" for n in range(1, len(found) + 1)]
    assert _codes(found) == ["ok"] * (3 if shape in ("list", "feed") else 1)


@pytest.mark.parametrize(("name", "delimiter"), [("t.csv", ","), ("t.tsv", "\t"), ("t.csv", ";")])
def test_tables(tmp_path: Path, name: str, delimiter: str) -> None:
    rows = [["Headline", "Body", "Date", "Link"]]
    rows += [[a.title, a.body, a.published, f"https://x.example/{a.id}"] for a in known()[:3]]
    quoted = (delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    (tmp_path / name).write_text("\ufeff" + "\r\n".join(quoted) + "\r\n", encoding="utf-8")
    found = _read(tmp_path / name)
    assert [(item.title, item.body) for item in found if isinstance(item, Article)] == [
        (a.title, a.body) for a in known()[:3]
    ]


def test_columns_can_be_named(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(f"kopf,inhalt\n{_TITLE},{_BODY}\n", encoding="utf-8")
    assert _codes(_read(file)) == ["broken_record"]
    assert _only(file, columns={"title": "kopf", "text": "inhalt"}).title == _TITLE


def test_a_table_with_a_nul(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_bytes(f"title,text\n{_TITLE},\x00{_BODY}\n{_TITLE},{_BODY}\n".encode())
    assert _codes(_read(file)) == ["ok", "ok"]


def test_parquet(tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "headline": [a.title for a in known()],
            "body": [a.body for a in known()[:-1]] + [None],
            "date": [datetime.datetime.fromisoformat(a.published) for a in known()],
        }
    )
    pyarrow.parquet.write_table(table, tmp_path / "a.parquet")
    found = _read(tmp_path / "a.parquet")
    assert _codes(found) == ["ok"] * 9 + ["empty"]
    assert isinstance(found[0], Article)
    assert found[0].published == datetime.date(2024, 3, 11)


_PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
    "zst": zstandard.ZstdCompressor().compress,
}


@pytest.mark.parametrize("suffix", _PACK)
def test_packed_files(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a.jsonl.{suffix}"
    file.write_bytes(_PACK[suffix](_lines()))
    assert _codes(_read(file)) == ["ok"] * 3


@pytest.mark.parametrize("suffix", _PACK)
def test_a_cut_packed_file_gives_what_it_holds_and_a_reason(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"a.jsonl.{suffix}"
    packed = _PACK[suffix](_lines(10))
    file.write_bytes(packed[: len(packed) * 2 // 3])
    (tmp_path / "b.txt").write_text(_BODY, encoding="utf-8")
    found = _read(file, tmp_path / "b.txt")
    assert _codes(found)[-2:] == ["broken_record", "ok"]


def test_archives_with_folders_and_tricky_names(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("one/a.jsonl", _lines(1))
        archive.writestr("../../etc/b.txt", _BODY)
        archive.writestr("page.html", broadcaster(known()[1]))
        archive.writestr("inner.jsonl.gz", gzip.compress(_lines(2)))
        archive.writestr("empty.txt", "")
        archive.writestr(".DS_Store", b"\x00\x01")
    assert _codes(_read(tmp_path / "a.zip")) == ["ok", "ok", "ok", "ok", "ok", "empty"]
    assert not (tmp_path.parent / "etc").exists()


def test_tar(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        info = tarfile.TarInfo("a.jsonl")
        info.size = len(_lines())
        archive.addfile(info, io.BytesIO(_lines()))
    assert _codes(_read(tmp_path / "a.tar.gz")) == ["ok"] * 3


@pytest.mark.parametrize("suffix", ["gz", "zip"])
def test_bombs_are_bounded(tmp_path: Path, suffix: str) -> None:
    data = (b'{"text": "' + b"a" * 1_000_000 + b'"}\n') * 100
    file = tmp_path / f"bomb.{suffix}"
    if suffix == "gz":
        file.write_bytes(gzip.compress(gzip.compress(data)))
    else:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", b"\n" * 60_000_000)
    assert _codes(_read(file))[-1] == "too_large"


def test_archives_in_archives_end(tmp_path: Path) -> None:
    data = _lines(1)
    for _ in range(5):
        data = gzip.compress(data)
    (tmp_path / "a.gz").write_bytes(data)
    assert _codes(_read(tmp_path / "a.gz")) == ["too_large"]


def test_mail(tmp_path: Path) -> None:
    message = email.message.EmailMessage()
    message["From"] = "نشرة الصباح <news@example.org>"
    message["Subject"] = _TITLE
    message["Date"] = "Fri, 03 Oct 2025 10:00:00 +0300"
    message.set_content(_BODY)
    message.add_alternative(f"<p>{_BODY}</p>", subtype="html")
    (tmp_path / "a.eml").write_bytes(message.as_bytes())
    found = _only(tmp_path / "a.eml")
    assert (found.title, found.body.strip(), found.publisher) == (_TITLE, _BODY, "نشرة الصباح")
    assert found.published == datetime.date(2025, 10, 3)


def test_docx(tmp_path: Path) -> None:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    title = f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{_TITLE}</w:t></w:r></w:p>'
    half = len(_BODY) // 2
    body = f"<w:p><w:r><w:t>{_BODY[:half]}</w:t></w:r><w:r><w:t>{_BODY[half:]}</w:t></w:r></w:p>"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{title}{body}</w:body></w:document>'
        )
    found = _only(tmp_path / "a.docx")
    assert (found.title, found.body) == (_TITLE, _BODY)


def test_folders_patterns_and_loops(tmp_path: Path) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "b.txt").write_text(_BODY, encoding="utf-8")
    (tmp_path / "in" / "deep" / "a.jsonl").write_bytes(_lines(1))
    (tmp_path / "in" / ".hidden").write_text(_BODY, encoding="utf-8")
    (tmp_path / "in" / "deep" / "loop").symlink_to(tmp_path / "in")
    assert [item.id for item in _read(tmp_path / "in")] == ["b", "made-1"]
    assert [item.id for item in _read(tmp_path / "in" / "*.txt")] == ["b"]
    assert [item.id for item in _read(tmp_path / "in" / "**" / "*.jsonl")] == ["made-1"]


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a"
    file.write_bytes(_lines())
    with file.open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert _codes(_read("-")) == ["ok"] * 3


def test_a_slow_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = f'<?xml version="1.0"?>\n<rss version="2.0"><channel><item><title>{_TITLE}</title></item></channel></rss>'
    source, sink = os.pipe()
    with open(source, encoding="utf-8") as stream, open(sink, "wb", buffering=0) as pipe:
        writer = threading.Thread(target=_slowly, args=(feed.encode(), pipe))
        writer.start()
        monkeypatch.setattr("sys.stdin", stream)
        found = _only("-")
        writer.join()
    assert found.body == _TITLE


def _slowly(data: bytes, pipe: io.FileIO) -> None:
    for at in range(0, len(data), 20):
        pipe.write(data[at : at + 20])
        time.sleep(0.001)
    pipe.close()


def test_addresses(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(_lines())
    assert _codes(_read(f"file://{tmp_path}/a.jsonl")) == ["ok"] * 3
    assert _codes(_read(f"file://{tmp_path}/*.jsonl")) == ["ok"] * 3
    assert _codes(_read(f"file://{tmp_path}/none.jsonl", "nosuch://a/b")) == ["missing", "missing"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (bytes(range(256)) * 40, "binary"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(200)) * 9, "binary"),
        (b"The minister said on Monday that the talks would go on.\n", "not_arabic"),
        ("رئیس جمهور ایران گفت که این مذاکرات را با جدیت ادامه می دهد و برای مردم مفید است.".encode(), "not_arabic"),
        ("وزیر اعظم نے کہا ہے کہ مذاکرات جاری ہیں اور ان کا ملک اس کے لیے تیار ہے۔".encode(), "not_arabic"),
        ("سەرۆکی هەرێم لەگەڵ شاندێکی حکومەت کۆبووەوە و باسی لە دۆخی ناوچەکە کرد.".encode(), "not_arabic"),
        (b"%PDF-1.4\ngarbage", "broken_record"),
        (b"PAR1garbage", "broken_record"),
        (b"PK\x03\x04garbage", "broken_record"),
        (b'{"title": "a"}\n', "empty"),
        (b'{"text": 5}\n', "broken_record"),
        (b'[{"text": 5}]', "broken_record"),
        (b"[]", "empty"),
        (b"title,text\n", "empty"),
        (b'<?xml version="1.0"?><sitemapindex><sitemap><loc>https://x/</loc></sitemap></sitemapindex>', "empty"),
        (b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n", "empty"),
        (b"PK\x05\x06" + bytes(18), "empty"),
    ],
)
def test_bad_input_is_rejected_with_its_reason(tmp_path: Path, data: bytes, code: str) -> None:
    file = tmp_path / "bad"
    file.write_bytes(data)
    (tmp_path / "good.txt").write_text(_BODY, encoding="utf-8")
    found = _read(file, tmp_path / "good.txt")
    assert _codes(found)[0] == code
    assert _codes(found)[-1] == "ok"
    first = found[0]
    assert isinstance(first, Rejected)
    assert str(file) in first.source
    assert ";" in first.reason  # what was wrong; what to do


def test_an_arabic_article_that_quotes_its_neighbour_is_read(tmp_path: Path) -> None:
    urdu = "وزیر اعظم نے کہا ہے کہ مذاکرات جاری ہیں اور ان کا ملک اس کے لیے تیار ہے۔"
    (tmp_path / "a.txt").write_text(f"{_BODY}\n{urdu}\n{_BODY}", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{urdu}\n{_BODY}\n{urdu}", encoding="utf-8")
    assert _codes(_read(tmp_path)) == ["ok", "not_arabic"]


def test_text_that_only_begins_like_another_format(tmp_path: Path) -> None:
    for number, opening in enumerate(("{ومن أحياها} ", "[خاص] ", "<<عاجل>> ", "قال, نعم: ")):
        (tmp_path / f"{number}.txt").write_text(opening + _BODY, encoding="utf-8")
        assert _only(tmp_path / f"{number}.txt").body == opening + _BODY


def test_a_format_can_be_forced(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(f"<p>{_BODY}</p>", encoding="utf-8")
    assert _only(tmp_path / "a", as_format="txt").body == f"<p>{_BODY}</p>"
    with pytest.raises(ValueError, match="no format 'doc'; give one of"):
        _read(tmp_path / "a", as_format="doc")


def test_missing_inputs(tmp_path: Path) -> None:
    (tmp_path / "void").mkdir()
    found = _read(tmp_path / "nothing.txt", tmp_path / "void", tmp_path / "*.none", "a" * 5000, "a\x00b")
    assert _codes(found) == ["missing", "empty", "empty", "missing", "missing"]


@pytest.mark.parametrize("encoding", ["cp1256", "iso8859_6", "utf-16", "utf-8"])
@pytest.mark.parametrize(
    "text", ["انفجار يهز العاصمة بغداد", "قمة عمان تنطلق غدا", "رئيس الوزراء يلتقي نظيره", "وصل الوفد"]
)
def test_encodings_of_a_few_words(tmp_path: Path, encoding: str, text: str) -> None:
    (tmp_path / "a").write_bytes(text.encode(encoding))
    assert _only(tmp_path / "a").body == text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1256", "iso8859_6"])
@pytest.mark.parametrize("kind", ["text", "json", "csv"])
def test_encodings_of_long_texts(tmp_path: Path, encoding: str, kind: str) -> None:
    article = known()[2]
    body = " ".join(article.paragraphs)
    text = {
        "text": f"{article.title}\n\n{body}",
        "json": json.dumps({"title": article.title, "text": body}, ensure_ascii=False) + "\n",
        "csv": f'title,text\n{article.title},"{body}"\n',
    }[kind]
    (tmp_path / "a").write_bytes(text.encode(encoding))
    found = _only(tmp_path / "a")
    assert (found.title, found.body) == (article.title, body)


def test_every_format_has_a_reader() -> None:
    assert set(READERS) == set(FORMATS)
