"""What the user said about all inputs."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

FORMATS = ("text", "html", "json", "csv", "parquet", "feed", "sitemap", "warc", "docx", "pdf", "eml")
ALIASES = {"jsonl": "json", "tsv": "csv", "rss": "feed", "atom": "feed", "txt": "text", "xml": "feed"}


@dataclass(frozen=True)
class Options:
    """The day and publisher where the input names none, a forced format, and the columns of tables.

    ``columns`` maps a field (title, text, url, publisher, published, id) to its column; with ``crawl_day`` the day of a
    crawl may stand in for a date that a page does not tell.
    """

    published: datetime.date | None = None
    publisher: str | None = None
    as_format: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    crawl_day: bool = False

    def __post_init__(self) -> None:
        """Raises ValueError for a format that does not exist."""
        if self.as_format is not None and self.as_format not in (*FORMATS, *ALIASES):
            raise ValueError(f"no format {self.as_format!r}; give one of {', '.join((*FORMATS, *ALIASES))}")

    @property
    def wanted_format(self) -> str | None:
        """The forced format by its main name."""
        return ALIASES.get(self.as_format or "", self.as_format)
