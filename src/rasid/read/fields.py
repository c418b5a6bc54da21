"""Names that tables and records use for an article's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rasid.errors import BrokenRecord, EmptyInput
from rasid.read.draft import DateSource, Draft, day_of

NAMES = {
    "id": ("id", "article_id", "_id", "guid", "doc_id", "uuid", "article", "معرف"),
    "title": ("title", "headline", "name", "العنوان", "عنوان"),
    "text": (
        "text",
        "body",
        "content",
        "content_text",
        "content_html",
        "article_text",
        "articlebody",
        "maintext",
        "النص",
        "نص",
        "المحتوى",
    ),
    "url": ("url", "link", "uri", "source_url", "external_url", "الرابط", "رابط"),
    "publisher": ("publisher", "source", "site", "site_name", "domain", "outlet", "newspaper", "المصدر", "الناشر"),
    "published": (
        "published",
        "date",
        "published_at",
        "publish_date",
        "date_published",
        "publication_date",
        "datepublished",
        "pubdate",
        "timestamp",
        "التاريخ",
        "تاريخ",
        "تاريخ النشر",
    ),
}
_ROLE = {name: (rank, role) for role, names in NAMES.items() for rank, name in enumerate(names)}


def roles(columns: list[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Which column holds which field: the user's ``mapping`` (field to column) first, then the obvious names."""
    chosen = {role: column for role, column in mapping.items() if column in columns}
    taken = set(chosen.values())
    free = [column for column in columns if column not in taken]
    ranked = sorted((*_ROLE[key], column) for column in free if (key := _key(column)) in _ROLE)
    for _, role, column in ranked:
        chosen.setdefault(role, column)
    return chosen


def is_header(columns: Sequence[str]) -> bool:
    """True when one column is named as the text and another as some other field."""
    known = [_ROLE[key][1] for column in columns if (key := _key(column)) in _ROLE]
    return "text" in known and len(known) > 1


def _key(column: str) -> str:
    return column.strip().lower().replace(" ", "_").replace("-", "_") if column.isascii() else column.strip()


def draft(record: Mapping[str, object], columns: Mapping[str, str], source: str) -> Draft:
    """The article in ``record``, whose fields stand in ``columns`` (field to column).

    Raises EmptyInput for a record without text, BrokenRecord for a text that is not a string.
    """
    body = _string(record, columns, "text", source)
    if not body:
        raise EmptyInput(source, "no text in this record; fill its field text or leave the record out")
    day = day_of(record.get(columns.get("published", "")))
    return Draft(
        source,
        body,
        title=_string(record, columns, "title", source),
        id=_identifier(record.get(columns.get("id", ""))),
        url=_string(record, columns, "url", source),
        publisher=_string(record, columns, "publisher", source),
        published=day,
        published_by=DateSource.FIELD if day else DateSource.NONE,
    )


def _identifier(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).strip() or None


def _string(record: Mapping[str, object], columns: Mapping[str, str], role: str, source: str) -> str | None:
    value = record.get(columns.get(role, ""))
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str):
        return value
    if role == "text":
        raise BrokenRecord(source, f"the field {columns[role]} is not a string; give the text as one string")
    return None
